//! The schemas inside a schema.

use std::fmt;

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use crate::dialect::Dialect;
use crate::keywords::{DEFINITIONS, Holds, held_by, held_in_some, holds_in_place};
use crate::location::Location;

/// A schema inside another.
pub struct Inner<'a> {
    /// The keyword.
    pub keyword: &'a str,
    /// Which schema under the keyword it is, if that has several.
    pub key: Option<Key<'a>>,
    /// The schema.
    pub schema: &'a Value,
}

/// A schema among several under one keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// The name of a member.
    Name(&'a str),
    /// The index of an element.
    Index(usize),
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Index(index) => index.fmt(f),
        }
    }
}

impl Inner<'_> {
    /// Where the schema stands, if the one around it stands at `around`.
    pub fn location(&self, around: &Location) -> Location {
        Location { document: around.document, pointer: around.pointer.append(&self.place()) }
    }

    /// Where the schema stands in the one around it.
    pub fn place(&self) -> Pointer {
        let mut at = Pointer::root();
        at.push(self.keyword);
        if let Some(key) = self.key {
            at.push(key);
        }
        at
    }

    /// Whether the schema is only there to be referred to.
    pub fn is_definition(&self) -> bool {
        DEFINITIONS.contains(&self.keyword)
    }

    /// Whether the schema binds the same instance as the one around it.
    pub fn is_in_place(&self) -> bool {
        holds_in_place(self.keyword)
    }
}

/// The schemas one level inside a schema of this dialect.
pub fn inside(schema: &Value, dialect: Dialect) -> Vec<Inner<'_>> {
    schema.as_object().map(|keywords| inside_keywords(keywords, dialect)).unwrap_or_default()
}

/// The schemas one level inside a schema of these keywords and this dialect.
pub fn inside_keywords(keywords: &Map<String, Value>, dialect: Dialect) -> Vec<Inner<'_>> {
    if dialect.reference_stands_alone() && keywords.contains_key("$ref") {
        return Vec::new();
    }
    held(keywords, |name| held_by(name, dialect))
}

/// The schemas one level inside a schema of which no keyword is another dialect's.
pub fn inside_any(schema: &Value) -> Vec<Inner<'_>> {
    schema.as_object().map(|keywords| held(keywords, held_in_some)).unwrap_or_default()
}

fn held(keywords: &Map<String, Value>, held_by: impl Fn(&str) -> Holds) -> Vec<Inner<'_>> {
    let mut found = Vec::new();
    for (keyword, value) in keywords {
        let holds = held_by(keyword);
        let is_schema = |value: &Value| value.is_object() || value.is_boolean();
        let mut add = |key, schema| found.push(Inner { keyword: keyword.as_str(), key, schema });
        match value {
            Value::Object(schemas) if holds == Holds::ByName => {
                let schemas = schemas.iter().filter(|(_, schema)| is_schema(schema));
                schemas.for_each(|(key, schema)| add(Some(Key::Name(key)), schema));
            }
            Value::Array(schemas) if matches!(holds, Holds::Several | Holds::OneOrSeveral) => {
                schemas.iter().enumerate().for_each(|(index, schema)| add(Some(Key::Index(index)), schema));
            }
            value if matches!(holds, Holds::One | Holds::OneOrSeveral) && is_schema(value) => {
                add(None, value);
            }
            _ => {}
        }
    }
    found
}
