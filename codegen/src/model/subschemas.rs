//! The schemas inside a schema.

use serde_json::{Map, Value};

use super::Location;

/// Keywords whose value is a schema.
const ONE: [&str; 13] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "extends",
];
/// Keywords whose value is an array of schemas.
const SEVERAL: [&str; 5] = ["allOf", "anyOf", "items", "oneOf", "prefixItems"];
/// Keywords whose value is an object of schemas.
const BY_NAME: [&str; 6] =
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];
/// Keywords whose schemas bind the instance itself, not a part of it.
const IN_PLACE: [&str; 9] =
    ["allOf", "anyOf", "dependencies", "dependentSchemas", "else", "if", "not", "oneOf", "then"];

/// A schema inside another.
pub struct Inner<'a> {
    /// The keyword.
    pub keyword: &'a str,
    /// The name or index under the keyword, if it has several schemas.
    pub key: Option<String>,
    /// The schema.
    pub schema: &'a Value,
}

impl Inner<'_> {
    /// Where the schema stands, if the one around it stands at `around`.
    pub fn location(&self, around: &Location) -> Location {
        let at = around.join(self.keyword);
        self.key.as_ref().map_or(at.clone(), |key| at.join(key))
    }

    /// Whether the schema is only there to be referred to.
    pub fn is_definition(&self) -> bool {
        ["$defs", "definitions"].contains(&self.keyword)
    }

    /// Whether the schema binds the same instance as the one around it.
    pub fn is_in_place(&self) -> bool {
        IN_PLACE.contains(&self.keyword)
    }
}

/// The schemas one level inside a schema.
pub fn inside(schema: &Value) -> Vec<Inner<'_>> {
    schema.as_object().map(inside_keywords).unwrap_or_default()
}

/// The schemas one level inside a schema of these keywords.
pub fn inside_keywords(keywords: &Map<String, Value>) -> Vec<Inner<'_>> {
    let mut found = Vec::new();
    for (keyword, value) in keywords {
        let name = keyword.as_str();
        let is_schema = |value: &Value| value.is_object() || value.is_boolean();
        let mut add = |key: Option<String>, schema| found.push(Inner { keyword, key, schema });
        match value {
            Value::Object(schemas) if BY_NAME.contains(&name) => {
                let schemas = schemas.iter().filter(|(_, schema)| is_schema(schema));
                schemas.for_each(|(key, schema)| add(Some(key.clone()), schema));
            }
            Value::Array(schemas) if SEVERAL.contains(&name) => {
                schemas.iter().enumerate().for_each(|(index, schema)| add(Some(index.to_string()), schema));
            }
            value if is_schema(value) && ONE.contains(&name) => add(None, value),
            _ => {}
        }
    }
    found
}
