//! What a value is, at first sight.

use std::borrow::Cow;

use serde::de::Unexpected;
use serde_json::Value;

/// What a value is.
#[derive(Debug, Clone)]
pub enum Look<'a> {
    /// It has no parts.
    Scalar(Scalar<'a>),
    /// It is an array.
    Array,
    /// It is an object.
    Object,
}

impl Look<'_> {
    /// What it is, for people.
    pub fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Scalar(scalar) => scalar.unexpected(),
            Self::Array => Unexpected::Other("array"),
            Self::Object => Unexpected::Other("object"),
        }
    }
}

/// A value without parts, that has been seen.
#[derive(Debug, Clone)]
pub enum Scalar<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// An integer that is less than zero.
    Signed(i64),
    /// An integer that is not.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(Cow<'a, str>),
}

impl Scalar<'_> {
    /// What it is, for people.
    pub fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Other("null"),
            Self::Boolean(value) => Unexpected::Bool(*value),
            Self::Signed(value) => Unexpected::Signed(*value),
            Self::Unsigned(value) => Unexpected::Unsigned(*value),
            Self::Float(value) => Unexpected::Float(*value),
            Self::String(value) => Unexpected::Str(value),
        }
    }
}

/// Where a value is.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// In memory.
    Value(&'a Value),
    /// In a text, this part of it.
    Text(&'a str),
}
