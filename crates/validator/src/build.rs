//! From documents to validators.

use std::sync::Arc;

use jsonschema::json::Json;
use jsonschema::{ValidationError, ValidationOptions, Validator};
use referencing::{Registry, Retrieve, SPECIFICATIONS};
use serde_json::{Value, json};

use crate::dialects::{asserts_formats, asserts_numbers};
use crate::exact::exactly;
use crate::expansion::{expands, too_large};
use crate::formats::Formats;
use crate::pattern::{fault, for_engine, for_engine_in, pointer_for_engine};
use crate::references::encoded;
use crate::ways::too_many;

/// What a schema is called that nothing refers to.
const ALONE: &str = "isomorph:///alone";

/// A validator for the schema at `pointer` in the document `uri`, among `documents` by their URIs.
/// Nothing is fetched. `dialect` is that of the document, as a `$schema`.
///
/// # Errors
///
/// If a schema is not valid, or refers to what is not there.
pub fn validator(
    documents: impl IntoIterator<Item = (String, Value)>,
    uri: &str,
    dialect: &str,
    pointer: &str,
) -> Result<Validator, ValidationError<'static>> {
    validator_of(documents, uri, dialect, pointer)
}

/// A [`validator`] of instances in the representation `F`.
///
/// # Errors
///
/// If a schema is not valid, or refers to what is not there.
pub fn validator_of<F: Json>(
    documents: impl IntoIterator<Item = (String, Value)>,
    uri: &str,
    dialect: &str,
    pointer: &str,
) -> Result<Validator<F>, ValidationError<'static>> {
    validator_with(documents, uri, dialect, pointer, &Formats::Annotate)
}

/// A [`validator_of`], for which formats assert that are asked for, or if the schemas say so.
///
/// # Errors
///
/// If a schema is not valid, or refers to what is not there.
pub fn validator_with<F: Json>(
    documents: impl IntoIterator<Item = (String, Value)>,
    uri: &str,
    dialect: &str,
    pointer: &str,
    formats: &Formats,
) -> Result<Validator<F>, ValidationError<'static>> {
    let documents = with_patterns(documents)?;
    if let Some(place) = too_many(&documents) {
        return Err(ValidationError::schema(format!(
            "more ways lead from {place} to one value than could be judged; have it refer to each schema once"
        )));
    }
    // Where the whole document is meant it is the outermost schema, as `$recursiveRef` wants to know.
    let whole = documents.iter().find(|(known, _)| pointer.is_empty() && known == uri);
    let whole = whole.map(|(_, document)| document.clone());
    let reference = || json!({"$schema": dialect, "$ref": reference_to(uri, pointer)});
    let (schema, base) = whole.map_or_else(|| (reference(), "isomorph:///"), |document| (document, uri));
    let asserts = Asserts::of(&documents);
    let may_be_large = expands(documents.iter().map(|(_, document)| document));
    let registry = prepared(documents)?;
    if may_be_large {
        is_held(&registry, [(uri, &*encoded(&pointer_for_engine(pointer)))])?;
    }
    let options = options_for::<F>(asserts, formats);
    options.with_registry(&registry).with_base_uri(base).build(&schema)
}

/// A validator for all of these schemas at once, each a document's URI and a pointer.
///
/// # Errors
///
/// If a schema is not valid, or refers to what is not there.
pub fn validator_of_all<'a>(
    documents: impl IntoIterator<Item = (String, Value)>,
    schemas: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Validator, ValidationError<'static>> {
    let reference = |(uri, pointer): (&str, &str)| json!({"$ref": reference_to(uri, pointer)});
    let schemas: Vec<_> = schemas.into_iter().collect();
    let all: Vec<_> = schemas.iter().copied().map(reference).collect();
    let documents = with_patterns(documents)?;
    let may_be_large = expands(documents.iter().map(|(_, document)| document));
    let registry = prepared(documents)?;
    if may_be_large {
        let pointers = schemas.iter().map(|(_, pointer)| encoded(&pointer_for_engine(pointer)));
        let pointers: Vec<String> = pointers.collect();
        let starts = schemas.iter().zip(&pointers).map(|((uri, _), pointer)| (*uri, pointer.as_str()));
        is_held(&registry, starts)?;
    }
    jsonschema::options().offline().with_registry(&registry).build(&json!({"allOf": all}))
}

