use std::fmt;

use serde::de::Unexpected;

use crate::bytes::cursor::{Begin, Cursor};
use crate::bytes::scan::Number;
use crate::condition::types;
use crate::input::{Elements, Expected, Here, Input, Members, Read, Visit};
#[cfg(feature = "value")]
use crate::input::{Reader, Replay, Take};
#[cfg(feature = "value")]
use crate::look::{Look, Scalar, Source};
use crate::refusal::Refusal;
use crate::sealed::Sealed;

/// An [`Input`] that reads JSON text, once, from front to back. It is `TRUSTED` where a guard has checked the value.
///
/// Refusals say the place in the value that was read, and the places around it are added on the way out: what is
/// accepted pays nothing for them.
pub struct Bytes<'c, 'b, const TRUSTED: bool>(pub &'c mut Cursor<'b>);

impl<const TRUSTED: bool> Sealed for Bytes<'_, '_, TRUSTED> {}

impl<const TRUSTED: bool> Input for Bytes<'_, '_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    #[inline]
    fn begins(&mut self) -> u8 {
        match self.0.begin() {
            Ok(Begin::Null) => types::NULL,
            Ok(Begin::False | Begin::True) => types::BOOLEAN,
            Ok(Begin::Number) => types::NUMBER,
            Ok(Begin::String) => types::STRING,
            Ok(Begin::Array) => types::ARRAY,
            Ok(Begin::Object) => types::OBJECT,
            // Whoever reads it says so.
            Err(_) => types::NOTHING,
        }
    }

    #[inline]
    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, Refusal> {
        let cursor = self.0;
        #[cfg(feature = "value")]
        cursor.look();
        let begin = cursor.begin()?;
        // What is constant here is known when it is compiled: of each visitor there is the code for what it takes, and
        // no more.
        if const { V::TAKES & types::OBJECT != 0 } && begin == Begin::Object {
            return within(cursor, |cursor| {
                visitor.object(BytesMembers::<TRUSTED> { cursor, is_first: true })
            });
        }
        if const { V::TAKES & types::ARRAY != 0 } && begin == Begin::Array {
            return within(cursor, |cursor| visitor.array(BytesElements::<TRUSTED> { cursor, index: 0 }));
        }
        if const { V::TAKES & types::STRING != 0 } && begin == Begin::String {
            return visitor.string(cursor.string()?);
        }
        if const { V::TAKES & types::NUMBER != 0 } && begin == Begin::Number {
            return match cursor.number()? {
                Number::Unsigned(value) => visitor.unsigned(value),
                Number::Signed(value) => visitor.signed(value),
                Number::Float(value) => visitor.float(value),
            };
        }
        if const { V::TAKES & types::BOOLEAN != 0 } && begin == Begin::True {
            return cursor.word("true").and_then(|()| visitor.boolean(true));
        }
        if const { V::TAKES & types::BOOLEAN != 0 } && begin == Begin::False {
            return cursor.word("false").and_then(|()| visitor.boolean(false));
        }
        if const { V::TAKES & types::NULL != 0 } && begin == Begin::Null {
            return cursor.word("null").and_then(|()| visitor.null());
        }
        Err(not_taken(cursor, begin, &Expected(&visitor)))
    }

    #[inline]
    fn nullable<T: Read>(self) -> Result<Option<T>, Refusal> {
        if self.0.begin()? == Begin::Null {
            return self.0.word("null").map(|()| None);
        }
        T::read(self).map(Some)
    }

    #[cfg(feature = "value")]
    fn value(self) -> Result<serde_json::Value, Refusal> {
        crate::bytes::value::value(self.0)
    }

    #[cfg(feature = "value")]
    fn replay<C: Take>(self, take: C) -> Result<C::Output, Refusal> {
        self.0.begin()?;
        let mut replay = Again { start: *self.0, cursor: self.0, end: None };
        let taken = take.take(&mut replay)?;
        replay.leave()?;
        Ok(taken)
    }
}

