//! What is read, and what reads it: traits that say each other, and the inputs that their own methods make.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Unexpected};

#[cfg(feature = "value")]
use crate::ambiguity::apart;
use crate::condition::types;
use crate::digits::Digits;
#[cfg(feature = "value")]
use crate::look::{Look, Source};
use crate::refusal::Refusal;
use crate::sealed::Sealed;

/// A type that reads a JSON value as JSON Schema understands it: exactly its type, and `1.0` is an
/// integer.
pub trait Read: Sized {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// If the value is not one that the type stands for. The message begins with the JSON Pointer
    /// of the place.
    fn read<I: Input>(input: I) -> Result<Self, I::Error>;
}

/// A type that says which numbers are integers in it.
pub trait ReadIn: Sized {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// If the value is not one that the type stands for.
    fn read_in<I: Input>(input: I) -> Result<Self, I::Error>;
}

/// Where one JSON value is read from.
///
/// serde's `Deserializer` is one source ([`Stream`](crate::Stream)). The trait stands between it
/// and the generated code because serde forgets, at every level, what it reads from and where; an
/// `Input` hands the elements of an array and the members of an object on as inputs of its own kind,
/// each with its place. All inputs are of this crate.
pub trait Input: Sealed + Sized {
    /// The error of the source. Its message begins with the JSON Pointer of the place.
    type Error: Error;

    /// The place of the value, for refusals.
    type At: At<Self::Error>;

    /// Whether a guard around the value has checked all that is in it.
    const TRUSTED: bool = false;

    /// The place of the value.
    fn at(&self) -> Self::At;

    /// The JSON types that the value can have by how it begins, where the source sees that at once: the sum of their bits. None
    /// where it does not.
    #[inline]
    fn begins(&mut self) -> u8 {
        types::NOTHING
    }

    /// Reads the value and hands it to the method of `visitor` for its JSON type.
    ///
    /// # Errors
    ///
    /// If the value is malformed, or `visitor` refuses it.
    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, Self::Error>;

    /// Reads `null` as `None` and any other value as a `T`.
    ///
    /// # Errors
    ///
    /// If the value is neither.
    fn nullable<T: Read>(self) -> Result<Option<T>, Self::Error>;

    /// Reads any value.
    ///
    /// # Errors
    ///
    /// If the value is malformed.
    #[cfg(feature = "value")]
    fn value(self) -> Result<serde_json::Value, Self::Error>;

    /// Reads any value, if it is not in memory already, and makes something of it.
    ///
    /// # Errors
    ///
    /// If the value is malformed, or `make` refuses it.
    #[cfg(feature = "value")]
    fn buffered<T>(
        self,
        make: impl FnOnce(&serde_json::Value) -> Result<T, Refusal>,
    ) -> Result<T, Self::Error> {
        read_apart(self, make)
    }

    /// Hands the value on as one that can be looked at, and read more than once.
    ///
    /// # Errors
    ///
    /// If the value is malformed, or `take` refuses it.
    #[cfg(feature = "value")]
    fn replay<C: Take>(self, take: C) -> Result<C::Output, Self::Error>;

    /// Reads a type in which a number is an integer only if it is written as one, as draft 4 has it.
    ///
    /// # Errors
    ///
    /// If the value is no `T`.
    fn by_spelling<T: ReadIn>(self) -> Result<T, Self::Error> {
        T::read_in(AsWritten(self))
    }

    /// Reads a type in which a number without a fraction is an integer, however it is written.
    ///
    /// # Errors
    ///
    /// If the value is no `T`.
    fn by_value<T: ReadIn>(self) -> Result<T, Self::Error> {
        T::read_in(self)
    }
}

/// A value that can be looked at, and read as often as it takes. Where it is read from memory it is a value there; where
/// it is read from a text it is a place in that, to which reading comes back.
#[cfg(feature = "value")]
pub trait Replay: Sealed {
    /// What it is.
    ///
    /// # Errors
    ///
    /// If it is no JSON.
    fn look(&mut self) -> Result<Look<'_>, Refusal>;

    /// What its member of this name is, if it is an object and has one.
    ///
    /// # Errors
    ///
    /// If it is no JSON.
    fn member(&mut self, name: &str) -> Result<Option<Look<'_>>, Refusal>;

    /// The names of its members, if it is an object.
    ///
    /// # Errors
    ///
    /// If it is no JSON.
    fn names(&mut self) -> Result<Vec<String>, Refusal>;

