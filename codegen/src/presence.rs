use crate::model::{Form, Property};

/// How a field says that its property is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It cannot be: the field has the type of the value.
    Required,
    /// The value is nullable and its default is `null`: absent reads as `None`, and `None` is written
    /// as `null`.
    NullByDefault,
    /// `Option` of the value: `None` is absent, and is not written.
    Optional,
}

impl Presence {
    /// How the field of `property` says it.
    pub fn of(property: &Property) -> Self {
        if property.required {
            Self::Required
        } else if property.null_by_default && matches!(property.schema.form, Form::Nullable(_)) {
            Self::NullByDefault
        } else {
            Self::Optional
        }
    }

    /// Whether an `Option` is put around the value.
    pub fn is_option(self) -> bool {
        self == Self::Optional
    }
}
