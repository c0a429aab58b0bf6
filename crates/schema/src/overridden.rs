//! Dynamic references that nothing can override: they lead where a `$ref` would.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::dialect::Dialect;
use crate::document::Document;

/// What of documents may be what a dynamic reference leads to.
#[derive(Debug, Default)]
pub struct Overridden {
    /// How often each name is that of a dynamic anchor.
    anchors: HashMap<String, usize>,
    /// How many schemas are recursive anchors.
    recursive: usize,
}

/// Names that meta-schemas have, which every validator knows and no document has to have.
const OF_META_SCHEMAS: [&str; 1] = ["meta"];

impl Overridden {
    /// Of these documents. What stands in them as data counts too: that makes fewer references certain, and none wrong.
    pub fn of(documents: &[Document]) -> Self {
        let mut found = Self::default();
        let mut work: Vec<&Value> = documents.iter().map(|document| &document.root).collect();
        while let Some(part) = work.pop() {
            match part {
                Value::Object(members) => {
                    if let Some(Value::String(name)) = members.get("$dynamicAnchor") {
                        *found.anchors.entry(name.clone()).or_default() += 1;
                    }
                    found.recursive +=
                        usize::from(members.get("$recursiveAnchor") == Some(&Value::Bool(true)));
                    work.extend(members.values());
                }
                Value::Array(elements) => work.extend(elements),
                _ => {}
            }
        }
        found
    }

    /// The keyword of a schema's dynamic reference in this dialect and where it leads, if there is but one schema that it can lead to.
    pub fn certain<'s>(
        &self,
        keywords: &'s Map<String, Value>,
        dialect: Dialect,
    ) -> Option<(&'static str, &'s str)> {
        let (keyword, is_certain): (_, &dyn Fn(&str) -> bool) = match dialect {
            Dialect::Draft202012 => ("$dynamicRef", &|reference| self.is_one(reference)),
            Dialect::Draft201909 => ("$recursiveRef", &|reference| reference == "#" && self.recursive <= 1),
            _ => return None,
        };
        let reference = keywords.get(keyword)?.as_str()?;
        // Two references in one schema are two.
        (is_certain(reference) && !keywords.contains_key("$ref")).then_some((keyword, reference))
    }

    /// Whether what a reference names is there once at most. A pointer is what it is.
    fn is_one(&self, reference: &str) -> bool {
        let name = reference.split_once('#').map_or("", |(_, name)| name);
        name.is_empty()
            || name.starts_with('/')
            || !OF_META_SCHEMAS.contains(&name) && self.anchors.get(name).is_none_or(|count| *count <= 1)
    }
}
