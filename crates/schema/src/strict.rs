//! JSON, strictly.

use std::cell::RefCell;
use std::fmt;

use isomorph_json::Pointer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How deep a schema may be nested. What the generator does by recursion stays far below the end of a
/// stack of one megabyte.
pub const DEEPEST: usize = 100;

/// Why a text is not read.
pub enum Refused {
    /// It is not JSON: what is wrong, and the line and the byte in it.
    Syntax(String, (usize, usize)),
    /// The object there has this key twice.
    DuplicateKey(Pointer, String),
    /// What stands there is nested deeper than [`DEEPEST`].
    TooDeep(Pointer),
}

/// Reads JSON strictly: no key twice, no deeper than [`DEEPEST`].
///
/// # Errors
///
/// If it is not JSON, or not that strict.
pub fn read(text: &str) -> Result<Value, Refused> {
    let fault = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict { at: &At::Root, depth: 0, fault: &fault }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        let whole = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = whole.strip_suffix(&place).unwrap_or(&whole).to_owned();
        fault.into_inner().unwrap_or(Refused::Syntax(message, (error.line(), error.column())))
    })
}

/// Reads a value. What is wrong beyond the syntax is put into `fault`, with its place.
struct Strict<'a> {
    at: &'a At<'a>,
    depth: usize,
    fault: &'a RefCell<Option<Refused>>,
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
        read(Strict { at, depth: self.depth + 1, fault: self.fault })
    }

    fn fail<E: serde::de::Error>(&self, fault: impl FnOnce(Pointer) -> Refused) -> E {
        *self.fault.borrow_mut() = Some(fault(self.at.pointer()));
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth > DEEPEST {
            return Err(self.fail(Refused::TooDeep));
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
                return Err(self.fail(|place| Refused::DuplicateKey(place, key)));
            }
            let at = At::Member(self.at, &key);
            let value = self.inside(&at, |seed| members.next_value_seed(seed))?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}
