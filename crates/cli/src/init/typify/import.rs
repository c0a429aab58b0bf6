//! What typify is told at one place.

use std::path::PathBuf;

use serde_json::Value;

/// Where typify is called, and what it is told.
#[derive(Debug, Clone)]
pub struct Import {
    pub file: PathBuf,
    pub line: usize,
    pub is_macro: bool,
    /// The schemas, from the folder of the crate.
    pub schemas: Vec<String>,
    pub said: Vec<Said>,
}

/// Something that is said, and where.
#[derive(Debug, Clone)]
pub struct Said {
    pub line: usize,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    Derive(String),
    Attribute(String),
    StructBuilder(bool),
    /// What is done with types of crates that are not listed: `Generate`, `Allow` or `Deny`.
    UnknownCrates(String),
    Crate {
        name: String,
        original: Option<String>,
        version: String,
    },
    MapType(String),
    Patch {
        name: String,
        patch: Patch,
    },
    Replace {
        name: String,
        path: String,
    },
    Convert {
        schema: Value,
        path: String,
    },
    TypeMod(String),
    /// What only running the code could tell, by the name of the method.
    Unclear(String),
}

/// What is changed of one type.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    pub rename: Option<String>,
    pub derives: Vec<String>,
    pub attributes: Vec<String>,
    /// The methods of which only running the code could tell what they say.
    pub unclear: Vec<String>,
}