/// The refusal of a value of a type that a visitor does not take, or of what is no value.
#[cold]
#[inline(never)]
fn not_taken(cursor: &mut Cursor, begin: Begin, expected: &dyn fmt::Display) -> Refusal {
    let refuse = |found: Unexpected| Refusal::invalid_type(found, expected);
    let refused = match begin {
        Begin::String => cursor.string().map(|text| refuse(Unexpected::Str(&text))),
        Begin::Number => cursor.number().map(|number| match number {
            Number::Unsigned(value) => refuse(Unexpected::Unsigned(value)),
            Number::Signed(value) => refuse(Unexpected::Signed(value)),
            Number::Float(value) => refuse(Unexpected::Float(value)),
        }),
        Begin::Null => cursor.word("null").map(|()| refuse(Unexpected::Other("null"))),
        Begin::False => cursor.word("false").map(|()| refuse(Unexpected::Bool(false))),
        Begin::True => cursor.word("true").map(|()| refuse(Unexpected::Bool(true))),
        Begin::Array => cursor.enter().map(|()| refuse(Unexpected::Other("array"))),
        Begin::Object => cursor.enter().map(|()| refuse(Unexpected::Other("object"))),
    };
    refused.unwrap_or_else(|malformed| malformed)
}

/// Reads what is in the container at whose bracket the cursor stands, to its end.
#[inline]
fn within<'b, T>(
    cursor: &mut Cursor<'b>,
    read: impl FnOnce(&mut Cursor<'b>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let depth = cursor.depth();
    cursor.enter()?;
    // What is read may be large: nothing here moves it.
    let mut read = read(cursor);
    if cursor.depth() != depth && read.is_ok() {
        read = Err(Refusal::new("there is more in it than was read"));
    }
    read
}

/// A value to which reading comes back.
#[cfg(feature = "value")]
struct Again<'c, 'b> {
    cursor: &'c mut Cursor<'b>,
    start: Cursor<'b>,
    /// Behind the value, once it has been read.
    end: Option<Cursor<'b>>,
}

#[cfg(feature = "value")]
impl<'b> Again<'_, 'b> {
    /// Goes behind the value.
    fn leave(self) -> Result<(), Refusal> {
        if let Some(end) = self.end {
            self.cursor.turn_to(&end);
            return Ok(());
        }
        self.cursor.turn_to(&self.start);
        self.cursor.skip()
    }

    /// What the value is at which the cursor stands.
    fn look_here(&mut self) -> Result<Look<'b>, Refusal> {
        Ok(Look::Scalar(match self.cursor.begin()? {
            Begin::Null => self.cursor.word("null").map(|()| Scalar::Null)?,
            Begin::False => self.cursor.word("false").map(|()| Scalar::Boolean(false))?,
            Begin::True => self.cursor.word("true").map(|()| Scalar::Boolean(true))?,
            Begin::Number => match self.cursor.number()? {
                Number::Unsigned(value) => Scalar::Unsigned(value),
                Number::Signed(value) => Scalar::Signed(value),
                Number::Float(value) => Scalar::Float(value),
            },
            Begin::String => Scalar::String(self.cursor.string()?),
            Begin::Array => return Ok(Look::Array),
            Begin::Object => return Ok(Look::Object),
        }))
    }

    /// Goes to the value of the first member whose name is one that is meant; false if there is none.
    fn find(&mut self, mut is_meant: impl FnMut(&str) -> bool) -> Result<bool, Refusal> {
        self.cursor.turn_to(&self.start);
        if self.cursor.begin()? != Begin::Object {
            return Ok(false);
        }
        self.cursor.enter()?;
        let mut is_first = true;
        while let Some(name) = self.cursor.next_name(is_first)? {
            if is_meant(&name) {
                return Ok(true);
            }
            self.cursor.skip()?;
            is_first = false;
        }
        Ok(false)
    }
}

#[cfg(feature = "value")]
impl Sealed for Again<'_, '_> {}

