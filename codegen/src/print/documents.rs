//! The schemas themselves, for guards and for types whose schema is carried.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::declarations::quoted;
use crate::annotate::is_hidden;
use crate::model::Model;

/// The documents, under an attribute.
pub fn documents(model: &Model, attribute: &str) -> String {
    let count = model.documents.len();
    let documents = model.documents.iter().map(|document| {
        let (uri, dialect) = (quoted(&document.uri), quoted(document.dialect.uri()));
        let text = raw(&sorted(&document.root).to_string());
        format!(
            "    isomorph_runtime::guard::Document {{\n        uri: {uri},\n        dialect: {dialect},\n        \
             text: {text},\n    }},\n"
        )
    });
    let documents: String = documents.collect();
    format!(
        "\n{attribute}static DOCUMENTS: [isomorph_runtime::guard::Document; {count}] = [\n{documents}];\n"
    )
}

/// A value with its keys in order: theirs in the source means nothing, and is not to show.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<&String, &Value> = members.iter().collect();
            members.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// A raw string, so that people can read the JSON in it; unless there is something in it that hides.
fn raw(text: &str) -> String {
    if text.contains(is_hidden) {
        return quoted(text);
    }
    let longest = text.split('"').map(|rest| rest.chars().take_while(|c| *c == '#').count()).max();
    let hashes = "#".repeat(longest.unwrap_or(0) + 1);
    // Rust knows no raw string with more of them.
    if hashes.len() > 255 { quoted(text) } else { format!("r{hashes}\"{text}\"{hashes}") }
}
