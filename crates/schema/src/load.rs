//! Bytes to documents.

use std::ops::Range;
use std::sync::Arc;

use isomorph_formats::{Format, read};
use isomorph_json::{Fault, Foreign, Pointer, Rule, SourceText, Tape, Transcribed, foreign};
use isomorph_validator::{judges_by_pattern, loose};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::dialect::Dialect;
use crate::document::Document;
use crate::error::{Error, Flaw};
use crate::meta_schema::flaws;
use crate::place::{Place, Spot};
use crate::root::uri_of;
use crate::setting::Setting;
use crate::source::Source;
use crate::strict::{self, DEEPEST, Refused};
use crate::written_in::format_of;

/// Holds each schema against its dialect's meta-schema.
///
/// # Errors
///
/// If one names an unknown dialect, or is no valid schema.
pub fn validate_all(documents: &[Document]) -> Result<(), Error> {
    for document in documents {
        if let Some(Value::String(uri)) = document.root.get("$schema")
            && Dialect::of(uri).is_none()
            && !document.is_custom
            && !document.is_assumed
        {
            let place = document.place_in_text(&Pointer::root().join("$schema"));
            return Err(unknown(place, uri));
        }
        validate(document)?;
    }
    Ok(())
}

/// Reads schemas without holding them against anything. A `$schema` that is not known counts as the
/// default, unless it is one of the documents.
///
/// # Errors
///
/// If a text is not what its name says, or has a key twice.
pub fn parse_all(sources: &[Source], default: Dialect) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    for source in sources {
        let uri = source.uri.clone().unwrap_or_else(|| uri_of(&source.file));
        documents.extend(parse(source, &uri, source.uri.is_some())?);
    }
    assign_dialects(&mut documents, default);
    Ok(documents)
}

/// Gives each document the dialect that it names, by itself or by a meta-schema among them, or else this one.
pub fn assign_dialects(documents: &mut [Document], default: Dialect) {
    let documents_now = &*documents;
    let dialects: Vec<_> = documents_now.iter().map(|document| dialect(documents_now, document, 0)).collect();
    // Those that a document holds are of its own dialect.
    let holds = |document: &Document| document.holder.as_ref().is_some_and(|holder| holder.has_names());
    let all = documents.iter_mut().zip(dialects).filter(|(document, _)| !holds(document));
    for (document, found) in all {
        (document.dialect, document.is_custom) = found.unwrap_or((default, false));
    }
}

/// The dialect that a document names, and whether it does so by way of a meta-schema among `documents`.
fn dialect(documents: &[Document], document: &Document, depth: usize) -> Option<(Dialect, bool)> {
    let uri = document.root.get("$schema")?.as_str()?;
    if let Some(dialect) = Dialect::of(uri) {
        return Some((dialect, false));
    }
    let is_meant = |other: &&Document| {
        other.uri == uri || other.root.get("$id").and_then(Value::as_str).is_some_and(|id| id == uri)
    };
    let meta_schema = documents.iter().find(is_meant).filter(|_| depth < documents.len())?;
    dialect(documents, meta_schema, depth + 1).map(|(dialect, _)| (dialect, true))
}

/// Says that a dialect is not known, and what to do.
fn unknown(place: Place, uri: &str) -> Error {
    if uri.starts_with("https://spec.openapis.org/oas/3.0/") {
        return Error::SchemaOfOpenApi { place };
    }
    let version = uri.split("json-schema.org/draft-0").nth(1).and_then(|rest| rest.chars().next());
    match version.and_then(|version| version.to_digit(10)) {
        Some(version @ 0..=3) => Error::OldDialect { place, version },
        _ => Error::Dialect { place, uri: uri.to_owned() },
    }
}

fn validate(document: &Document) -> Result<(), Error> {
    if document.is_custom {
        return Ok(());
    }
    let meta_schema = document.dialect.meta_schema();
    let mut first = meta_schema.validate(&document.root).err();
    if first.as_ref().is_some_and(is_of_loose_pattern) {
        first = meta_schema.iter_errors(&document.root).find(|error| !is_of_loose_pattern(error));
    }
    let Some(error) = first else { return Ok(()) };
    let pointer = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
    let place = document.place_in_text(&pointer);
    let told = Error::of_flaws(flaws(document));
    Err(told.unwrap_or_else(|| Error::invalid_schema(place, error.masked().to_string())))
}

/// Whether all that is wrong is that a pattern is one only without the `u` flag.
fn is_of_loose_pattern(error: &ValidationError) -> bool {
    match error.kind() {
        ValidationErrorKind::PropertyNames { error } => is_of_loose_pattern(error),
        ValidationErrorKind::Format { format } if format == "regex" => error
            .instance()
            .as_str()
            .is_some_and(|text| loose(text).is_some() && judges_by_pattern(text).is_some()),
        _ => false,
    }
}

