//! The tape as the `jsonschema` crate reads instances: it is validated as it is, and no tree of values is
//! made of it. Each look is counted; when too much was looked at, what is left has no parts, so that the validator ends.

use std::borrow::Cow;
use std::collections::HashSet;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object, cmp, unique};
use serde_json::{Map, Value};

use super::string::unescaped;
use super::tape::{Kind, LONGEST, Tape, Word};
use crate::counted::{LOOKS_OF_AN_ERROR, looks_at_parts, looks_at_text};
use crate::work::{is_spent, spend};

/// The representation of instances by a [`Tape`] and its text.
pub struct Taped;

/// A value on a tape.
#[derive(Debug, Clone, Copy)]
pub struct TapeNode<'a> {
    text: &'a str,
    tape: &'a Tape,
    index: usize,
}

impl<'a> TapeNode<'a> {
    /// The instance that was read from `text` onto `tape`.
    pub fn root(text: &'a str, tape: &'a Tape) -> Self {
        Self { text, tape, index: 0 }
    }

    /// The index of its first word.
    pub fn index(self) -> usize {
        self.index
    }

    /// Its first word.
    pub fn word(self) -> Word {
        self.tape.word(self.index)
    }

    /// The text that it was read from.
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The members of an object, in the order of the text: the node of each key, and the value.
    pub fn members(self) -> Members<'a> {
        let count = if self.word().kind() == Kind::Object { self.tape.count(self.index) } else { 0 };
        Members { next: self.at(self.index + 2), left: count }
    }

    /// The elements of an array.
    pub fn elements(self) -> Elements<'a> {
        let count = if self.word().kind() == Kind::Array { self.tape.count(self.index) } else { 0 };
        Elements { next: self.at(self.index + 2), left: count }
    }

    /// The key and the value of the member `key` of an object.
    pub fn member(self, key: &str) -> Option<(Self, Self)> {
        if self.word().kind() != Kind::Object {
            return None;
        }
        let Some(sorted) = self.tape.sorted(self.index) else {
            return self.members().find(|(name, _)| name.is_key(key));
        };
        let node = |index: u32| self.at(usize::try_from(index).unwrap_or(usize::MAX));
        let found = sorted.binary_search_by(|index| node(*index).string().as_ref().cmp(key)).ok()?;
        let name = node(*sorted.get(found)?);
        Some((name, name.at(name.index + 1)))
    }

    /// What a string says; of another value, its text.
    pub fn string(self) -> Cow<'a, str> {
        unescaped(self.text, self.word())
    }

    /// Whether a string says `key`.
    fn is_key(self, key: &str) -> bool {
        let word = self.word();
        // Most names differ in their lengths, which are told without a look at the text.
        (word.length() == key.len() || word.is_marked() || word.length() == LONGEST) && self.string() == key
    }

    /// Whether there is a word at `index`.
    pub(super) fn has(self, index: usize) -> bool {
        index < self.tape.end()
    }

    /// How many words there are on the tape, of this value and of those around it.
    pub(super) fn words(self) -> usize {
        self.tape.end()
    }

    /// The node whose first word is at `index`.
    pub(super) fn at(self, index: usize) -> Self {
        Self { index, ..self }
    }

    /// Of an array in which not all elements differ: the first that was there before, and what it is the same as.
    pub(super) fn repetition(self) -> Option<(usize, usize)> {
        let values: Vec<Value> = self.elements().map(Self::value).collect();
        let lengths: Vec<usize> = (0..=values.len()).collect();
        let length = lengths.partition_point(|length| unique::is_unique(&values[..*length]));
        let second = length.checked_sub(1)?;
        let same = values.get(second)?;
        let first = self.elements().take(second).position(|element| element.equals_value(same))?;
        Some((first, second))
    }

    /// An element of an array, and those after it. How many there are is for the caller to know.
    pub(super) fn and_siblings(self) -> impl Iterator<Item = TapeNode<'a>> {
        std::iter::successors(Some(self), |element| Some(element.after()))
    }

    fn after(self) -> Self {
        self.at(self.tape.after(self.index))
    }

    fn number(self) -> Number<'a> {
        let word = self.word();
        Number { literal: self.text.get(word.start()..word.start() + word.length()).unwrap_or_default() }
    }

    /// The value as a tree.
    pub fn value(self) -> Value {
        match self.word().kind() {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => Value::Number(self.number().to_number().into_owned()),
            Kind::String => Value::String(self.string().into_owned()),
            Kind::Array => self.elements().map(Self::value).collect(),
            Kind::Object => {
                let members = self.members().map(|(key, value)| (key.string().into_owned(), value.value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

/// The members of an object, from first to last.
#[derive(Clone)]
pub struct Members<'a> {
    next: TapeNode<'a>,
    left: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (TapeNode<'a>, TapeNode<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let key = self.next;
        let value = key.at(key.index + 1);
        self.next = value.after();
        Some((key, value))
    }
}

/// The elements of an array, from first to last.
#[derive(Clone)]
pub struct Elements<'a> {
    next: TapeNode<'a>,
    left: usize,
}

impl ExactSizeIterator for Elements<'_> {
    fn len(&self) -> usize {
        self.left
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = TapeNode<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let element = self.next;
        self.next = element.after();
        Some(element)
    }
}

/// A number, as it is written.
pub struct Number<'a> {
    literal: &'a str,
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.literal.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        // As serde_json has it, minus zero is no integer but a floating-point number.
        self.literal.parse().ok().filter(|number| *number != 0 || !self.literal.starts_with('-'))
    }

    fn as_f64(&self) -> Option<f64> {
        self.literal.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.literal)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let whole = self.as_u64().map(Into::into).or_else(|| self.as_i64().map(Into::into));
        let number = || self.as_f64().and_then(serde_json::Number::from_f64);
        Cow::Owned(whole.or_else(number).unwrap_or_else(|| 0.into()))
    }

    fn is_integer(&self) -> bool {
        self.is_written_as_integer() || self.as_f64().is_some_and(|number| number.fract() == 0.0)
    }

    fn is_written_as_integer(&self) -> bool {
        !self.literal.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E'))
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
        buffer.tape.clear();
        buffer.tape.push(Word::new(Kind::String, &(0..string.len()), false));
        f(TapeNode::root(&buffer.text, &buffer.tape))
    }
}

