//! What holds the elements of arrays, and names the members of maps.

use serde::Serialize;

use super::width::Width;

/// What the names of a map's members are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Strings, which they are.
    Text,
    /// The integers that they show.
    Integer(Width),
}

impl Key {
    /// What Rust calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Integer(width) => width.name(),
        }
    }
}

/// What holds the elements of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Holder {
    /// A list, in their order.
    List,
    /// A set: each is there once, and their order is that of the set.
    Set,
    /// An array of Rust, of exactly so many.
    Array(usize),
}
