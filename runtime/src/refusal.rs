use std::fmt::{self, Display};

use serde::de::{Error, Unexpected};

use crate::Place;

/// Why a value is not accepted. The input that the value was read from adds where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The place inside the value, as a JSON Pointer; empty for the value itself.
    pointer: String,
    message: String,
}

impl Refusal {
    /// A refusal of the value itself.
    pub fn new(message: impl Display) -> Self {
        Self { pointer: String::new(), message: message.to_string() }
    }

    /// A value of another type than `expected`.
    pub fn invalid_type(found: Unexpected, expected: impl Display) -> Self {
        Self::new(format_args!("invalid type: {found}, expected {expected}"))
    }

    /// A value of the right type that is not allowed all the same.
    pub fn invalid_value(found: Unexpected, expected: impl Display) -> Self {
        Self::new(format_args!("invalid value: {found}, expected {expected}"))
    }

    /// Says that it is not the value itself that is refused but what stands at `pointer` in it.
    #[must_use]
    pub fn at(mut self, pointer: impl Display) -> Self {
        self.pointer = format!("{pointer}{}", self.pointer);
        self
    }

    /// The error that says it, for a value at `place`.
    pub fn into_error<E: Error>(self, place: &Place) -> E {
        E::custom(format_args!("{}", Located { refusal: self, place: place.to_string() }))
    }
}

struct Located {
    refusal: Refusal,
    place: String,
}

impl Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (place, Refusal { pointer, message }) = (&self.place, &self.refusal);
        let separator = if place.is_empty() && pointer.is_empty() { "" } else { ": " };
        write!(f, "{place}{pointer}{separator}{message}")
    }
}
