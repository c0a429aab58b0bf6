//! Whether a schema accepts an instance, in bounded work.

use std::sync::Arc;

use isomorph_json::Pointer;
use isomorph_json::work::{parts, within};
use isomorph_schema::Document;
use isomorph_validator::{Counted, Formats, ValueNode, deepest};
use jsonschema::Validator;
use serde_json::Value;

use crate::error::Error;

/// What a verdict may take, in looks at values.
const LOOKS: u64 = 300_000;
/// What it may take for every value in the instance.
const EACH: u64 = 100;
/// How many errors are looked at.
const ERRORS: usize = 200;
/// How many schemas may judge one value one inside the other where errors are looked at: they tell the way to each of them, which
/// is as long as there are.
const DEEP: usize = 3000;

/// Judges instances by one schema. What would take too much work is not judged.
#[derive(Clone)]
pub struct Judge {
    validator: Arc<Validator<Counted>>,
    /// Another schema that has to accept an instance as well.
    also: Option<Box<Judge>>,
    /// Whether nobody can be told what is wrong with an instance.
    is_mute: bool,
}

/// Something that is wrong with an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The place in the instance.
    pub instance_location: String,
    /// The keyword's place in the schema.
    pub keyword_location: String,
    /// What is wrong.
    pub message: String,
}

impl Judge {
    /// By the schema at `pointer` in the document of this index. Formats are annotations.
    ///
    /// # Errors
    ///
    /// If the schema refers to what is not there.
    pub fn at(documents: &[Document], index: usize, pointer: &Pointer) -> Result<Self, Error> {
        Self::with(documents, index, pointer, &Formats::Annotate)
    }

    /// The same; these formats assert, and others if the documents say so.
    ///
    /// # Errors
    ///
    /// If the schema refers to what is not there.
    pub fn with(
        documents: &[Document],
        index: usize,
        pointer: &Pointer,
        formats: &Formats,
    ) -> Result<Self, Error> {
        let validator = isomorph_schema::validator_with(documents, index, pointer, formats)?;
        let all: Vec<(&str, &Value)> = documents.iter().map(|one| (one.uri.as_str(), &one.root)).collect();
        Ok(Self { validator: validator.into(), also: None, is_mute: deepest(&all) > DEEP })
    }

    /// By a schema that refers to nothing outside itself; `None` if it cannot be used.
    pub fn alone(schema: &Value, formats: &Formats) -> Option<Self> {
        let validator = isomorph_validator::validator_alone_of(schema, formats)?;
        let is_mute = deepest(&[("", schema)]) > DEEP;
        Some(Self { validator: validator.into(), also: None, is_mute })
    }

    /// By this schema and another: it accepts what both do.
    #[must_use]
    pub fn and(self, also: Self) -> Self {
        Self { also: Some(Box::new(also)), ..self }
    }

    /// Whether the schema accepts an instance; `None` where it would take too much to say.
    pub fn verdict(&self, instance: &Value) -> Option<bool> {
        let (accepts, _) = within(looks(instance), || self.validator.is_valid(ValueNode(instance)))?;
        match &self.also {
            Some(also) if accepts => also.verdict(instance),
            _ => Some(accepts),
        }
    }

    /// Whether the schema is known to accept an instance.
    pub fn accepts(&self, instance: &Value) -> bool {
        self.verdict(instance) == Some(true)
    }

    /// Whether the schema is known to reject an instance.
    pub fn rejects(&self, instance: &Value) -> bool {
        self.verdict(instance) == Some(false)
    }

    /// What is wrong with an instance, the first things; `None` where it would take too much to say.
    pub fn complaints(&self, instance: &Value) -> Option<Vec<Complaint>> {
        if self.is_mute {
            return None;
        }
        let complain = |error: jsonschema::ValidationError| Complaint {
            instance_location: error.instance_path().as_str().to_owned(),
            keyword_location: error.schema_path().as_str().to_owned(),
            message: said(&error),
        };
        let collect = || self.validator.iter_errors(ValueNode(instance)).take(ERRORS).map(complain).collect();
        within(2 * looks(instance), collect).map(|(complaints, _)| complaints)
    }
}

/// What an error says. Whoever divides tells by what.
fn said(error: &jsonschema::ValidationError) -> String {
    if error.schema_path().as_str().ends_with("/multipleOf") {
        return format!("{} is not a multiple of {error}", error.instance());
    }
    error.to_string()
}

fn looks(instance: &Value) -> u64 {
    LOOKS.max(EACH.saturating_mul(parts(instance) as u64))
}
