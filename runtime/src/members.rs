use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Error;

use crate::check::Checked;
use crate::names::one_of;
use crate::{At, Input, Read, Refusal, Visit};

/// The members of an object, in the order of the source.
pub trait Members {
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

    /// The error that says why the object is not accepted.
    fn refuse(&self, refusal: Refusal) -> Self::Error {
        self.at().refuse(refusal)
    }
}

/// What the generator writes for a struct: how it comes out of the members of an object.
pub trait ReadObject: Sized {
    /// The declared properties, in the order of the fields.
    const PROPERTIES: &'static [&'static str];

    /// Reads the members.
    ///
    /// # Errors
    ///
    /// If a value is not what its schema allows, a required property is missing, or a declared one
    /// comes twice.
    fn read_object<M: Members>(object: &mut Object<M>) -> Result<Self, M::Error>;

    /// Checks what the types of the fields do not say.
    ///
    /// # Errors
    ///
    /// If an assertion does not hold.
    fn check(&self) -> Checked {
        Ok(())
    }
}

/// Members, matched to the declared properties of a struct.
pub struct Object<M> {
    members: M,
    properties: &'static [&'static str],
    current: usize,
}

impl<M: Members> Object<M> {
    /// Matches `members` to the properties of `T`.
    pub(crate) fn of<T: ReadObject>(members: M) -> Self {
        Self { members, properties: T::PROPERTIES, current: T::PROPERTIES.len() }
    }

    /// The index of the next member among the declared properties, or their number for a member
    /// that is not declared; `None` behind the last member.
    ///
    /// # Errors
    ///
    /// If the name is malformed.
    pub fn next_property(&mut self) -> Result<Option<usize>, M::Error> {
        let (properties, last) = (self.properties, self.current);
        let index = self.members.next_name(|name| find(properties, last, name))?;
        Ok(self.at(index))
    }

    /// Like [`next_property`](Self::next_property), for a schema that allows no other properties.
    ///
    /// # Errors
    ///
    /// If the name is malformed or not declared.
    pub fn next_declared(&mut self) -> Result<Option<usize>, M::Error> {
        let (properties, last) = (self.properties, self.current);
        let found = self.members.next_name(|name| {
            let index = find(properties, last, name);
            if index < properties.len() { Ok(index) } else { Err(unknown(name, properties)) }
        })?;
        let index = found.transpose().map_err(|refusal| self.members.refuse(refusal))?;
        Ok(self.at(index))
    }

    fn at(&mut self, index: Option<usize>) -> Option<usize> {
        if let Some(declared) = index.filter(|index| *index < self.properties.len()) {
            self.current = declared;
        }
        index
    }

    /// Like [`next_property`](Self::next_property), for a struct that keeps other properties: the name of
    /// one that is not declared is put into `name`.
    ///
    /// # Errors
    ///
    /// If the name is malformed.
    pub fn next_or_other(&mut self, name: &mut String) -> Result<Option<usize>, M::Error> {
        let (properties, last) = (self.properties, self.current);
        let index = self.members.next_name(|found| {
            let index = find(properties, last, found);
            if index == properties.len() {
                found.clone_into(name);
            }
            index
        })?;
        Ok(self.at(index))
    }

    /// Reads a member that is not declared into `rest`.
    ///
    /// # Errors
    ///
    /// If the value is no `T`, or a member of that name has come before.
    pub fn other<T: Read>(&mut self, name: String, rest: &mut BTreeMap<String, T>) -> Result<(), M::Error> {
        let value = self.members.next_value(&name)?;
        match rest.entry(name) {
            Entry::Vacant(free) => {
                free.insert(value);
                Ok(())
            }
            Entry::Occupied(taken) => {
                let name = taken.key();
                Err(self.members.refuse(Refusal::new(format_args!("duplicate field `{name}`"))))
            }
        }
    }

    /// Reads the current member into `slot`.
    ///
    /// # Errors
    ///
    /// If the value is no `T`, or `slot` is taken: the member has come before.
    pub fn value<T: Read>(&mut self, slot: &mut Option<T>) -> Result<(), M::Error> {
        let name = self.properties[self.current];
        if slot.is_some() {
            return Err(self.members.refuse(Refusal::new(format_args!("duplicate field `{name}`"))));
        }
        *slot = Some(self.members.next_value(name)?);
        Ok(())
    }

    /// Passes over the current member.
    ///
    /// # Errors
    ///
    /// If the value is malformed.
    pub fn skip(&mut self) -> Result<(), M::Error> {
        self.members.skip_value()
    }

    /// The error that says that a required property is missing.
    pub fn missing(&self, index: usize) -> M::Error {
        let name = self.properties.get(index).copied().unwrap_or_default();
        self.members.refuse(Refusal::new(format_args!("missing field `{name}`")))
    }
}

fn unknown(name: &str, properties: &[&str]) -> Refusal {
    let expected = one_of("no properties", properties);
    Refusal::new(format_args!("unknown field `{name}`, expected {expected}"))
}

/// The index of `name`, or the number of properties. Members mostly come in the order of the schema,
/// so the search begins behind the one found last.
fn find(properties: &[&str], last: usize, name: &str) -> usize {
    let behind = if last < properties.len() { last + 1 } else { 0 };
    let (before, after) = properties.split_at(behind);
    let found = after.iter().position(|property| *property == name).map(|index| behind + index);
    found.or_else(|| before.iter().position(|property| *property == name)).unwrap_or(properties.len())
}

/// Reads a struct from an object.
///
/// # Errors
///
/// If the value is no object, or its members are not those of `T`.
#[doc(hidden)]
pub fn read_object<T: ReadObject, I: Input>(input: I) -> Result<T, I::Error> {
    input.visit(Whole(PhantomData))
}

struct Whole<T>(PhantomData<T>);

impl<T: ReadObject> Visit for Whole<T> {
    type Output = T;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn object<M: Members>(self, members: M) -> Result<T, M::Error> {
        let mut object = Object::of::<T>(members);
        let value = T::read_object(&mut object)?;
        if !M::TRUSTED {
            value.check().map_err(|refusal| object.members.refuse(refusal))?;
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_name_is_found_wherever_the_search_begins() {
        let properties = ["a", "b", "c"];
        for last in 0..=3 {
            assert_eq!(find(&properties, last, "a"), 0);
            assert_eq!(find(&properties, last, "b"), 1);
            assert_eq!(find(&properties, last, "c"), 2);
            assert_eq!(find(&properties, last, "d"), 3);
            assert_eq!(find(&[], 0, "d"), 0);
        }
    }
}
