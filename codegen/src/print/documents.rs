//! The schemas themselves, for guards and for types whose schema is carried.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::words::{quoted, raw};
use crate::model::Model;

/// The name of their file, where they have one of their own.
pub const FILE: &str = "documents.rs";

/// What stands where they are needed, if they are in a file of their own.
pub const INCLUDED: &str = "\ninclude!(\"documents.rs\");\n";

/// The documents: for people to read in a review, or each in a line.
///
/// # Errors
///
/// If one cannot be written as JSON, which would be a mistake of the generator.
pub fn documents(model: &Model, is_for_people: bool) -> serde_json::Result<String> {
    // A document that has other URIs comes again under each, behind all.
    let own = model.documents.iter().map(|document| (document, &document.uri));
    let others = model.documents.iter().flat_map(|one| one.aliases.iter().map(move |uri| (one, uri)));
    let all: Vec<_> = own.chain(others).collect();
    let count = all.len();
    let documents = all.into_iter().map(|(document, uri)| {
        let (uri, dialect) = (quoted(uri), quoted(document.dialect.uri()));
        let root = Sorted(&document.root);
        let text =
            if is_for_people { serde_json::to_string_pretty(&root)? } else { serde_json::to_string(&root)? };
        let text = raw(&text);
        Ok(format!(
            "    v1::embedded::Document {{\n        uri: {uri},\n        dialect: {dialect},\n        \
             text: {text},\n    }},\n"
        ))
    });
    let documents: String = documents.collect::<serde_json::Result<_>>()?;
    Ok(format!("\npub(super) static DOCUMENTS: [v1::embedded::Document; {count}] = [\n{documents}];\n"))
}

/// A value, written with its keys in order: theirs in the source means nothing, and is not to show.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(members) => {
                let members: BTreeMap<&String, &Value> = members.iter().collect();
                serializer.collect_map(members.into_iter().map(|(key, value)| (key, Sorted(value))))
            }
            Value::Array(elements) => serializer.collect_seq(elements.iter().map(Sorted)),
            other => other.serialize(serializer),
        }
    }
}
