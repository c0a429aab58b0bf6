use std::borrow::Cow;

use crate::input::{At, Input, Read, Visit};
use crate::refusal::Refusal;

/// An [`Input`] that is one string.
#[derive(Debug, Clone, Copy)]
struct Text<'a>(&'a str);

/// The place of a string that stands alone.
#[derive(Debug, Clone, Copy)]
struct Alone;

impl At<Refusal> for Alone {
    fn refuse(self, refusal: Refusal) -> Refusal {
        refusal
    }
}

impl Input for Text<'_> {
    type Error = Refusal;
    type At = Alone;

    fn at(&self) -> Alone {
        Alone
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, Refusal> {
        visitor.string(Cow::Borrowed(self.0))
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, Refusal> {
        T::read(self).map(Some)
    }

    #[cfg(feature = "value")]
    fn value(self) -> Result<serde_json::Value, Refusal> {
        Ok(self.0.into())
    }
}

/// Reads a type from a string: the string itself, not JSON text of one.
///
/// # Errors
///
/// If the string is no value of the type.
pub fn from_text<T: Read>(text: &str) -> Result<T, Refusal> {
    T::read(Text(text))
}
