//! Strings, read into something.

use std::borrow::Cow;
use std::fmt;

use serde::de::Unexpected;

use crate::condition::types;
use crate::input::{Input, Visit};
use crate::refusal::Refusal;

/// Reads a string and makes something of it, or says why not.
pub fn read_text<T, I: Input>(
    input: I,
    make: impl FnOnce(&str) -> Result<T, Refusal>,
) -> Result<T, I::Error> {
    input.visit(Text(make))
}

/// Reads a string and makes something of it, which is what `expecting` says.
pub fn read_known<T, I: Input>(
    input: I,
    expecting: &'static str,
    make: impl FnOnce(&str) -> Option<T>,
) -> Result<T, I::Error> {
    read_text(input, |text| {
        make(text).ok_or_else(|| Refusal::invalid_value(Unexpected::Str(text), expecting))
    })
}

struct Text<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, Refusal>> Visit for Text<F> {
    type Output = T;
    const TAKES: u8 = types::STRING;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }

    fn string(self, value: Cow<str>) -> Result<T, Refusal> {
        (self.0)(&value)
    }
}
