//! The tape as the `jsonschema` crate reads instances: it is validated as it is, and no tree of values is
//! made of it. Each look is counted; when too much was looked at, what is left has no parts, so that the validator ends.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use isomorph_json::work::{is_spent, spend};
use isomorph_json::{Decimal, Elements, Kind, Members, Number, Tape, TapeNode, canonical};
use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object, cmp};
use serde_json::Value;

use crate::counted::{LOOKS_OF_AN_ERROR, looks_at_parts, looks_at_text};

/// The representation of instances by a [`Tape`] and its text.
pub struct Taped;

/// A number, as it is written.
pub struct Written<'a>(Number<'a>);

impl Written<'_> {
    /// An integer that is written with a fraction or an exponent and may have more digits than a double tells apart.
    fn whole(&self) -> Option<i128> {
        let literal = self.0.literal();
        // With this many characters all digits fit.
        (literal.len() >= 12 && !self.0.is_written_as_integer()).then(|| Decimal::new(literal).whole())?
    }
}

impl JsonNumber for Written<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.unsigned().or_else(|| self.whole()?.try_into().ok())
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.signed().or_else(|| self.whole()?.try_into().ok())
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.float()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0.literal())
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(self.0.known())
    }

    fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    fn is_written_as_integer(&self) -> bool {
        self.0.is_written_as_integer()
    }
}

/// Where the name of a property is kept while it is validated as a string.
#[derive(Default)]
pub struct Name {
    text: String,
    tape: Tape,
}

impl Json for Taped {
    type Node<'a> = TapeNode<'a>;
    type PreparedKey = String;
    type StringBuffer = Name;

    // A lookup goes through the members one by one, so that going through them once for all keys is never
    // worse; objects with many members are looked up by bisection.
    const KEYS_PER_LOOKUP: usize = 16;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut Name, string: &str, f: impl FnOnce(TapeNode<'_>) -> T) -> T {
        buffer.text.clear();
        buffer.text.push_str(string);
        buffer.tape.hold(string);
        f(TapeNode::root(&buffer.text, &buffer.tape))
    }
}

impl<'a> Node<'a, Taped> for TapeNode<'a> {
    type Object = ObjectNode<'a>;
    type Array = ArrayNode<'a>;
    type Number = Written<'a>;

    fn as_object(&self) -> Option<ObjectNode<'a>> {
        let looks = || spend(looks_at_parts(self.count()));
        (self.word().kind() == Kind::Object && looks()).then_some(ObjectNode(*self))
    }

    fn as_array(&self) -> Option<ArrayNode<'a>> {
        let looks = || spend(looks_at_parts(self.count()));
        (self.word().kind() == Kind::Array && looks()).then_some(ArrayNode(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        let word = self.word();
        let looks = || spend(looks_at_text(word.length()));
        (word.kind() == Kind::String && looks()).then(|| self.string())
    }

    fn as_number(&self) -> Option<Written<'a>> {
        (self.word().kind() == Kind::Number).then(|| Written(self.number()))
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.word().kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.word().kind() == Kind::Null
    }

    fn is_number(&self) -> bool {
        self.word().kind() == Kind::Number
    }

    fn is_string(&self) -> bool {
        self.word().kind() == Kind::String
    }

    fn json_type(&self) -> JsonType {
        spend(1);
        match self.word().kind() {
            Kind::Null => JsonType::Null,
            Kind::False | Kind::True => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        if !spend(1) {
            return false;
        }
        match (self.word().kind(), expected) {
            (Kind::Null, Value::Null)
            | (Kind::True, Value::Bool(true))
            | (Kind::False, Value::Bool(false)) => true,
            (Kind::String, Value::String(expected)) => self.string() == expected.as_str(),
            (Kind::Number, Value::Number(expected)) => cmp::equal_numbers(&Written(self.number()), expected),
            (Kind::Array, Value::Array(expected)) => {
                let elements = self.elements();
                elements.len() == expected.len()
                    && elements.zip(expected).all(|(one, other)| one.equals_value(other))
            }
            (Kind::Object, Value::Object(expected)) => {
                let mut members = self.members();
                let is_same = |(key, value): (TapeNode, TapeNode)| {
                    expected.get(key.string().as_ref()).is_some_and(|other| value.equals_value(other))
                };
                self.count() == expected.len() && members.all(is_same)
            }
            _ => false,
        }
    }

    /// Only errors ask for this, to show the value. They say where it stands instead: this is its index on
    /// the tape, which costs no copy however large the value is. The name of a property stands alone on a
    /// tape, and is told.
    fn to_value(&self) -> Cow<'a, Value> {
        spend(LOOKS_OF_AN_ERROR);
        let is_alone = self.words() == 1 && self.is_string();
        Cow::Owned(if is_alone { self.string().into() } else { self.index().into() })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(self.address()))
    }
}

/// An object on a tape.
#[derive(Debug, Clone, Copy)]
pub struct ObjectNode<'a>(TapeNode<'a>);

impl<'a> Object<'a, Taped> for ObjectNode<'a> {
    type Node = TapeNode<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = NamedMembers<'a>;

    fn len(&self) -> usize {
        self.0.count()
    }

    fn get(&self, key: &String) -> Option<TapeNode<'a>> {
        self.0.member(key).map(|(_, value)| value)
    }

    fn members(&self) -> NamedMembers<'a> {
        NamedMembers(self.0.members())
    }
}

/// The members of an object, with their names.
pub struct NamedMembers<'a>(Members<'a>);

impl<'a> Iterator for NamedMembers<'a> {
    type Item = (Cow<'a, str>, TapeNode<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.0.next().filter(|_| !is_spent())?;
        Some((key.string(), value))
    }
}

/// The elements of an array, for the validator.
pub struct EachElement<'a>(Elements<'a>);

impl<'a> Iterator for EachElement<'a> {
    type Item = TapeNode<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().filter(|_| !is_spent())
    }
}

/// An array on a tape.
#[derive(Debug, Clone, Copy)]
pub struct ArrayNode<'a>(TapeNode<'a>);

impl<'a> Array<'a, Taped> for ArrayNode<'a> {
    type Node = TapeNode<'a>;
    type ElementsIter = EachElement<'a>;

    fn len(&self) -> usize {
        self.0.count()
    }

    fn elements(&self) -> EachElement<'a> {
        EachElement(self.0.elements())
    }

    fn is_unique(&self) -> bool {
        if self.0.elements().all(|element| element.is_string()) {
            let mut seen = HashSet::with_capacity(self.len());
            return self.0.elements().all(|element| seen.insert(element.string()));
        }
        let mut seen = HashSet::with_capacity(self.len());
        self.0.elements().all(|element| {
            let text = canonical(element);
            // Where nothing is left for the verdict, it means nothing.
            !spend(looks_at_text(text.len())) || seen.insert(text)
        })
    }
}

/// Of an array in which not all elements differ: the first that was there before, and what it is the same as.
pub fn repetition(array: TapeNode) -> Option<(usize, usize)> {
    let mut seen = HashMap::new();
    let elements = array.elements().enumerate();
    let mut repeated = elements.filter_map(|(index, element)| {
        let first = *seen.entry(canonical(element)).or_insert(index);
        (first < index).then_some((first, index))
    });
    repeated.next()
}
