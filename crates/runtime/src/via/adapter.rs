use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use crate::input::{Input, Read};

/// Reads values of a type that is not ours.
pub trait ReadAs<T> {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// If no `T` stands for the value.
    fn read_as<I: Input>(input: I) -> Result<T, I::Error>;
}

/// Writes values of a type that is not ours.
pub trait WriteAs<T> {
    /// Writes one value.
    ///
    /// # Errors
    ///
    /// If there is no way to write it, or `serializer` fails.
    fn write_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// What an adapter is to serde: `#[serde(serialize_with = "As::<Str>::serialize")]`.
pub struct As<A>(PhantomData<fn() -> A>);

impl<A> As<A> {
    /// Writes a value by way of the adapter.
    ///
    /// # Errors
    ///
    /// If there is no way to write it, or `serializer` fails.
    pub fn serialize<T, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        A: WriteAs<T>,
    {
        A::write_as(value, serializer)
    }
}

/// What needs no adapter, beside what does.
pub enum Same {}

impl<T: Read> ReadAs<T> for Same {
    fn read_as<I: Input>(input: I) -> Result<T, I::Error> {
        T::read(input)
    }
}

impl<T: Serialize> WriteAs<T> for Same {
    fn write_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// A value that is read by way of `A`.
pub(crate) struct Adapted<T, A>(pub T, PhantomData<fn() -> A>);

impl<T, A: ReadAs<T>> Read for Adapted<T, A> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        A::read_as(input).map(|value| Self(value, PhantomData))
    }
}

/// A value that is written by way of `A`.
pub(super) struct Written<'a, T, A>(&'a T, PhantomData<fn() -> A>);

impl<'a, T, A> Written<'a, T, A> {
    pub fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T, A: WriteAs<T>> Serialize for Written<'_, T, A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        A::write_as(self.0, serializer)
    }
}
