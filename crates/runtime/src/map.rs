//! Maps that hold members by their names: those of the standard library, and the one of the crate `indexmap`.

use std::collections::{BTreeMap, HashMap, btree_map, hash_map};
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use serde::de::Unexpected;

use crate::condition::types;
use crate::input::{Input, Members, Read, Visit};
use crate::refusal::Refusal;

/// What the name of a member is read as.
pub trait Name: Ord + Hash + fmt::Display {
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

/// A map of members.
pub trait Map: Default {
    /// What the names are read as.
    type Name: Name;
    /// What the members are.
    type Member;

    /// Puts a member into it.
    ///
    /// # Errors
    ///
    /// The name, if there is one of it.
    fn put(&mut self, name: Self::Name, member: Self::Member) -> Result<(), String>;

    /// How many members there are.
    fn count(&self) -> usize;
}

/// The same for each kind of map, by the entries that it has.
macro_rules! maps {
    ($($(#[$feature:meta])? $($map:ident)::+ <K, T $(, $state:ident: $bound:path)?> by $($entry:ident)::+;)+) => {$(
        $(#[$feature])?
        impl<K: Name, T $(, $state: $bound + Default)?> Map for $($map)::+<K, T $(, $state)?> {
            type Name = K;
            type Member = T;

            fn put(&mut self, name: K, member: T) -> Result<(), String> {
                match self.entry(name) {
                    $($entry)::+::Vacant(free) => {
                        free.insert(member);
                        Ok(())
                    }
                    $($entry)::+::Occupied(taken) => Err(taken.key().to_string()),
                }
            }

            fn count(&self) -> usize {
                self.len()
            }
        }

        $(#[$feature])?
        impl<K: Name, T: Read $(, $state: $bound + Default)?> Read for $($map)::+<K, T $(, $state)?> {
            fn read<I: Input>(input: I) -> Result<Self, I::Error> {
                input.visit(MembersOf(PhantomData))
            }
        }
    )+};
}

maps! {
    BTreeMap<K, T> by btree_map::Entry;
    HashMap<K, T, H: BuildHasher> by hash_map::Entry;
    #[cfg(feature = "indexmap")]
    indexmap::IndexMap<K, T, H: BuildHasher> by indexmap::map::Entry;
}

struct MembersOf<M>(PhantomData<M>);

impl<M: Map<Member: Read>> Visit for MembersOf<M> {
    type Output = M;
    const TAKES: u8 = types::OBJECT;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn object<A: Members>(self, mut members: A) -> Result<M, A::Error> {
        let mut map = M::default();
        while let Some(name) = members.next_name(str::to_owned)? {
            let value = members.next_value(&name)?;
            let name = M::Name::of_name(name).map_err(|refusal| members.refuse(refusal))?;
            map.put(name, value).map_err(|name| members.refuse(Refusal::duplicate(&name)))?;
        }
        Ok(map)
    }
}
