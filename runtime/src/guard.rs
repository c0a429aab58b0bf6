//! Guards: schemas that no Rust type says, checked by the `jsonschema` crate.

use std::sync::OnceLock;

use jsonschema::{Registry, ValidationError, Validator};
use serde_json::Value;

use crate::Refusal;

/// A schema file, embedded in generated code.
#[derive(Debug)]
pub struct Document {
    /// The URI by which [`Guard`]s and other documents refer to it.
    pub uri: &'static str,
    /// The `$schema` of a text that has none.
    pub dialect: &'static str,
    /// The JSON text.
    pub text: &'static str,
}

impl Document {
    fn parse(&self) -> Value {
        // The generator has read this text; what it embeds is what it read.
        let mut root: Value = serde_json::from_str(self.text).unwrap_or_default();
        if let Value::Object(keywords) = &mut root {
            keywords.entry("$schema").or_insert_with(|| self.dialect.into());
        }
        root
    }
}

/// A schema in a [`Document`]. The validator is built when it is first needed.
#[derive(Debug)]
pub struct Guard {
    documents: &'static [Document],
    document: usize,
    pointer: &'static str,
    validator: OnceLock<Result<Validator, String>>,
}

impl Guard {
    /// Guards by the schema at `pointer` in the document of this index. All documents are at hand for
    /// its references.
    pub const fn new(documents: &'static [Document], document: usize, pointer: &'static str) -> Self {
        Self { documents, document, pointer, validator: OnceLock::new() }
    }

    /// Checks an instance.
    ///
    /// # Errors
    ///
    /// If the schema does not accept it. The message names the place in the instance and the keyword.
    pub fn check(&self, instance: &Value) -> Result<(), Refusal> {
        let validator = self.validator.get_or_init(|| self.build().map_err(|error| error.to_string()));
        match validator {
            Ok(validator) => validator.validate(instance).map_err(|error| self.refusal(&error)),
            Err(error) => {
                Err(Refusal::new(format_args!("invalid value: the schema cannot be used: {error}")))
            }
        }
    }

    /// The schema, as its document has it.
    pub fn schema(&self) -> Value {
        let document: Value = serde_json::from_str(self.documents[self.document].text).unwrap_or_default();
        document.pointer(self.pointer).cloned().unwrap_or_default()
    }

    fn build(&self) -> Result<Validator, ValidationError<'static>> {
        let documents = self.documents.iter().map(|document| (document.uri.to_owned(), document.parse()));
        let document = &self.documents[self.document];
        validator(documents, document.uri, document.dialect, self.pointer)
    }

    fn refusal(&self, error: &ValidationError) -> Refusal {
        let schema = format!("{}#{}", self.documents[self.document].uri, self.pointer);
        let (message, keyword) = (error.masked(), error.kind().keyword());
        Refusal::new(format_args!("invalid value: {message} (keyword `{keyword}` in {schema})"))
            .at(error.instance_path().as_str())
    }
}

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
    let registry = Registry::new().extend(documents).map_err(ValidationError::from)?;
    let registry = registry.prepare().map_err(ValidationError::from)?;
    let schema = serde_json::json!({"$schema": dialect, "$ref": format!("{uri}#{}", encoded(pointer))});
    jsonschema::options().offline().with_registry(&registry).should_validate_formats(false).build(&schema)
}

/// A pointer as the fragment of a URI (RFC 6901, section 6).
fn encoded(pointer: &str) -> String {
    let mut fragment = String::new();
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/~-._$!&'()*+,;=:@?".contains(&byte) {
            fragment.push(byte.into());
        } else {
            fragment.push('%');
            fragment.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
    fragment
}
