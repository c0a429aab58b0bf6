//! `Read` for sets, arrays of a length, and maps.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::Unexpected;

use crate::input::{Elements, Input, Members, Read, Visit};
use crate::read::Ignored;
use crate::refusal::Refusal;

impl<T: Read + Ord> Read for BTreeSet<T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Set(PhantomData))
    }
}

struct Set<T>(PhantomData<T>);

impl<T: Read + Ord> Visit for Set<T> {
    type Output = BTreeSet<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn array<A: Elements>(self, mut elements: A) -> Result<BTreeSet<T>, A::Error> {
        let mut set = BTreeSet::new();
        while let Some(element) = elements.next_element()? {
            if !set.insert(element) {
                return Err(elements.refuse(Refusal::new("two elements of the array are equal")));
            }
        }
        Ok(set)
    }
}

impl<T: Read, const LENGTH: usize> Read for [T; LENGTH] {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Array(PhantomData))
    }
}

struct Array<T, const LENGTH: usize>(PhantomData<T>);

impl<T: Read, const LENGTH: usize> Visit for Array<T, LENGTH> {
    type Output = [T; LENGTH];

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "an array of {LENGTH} elements")
    }

    fn array<A: Elements>(self, mut elements: A) -> Result<[T; LENGTH], A::Error> {
        let refusal = || Refusal::new(format_args!("invalid length, expected {LENGTH} elements"));
        let mut list = Vec::with_capacity(LENGTH);
        while list.len() < LENGTH {
            match elements.next_element()? {
                Some(element) => list.push(element),
                None => return Err(elements.refuse(refusal())),
            }
        }
        if elements.next_element::<Ignored>()?.is_some() {
            return Err(elements.refuse(refusal()));
        }
        list.try_into().map_err(|_| elements.refuse(refusal()))
    }
}

/// What the name of a member is read as.
pub trait Name: Ord + fmt::Display {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// If it is no such.
    fn of_name(name: String) -> Result<Self, Refusal>
    where
        Self: Sized;
}

impl Name for String {
    fn of_name(name: String) -> Result<Self, Refusal> {
        Ok(name)
    }
}

macro_rules! read_names {
    ($($type:ty, $expecting:literal;)+) => {$(
        impl Name for $type {
            fn of_name(name: String) -> Result<Self, Refusal> {
                // What Rust takes beyond that is a plus sign.
                let shown = if name.starts_with('+') { None } else { name.parse().ok() };
                shown.ok_or_else(|| Refusal::invalid_value(Unexpected::Str(&name), $expecting))
            }
        }
    )+};
}

read_names! {
    i64, "the name of a property that is an integer of 64 bits";
    u64, "the name of a property that is an integer of 64 bits without a sign";
}

impl<K: Name, T: Read> Read for BTreeMap<K, T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Map(PhantomData))
    }
}

struct Map<K, T>(PhantomData<(K, T)>);

impl<K: Name, T: Read> Visit for Map<K, T> {
    type Output = BTreeMap<K, T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn object<M: Members>(self, mut members: M) -> Result<BTreeMap<K, T>, M::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = members.next_name(str::to_owned)? {
            let value = members.next_value(&name)?;
            match map.entry(K::of_name(name).map_err(|refusal| members.refuse(refusal))?) {
                Entry::Vacant(free) => free.insert(value),
                Entry::Occupied(taken) => {
                    return Err(members.refuse(Refusal::duplicate(&taken.key().to_string())));
                }
            };
        }
        Ok(map)
    }
}