    /// Reads it. Where it is `TRUSTED`, a guard has checked all that is in it.
    ///
    /// # Errors
    ///
    /// If it is not what the reader reads.
    fn read<R: Reader, const TRUSTED: bool>(&mut self, reader: R) -> Result<R::Output, Refusal>;

    /// The whole of it.
    ///
    /// # Errors
    ///
    /// If it is no JSON.
    fn source(&mut self) -> Result<Source<'_>, Refusal>;

    /// Where it lies. Nothing else lies there while the value around it is read.
    fn address(&self) -> usize;

    /// How many values there are in it, with itself.
    fn parts(&self) -> usize;
}

/// Makes something of a value that can be read again.
#[cfg(feature = "value")]
pub trait Take {
    /// What is made.
    type Output;

    /// Makes it.
    ///
    /// # Errors
    ///
    /// If the value will not do.
    fn take<R: Replay>(self, value: &mut R) -> Result<Self::Output, Refusal>;
}

/// Reads a value in some way.
#[cfg(feature = "value")]
pub trait Reader {
    /// What it is read as.
    type Output;

    /// Reads it.
    ///
    /// # Errors
    ///
    /// If the value is no such.
    fn read<I: Input>(self, input: I) -> Result<Self::Output, I::Error>;
}

/// The place of a value that is being read.
pub trait At<E>: Sealed + Copy {
    /// The error that says why the value is not accepted.
    fn refuse(self, refusal: Refusal) -> E;
}

/// The place of a value that says no more than what is wrong inside it: the places around are for whoever reads those to
/// add.
#[derive(Debug, Clone, Copy)]
pub struct Here;

impl Sealed for Here {}

impl At<Refusal> for Here {
    fn refuse(self, refusal: Refusal) -> Refusal {
        refusal
    }
}

/// The elements of an array, in order.
pub trait Elements: Sealed {
    /// The error of the source.
    type Error: Error;

    /// The place of the array, for refusals.
    type At: At<Self::Error>;

    /// Whether a guard around the array has checked all that is in it.
    const TRUSTED: bool = false;

    /// The place of the array.
    fn at(&self) -> Self::At;

    /// Reads the next element; `None` behind the last.
    ///
    /// # Errors
    ///
    /// If the element is no `T`.
    fn next_element<T: Read>(&mut self) -> Result<Option<T>, Self::Error>;

    /// Reads the next element into a list; false behind the last.
    ///
    /// # Errors
    ///
    /// If the element is no `T`.
    #[inline]
    fn push_next<T: Read>(&mut self, list: &mut Vec<T>) -> Result<bool, Self::Error> {
        let Some(element) = self.next_element()? else { return Ok(false) };
        list.push(element);
        Ok(true)
    }

    /// How many elements are left, where the source knows.
    fn size_hint(&self) -> Option<usize> {
        None
    }

    /// The array, as the value that it is.
    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = Self::Error, At = Self::At>
    where
        Self: Sized,
    {
        ArrayInput(self)
    }

    /// The error that says why the array is not accepted.
    fn refuse(&self, refusal: Refusal) -> Self::Error {
        self.at().refuse(refusal)
    }
}

/// The members of an object, in the order of the source.
pub trait Members: Sealed {
    /// The error of the source.
    type Error: Error;

    /// The place of the object, for refusals.
    type At: At<Self::Error>;

    /// Whether a guard around the object has checked all that is in it.
    const TRUSTED: bool = false;

    /// The place of the object.
    fn at(&self) -> Self::At;

    /// Hands the next member's name to `read`; `None` behind the last member.
    ///
    /// # Errors
    ///
    /// If the name is malformed.
    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, Self::Error>;

    /// Goes behind the name of the next member if the source can see at once that it is this one. If not, nothing has been
    /// read.
    ///
    /// # Errors
    ///
    /// If the name is malformed.
    #[inline]
    fn next_is(&mut self, _name: &str) -> Result<bool, Self::Error> {
        Ok(false)
    }

    /// Reads the value whose name was read last: `name`, for errors to say it.
    ///
    /// # Errors
    ///
    /// If the value is no `T`.
    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, Self::Error>;

    /// Passes over the value whose name was read last.
    ///
    /// # Errors
    ///
    /// If the value is malformed.
    fn skip_value(&mut self) -> Result<(), Self::Error>;

