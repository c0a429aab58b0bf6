//! What the lists of schemas in documents are made of.

use std::collections::BTreeSet;

use isomorph_json::Pointer;
use serde_json::Value;

use super::used::Direction;

/// A schema in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The name that was found for it; others may have the same.
    pub name: String,
    /// Whether the document calls it so.
    pub is_named: bool,
    /// Where it stands.
    pub pointer: Pointer,
    /// The operation that uses it, and what for.
    pub used: Option<Used>,
    /// What it is to others that it is offered to, whatever it is called.
    pub offered: Vec<String>,
}

/// What an operation uses a schema for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    pub operation: String,
    pub direction: Direction,
    /// Which part of which operation it is to those who ask it.
    pub sign: String,
    /// Whether they count on it.
    pub is_relied_on: bool,
}

impl Found {
    /// A schema that the document calls so.
    pub fn named(name: impl Into<String>, pointer: Pointer) -> Self {
        let name = name.into();
        let offered = vec![format!("schema {name}")];
        Self { name, is_named: true, pointer, used: None, offered }
    }

    /// A schema that is called by what is around it.
    pub fn called(words: &str, pointer: Pointer) -> Self {
        Self { name: joined(words), is_named: false, pointer, used: None, offered: Vec::new() }
    }
}

/// The members of an object at a place, each with where it stands.
pub fn members<'v>(root: &'v Value, at: &Pointer) -> Vec<(&'v String, Pointer, &'v Value)> {
    let members = at.find(root).and_then(Value::as_object).into_iter().flatten();
    // Extensions are nobody's.
    let members = members.filter(|(name, _)| !name.starts_with("x-"));
    members.map(|(name, value)| (name, at.join(name), value)).collect()
}

/// The elements of an array at a place, each with where it stands.
pub fn elements<'v>(root: &'v Value, at: &Pointer) -> Vec<(Pointer, &'v Value)> {
    let elements = at.find(root).and_then(Value::as_array).into_iter().flatten();
    elements.enumerate().map(|(index, value)| (at.join(index), value)).collect()
}

/// The place that a `$ref` in the same document leads to, however often there is another at its end; the place itself if
/// there is none.
pub fn followed(root: &Value, at: &Pointer) -> Pointer {
    let (mut at, mut seen) = (at.clone(), BTreeSet::new());
    while let Some(Value::String(reference)) = at.find(root).and_then(|value| value.get("$ref")) {
        let target = reference.strip_prefix('#').and_then(pointer);
        let Some(target) = target.filter(|target| target.find(root).is_some()) else { break };
        if !seen.insert(target.clone()) {
            break;
        }
        at = target;
    }
    at
}

/// The pointer of a fragment.
pub fn pointer(fragment: &str) -> Option<Pointer> {
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
    Pointer::parse(&decoded)
}

/// A name of several words: `createPet response 404` is `createPetResponse404`.
pub fn joined(words: &str) -> String {
    let is_of_word = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    let mut name = String::new();
    for word in words.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !name.is_empty() => name.extend(first.to_uppercase()),
            first => name.extend(first),
        }
        name.extend(letters);
    }
    name
}
