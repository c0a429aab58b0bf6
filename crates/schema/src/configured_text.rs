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
    /// Which of several tables there it is.
    index: Option<usize>,
}

impl ConfiguredText {
    /// The table that keys lead to in the text of a file.
    pub fn new(path: &Path, text: Arc<str>, keys: &'static [&'static str]) -> Self {
        Self { path: path.to_owned(), text, keys, index: None }
    }

    /// The tables that are there: none, one, or each of several.
    ///
    /// # Errors
    ///
    /// If the text is not TOML.
    pub fn each(self) -> Result<Vec<Self>, Error> {
        let value = parse(&self.path, &self.text)?;
        let several = match self.table(&value).map(Spanned::get_ref) {
            None => return Ok(Vec::new()),
            Some(DeValue::Array(tables)) => tables.len(),
            Some(_) => return Ok(vec![self.clone()]),
        };
        Ok((0..several).map(|index| Self { index: Some(index), ..self.clone() }).collect())
    }

    /// The table in what the text says.
    fn table<'v, 't>(&self, value: &'v Spanned<DeValue<'t>>) -> Option<&'v Spanned<DeValue<'t>>> {
        let mut found = value;
        for key in self.keys {
            found = found.get_ref().get(*key)?;
        }
        match self.index {
            Some(index) => found.get_ref().get(index),
            None => Some(found),
        }
    }

    /// Whether there is one before it.
    pub fn is_later(&self) -> bool {
        self.index.is_some_and(|index| index > 0)
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
        if let Some(index) = self.index {
            value =
                element(value, index).unwrap_or_else(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
        }
        T::deserialize(ValueDeserializer::from(value)).map_err(|error| {
            let (message, help) = words(error.message());
            self.error(error.span(), message, help)
        })
    }

    /// The table cannot be used for what it says at some keys, or where these would be.
    pub fn invalid(&self, keys: &[&str], message: String, help: Vec<String>) -> Error {
        let span = parse(&self.path, &self.text).ok().and_then(|value| {
            let mut found = self.table(&value)?;
            let mut span = Some(found.span());
            for key in keys {
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
        let table = self.table(&value)?;
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

/// An element of an array.
fn element(value: Spanned<DeValue>, index: usize) -> Option<Spanned<DeValue>> {
    match value.into_inner() {
        DeValue::Array(elements) => elements.into_iter().nth(index),
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
