use std::borrow::Cow;

#[cfg(feature = "value")]
use crate::buffered::replay_apart;
#[cfg(feature = "value")]
use crate::input::Take;
use crate::input::{Here, Input, Read, Visit};
use crate::refusal::Refusal;
use crate::sealed::Sealed;

/// An [`Input`] that is one string.
#[derive(Debug, Clone, Copy)]
struct Text<'a>(&'a str);

impl Sealed for Text<'_> {}

impl Input for Text<'_> {
    type Error = Refusal;
    type At = Here;

    fn at(&self) -> Here {
        Here
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

    #[cfg(feature = "value")]
    fn replay<C: Take>(self, take: C) -> Result<C::Output, Refusal> {
        replay_apart(self, take)
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
