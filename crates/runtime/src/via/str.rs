use std::fmt::Display;
use std::str::FromStr;

use serde::Serializer;
use serde::de::Unexpected;

use super::adapter::{ReadAs, WriteAs};
use super::text::read_text;
use crate::input::Input;
use crate::refusal::Refusal;

/// A string that a type is parsed from (`FromStr`), and that it shows itself as (`Display`).
pub enum Str {}

impl<T: FromStr<Err: Display>> ReadAs<T> for Str {
    fn read_as<I: Input>(input: I) -> Result<T, I::Error> {
        read_text(input, |text| {
            let refusal =
                |error| Refusal::new(format_args!("invalid value: {}: {error}", Unexpected::Str(text)));
            text.parse().map_err(refusal)
        })
    }
}

impl<T: Display> WriteAs<T> for Str {
    fn write_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }
}
