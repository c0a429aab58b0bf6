//! An adapter of a type is one of what holds it.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use serde::{Serialize, Serializer};

use super::adapter::{Adapted, ReadAs, WriteAs, Written};
use crate::input::{Input, Read};
use crate::map::Name;

impl<T, By: ReadAs<T>> ReadAs<Box<T>> for Box<By> {
    fn read_as<I: Input>(input: I) -> Result<Box<T>, I::Error> {
        By::read_as(input).map(Box::new)
    }
}

impl<T, By: WriteAs<T>> WriteAs<Box<T>> for Box<By> {
    fn write_as<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        By::write_as(value, serializer)
    }
}

impl<T, By: ReadAs<T>> ReadAs<Option<T>> for Option<By> {
    fn read_as<I: Input>(input: I) -> Result<Option<T>, I::Error> {
        let read = input.nullable::<Adapted<T, By>>()?;
        Ok(read.map(|value| value.0))
    }
}

impl<T, By: WriteAs<T>> WriteAs<Option<T>> for Option<By> {
    fn write_as<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Written::<T, By>::new).serialize(serializer)
    }
}

impl<T, By: ReadAs<T>> ReadAs<Vec<T>> for Vec<By> {
    fn read_as<I: Input>(input: I) -> Result<Vec<T>, I::Error> {
        let read = Vec::<Adapted<T, By>>::read(input)?;
        Ok(read.into_iter().map(|value| value.0).collect())
    }
}

impl<T, By: WriteAs<T>> WriteAs<Vec<T>> for Vec<By> {
    fn write_as<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Written::<T, By>::new))
    }
}

/// For each kind of map.
macro_rules! maps {
    ($($(#[$feature:meta])? $($map:ident)::+ $(by $state:ident)?;)+) => {$(
        $(#[$feature])?
        impl<K: Name, T, By: ReadAs<T> $(, $state: BuildHasher + Default)?> ReadAs<$($map)::+<K, T $(, $state)?>>
            for $($map)::+<K, By $(, $state)?>
        {
            fn read_as<I: Input>(input: I) -> Result<$($map)::+<K, T $(, $state)?>, I::Error> {
                let read = <$($map)::+<K, Adapted<T, By> $(, $state)?>>::read(input)?;
                Ok(read.into_iter().map(|(name, value)| (name, value.0)).collect())
            }
        }

        $(#[$feature])?
        impl<K: Serialize, T, By: WriteAs<T> $(, $state)?> WriteAs<$($map)::+<K, T $(, $state)?>>
            for $($map)::+<K, By $(, $state)?>
        {
            fn write_as<S: Serializer>(value: &$($map)::+<K, T $(, $state)?>, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(value.iter().map(|(name, value)| (name, Written::<T, By>::new(value))))
            }
        }
    )+};
}

maps! {
    BTreeMap;
    HashMap by H;
    #[cfg(feature = "indexmap")]
    indexmap::IndexMap by H;
}

/// For tuples of so many elements, each of its own type by way of its own adapter.
macro_rules! tuples {
    ($(($($value:ident $adapter:ident $index:tt),+))+) => {$(
        impl<$($value, $adapter: ReadAs<$value>),+> ReadAs<($($value,)+)> for ($($adapter,)+) {
            fn read_as<I: Input>(input: I) -> Result<($($value,)+), I::Error> {
                let read = <($(Adapted<$value, $adapter>,)+)>::read(input)?;
                Ok(($(read.$index.0,)+))
            }
        }

        impl<$($value, $adapter: WriteAs<$value>),+> WriteAs<($($value,)+)> for ($($adapter,)+) {
            fn write_as<S: Serializer>(value: &($($value,)+), serializer: S) -> Result<S::Ok, S::Error> {
                ($(Written::<$value, $adapter>::new(&value.$index),)+).serialize(serializer)
            }
        }
    )+};
}

tuples! {
    (T A 0)
    (T A 0, U B 1)
    (T A 0, U B 1, V C 2)
    (T A 0, U B 1, V C 2, W D 3)
    (T A 0, U B 1, V C 2, W D 3, X E 4)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5, Z G 6)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5, Z G 6, T2 A2 7)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5, Z G 6, T2 A2 7, U2 B2 8)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5, Z G 6, T2 A2 7, U2 B2 8, V2 C2 9)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5, Z G 6, T2 A2 7, U2 B2 8, V2 C2 9, W2 D2 10)
    (T A 0, U B 1, V C 2, W D 3, X E 4, Y F 5, Z G 6, T2 A2 7, U2 B2 8, V2 C2 9, W2 D2 10, X2 E2 11)
}
