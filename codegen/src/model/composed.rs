//! What a schema was composed to.

use super::form::{Check, Form};
use super::reason::Reason;

/// A form, and what of the schema it does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// The type of the values.
    pub form: Form,
    /// What is checked on the typed value.
    pub checks: Vec<Check>,
    /// What only a validator can check.
    pub left: Vec<Reason>,
}

impl From<Form> for Composed {
    fn from(form: Form) -> Self {
        Self { form, checks: Vec::new(), left: Vec::new() }
    }
}

impl Composed {
    /// Any value, checked by a validator.
    pub fn opaque(because: Reason) -> Self {
        Self { form: Form::Any, checks: Vec::new(), left: vec![because] }
    }
}
