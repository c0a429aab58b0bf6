//! `Read` for sets, and arrays of a length.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use crate::condition::types;
use crate::input::{Elements, Input, Read, Visit};
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
    const TAKES: u8 = types::ARRAY;

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
    const TAKES: u8 = types::ARRAY;

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
