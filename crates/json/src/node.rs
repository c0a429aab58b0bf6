//! The values on a tape.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::number::Number;
use crate::string::unescaped;
use crate::tape::Tape;
use crate::word::{Kind, LONGEST, Word};

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
    #[inline]
    pub fn index(self) -> usize {
        self.index
    }

    /// Its first word.
    #[inline]
    pub fn word(self) -> Word {
        self.tape.word(self.index)
    }

    /// The text that it was read from.
    #[inline]
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The members of an object, in the order of the text: the node of each key, and the value.
    #[inline]
    pub fn members(self) -> Members<'a> {
        let count = if self.word().kind() == Kind::Object { self.tape.count(self.index) } else { 0 };
        Members { next: self.at(self.index + 2), left: count }
    }

    /// The elements of an array.
    #[inline]
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
    #[inline]
    pub fn has(self, index: usize) -> bool {
        index < self.tape.end()
    }

    /// How many words there are on the tape, of this value and of those around it.
    #[inline]
    pub fn words(self) -> usize {
        self.tape.end()
    }

    /// The node whose first word is at `index`.
    #[inline]
    #[must_use]
    pub fn at(self, index: usize) -> Self {
        Self { index, ..self }
    }

    /// An element of an array, and those after it. How many there are is for the caller to know.
    pub(crate) fn and_siblings(self) -> impl Iterator<Item = TapeNode<'a>> {
        std::iter::successors(Some(self), |element| Some(element.after()))
    }

    #[inline]
    fn after(self) -> Self {
        self.at(self.tape.after(self.index))
    }

    /// What a number says.
    pub fn number(self) -> Number<'a> {
        let word = self.word();
        Number::new(self.text.get(word.start()..word.start() + word.length()).unwrap_or_default())
    }

    /// How many members or elements an object or an array has.
    #[inline]
    pub fn count(self) -> usize {
        self.tape.count(self.index)
    }

    /// What tells it from all other values while the tape lives.
    #[inline]
    pub fn address(self) -> usize {
        self.tape.address(self.index)
    }

    /// The value as a tree.
    pub fn value(self) -> Value {
        match self.word().kind() {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => Value::Number(self.number().known()),
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
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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
