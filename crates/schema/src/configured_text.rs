//! The text that a configuration stands in: what it says, and where it says it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use isomorph_formats::Format;
use isomorph_json::Pointer;
use isomorph_validator::explain::{distance, near};
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::error::Error;
use crate::place::{Place, Spot};

/// The text of a file, and the table in it that is meant.
#[derive(Debug, Clone)]
pub struct ConfiguredText {
    path: PathBuf,
    text: Arc<str>,
    /// The keys that lead to the table.
    keys: &'static [&'static str],
}

impl ConfiguredText {
    /// The table that keys lead to in the text of a file.
    pub fn new(path: &Path, text: Arc<str>, keys: &'static [&'static str]) -> Self {
        Self { path: path.to_owned(), text, keys }
    }

    /// Whether there is such a table.
    ///
    /// # Errors
    ///
    /// If the text is not TOML.
    pub fn is_there(&self) -> Result<bool, Error> {
        let value = parse(&self.path, &self.text)?;
        let mut found = Some(&value);
        for key in self.keys {
            found = found.and_then(|value| value.get_ref().get(*key));
        }
        Ok(found.is_some())
    }

    /// What the table says, as a `T`.
    ///
    /// # Errors
    ///
    /// If it is none, with the place of what is not.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut value = parse(&self.path, &self.text)?;
        for key in self.keys {
            value = inside(value, key).unwrap_or_else(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
        }
        T::deserialize(ValueDeserializer::from(value)).map_err(|error| {
            let (message, help) = words(error.message());
            self.error(error.span(), message, help)
        })
    }

    /// The table cannot be used for what it says at some keys, or where these would be.
    pub fn invalid(&self, keys: &[&str], message: String, help: Vec<String>) -> Error {
        let span = parse(&self.path, &self.text).ok().and_then(|value| {
            let mut found = &value;
            let mut span = None;
            for key in self.keys.iter().chain(keys) {
                let Some(within) = found.get_ref().get(*key) else { break };
                found = within;
                span = Some(found.span());
            }
            span
        });
        self.error(span, message, help)
    }

    /// Where a word stands, as a key or as a string, in the tables of these names.
    pub fn place_of(&self, tables: &[&str], word: &str) -> Option<Place> {
        let value = parse(&self.path, &self.text).ok()?;
        let mut table = &value;
        for key in self.keys {
            table = table.get_ref().get(*key)?;
        }
        let span = tables.iter().find_map(|name| span_of(table.get_ref().get(*name)?, word))?;
        Some(self.place(Some(span)))
    }

    fn error(&self, span: Option<Range<usize>>, message: String, help: Vec<String>) -> Error {
        Error::configuration(self.place(span), message, help)
    }

    fn place(&self, span: Option<Range<usize>>) -> Place {
        place(&self.path, &self.text, span)
    }
}

/// What a file says as TOML.
///
/// # Errors
///
/// If it is not TOML, with the place.
pub fn parse<'t>(path: &Path, text: &'t str) -> Result<Spanned<DeValue<'t>>, Error> {
    match DeTable::parse(text) {
        Ok(table) => Ok(Spanned::new(table.span(), DeValue::Table(table.into_inner()))),
        Err(error) => {
            // Who reads instances has better words for it.
            let fault = isomorph_formats::read(text, Format::Toml, usize::MAX).err();
            let (span, message) = match fault {
                Some(fault) => (Some(fault.span), fault.message),
                None => (error.span(), error.message().to_owned()),
            };
            let message = format!("not TOML: {message}");
            Err(Error::configuration(place(path, text, span), message, Vec::new()))
        }
    }
}

fn place(path: &Path, text: &str, span: Option<Range<usize>>) -> Place {
    // What is nowhere in particular is said of the whole.
    let spot = Spot::new(text, &span.unwrap_or(0..0));
    Place { spot: Some(Box::new(spot)), ..Place::new(path.display().to_string(), Pointer::root()) }
}

/// The value of a key of a table.
fn inside<'t>(value: Spanned<DeValue<'t>>, key: &str) -> Option<Spanned<DeValue<'t>>> {
    match value.into_inner() {
        DeValue::Table(mut table) => table.remove(key),
        _ => None,
    }
}

/// Where a word stands in a value: as a key of its table, else as a string in it.
fn span_of(value: &Spanned<DeValue>, word: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(text) => (text == word).then(|| value.span()),
        DeValue::Array(elements) => elements.iter().find_map(|element| span_of(element, word)),
        DeValue::Table(table) => {
            let key = table.keys().find(|key| key.get_ref() == word).map(Spanned::span);
            key.or_else(|| table.values().find_map(|value| span_of(value, word)))
        }
        _ => None,
    }
}

/// What serde says of a table, in words for people: what there is instead stands apart, and in short where one of it was meant.
fn words(message: &str) -> (String, Vec<String>) {
    if message == "wanted string or table" {
        return ("expected a text".to_owned(), Vec::new());
    }
    let Some((said, expected)) = message.split_once(", expected ") else {
        return (message.to_owned(), Vec::new());
    };
    let of_key = said.strip_prefix("unknown field `").map(|word| ("key", word));
    let unknown = of_key.or_else(|| said.strip_prefix("unknown variant `").map(|word| ("value", word)));
    let Some((kind, word)) = unknown else { return (message.to_owned(), Vec::new()) };
    let word = word.trim_end_matches('`');
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    (format!("unknown {kind} `{}`", word.escape_debug()), vec![instead(word, &known)])
}

/// What may be meant by a word that is none of those that there are; else some of these.
pub fn instead(word: &str, known: &[&str]) -> String {
    let near = near(word, known.iter().copied()).first().copied();
    // Of few words one may be meant that is further away.
    let nearest = || known.iter().copied().min_by_key(|one| distance(word, one));
    let nearest = || nearest().filter(|one| distance(word, one) * LETTERS_TO_A_SLIP <= one.len());
    if let Some(meant) = near.or_else(nearest) {
        return format!("did you mean `{meant}`?");
    }
    let shown: Vec<_> = known.iter().take(SHOWN).map(|one| format!("`{one}`")).collect();
    let more = known.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("there are {}{more}", shown.join(", "))
}

/// How many letters a word has for each that may be wrong.
const LETTERS_TO_A_SLIP: usize = 3;

/// How many words are shown of those that there are.
const SHOWN: usize = 60;
