//! Unions whose branches have no type in common.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Unexpected;

use crate::branch::Branch;
use crate::branches::{ReadUnion, keep, keeps_unknown, read_and_check, type_of_float};
use crate::input::{AsWritten, Elements, Members, Visit, unexpected};
use crate::look::Scalar;
use crate::names::one_of;
use crate::refusal::Refusal;

/// A union whose branches have no type in common: what comes next says which it is, and the value is read
/// as it comes.
pub(crate) struct ByType<T>(pub PhantomData<T>);

impl<T: ReadUnion> ByType<T> {
    fn branch(types: u8) -> Option<usize> {
        T::BRANCHES.iter().position(|branch| branch.types & types != 0)
    }

    fn scalar(self, types: u8, scalar: Scalar) -> Result<T, Refusal> {
        match Self::branch(types) {
            Some(index) if T::INTEGERS_BY_SPELLING => read_and_check(index, AsWritten(scalar)),
            Some(index) => read_and_check(index, scalar),
            None if keeps_unknown::<T>() => keep(scalar),
            None => Err(unexpected(&self, scalar.unexpected())),
        }
    }
}

impl<T: ReadUnion> Visit for ByType<T> {
    type Output = T;
    const TAKES_NUMBERS: bool = true;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let names: Vec<_> = T::BRANCHES.iter().map(|branch| branch.name).collect();
        f.write_str(&one_of("nothing", &names))
    }

    fn null(self) -> Result<T, Refusal> {
        self.scalar(Branch::NULL, Scalar::Null)
    }

    fn boolean(self, value: bool) -> Result<T, Refusal> {
        self.scalar(Branch::BOOLEAN, Scalar::Boolean(value))
    }

    fn signed(self, value: i64) -> Result<T, Refusal> {
        self.scalar(Branch::INTEGER, Scalar::Signed(value))
    }

    fn unsigned(self, value: u64) -> Result<T, Refusal> {
        self.scalar(Branch::INTEGER, Scalar::Unsigned(value))
    }

    fn float(self, value: f64) -> Result<T, Refusal> {
        self.scalar(type_of_float::<T>(value), Scalar::Float(value))
    }

    fn string(self, value: Cow<str>) -> Result<T, Refusal> {
        self.scalar(Branch::STRING, Scalar::String(value))
    }

    fn array<A: Elements>(self, elements: A) -> Result<T, A::Error> {
        match Self::branch(Branch::ARRAY) {
            Some(index) => read_and_check(index, elements.into_input()),
            None if keeps_unknown::<T>() => keep(elements.into_input()),
            None => Err(elements.refuse(unexpected(&self, Unexpected::Other("array")))),
        }
    }

    fn object<M: Members>(self, members: M) -> Result<T, M::Error> {
        match Self::branch(Branch::OBJECT) {
            Some(index) => read_and_check(index, members.into_input()),
            None if keeps_unknown::<T>() => keep(members.into_input()),
            None => Err(members.refuse(unexpected(&self, Unexpected::Other("object")))),
        }
    }
}
