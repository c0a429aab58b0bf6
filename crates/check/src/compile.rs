use std::fs;

use isomorph_schema::Document;
use isomorph_schema::holders::Held;
use isomorph_validator::explain::{Schema, SchemaText};
use serde_json::Value;

use super::error::Error;

/// The schema at `pointer` in one of these documents.
pub fn compile(documents: &[Document], index: usize, pointer: &str) -> Result<Schema, Error> {
    let texts = documents.iter().map(text_of).collect();
    let document = &documents[index];
    Schema::new(texts, &document.uri, document.dialect.uri(), pointer).map_err(|error| Error::NoRoot {
        message: format!("{}: not a valid schema: {}", document.file, error.masked()),
    })
}

fn text_of(document: &Document) -> SchemaText {
    let mut root = document.root.clone();
    isomorph_validator::encode_references(&mut root);
    if let Value::Object(keywords) = &mut root {
        keywords.entry("$schema").or_insert_with(|| document.dialect.uri().into());
    }
    // The text is only for errors to point into; without it they do not.
    let text = fs::read_to_string(&document.file).unwrap_or_default();
    let moved = document.holder.iter().flat_map(|holder| {
        let of = |held: &Held| {
            (holder.definition(&held.name).as_str().to_owned(), held.pointer.as_str().to_owned())
        };
        holder.held.iter().map(of)
    });
    SchemaText { uri: document.uri.clone(), file: document.file.clone(), text, root, moved: moved.collect() }
}