impl<'a> Node<'a, Taped> for TapeNode<'a> {
    type Object = ObjectNode<'a>;
    type Array = ArrayNode<'a>;
    type Number = Number<'a>;

    fn as_object(&self) -> Option<ObjectNode<'a>> {
        let looks = || spend(looks_at_parts(self.tape.count(self.index)));
        (self.word().kind() == Kind::Object && looks()).then_some(ObjectNode(*self))
    }

    fn as_array(&self) -> Option<ArrayNode<'a>> {
        let looks = || spend(looks_at_parts(self.tape.count(self.index)));
        (self.word().kind() == Kind::Array && looks()).then_some(ArrayNode(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        let word = self.word();
        let looks = || spend(looks_at_text(word.length()));
        (word.kind() == Kind::String && looks()).then(|| unescaped(self.text, word))
    }

    fn as_number(&self) -> Option<Number<'a>> {
        (self.word().kind() == Kind::Number).then(|| self.number())
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
            (Kind::Number, Value::Number(expected)) => cmp::equal_numbers(&self.number(), expected),
            (Kind::Array, Value::Array(expected)) => {
                let elements = self.elements();
                elements.left == expected.len()
                    && elements.zip(expected).all(|(one, other)| one.equals_value(other))
            }
            (Kind::Object, Value::Object(expected)) => {
                let mut members = self.members();
                let is_same = |(key, value): (TapeNode, TapeNode)| {
                    expected.get(key.string().as_ref()).is_some_and(|other| value.equals_value(other))
                };
                members.left == expected.len() && members.all(is_same)
            }
            _ => false,
        }
    }

    /// Only errors ask for this, to show the value. They say where it stands instead: this is its index on
    /// the tape, which costs no copy however large the value is. The name of a property stands alone on a
    /// tape, and is told.
    fn to_value(&self) -> Cow<'a, Value> {
        spend(LOOKS_OF_AN_ERROR);
        let is_alone = self.tape.end() == 1 && self.is_string();
        Cow::Owned(if is_alone { self.string().into() } else { self.index.into() })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(self.tape.address(self.index)))
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
        self.0.tape.count(self.0.index)
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
        self.0.tape.count(self.0.index)
    }

    fn elements(&self) -> EachElement<'a> {
        EachElement(self.0.elements())
    }

    fn is_unique(&self) -> bool {
        if self.0.elements().all(|element| element.is_string()) {
            let mut seen = HashSet::with_capacity(self.len());
            return self.0.elements().all(|element| seen.insert(element.string()));
        }
        let values: Vec<Value> = self.0.elements().map(TapeNode::value).collect();
        unique::is_unique(&values)
    }
}