    /// The object, as the value that it is.
    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = Self::Error, At = Self::At>
    where
        Self: Sized,
    {
        ObjectInput(self)
    }

    /// The error that says why the object is not accepted.
    fn refuse(&self, refusal: Refusal) -> Self::Error {
        self.at().refuse(refusal)
    }
}

/// Takes a JSON value by its type. A type that is not taken is refused, and the refusal says what is
/// expected.
pub trait Visit: Sized {
    /// What the value becomes.
    type Output;

    /// The JSON types that are taken: the sum of their bits, as [`types`] has them. Methods for others need not be there, and
    /// what a source does for them it need not do.
    const TAKES: u8 = types::ANY;

    /// Whether numbers are taken.
    const TAKES_NUMBERS: bool = false;

    /// Whether of numbers only integers are taken.
    const IS_INTEGER: bool = false;

    /// Completes the sentence "expected …".
    ///
    /// # Errors
    ///
    /// If the formatter fails.
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result;

    /// Takes `null`.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn null(self) -> Result<Self::Output, Refusal> {
        Err(unexpected(&self, Unexpected::Other("null")))
    }

    /// Takes `true` or `false`.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn boolean(self, value: bool) -> Result<Self::Output, Refusal> {
        Err(unexpected(&self, Unexpected::Bool(value)))
    }

    /// Takes a number that is written as an integer and is less than zero, or a small one.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn signed(self, value: i64) -> Result<Self::Output, Refusal> {
        Err(unexpected(&self, Unexpected::Signed(value)))
    }

    /// Takes a number that is written as an integer and is not less than zero.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn unsigned(self, value: u64) -> Result<Self::Output, Refusal> {
        Err(unexpected(&self, Unexpected::Unsigned(value)))
    }

    /// Takes any other number.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn float(self, value: f64) -> Result<Self::Output, Refusal> {
        Err(unexpected(&self, Unexpected::Float(value)))
    }

    /// Takes a number by its text, from a source that has kept that.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn spelled(self, text: &str) -> Result<Self::Output, Refusal> {
        self.number(Digits::of(text)?)
    }

    /// Takes a number by what holds it.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn number(self, number: Digits) -> Result<Self::Output, Refusal> {
        match number {
            Digits::Unsigned(value) => self.unsigned(value),
            Digits::Signed(value) => self.signed(value),
            Digits::Float(value) => self.float(value),
        }
    }

    /// Takes a string.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn string(self, value: Cow<str>) -> Result<Self::Output, Refusal> {
        Err(unexpected(&self, Unexpected::Str(&value)))
    }

    /// Takes an array.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn array<A: Elements>(self, elements: A) -> Result<Self::Output, A::Error> {
        Err(elements.refuse(unexpected(&self, Unexpected::Other("array"))))
    }

    /// Takes an object.
    ///
    /// # Errors
    ///
    /// Unless the visitor expects it.
    fn object<M: Members>(self, members: M) -> Result<Self::Output, M::Error> {
        Err(members.refuse(unexpected(&self, Unexpected::Other("object"))))
    }
}

/// An [`Input`] in which a number is an integer only if it is written as one.
pub struct AsWritten<I>(pub(crate) I);

/// An array whose beginning has been seen.
#[cfg(feature = "value")]
pub(crate) struct ArrayInput<A>(pub A);

/// An object whose beginning has been seen.
#[cfg(feature = "value")]
pub(crate) struct ObjectInput<M>(pub M);

/// Reads a value into memory, and makes something of it.
#[cfg(feature = "value")]
pub(crate) fn read_apart<I: Input, T>(
    input: I,
    make: impl FnOnce(&serde_json::Value) -> Result<T, Refusal>,
) -> Result<T, I::Error> {
    let at = input.at();
    let value = input.value()?;
    apart(|| make(&value)).map_err(|refusal| at.refuse(refusal))
}

/// The refusal of a value of a type that `visitor` does not take.
#[cold]
#[inline(never)]
pub(crate) fn unexpected<V: Visit>(visitor: &V, found: Unexpected) -> Refusal {
    Refusal::invalid_type(found, Expected(visitor))
}

/// Shows what a visitor expects.
pub(crate) struct Expected<'a, V>(pub &'a V);

impl<V: Visit> fmt::Display for Expected<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.expecting(f)
    }
}