/// Documents by their URIs, as references find them.
///
/// # Errors
///
/// If a document is no schema.
pub fn registry(
    documents: impl IntoIterator<Item = (String, Value)>,
) -> Result<Registry<'static>, ValidationError<'static>> {
    prepared(with_patterns(documents)?)
}

fn prepared(documents: Vec<(String, Value)>) -> Result<Registry<'static>, ValidationError<'static>> {
    let registry = SPECIFICATIONS.extend(documents).map_err(ValidationError::from)?;
    registry.prepare().map_err(ValidationError::from)
}

/// Whether a validator of the schemas at these places can be held in memory.
fn is_held<'a>(
    registry: &Registry<'_>,
    starts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(), ValidationError<'static>> {
    too_large(registry, starts).map_or(Ok(()), |place| {
        Err(ValidationError::schema(format!(
            "more than could be held leads from {place} to what is judged in one place: have fewer schemas say \
             `unevaluatedProperties` or `unevaluatedItems`, or fewer resources refer to each other"
        )))
    })
}

/// A reference to a schema, where it is once patterns are written for the engine.
fn reference_to(uri: &str, pointer: &str) -> String {
    format!("{uri}#{}", encoded(&pointer_for_engine(pointer)))
}

/// The documents, with their patterns as the engine takes them.
fn with_patterns(
    documents: impl IntoIterator<Item = (String, Value)>,
) -> Result<Vec<(String, Value)>, ValidationError<'static>> {
    let documents = documents.into_iter().map(|(uri, mut document)| {
        for_engine_in(&mut document).map_err(|fault| ValidationError::schema(format!("{uri}: {fault}")))?;
        Ok((uri, document))
    });
    documents.collect()
}

/// How validators are built. Formats are asserted by the types that they are mapped to; contents are annotations
/// (2020-12, validation, section 8.1).
pub fn options<'i, F: Json>() -> ValidationOptions<'i, Arc<dyn Retrieve>, F> {
    options_of(false)
}

/// The same; formats assert where the vocabularies of a meta-schema say so, if one does.
pub fn options_of<'i, F: Json>(asserts_formats: bool) -> ValidationOptions<'i, Arc<dyn Retrieve>, F> {
    let options = jsonschema::options_for::<F>()
        .offline()
        .without_content_media_type_support("application/json")
        .without_content_encoding_support("base64");
    if asserts_formats { options } else { options.should_validate_formats(false) }
}

/// What some schemas say of what they assert.
#[derive(Debug, Clone, Copy)]
pub struct Asserts {
    formats: bool,
    numbers: bool,
}

impl Asserts {
    /// What these say.
    pub fn of(documents: &[(String, Value)]) -> Self {
        Self { formats: asserts_formats(documents), numbers: asserts_numbers(documents) }
    }
}

/// How validators of schemas are built that assert this.
pub fn options_for<'i, F: Json>(
    asserts: Asserts,
    formats: &Formats,
) -> ValidationOptions<'i, Arc<dyn Retrieve>, F> {
    let options = formats.applied(options_of::<F>(asserts.formats), asserts.formats);
    if asserts.numbers { exactly(options) } else { options }
}

/// A validator of strings by a pattern; `None` if it is none.
pub fn judges_by_pattern(pattern: &str) -> Option<Validator> {
    if fault(pattern).is_some() {
        return None;
    }
    jsonschema::validator_for(&json!({ "pattern": for_engine(pattern) })).ok()
}

/// A validator for a schema that refers to nothing outside itself, in which these formats assert; `None` if it cannot be used.
pub fn validator_alone(schema: &Value, formats: &Formats) -> Option<Validator> {
    validator_alone_of(schema, formats)
}

/// A [`validator_alone`] of instances in the representation `F`.
pub fn validator_alone_of<F: Json>(schema: &Value, formats: &Formats) -> Option<Validator<F>> {
    let mut schema = schema.clone();
    for_engine_in(&mut schema).ok()?;
    if expands([&schema]) {
        let registry = prepared(vec![(ALONE.to_owned(), schema.clone())]).ok()?;
        is_held(&registry, [(ALONE, "")]).ok()?;
    }
    options_for::<F>(Asserts { formats: false, numbers: true }, formats).build(&schema).ok()
}

/// Whether a schema that refers to nothing accepts an instance; `None` if it cannot be used.
pub fn verdict_on(schema: &Value, instance: &Value) -> Option<bool> {
    Some(validator_alone(schema, &Formats::Annotate)?.is_valid(instance))
}
