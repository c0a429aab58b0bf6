//! Documents as whoever explains errors takes them.

use std::sync::Arc;

use isomorph_validator::encode_references;
use isomorph_validator::explain::SchemaText;
use serde_json::Value;

use crate::document::Document;
use crate::holders::Held;

/// The text of a document, once for each URI that leads to it.
pub fn schema_texts(document: &Document) -> Vec<SchemaText> {
    let mut root = document.root.clone();
    encode_references(&mut root);
    if let Value::Object(keywords) = &mut root {
        keywords.entry("$schema").or_insert_with(|| document.dialect.uri().into());
    }
    let moved = document.holder.iter().flat_map(|holder| {
        let of = |held: &Held| {
            (holder.definition(&held.name).as_str().to_owned(), held.pointer.as_str().to_owned())
        };
        holder.held.iter().map(of)
    });
    let moved: Vec<_> = moved.collect();
    let text = |uri: String| SchemaText {
        uri,
        file: document.file.clone(),
        text: Arc::clone(&document.text),
        root: root.clone(),
        moved: moved.clone(),
    };
    document.uris().map(text).collect()
}
