//! Where the values of documents stand, by their addresses. Of each only what is around it is kept: of few the whole way is
//! asked for.

use std::collections::HashMap;

use isomorph_json::Pointer;
use serde_json::Value;

use crate::document::Document;
use crate::location::Location;

/// Where objects, arrays and booleans of documents stand.
pub struct Places<'a>(HashMap<*const Value, Step<'a>>);

/// The last step of the way to a value.
#[derive(Clone, Copy)]
enum Step<'a> {
    /// It is the root of this document.
    Root(usize),
    /// The member of an object.
    Member(*const Value, &'a str),
    /// The element of an array.
    Element(*const Value, usize),
}

impl<'a> Places<'a> {
    /// Of all that is in these documents.
    pub fn of(documents: &'a [Document]) -> Self {
        let mut steps = HashMap::new();
        let mut work: Vec<_> =
            documents.iter().enumerate().map(|(index, one)| (&one.root, Step::Root(index))).collect();
        while let Some((value, step)) = work.pop() {
            let own = std::ptr::from_ref(value);
            match value {
                Value::Object(members) => {
                    work.extend(members.iter().map(|(name, inner)| (inner, Step::Member(own, name))));
                }
                Value::Array(elements) => {
                    let each = elements.iter().enumerate();
                    work.extend(each.map(|(index, inner)| (inner, Step::Element(own, index))));
                }
                Value::Bool(_) => {}
                _ => continue,
            }
            steps.insert(own, step);
        }
        Self(steps)
    }

    /// Where an object or a boolean stands; `None` if it is in none of the documents.
    pub fn location(&self, schema: &Value) -> Option<Location> {
        if schema.is_array() {
            return None;
        }
        let mut way = Vec::new();
        let mut at = std::ptr::from_ref(schema);
        let document = loop {
            let step = *self.0.get(&at)?;
            at = match step {
                Step::Root(document) => break document,
                Step::Member(around, _) | Step::Element(around, _) => around,
            };
            way.push(step);
        };
        let join = |pointer: Pointer, step: &Step| match step {
            Step::Root(_) => pointer,
            Step::Member(_, name) => pointer.join(name),
            Step::Element(_, index) => pointer.join(index),
        };
        Some(Location { document, pointer: way.iter().rev().fold(Pointer::root(), join) })
    }
}
