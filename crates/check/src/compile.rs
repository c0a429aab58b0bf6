use isomorph_schema::{Document, refused_patterns, schema_texts};
use isomorph_validator::Formats;
use isomorph_validator::explain::Schema;

use super::error::Error;

/// The schema at `pointer` in one of these documents; formats assert if that is asked for, or the documents say so.
pub fn compile(
    documents: &[Document],
    index: usize,
    pointer: &str,
    formats: Formats,
) -> Result<Schema, Error> {
    let texts = documents.iter().flat_map(schema_texts).collect();
    let document = &documents[index];
    let dialect = document.dialect.uri();
    Schema::with(texts, &document.uri, dialect, pointer, formats).map_err(|error| {
        let other = || Error::NoRoot {
            message: format!("{}: not a valid schema: {}", document.file, error.masked()),
        };
        refused_patterns(documents).map_or_else(other, Error::Schema)
    })
}
