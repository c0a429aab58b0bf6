//! Where a value stands in a schema file.

use std::fmt;

use isomorph_json::Pointer;

/// A place in a schema file: `schema/Order.json#/properties/price`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as it was named to the generator.
    pub file: String,
    /// The place inside the file.
    pub pointer: Pointer,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.file, self.pointer)
    }
}
