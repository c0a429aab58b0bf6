use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Unexpected};

use crate::written::{AsWritten, ReadIn};
use crate::{Elements, Members, Read, Refusal};

/// Where one JSON value is read from.
///
/// serde's `Deserializer` is one source ([`Stream`](crate::Stream)). The trait stands between it
/// and the generated code because serde forgets, at every level, what it reads from and where; an
/// `Input` hands the elements of an array and the members of an object on as inputs of its own kind,
/// each with its place.
pub trait Input: Sized {
    /// The error of the source. Its message begins with the JSON Pointer of the place.
    type Error: Error;

    /// The place of the value, for refusals.
    type At: At<Self::Error>;

    /// Whether a guard around the value has checked all that is in it.
    const TRUSTED: bool = false;

    /// The place of the value.
    fn at(&self) -> Self::At;

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

/// Reads a value into memory, and makes something of it.
#[cfg(feature = "value")]
pub(crate) fn read_apart<I: Input, T>(
    input: I,
    make: impl FnOnce(&serde_json::Value) -> Result<T, Refusal>,
) -> Result<T, I::Error> {
    let at = input.at();
    let value = input.value()?;
    crate::ambiguity::apart(|| make(&value)).map_err(|refusal| at.refuse(refusal))
}

/// The place of a value that is being read.
pub trait At<E>: Copy {
    /// The error that says why the value is not accepted.
    fn refuse(self, refusal: Refusal) -> E;
}

/// Takes a JSON value by its type. A type that is not taken is refused, and the refusal says what is
/// expected.
pub trait Visit: Sized {
    /// What the value becomes.
    type Output;

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
