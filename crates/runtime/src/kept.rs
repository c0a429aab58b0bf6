//! Values that were read into memory, with what a value there cannot say: that a name came twice.
//!
//! What a type reads from a text it may have to look at before it reads it, and then reads it from memory where that text
//! is gone. An object that has a name twice is one that a struct refuses, and it has to do so from there too.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Number, Value};

use crate::digits::Digits;
use crate::input::{Elements, Input, Members, Read, Visit};
use crate::refusal::Refusal;

/// A value that was read into memory.
pub(crate) struct Kept {
    /// The value. Of members of one name it has the last.
    pub value: Value,
    /// The names that came more than once, if there are such.
    pub repeated: Option<Box<Repeated>>,
}

/// Which names came more than once in a value.
#[derive(Debug, Default)]
pub(crate) struct Repeated {
    /// In the object itself, each with the value that came first.
    pub names: BTreeMap<String, Value>,
    members: BTreeMap<String, Repeated>,
    elements: BTreeMap<usize, Repeated>,
}

impl Repeated {
    /// What came more than once in the member of this name.
    pub fn in_member(&self, name: &str) -> Option<&Self> {
        self.members.get(name)
    }

    /// What came more than once in the element of this index.
    pub fn in_element(&self, index: usize) -> Option<&Self> {
        self.elements.get(&index)
    }
}

impl From<Value> for Kept {
    fn from(value: Value) -> Self {
        Self { value, repeated: None }
    }
}

impl Read for Kept {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Keep)
    }
}

struct Keep;

impl Visit for Keep {
    type Output = Kept;
    const TAKES_NUMBERS: bool = true;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn null(self) -> Result<Kept, Refusal> {
        Ok(Value::Null.into())
    }

    fn boolean(self, value: bool) -> Result<Kept, Refusal> {
        Ok(Value::Bool(value).into())
    }

    fn signed(self, value: i64) -> Result<Kept, Refusal> {
        Ok(Value::from(value).into())
    }

    fn unsigned(self, value: u64) -> Result<Kept, Refusal> {
        Ok(Value::from(value).into())
    }

    fn float(self, value: f64) -> Result<Kept, Refusal> {
        Ok(Value::from(value).into())
    }

    fn spelled(self, text: &str) -> Result<Kept, Refusal> {
        // What no double holds is none of ours, whoever could keep its text.
        Digits::of(text)?;
        text.parse::<Number>().map(|number| Value::Number(number).into()).map_err(Refusal::new)
    }

    fn string(self, value: Cow<str>) -> Result<Kept, Refusal> {
        Ok(Value::String(value.into_owned()).into())
    }

    fn array<A: Elements>(self, mut elements: A) -> Result<Kept, A::Error> {
        let (mut list, mut repeated) = (Vec::new(), None::<Box<Repeated>>);
        while let Some(element) = elements.next_element::<Kept>()? {
            if let Some(inside) = element.repeated {
                repeated.get_or_insert_default().elements.insert(list.len(), *inside);
            }
            list.push(element.value);
        }
        Ok(Kept { value: Value::Array(list), repeated })
    }

    fn object<M: Members>(self, mut members: M) -> Result<Kept, M::Error> {
        let (mut object, mut repeated) = (Map::new(), None::<Box<Repeated>>);
        while let Some(name) = members.next_name(str::to_owned)? {
            let member = members.next_value::<Kept>(&name)?;
            if let Some(inside) = member.repeated {
                repeated.get_or_insert_default().members.insert(name.clone(), *inside);
            } else if let Some(repeated) = &mut repeated {
                // What came before under this name is gone.
                repeated.members.remove(&name);
            }
            if let Some(before) = object.insert(name.clone(), member.value) {
                repeated.get_or_insert_default().names.entry(name).or_insert(before);
            }
        }
        Ok(Kept { value: Value::Object(object), repeated })
    }
}
