//! What is to be composed.

use isomorph_schema::{Location, Types};

/// Where a schema stands, and what is known of it from around.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The place.
    pub location: Location,
    /// The types that an instance can have here.
    pub types: Types,
    /// What a type that has to be made for it is called.
    pub name: String,
}

impl Position {
    /// A schema of which nothing is known.
    pub fn new(location: Location, name: impl Into<String>) -> Self {
        Self { location, types: Types::ALL, name: name.into() }
    }

    /// The same schema, for instances of these types.
    pub fn of_types(&self, types: Types, suffix: &str) -> Self {
        Self { location: self.location.clone(), types, name: format!("{}{suffix}", self.name) }
    }
}
