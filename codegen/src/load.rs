//! Bytes to a document.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::{Dialect, Error, Place, Pointer};

/// A schema file, as it was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the file is called in messages, with `/` between folders: `schema/Order.json`.
    pub file: String,
    /// What it holds.
    pub text: Vec<u8>,
}

/// A schema file that is a valid schema.
#[derive(Debug)]
pub struct Document {
    /// What the file is called in messages.
    pub file: String,
    /// The dialect that it is written in.
    pub dialect: Dialect,
    /// The schema.
    pub root: Value,
}

impl Document {
    /// A place in the document.
    pub fn place(&self, pointer: &Pointer) -> Place {
        Place { file: self.file.clone(), pointer: pointer.clone() }
    }

    /// The schema, with a `$schema` that says its dialect.
    pub(crate) fn with_dialect(&self) -> Value {
        let mut root = self.root.clone();
        if let Value::Object(keywords) = &mut root {
            keywords.entry("$schema").or_insert_with(|| self.dialect.uri().into());
        }
        root
    }

    /// The URI by which other documents refer to it: relative references among them are file names.
    pub fn uri(&self) -> String {
        format!("isomorph:///{}", uri_path(self.file_name()))
    }

    /// The last part of the file's name, by which other files refer to it.
    pub fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// A file name as the path of a URI.
fn uri_path(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(encode).collect()
}

/// Reads a schema and holds it against its dialect's meta-schema. `default` is the dialect of a file
/// without `$schema`.
///
/// # Errors
///
/// If the text is no JSON, has a key twice, names an unknown dialect, or is no valid schema.
pub fn load(source: &Source, default: Dialect) -> Result<Document, Error> {
    let root = parse(&source.file, &source.text)?;
    let dialect = dialect(&source.file, &root)?.unwrap_or(default);
    let document = Document { file: source.file.clone(), dialect, root };
    validate(&document)?;
    Ok(document)
}

fn dialect(file: &str, root: &Value) -> Result<Option<Dialect>, Error> {
    let Some(Value::String(uri)) = root.get("$schema") else {
        return Ok(None);
    };
    let place = || Place { file: file.to_owned(), pointer: Pointer::root().join("$schema") };
    Dialect::of(uri).map(Some).ok_or_else(|| Error::Dialect { place: place(), uri: uri.clone() })
}

fn validate(document: &Document) -> Result<(), Error> {
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
    let value = Strict { file, pointer: &Pointer::root(), depth: 0, fault: &fault }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| fault.into_inner().unwrap_or_else(|| syntax(error.to_string())))
}

/// Reads a value. What is wrong beyond the syntax is put into `fault`, with its place.
struct Strict<'a> {
    file: &'a str,
    pointer: &'a Pointer,
    depth: usize,
    fault: &'a RefCell<Option<Error>>,
}

impl Strict<'_> {
    fn inside<T>(&self, segment: impl fmt::Display, read: impl FnOnce(Strict) -> T) -> T {
        let pointer = &self.pointer.join(segment);
        read(Strict { file: self.file, pointer, depth: self.depth + 1, fault: self.fault })
    }

    fn fail<E: serde::de::Error>(&self, fault: impl FnOnce(Place) -> Error) -> E {
        let place = Place { file: self.file.to_owned(), pointer: self.pointer.clone() };
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
        while let Some(element) = self.inside(array.len(), |seed| elements.next_element_seed(seed))? {
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
            let value = self.inside(&key, |seed| members.next_value_seed(seed))?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}
