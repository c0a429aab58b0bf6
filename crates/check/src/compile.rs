use std::sync::Arc;

use isomorph_schema::holders::Held;
use isomorph_schema::{Document, refused_patterns};
use isomorph_validator::Formats;
use isomorph_validator::explain::{Schema, SchemaText};
use serde_json::Value;

use super::error::Error;

/// The schema at `pointer` in one of these documents; formats assert if that is asked for, or the documents say so.
pub fn compile(
    documents: &[Document],
    index: usize,
    pointer: &str,
    formats: Formats,
) -> Result<Schema, Error> {
    let texts = documents.iter().flat_map(texts_of).collect();
    let document = &documents[index];
    let dialect = document.dialect.uri();
    Schema::with(texts, &document.uri, dialect, pointer, formats).map_err(|error| {
        let other = || Error::NoRoot {
            message: format!("{}: not a valid schema: {}", document.file, error.masked()),
        };
        refused_patterns(documents).map_or_else(other, Error::Schema)
    })
}

/// The text of a document, once for each URI that leads to it.
fn texts_of(document: &Document) -> Vec<SchemaText> {
    let mut root = document.root.clone();
    isomorph_validator::encode_references(&mut root);
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
