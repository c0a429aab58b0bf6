//! A value without parts that has been seen, as an input.

use serde_json::Value;

use crate::buffered::replay_apart;
use crate::input::{Here, Input, Read, Take, Visit};
use crate::look::Scalar;
use crate::refusal::Refusal;
use crate::sealed::Sealed;

impl Sealed for Scalar<'_> {}

impl Input for Scalar<'_> {
    type Error = Refusal;
    type At = Here;

    fn at(&self) -> Self::At {
        Here
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, Refusal> {
        match self {
            Self::Null => visitor.null(),
            Self::Boolean(value) => visitor.boolean(value),
            Self::Signed(value) => visitor.signed(value),
            Self::Unsigned(value) => visitor.unsigned(value),
            Self::Float(value) => visitor.float(value),
            Self::String(value) => visitor.string(value),
        }
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, Refusal> {
        if matches!(self, Self::Null) { Ok(None) } else { T::read(self).map(Some) }
    }

    fn value(self) -> Result<Value, Refusal> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => value.into(),
            Self::Signed(value) => value.into(),
            Self::Unsigned(value) => value.into(),
            Self::Float(value) => value.into(),
            Self::String(value) => value.into_owned().into(),
        })
    }

    fn replay<C: Take>(self, take: C) -> Result<C::Output, Refusal> {
        replay_apart(self, take)
    }
}
