//! What a schema was composed to.

use super::form::{Check, Form};

/// A form, and what of the schema it does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// The type of the values.
    pub form: Form,
    /// What is checked on the typed value.
    pub checks: Vec<Check>,
    /// The keywords that only a validator can check.
    pub left: Vec<String>,
}

impl From<Form> for Composed {
    fn from(form: Form) -> Self {
        Self { form, checks: Vec::new(), left: Vec::new() }
    }
}

impl Composed {
    /// Any value, checked by a validator because of `keyword`.
    pub fn opaque(keyword: &str) -> Self {
        Self { form: Form::Any, checks: Vec::new(), left: vec![keyword.to_owned()] }
    }
}
