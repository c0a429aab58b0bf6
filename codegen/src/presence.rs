use crate::model::{Constant, Property};

/// How a field says that its property is absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Presence<'m> {
    /// It cannot be: the field has the type of the value.
    Required,
    /// It reads as this value, and is written again with it.
    Defaulted(&'m Constant),
    /// `Option` of the value: `None` is absent, and is not written.
    Optional,
    /// The value is an `Option`, of which `None` is absent as well as `null`, and is not written.
    Null,
}

impl<'m> Presence<'m> {
    /// How the field of `property` says it.
    pub fn of(property: &'m Property) -> Self {
        match &property.when_absent {
            _ if property.required => Self::Required,
            Some(constant) => Self::Defaulted(constant),
            None if property.is_null_absent => Self::Null,
            None => Self::Optional,
        }
    }

    /// Whether an `Option` is put around the value.
    pub fn is_option(self) -> bool {
        self == Self::Optional
    }
}
