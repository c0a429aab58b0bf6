//! Bytes to a document.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use isomorph_json::Pointer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::dialect::Dialect;
use crate::error::Error;
use crate::holders::Holder;
use crate::place::Place;

/// A schema file, as it was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the file is called in messages, with `/` between folders: `schema/Order.json`.
    pub file: String,
    /// The URI that others refer to it by; `None` if they do so by its file name.
    pub uri: Option<String>,
    /// What it holds.
    pub text: Vec<u8>,
}

/// A schema file that is a valid schema.
#[derive(Debug)]
pub struct Document {
    /// What the file is called in messages.
    pub file: String,
    /// The URI that references in other documents are resolved to.
    pub uri: String,
    /// The dialect that it is written in.
    pub dialect: Dialect,
    /// Whether its `$schema` is a meta-schema of its author's own, based on that dialect. Which keywords
    /// mean something there is for the validator to say.
    pub is_custom: bool,
    /// Whether it is only here because others refer to it by a URI of its own.
    pub is_guest: bool,
    /// The schema; of a document that holds schemas, these as definitions, and nothing else.
    pub root: Value,
    /// Where the schemas stood, if they are those that a document of another kind holds: it has no schema of its own.
    pub holder: Option<Arc<Holder>>,
}

impl Document {
    /// A place in the document, as it is in the file.
    pub fn place(&self, pointer: &Pointer) -> Place {
        let in_file = self.holder.as_ref().and_then(|holder| holder.place(pointer));
        Place { file: self.file.clone(), pointer: in_file.unwrap_or_else(|| pointer.clone()) }
    }

    /// The place in the document that a place in the file became.
    pub fn locate(&self, in_file: &Pointer) -> Pointer {
        let here = self.holder.as_ref().and_then(|holder| holder.locate(in_file));
        here.unwrap_or_else(|| in_file.clone())
    }

    /// The schema, with a `$schema` that says its dialect.
    pub fn with_dialect(&self) -> Value {
        let mut root = self.root.clone();
        isomorph_validator::encode_references(&mut root);
        if let Value::Object(keywords) = &mut root {
            keywords.entry("$schema").or_insert_with(|| self.dialect.uri().into());
        }
        root
    }

    /// The last part of the file's name.
    pub fn file_name(&self) -> &str {
        file_name(&self.file)
    }

    /// The file's name up to the first point in it.
    pub fn stem(&self) -> &str {
        self.file_name().split('.').next().unwrap_or_default()
    }
}

fn file_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The URI of a document that is referred to by its file name.
pub fn uri_of(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("isomorph:///{}", file_name(file).bytes().map(encode).collect::<String>())
}

/// Holds each schema against its dialect's meta-schema.
///
/// # Errors
///
/// If one names an unknown dialect, or is no valid schema.
pub fn validate_all(documents: &[Document]) -> Result<(), Error> {
    for (index, document) in documents.iter().enumerate() {
        if let Some(Value::String(uri)) = document.root.get("$schema")
            && Dialect::of(uri).is_none()
            && !document.is_custom
        {
            let place = documents[index].place(&Pointer::root().join("$schema"));
            return Err(Error::Dialect { place, uri: uri.clone() });
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
/// If a text is no JSON, or has a key twice.
pub fn parse_all(sources: &[Source], default: Dialect) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    for source in sources {
        let root = parse(&source.file, &source.text)?;
        let uri = source.uri.clone().unwrap_or_else(|| uri_of(&source.file));
        documents.push(Document {
            file: source.file.clone(),
            uri,
            dialect: default,
            is_custom: false,
            is_guest: source.uri.is_some(),
            root,
            holder: None,
        });
    }
    let dialects: Vec<_> = documents.iter().map(|document| dialect(&documents, document, 0)).collect();
    for (document, found) in documents.iter_mut().zip(dialects) {
        if let Some((dialect, is_custom)) = found {
            (document.dialect, document.is_custom) = (dialect, is_custom);
        }
    }
    Ok(documents)
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

fn validate(document: &Document) -> Result<(), Error> {
    if document.is_custom {
        return Ok(());
    }
    let meta_schema = document.dialect.meta_schema();
    meta_schema.validate(&document.root).map_err(|error| {
        let pointer = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
        Error::InvalidSchema { place: document.place(&pointer), message: error.masked().to_string() }
    })
}

/// How deep a schema may be nested. What the generator does by recursion stays far below the end of a
/// stack of one megabyte.
const DEEPEST: usize = 100;

/// Reads JSON strictly: UTF-8 without a byte order mark, no key twice, no deeper than [`DEEPEST`].
fn parse(file: &str, text: &[u8]) -> Result<Value, Error> {
    let syntax = |message: String| Error::Syntax { file: file.to_owned(), message };
    if text.starts_with(b"\xEF\xBB\xBF") {
        return Err(syntax("it begins with a byte order mark; save it without".into()));
    }
    let fault = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Strict { file, at: &At::Root, depth: 0, fault: &fault }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| fault.into_inner().unwrap_or_else(|| syntax(error.to_string())))
}

/// Reads a value. What is wrong beyond the syntax is put into `fault`, with its place.
struct Strict<'a> {
    file: &'a str,
    at: &'a At<'a>,
    depth: usize,
    fault: &'a RefCell<Option<Error>>,
}

/// Where a value stands: what it takes to say so, if it is ever asked.
enum At<'a> {
    Root,
    Member(&'a At<'a>, &'a str),
    Element(&'a At<'a>, usize),
}

impl At<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Member(around, name) => around.pointer().join(name),
            Self::Element(around, index) => around.pointer().join(index),
        }
    }
}

impl Strict<'_> {
    fn inside<T>(&self, at: &At, read: impl FnOnce(Strict) -> T) -> T {
        read(Strict { file: self.file, at, depth: self.depth + 1, fault: self.fault })
    }

    fn fail<E: serde::de::Error>(&self, fault: impl FnOnce(Place) -> Error) -> E {
        let place = Place { file: self.file.to_owned(), pointer: self.at.pointer() };
        *self.fault.borrow_mut() = Some(fault(place));
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth > DEEPEST {
            return Err(self.fail(|place| Error::TooDeep { place, limit: DEEPEST }));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(element) =
            self.inside(&At::Element(self.at, array.len()), |seed| elements.next_element_seed(seed))?
        {
            array.push(element);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(self.fail(|place| Error::DuplicateKey { place, key }));
            }
            let at = At::Member(self.at, &key);
            let value = self.inside(&at, |seed| members.next_value_seed(seed))?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}
