//! Where something is said.

use schemars::Schema;
use serde_json::Value;

/// A part of a schema that the derive wrote, of which an entry of [`schema!`](crate::schema) says more: a schema, or what a
/// keyword holds. Of a part that is not there nothing is said.
#[derive(Debug)]
pub struct Part<'a> {
    value: &'a mut Value,
    /// Whether it is no schema, but holds schemas by name.
    holds_named: bool,
}

/// The keywords that hold schemas by name.
const NAMED: [&str; 6] =
    ["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"];

/// The keywords that hold schemas in a list.
const LISTS: [&str; 5] = ["anyOf", "oneOf", "allOf", "prefixItems", "items"];

impl<'a> Part<'a> {
    /// The whole of a schema.
    pub fn of(schema: &'a mut Schema) -> Option<Self> {
        let value = schema.pointer_mut("")?;
        Some(Self { value, holds_named: false })
    }

    /// Adds a keyword. One that is said already stays as it is.
    pub fn add(&mut self, keyword: &str, value: Value) {
        self.spell(|schema| {
            if schema.get(keyword).is_none() {
                schema.insert(keyword.to_owned(), value);
            }
        });
    }

    /// Spells the schema otherwise.
    pub fn spell(&mut self, spelling: impl FnOnce(&mut Schema)) {
        if let Ok(schema) = <&mut Schema>::try_from(&mut *self.value) {
            spelling(schema);
        }
    }

    /// What is in a keyword.
    pub fn keyword(&mut self, keyword: &str) -> Option<Part<'_>> {
        let holds_named = NAMED.contains(&keyword);
        self.value.get_mut(keyword).map(|value| Part { value, holds_named })
    }

    /// A property, or what is held by that name; or a branch or an element, by its number.
    pub fn step<'s>(&mut self, step: impl Into<Step<'s>>) -> Option<Part<'_>> {
        let value = match step.into() {
            Step::Name(name) if self.holds_named => self.value.get_mut(name),
            Step::Name(name) => self.value.get_mut("properties")?.get_mut(name),
            Step::Index(index) if self.value.is_array() => self.value.get_mut(index),
            Step::Index(index) => {
                let list =
                    LISTS.into_iter().find(|list| self.value.get(list).is_some_and(Value::is_array))?;
                self.value.get_mut(list)?.get_mut(index)
            }
        };
        value.map(|value| Part { value, holds_named: false })
    }
}

/// A step into a part.
#[derive(Debug, Clone, Copy)]
pub enum Step<'s> {
    /// To what is called so.
    Name(&'s str),
    /// To the one of this number, counted from 0.
    Index(usize),
}

impl<'s> From<&'s str> for Step<'s> {
    fn from(name: &'s str) -> Self {
        Self::Name(name)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}
