//! How `serde_json` hands a number on where its feature `arbitrary_precision` is on, which any crate of a
//! build can do: as an object of one member, whose value is the text of the number. So whoever takes numbers
//! looks at the first name of every object.

use std::mem;

use crate::{Members, Read, Refusal, Visit};

/// The name of the member.
pub(crate) const NAME: &str = "$serde_json::private::Number";

/// Hands the number on to `visitor`.
pub(crate) fn visit<V: Visit>(visitor: V, text: &str) -> Result<V::Output, Refusal> {
    if let Ok(value) = text.parse::<u64>() {
        return visitor.unsigned(value);
    }
    if let Ok(value) = text.parse::<i64>() {
        return visitor.signed(value);
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => visitor.float(value),
        _ => Err(Refusal::new("invalid value: the number is out of range")),
    }
}

/// Members of which the first name has been looked at.
pub(crate) struct Begun<M> {
    first: First,
    members: M,
}

enum First {
    Name(String),
    /// There are no members.
    None,
    /// It has been handed on.
    Past,
}

impl<M> Begun<M> {
    /// The `members` whose first name is `first`.
    pub(crate) fn new(first: Option<String>, members: M) -> Self {
        Self { first: first.map_or(First::None, First::Name), members }
    }
}

impl<M: Members> Members for Begun<M> {
    type Error = M::Error;
    type At = M::At;
    const TRUSTED: bool = M::TRUSTED;

    fn at(&self) -> M::At {
        self.members.at()
    }

    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, M::Error> {
        match mem::replace(&mut self.first, First::Past) {
            First::Name(name) => Ok(Some(read(&name))),
            First::None => Ok(None),
            First::Past => self.members.next_name(read),
        }
    }

    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, M::Error> {
        self.members.next_value(name)
    }

    fn skip_value(&mut self) -> Result<(), M::Error> {
        self.members.skip_value()
    }
}