/// The documents in a file: one, or as many as its YAML has. The first is referred to by this URI. Their dialects are still
/// to be found out.
///
/// # Errors
///
/// If the text is not what its name says, or has a key twice.
pub fn parse(source: &Source, uri: &str, is_guest: bool) -> Result<Vec<Document>, Error> {
    let text = decoded(source)?;
    let format = format_of(&source.file, text);
    let document = |number: usize, text: SourceText| {
        let root = strict::read(text.as_json()).map_err(|refused| refusal(source, &text, refused))?;
        Ok(Document {
            file: source.file.clone(),
            uri: if number == 0 { uri.to_owned() } else { format!("{uri}?document={}", number + 1) },
            dialect: Dialect::default(),
            is_custom: false,
            is_assumed: false,
            is_guest,
            aliases: Vec::new(),
            path: None,
            root,
            holder: None,
            text: Arc::new(text),
        })
    };
    if format == Format::Json {
        return Ok(vec![document(0, SourceText::new(text.to_owned(), None))?]);
    }
    let read =
        read(text, format, DEEPEST).map_err(|fault| not_of_its_format(source, text, format, &fault))?;
    // A line of dashes at the end begins a document that nobody meant.
    let is_empty = |one: &Transcribed| one.json == "null";
    let (all, mut read) = (read.len(), read);
    read.retain(|one| all == 1 || !is_empty(one));
    let texts = read.into_iter().map(|json| SourceText::new(text.to_owned(), Some(json)));
    texts.enumerate().map(|(number, text)| document(number, text)).collect()
}

/// The text of a file, without a byte order mark.
fn decoded(source: &Source) -> Result<&str, Error> {
    let bytes = source.text.strip_prefix(MARK).unwrap_or(&source.text);
    let not_utf8 = |error: std::str::Utf8Error| {
        let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        let message = if is_utf16 { "this is UTF-16; save it as UTF-8" } else { "this is not UTF-8" };
        let shown = String::from_utf8_lossy(bytes);
        let at = error.valid_up_to();
        syntax(source, &shown, &(at..at + '\u{FFFD}'.len_utf8()), "text", message, None)
    };
    std::str::from_utf8(bytes).map_err(not_utf8)
}

/// What some programs write in front of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a text begins with a byte order mark.
pub fn has_mark(text: &[u8]) -> bool {
    text.starts_with(MARK)
}

fn not_of_its_format(source: &Source, text: &str, format: Format, fault: &Fault) -> Error {
    syntax(source, text, &fault.span, &format.word().to_uppercase(), &fault.message, None)
}

fn syntax(
    source: &Source,
    text: &str,
    span: &Range<usize>,
    format: &str,
    message: &str,
    help: Option<String>,
) -> Error {
    let spot = Some(Box::new(Spot::new(text, span)));
    let place = Place { file: source.file.clone(), pointer: Pointer::root(), spot };
    Error::Syntax {
        place,
        format: format.to_owned(),
        message: message.to_owned(),
        help: help.map(Into::into),
    }
}

/// Why a text is not read, with its place.
fn refusal(source: &Source, text: &SourceText, refused: Refused) -> Error {
    let place = |pointer| Place::in_text(source.file.clone(), pointer, text);
    let spot = |span: &Range<usize>| Box::new(Spot::new(&text.text, &text.origin(span.clone())));
    match refused {
        Refused::Syntax(message, (line, column)) => {
            if let Some(fault) = fault(text, Rule::Syntax) {
                let help = foreign(text.as_json(), fault.span.start).map(written_otherwise);
                let span = text.origin(fault.span);
                return syntax(source, &text.text, &span, "JSON", &fault.message, help);
            }
            if let Some(error) = too_large(source, text) {
                return error;
            }
            let start = text
                .as_json()
                .split_inclusive('\n')
                .take(line.saturating_sub(1))
                .map(str::len)
                .sum::<usize>();
            let at = (start + column.saturating_sub(1)).min(text.as_json().len());
            let span = text.json.as_ref().map_or(at..at, |json| json.origin(&(at..at)));
            syntax(source, &text.text, &span, "JSON", &message, None)
        }
        Refused::DuplicateKey(pointer, key) => match fault(text, Rule::DuplicateKey) {
            Some(fault) => {
                let place = Place { file: source.file.clone(), pointer, spot: Some(spot(&fault.span)) };
                Error::DuplicateKey { place, key, first: fault.first.as_ref().map(spot) }
            }
            None => Error::DuplicateKey { place: place(pointer), key, first: None },
        },
        Refused::TooDeep(pointer) => Error::TooDeep { place: place(pointer), limit: DEEPEST },
    }
}

/// What to do with what another format has: a file is read as what its name says.
fn written_otherwise(found: Foreign) -> String {
    match found.taken {
        Some((format, taken)) => {
            format!("{}; in a file called `….{format}` it can have {taken}", found.words)
        }
        None => found.words.to_owned(),
    }
}

/// A number that no double holds, if that is what is wrong. No instance has one either.
fn too_large(source: &Source, text: &SourceText) -> Option<Error> {
    let flaws = faults(text).into_iter().filter(|fault| fault.rule == Rule::Number).map(|fault| {
        let span = text.origin(fault.span);
        let written: String = text.text.get(span.clone()).unwrap_or_default().chars().take(SHOWN).collect();
        let more = if span.len() > written.len() { "…" } else { "" };
        let spot = Some(Box::new(Spot::new(&text.text, &span)));
        Flaw {
            place: Place { file: source.file.clone(), pointer: Pointer::root(), spot },
            message: format!(
                "the number {written}{more} is beyond what a double holds, so that no instance can have it"
            ),
            help: vec!["leave out what it says, or write at most 1.7976931348623157e308".to_owned()],
        }
    });
    Error::of_flaws(flaws)
}

/// How many characters of a number are told.
const SHOWN: usize = 24;

/// The first fault of a kind, as it is told of instances.
fn fault(text: &SourceText, rule: Rule) -> Option<Fault> {
    faults(text).into_iter().filter(|fault| fault.rule == rule).min_by_key(|fault| fault.span.start)
}

fn faults(text: &SourceText) -> Vec<Fault> {
    let parsed = isomorph_json::parse(text.as_json(), DEEPEST, &mut Tape::default());
    parsed.err().map(|faults| faults.faults).unwrap_or_default()
}
