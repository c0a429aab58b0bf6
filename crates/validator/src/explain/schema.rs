use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use isomorph_json::TapeNode;
use isomorph_json::work::{LEAST, allowance, within};
use jsonschema::{ValidationError, Validator};

use super::files::{Files, Place, SchemaText};
use super::shell::Shell;
use crate::build::validator_with;
use crate::counted::LOOKS_OF_AN_ERROR;
use crate::exact::unmarked;
use crate::formats::Formats;
use crate::taped::Taped;

/// A schema that instances are held against, and the text that errors point into.
#[derive(Debug)]
pub struct Schema {
    /// Says whether an instance is valid, and nothing else: the way of the many.
    verdict: Validator<Taped>,
    files: Files,
    /// The schema itself.
    start: Place,
    /// Single levels of what is in the files, made when an error first needed them.
    shells: Mutex<HashMap<Place, Option<Arc<Shell>>>>,
    /// Whether no message shows a value.
    is_redacted: bool,
}

/// Whether an instance is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The schema accepts it.
    Valid,
    /// The schema does not accept it.
    Invalid,
    /// It takes too much work to say.
    LimitReached,
}

impl Schema {
    /// The schema at `pointer` in the file `uri` among `texts`. `dialect` is that of the file, as a
    /// `$schema`.
    ///
    /// # Errors
    ///
    /// If a schema is not valid, or refers to what is not there.
    pub fn new(
        texts: Vec<SchemaText>,
        uri: &str,
        dialect: &str,
        pointer: &str,
    ) -> Result<Self, ValidationError<'static>> {
        Self::with(texts, uri, dialect, pointer, Formats::Annotate)
    }

    /// The same, for which formats assert that are asked for, or if the schemas say so.
    ///
    /// # Errors
    ///
    /// If a schema is not valid, or refers to what is not there.
    pub fn with(
        texts: Vec<SchemaText>,
        uri: &str,
        dialect: &str,
        pointer: &str,
        formats: Formats,
    ) -> Result<Self, ValidationError<'static>> {
        let texts: Vec<_> = texts.into_iter().map(SchemaText::with_exact_numbers).collect();
        let documents = texts.iter().map(|text| (text.uri.clone(), text.root.clone()));
        let verdict = validator_with::<Taped>(documents, uri, dialect, pointer, &formats)?;
        let start = texts.iter().position(|text| text.uri == uri).unwrap_or_default();
        let start = (start, pointer.to_owned());
        let files = Files::new(texts, formats);
        Ok(Self { verdict, files, start, shells: Mutex::default(), is_redacted: false })
    }

    /// The same, of which no message shows a value.
    #[must_use]
    pub fn redacted(self) -> Self {
        Self { is_redacted: true, ..self }
    }

    /// Whether no message shows a value.
    pub fn is_redacted(&self) -> bool {
        self.is_redacted
    }

    /// The files of the schema.
    pub fn texts(&self) -> &[SchemaText] {
        self.files.texts()
    }

    /// Where they say what.
    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    /// Whether an instance is valid.
    pub fn verdict(&self, instance: TapeNode) -> Verdict {
        match within(allowance(instance.words()), || self.verdict.is_valid(instance)) {
            Some((true, _)) => Verdict::Valid,
            Some((false, _)) => Verdict::Invalid,
            None => Verdict::LimitReached,
        }
    }

    /// What the validator says of an instance that is not valid, if that does not take too much.
    pub(super) fn errors<'a>(&'a self, instance: TapeNode<'a>) -> Option<Vec<ValidationError<'a>>> {
        let errors = || self.verdict.iter_errors(instance).collect();
        // Two things may be wrong with every value in it.
        let wrong = 2 * LOOKS_OF_AN_ERROR * instance.words() as u64;
        within(LEAST / 8 + wrong, errors).map(|(errors, _)| errors)
    }

    /// The place of the schema itself.
    pub(super) fn start(&self) -> &Place {
        &self.start
    }

    /// One level of the schema at a place.
    pub(super) fn shell(&self, place: &Place) -> Option<Arc<Shell>> {
        if let Some(known) = self.shells.lock().ok()?.get(place) {
            return known.clone();
        }
        let shell = Shell::new(&self.files, place.clone()).map(Arc::new);
        self.shells.lock().ok()?.insert(place.clone(), shell.clone());
        shell
    }

    /// The keyword that an error comes from, as the validator came to it from this schema.
    pub(super) fn evaluation_path(&self, error: &ValidationError) -> String {
        let path = error.evaluation_path().as_str();
        // The validator of a part of a document refers to it.
        let is_referred_to = !self.start.1.is_empty();
        unmarked(path.strip_prefix("/$ref").filter(|_| is_referred_to).unwrap_or(path)).into_owned()
    }

    /// The file and the pointer of the keyword that an error comes from.
    pub(super) fn keyword_location(&self, error: &ValidationError) -> Option<Place> {
        let (index, pointer) = match error.absolute_keyword_location() {
            Some(location) => self.files.said(location.as_str())?,
            // Some keywords do not say their file. If it can be this one, it is.
            None => (self.start.0, format!("{}{}", self.start.1, error.schema_path().as_str())),
        };
        let (index, pointer) = self.files.innermost(index, pointer)?;
        Some((index, unmarked(&pointer).into_owned()))
    }
}