#[cfg(feature = "value")]
impl Replay for Again<'_, '_> {
    fn look(&mut self) -> Result<Look<'_>, Refusal> {
        self.cursor.turn_to(&self.start);
        self.look_here()
    }

    fn member(&mut self, name: &str) -> Result<Option<Look<'_>>, Refusal> {
        if self.find(|found| found == name)? { self.look_here().map(Some) } else { Ok(None) }
    }

    fn names(&mut self) -> Result<Vec<String>, Refusal> {
        let mut names = Vec::new();
        self.find(|name| {
            names.push(name.to_owned());
            false
        })?;
        Ok(names)
    }

    fn read<R: Reader, const TRUSTED: bool>(&mut self, reader: R) -> Result<R::Output, Refusal> {
        self.cursor.turn_to(&self.start);
        let was_counted = self.cursor.count_looks(true);
        let read = reader.read(Bytes::<TRUSTED>(self.cursor));
        self.cursor.count_looks(was_counted);
        if read.is_ok() {
            self.end = Some(*self.cursor);
        }
        read
    }

    fn source(&mut self) -> Result<Source<'_>, Refusal> {
        self.cursor.turn_to(&self.start);
        self.cursor.skip()?;
        Ok(Source::Text(self.cursor.since(self.start.offset())))
    }

    fn address(&self) -> usize {
        self.start.address()
    }

    fn parts(&self) -> usize {
        // What is no JSON is refused when it is read.
        let mut cursor = self.start;
        cursor.count().unwrap_or_default()
    }
}

struct BytesElements<'c, 'b, const TRUSTED: bool> {
    cursor: &'c mut Cursor<'b>,
    index: usize,
}

impl<const TRUSTED: bool> Sealed for BytesElements<'_, '_, TRUSTED> {}

impl<const TRUSTED: bool> Elements for BytesElements<'_, '_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    #[inline]
    fn next_element<T: Read>(&mut self) -> Result<Option<T>, Refusal> {
        let index = self.index;
        if !self.cursor.next_element(index == 0)? {
            return Ok(None);
        }
        self.index += 1;
        match T::read(Bytes::<TRUSTED>(self.cursor)) {
            Ok(element) => Ok(Some(element)),
            Err(mut refusal) => {
                in_element(&mut refusal, index);
                Err(refusal)
            }
        }
    }

    // An element that may be large is moved once.
    #[inline]
    fn push_next<T: Read>(&mut self, list: &mut Vec<T>) -> Result<bool, Refusal> {
        let index = self.index;
        if !self.cursor.next_element(index == 0)? {
            return Ok(false);
        }
        self.index += 1;
        match T::read(Bytes::<TRUSTED>(self.cursor)) {
            Ok(element) => {
                list.push(element);
                Ok(true)
            }
            Err(mut refusal) => {
                in_element(&mut refusal, index);
                Err(refusal)
            }
        }
    }

    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = Refusal, At = Here> {
        self.cursor.leave();
        Bytes::<TRUSTED>(self.cursor)
    }
}

struct BytesMembers<'c, 'b, const TRUSTED: bool> {
    cursor: &'c mut Cursor<'b>,
    is_first: bool,
}

impl<const TRUSTED: bool> Sealed for BytesMembers<'_, '_, TRUSTED> {}

impl<const TRUSTED: bool> Members for BytesMembers<'_, '_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    #[inline]
    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, Refusal> {
        let name = self.cursor.next_name(self.is_first)?;
        self.is_first = false;
        Ok(name.map(|name| read(&name)))
    }

    #[inline]
    fn next_is(&mut self, name: &str) -> Result<bool, Refusal> {
        let is_next = self.cursor.next_is(name, self.is_first);
        self.is_first &= !is_next;
        Ok(is_next)
    }

    #[inline]
    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, Refusal> {
        let mut read = T::read(Bytes::<TRUSTED>(self.cursor));
        if let Err(refusal) = &mut read {
            in_member(refusal, name);
        }
        read
    }

    #[inline]
    fn skip_value(&mut self) -> Result<(), Refusal> {
        self.cursor.skip()
    }

    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = Refusal, At = Here> {
        self.cursor.leave();
        Bytes::<TRUSTED>(self.cursor)
    }
}

#[cold]
#[inline(never)]
fn in_element(refusal: &mut Refusal, index: usize) {
    refusal.stands_at(format_args!("/{index}"));
}

#[cold]
#[inline(never)]
fn in_member(refusal: &mut Refusal, name: &str) {
    refusal.stands_in(name);
}
