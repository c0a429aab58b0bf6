use isomorph_json::Pointer;
use isomorph_validator::Formats;
use jsonschema::Validator;
use jsonschema::json::Json;

use crate::document::Document;
use crate::error::Error;
use crate::location::Location;
use crate::patterns::refused_patterns;

/// A validator for the first of `documents`; the others are there for its references. Formats are
/// annotations.
///
/// # Errors
///
/// If a schema refers to what is not there.
pub fn validator(documents: &[Document]) -> Result<Validator, Error> {
    validator_at(documents, 0, &Pointer::root())
}

/// A validator for the schema at `pointer` in the document of this index. Formats are annotations.
///
/// # Errors
///
/// If a schema refers to what is not there.
pub fn validator_at(documents: &[Document], index: usize, pointer: &Pointer) -> Result<Validator, Error> {
    validator_of(documents, index, pointer)
}

/// A [`validator_at`] of instances in the representation `F`.
///
/// # Errors
///
/// If a schema refers to what is not there.
pub fn validator_of<F: Json>(
    documents: &[Document],
    index: usize,
    pointer: &Pointer,
) -> Result<Validator<F>, Error> {
    validator_with(documents, index, pointer, &Formats::Annotate)
}

/// A [`validator_of`], for which these formats assert, and others if the documents say so.
///
/// # Errors
///
/// If a schema refers to what is not there.
pub fn validator_with<F: Json>(
    documents: &[Document],
    index: usize,
    pointer: &Pointer,
    formats: &Formats,
) -> Result<Validator<F>, Error> {
    let document = &documents[index];
    let all = as_resources(documents);
    let (dialect, pointer_text) = (document.dialect.uri(), pointer.as_str());
    let validator = isomorph_validator::validator_with(all, &document.uri, dialect, pointer_text, formats);
    validator.map_err(|error| {
        let other = || Error::invalid_schema(document.place_in_text(pointer), error.to_string());
        refused_patterns(documents).unwrap_or_else(other)
    })
}

/// Whether a validator can be built for every one of these schemas.
pub fn validates_all(documents: &[Document], locations: &[&Location]) -> bool {
    let all = as_resources(documents);
    let references = locations.iter().map(|at| (documents[at.document].uri.as_str(), at.pointer.as_str()));
    isomorph_validator::validator_of_all(all, references).is_ok()
}

/// The documents as a validator finds them: each by every URI that leads to it.
fn as_resources(documents: &[Document]) -> impl Iterator<Item = (String, serde_json::Value)> {
    documents.iter().flat_map(|document| {
        let root = document.with_dialect();
        document.uris().map(move |uri| (uri, root.clone())).collect::<Vec<_>>()
    })
}
