//! What the generator writes for a union, and how a value is read as one of its branches.

use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

use crate::branch::Branch;
use crate::check::Checked;
use crate::input::{AsWritten, At, Input, Reader};
use crate::look::Scalar;
use crate::refusal::Refusal;
use crate::strict::is_strict;
use crate::written::is_written_as_integer;

/// What becomes of a value of several branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Union {
    /// It is read as the branch that is tried first.
    AnyOf,
    /// It is refused.
    OneOf,
}

/// What the generator writes for a union: how each branch is read.
pub trait ReadUnion: Serialize + Sized + 'static {
    /// The branches, in the order of the variants.
    const BRANCHES: &'static [Branch];

    /// The property that tells branches apart.
    const TAG: Option<&'static str> = None;

    /// The keyword.
    const KIND: Union = Union::AnyOf;

    /// The order in which branches are tried, by their indices; none if it is theirs. Of several that match, the first
    /// keeps all that the others do.
    const ORDER: &'static [usize] = &[];

    /// Whether a number is an integer only if it is written as one.
    const INTEGERS_BY_SPELLING: bool = false;

    /// Whether a value that no branch is for is kept.
    const KEEPS_UNKNOWN: bool = false;

    /// A value that no branch is for, where such are kept.
    fn unknown(_: Value) -> Option<Self> {
        None
    }

    /// Reads a value of the branch of this index.
    ///
    /// # Errors
    ///
    /// If the value is none of it.
    fn read_branch<I: Input>(index: usize, input: I) -> Result<Self, I::Error>;

    /// Checks what the types of the branches do not say.
    ///
    /// # Errors
    ///
    /// If an assertion does not hold.
    fn check(&self) -> Checked {
        Ok(())
    }
}

pub(crate) fn read_and_check<T: ReadUnion, I: Input>(index: usize, input: I) -> Result<T, I::Error> {
    let at = input.at();
    // It may be large: nothing here moves it.
    let mut read = T::read_branch(index, input);
    if !I::TRUSTED
        && let Ok(value) = &read
        && let Err(refusal) = value.check()
    {
        read = Err(at.refuse(refusal));
    }
    read
}

/// Reads a value as the branch of this index.
pub(crate) struct BranchOf<T>(pub usize, pub PhantomData<T>);

impl<T: ReadUnion> Reader for BranchOf<T> {
    type Output = T;

    fn read<I: Input>(self, input: I) -> Result<T, I::Error> {
        if T::INTEGERS_BY_SPELLING {
            read_and_check(self.0, AsWritten(input))
        } else {
            read_and_check(self.0, input)
        }
    }
}

/// Whether a value that no branch is for is kept here and now.
pub(crate) fn keeps_unknown<T: ReadUnion>() -> bool {
    T::KEEPS_UNKNOWN && !is_strict()
}

/// Keeps a value that no branch is for.
pub(crate) fn keep<T: ReadUnion, I: Input>(input: I) -> Result<T, I::Error> {
    let at = input.at();
    T::unknown(input.value()?).ok_or_else(|| at.refuse(Refusal::new("no branch matches")))
}

/// Reads a value as one that no branch is for.
pub(crate) struct Kept<T>(pub PhantomData<T>);

impl<T: ReadUnion> Reader for Kept<T> {
    type Output = T;

    fn read<I: Input>(self, input: I) -> Result<T, I::Error> {
        keep(input)
    }
}

pub(crate) fn type_of<T: ReadUnion>(scalar: &Scalar) -> u8 {
    match scalar {
        Scalar::Null => Branch::NULL,
        Scalar::Boolean(_) => Branch::BOOLEAN,
        Scalar::Float(number) => type_of_float::<T>(*number),
        Scalar::Signed(_) | Scalar::Unsigned(_) => Branch::INTEGER,
        Scalar::String(_) => Branch::STRING,
    }
}

pub(crate) fn type_of_float<T: ReadUnion>(number: f64) -> u8 {
    let is_integer =
        if T::INTEGERS_BY_SPELLING { is_written_as_integer(number) } else { number.fract() == 0.0 };
    if is_integer { Branch::INTEGER } else { Branch::FRACTION }
}
