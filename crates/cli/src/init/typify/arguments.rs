//! `key = value` between commas, as the macro is told.

use serde_json::{Map, Value};

use super::literal::apart;
use super::render::rendered;
use super::tokens::{Broken, Kind, Token};

/// One of them.
pub struct Entry<'t> {
    pub key: &'t Token,
    pub value: &'t [Token],
}

impl Entry<'_> {
    pub fn line(&self) -> usize {
        self.key.line
    }

    /// The key, as text.
    pub fn name(&self) -> String {
        match &self.key.kind {
            Kind::Text(text) => text.clone(),
            _ => rendered(std::slice::from_ref(self.key)),
        }
    }

    /// What stands in brackets.
    ///
    /// # Errors
    ///
    /// If it is something else.
    pub fn group(&self, open: char) -> Result<&[Token], Broken> {
        let inside = match self.value {
            [only] => only.group(open),
            _ => None,
        };
        let wanted = if open == '[' { "a list in `[…]`" } else { "a table in `{…}`" };
        inside.ok_or_else(|| self.odd(wanted))
    }

    /// The string.
    ///
    /// # Errors
    ///
    /// If it is something else.
    pub fn text(&self) -> Result<String, Broken> {
        match self.value {
            [Token { kind: Kind::Text(text), .. }] => Ok(text.clone()),
            _ => Err(self.odd("a string")),
        }
    }

    /// That it has to be something else.
    pub fn odd(&self, wanted: &str) -> Broken {
        let message = format!("`{}` has to be {wanted}, not `{}`", self.name(), rendered(self.value));
        Broken { line: self.line(), message }
    }
}

/// The entries of what stands in brackets.
///
/// # Errors
///
/// If something is no entry.
pub fn entries(tokens: &[Token]) -> Result<Vec<Entry<'_>>, Broken> {
    apart(tokens).into_iter().map(entry).collect()
}

fn entry(part: &[Token]) -> Result<Entry<'_>, Broken> {
    match part {
        [key, equals, value @ ..] if equals.is_mark('=') && !value.is_empty() => Ok(Entry { key, value }),
        part => {
            let line = part.first().map_or(0, |token| token.line);
            Err(Broken { line, message: format!("expected `key = value`, found `{}`", rendered(part)) })
        }
    }
}

/// A schema in braces.
///
/// # Errors
///
/// If it is none.
pub fn schema(tokens: &[Token]) -> Result<Value, Broken> {
    let mut members = Map::new();
    for entry in entries(tokens)? {
        members.insert(entry.name(), value(entry.value).ok_or_else(|| entry.odd("JSON"))?);
    }
    Ok(Value::Object(members))
}

fn value(tokens: &[Token]) -> Option<Value> {
    match tokens {
        [Token { kind: Kind::Group('{', inside), .. }] => schema(inside).ok(),
        [Token { kind: Kind::Group('[', inside), .. }] => {
            apart(inside).into_iter().map(value).collect::<Option<_>>().map(Value::Array)
        }
        [Token { kind: Kind::Text(text), .. }] => Some(Value::String(text.clone())),
        [Token { kind: Kind::Word(word), .. }] => Some(match word.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            word => Value::String(word.to_owned()),
        }),
        number => serde_json::from_str(&rendered(number)).ok(),
    }
}
