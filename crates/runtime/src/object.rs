use std::fmt;
use std::marker::PhantomData;

use crate::check::Checked;
use crate::condition::types;
use crate::input::{Input, Members, Read, Visit};
use crate::map::Map;
use crate::names::OneOf;
use crate::place::escaped;
use crate::refusal::Refusal;
use crate::via::{Adapted, ReadAs};

/// What the generator writes for a struct: how it comes out of the members of an object.
pub trait ReadObject {
    /// What the members become: the struct, or the enum of which it is a variant.
    type Output;

    /// The declared properties, in the order of the fields.
    const PROPERTIES: &'static [&'static str];

    /// The index of a declared property, or their number for a name that is not declared.
    fn property(name: &str) -> usize;

    /// Reads the members.
    ///
    /// # Errors
    ///
    /// If a value is not what its schema allows, a required property is missing, or a declared one
    /// comes twice.
    fn read_object<M: Members>(object: &mut Object<M>) -> Result<Self::Output, M::Error>;

    /// Checks what the types of the fields do not say.
    ///
    /// # Errors
    ///
    /// If an assertion does not hold.
    fn check(_output: &Self::Output) -> Checked {
        Ok(())
    }
}

/// Members, to be matched to the declared properties of a struct.
pub struct Object<M> {
    members: M,
    /// The property that comes next if they come in the order in which they are declared.
    expected: usize,
}

/// What a type declares of its members, for code that is the same for all types.
#[derive(Clone, Copy)]
struct Declared {
    properties: &'static [&'static str],
    property: fn(&str) -> usize,
}

impl Declared {
    #[inline]
    fn by<T: ReadObject>() -> Self {
        Self { properties: T::PROPERTIES, property: T::property }
    }
}

impl<M: Members> Object<M> {
    /// The next member, if it is the one that is expected.
    #[inline]
    fn next_expected(&mut self, declared: Declared) -> Result<Option<usize>, M::Error> {
        let expected = self.expected;
        let Some(name) = declared.properties.get(expected) else { return Ok(None) };
        self.expected += 1;
        Ok(self.members.next_is(name)?.then_some(expected))
    }

    /// The next member by `read`, which is given its name.
    #[inline]
    fn next_by(
        &mut self,
        declared: Declared,
        read: impl FnOnce(&str) -> usize,
    ) -> Result<Option<usize>, M::Error> {
        let found = self.members.next_name(read)?;
        if let Some(index) = found
            && index < declared.properties.len()
        {
            self.expected = index + 1;
        }
        Ok(found)
    }

    #[inline(never)]
    fn next_of(&mut self, declared: Declared) -> Result<Option<usize>, M::Error> {
        self.next_by(declared, declared.property)
    }

    #[inline(never)]
    fn next_of_all(&mut self, declared: Declared) -> Result<Option<usize>, M::Error> {
        let mut refusal = None;
        let found = self.next_by(declared, |name| {
            let index = (declared.property)(name);
            if index >= declared.properties.len() {
                refusal = Some(unknown(name, declared.properties));
            }
            index
        })?;
        refusal.map_or(Ok(found), |refusal| Err(self.members.refuse(refusal)))
    }

    #[inline(never)]
    fn next_of_or_other(&mut self, declared: Declared, name: &mut String) -> Result<Option<usize>, M::Error> {
        self.next_by(declared, |found| {
            let index = (declared.property)(found);
            if index == declared.properties.len() {
                found.clone_into(name);
            }
            index
        })
    }

    /// The index of the next member among the declared properties of `T`, or their number for a member
    /// that is not declared; `None` behind the last member.
    ///
    /// # Errors
    ///
    /// If the name is malformed.
    #[inline]
    pub fn next_property<T: ReadObject>(&mut self) -> Result<Option<usize>, M::Error> {
        let declared = Declared::by::<T>();
        if let Some(index) = self.next_expected(declared)? { Ok(Some(index)) } else { self.next_of(declared) }
    }

    /// Like [`next_property`](Self::next_property), for a schema that allows no other properties.
    ///
    /// # Errors
    ///
    /// If the name is malformed or not declared.
    #[inline]
    pub fn next_declared<T: ReadObject>(&mut self) -> Result<Option<usize>, M::Error> {
        let declared = Declared::by::<T>();
        if let Some(index) = self.next_expected(declared)? {
            Ok(Some(index))
        } else {
            self.next_of_all(declared)
        }
    }

    /// Like [`next_property`](Self::next_property), for a struct that keeps other properties: the name of
    /// one that is not declared is put into `name`.
    ///
    /// # Errors
    ///
    /// If the name is malformed.
    #[inline]
    pub fn next_or_other<T: ReadObject>(&mut self, name: &mut String) -> Result<Option<usize>, M::Error> {
        let declared = Declared::by::<T>();
        if let Some(index) = self.next_expected(declared)? {
            Ok(Some(index))
        } else {
            self.next_of_or_other(declared, name)
        }
    }

    /// Reads a member that is not declared into `rest`.
    ///
    /// # Errors
    ///
    /// If the value is no `T`, or a member of that name has come before.
    pub fn other<R>(&mut self, name: String, rest: &mut R) -> Result<(), M::Error>
    where
        R: Map<Name = String, Member: Read>,
    {
        let value = self.members.next_value(&name)?;
        self.keep(name, value, rest)
    }

    fn keep<R: Map<Name = String>>(
        &self,
        name: String,
        value: R::Member,
        rest: &mut R,
    ) -> Result<(), M::Error> {
        rest.put(name, value).map_err(|name| self.members.refuse(Refusal::duplicate(&name)))
    }

    /// Reads the current member, the property `name`, into `slot`.
    ///
    /// # Errors
    ///
    /// If the value is no `T`, or `slot` is taken: the member has come before.
    #[inline]
    pub fn value<T: Read>(&mut self, name: &'static str, slot: &mut Option<T>) -> Result<(), M::Error> {
        if slot.is_some() {
            return Err(self.members.refuse(Refusal::duplicate(name)));
        }
        *slot = Some(self.members.next_value(name)?);
        Ok(())
    }

    /// As [`other`](Self::other), by way of an adapter.
    ///
    /// # Errors
    ///
    /// If no `T` stands for the value, or a member of that name has come before.
    pub fn other_as<A: ReadAs<R::Member>, R: Map<Name = String>>(
        &mut self,
        name: String,
        rest: &mut R,
    ) -> Result<(), M::Error> {
        let value = self.members.next_value::<Adapted<R::Member, A>>(&name)?.0;
        self.keep(name, value, rest)
    }

    /// As [`value`](Self::value), by way of an adapter.
    ///
    /// # Errors
    ///
    /// If no `T` stands for the value, or `slot` is taken: the member has come before.
    pub fn value_as<A: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), M::Error> {
        if slot.is_some() {
            return Err(self.members.refuse(Refusal::duplicate(name)));
        }
        *slot = Some(self.members.next_value::<Adapted<T, A>>(name)?.0);
        Ok(())
    }

    /// Reads the current member, the property `name`, which can be nothing but `value`.
    ///
    /// # Errors
    ///
    /// If it is something else, or `slot` is taken: the member has come before.
    pub fn constant(
        &mut self,
        name: &'static str,
        value: &str,
        slot: &mut Option<()>,
    ) -> Result<(), M::Error> {
        if slot.is_some() {
            return Err(self.members.refuse(Refusal::duplicate(name)));
        }
        *slot = Some(());
        constant(&mut self.members, name, value)
    }

    /// Passes over the current member.
    ///
    /// # Errors
    ///
    /// If the value is malformed.
    pub fn skip(&mut self) -> Result<(), M::Error> {
        self.members.skip_value()
    }

    /// The error that says that the required property `name` is missing.
    #[cold]
    pub fn missing(&self, name: &'static str) -> M::Error {
        self.members.refuse(Refusal::missing(name))
    }

    /// The error that says that there is to be no property `name`.
    #[cold]
    pub fn unknown(&self, name: &str, properties: &[&str]) -> M::Error {
        self.members.refuse(unknown(name, properties))
    }
}

/// Reads the current member, the property `name`, which can be nothing but `value`.
fn constant<M: Members>(members: &mut M, name: &str, value: &str) -> Result<(), M::Error> {
    let found: String = members.next_value(name)?;
    if found == value {
        return Ok(());
    }
    Err(members.refuse(crate::names::unknown(&found, &[value]).at(format_args!("/{}", escaped(name)))))
}

/// An object whose one property has all that is meant.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    name: &'static str,
    /// A property beside it, and its value.
    tag: Option<(&'static str, &'static str)>,
    is_closed: bool,
}

impl Around {
    /// There are no others.
    pub const fn closed(name: &'static str) -> Self {
        Self { name, tag: None, is_closed: true }
    }

    /// Others are passed over.
    pub const fn open(name: &'static str) -> Self {
        Self { name, tag: None, is_closed: false }
    }

    /// Beside it a property says which object it is.
    #[must_use]
    pub const fn beside(mut self, tag: &'static str, value: &'static str) -> Self {
        self.tag = Some((tag, value));
        self
    }
}

/// Reads the property of an object that has all that is meant.
///
/// # Errors
///
/// If the value is no such object.
#[doc(hidden)]
pub fn read_around<T: Read, I: Input>(input: I, around: &'static Around) -> Result<T, I::Error> {
    input.visit(Content(around, PhantomData))
}

struct Content<T>(&'static Around, PhantomData<T>);

impl<T: Read> Visit for Content<T> {
    type Output = T;
    const TAKES: u8 = types::OBJECT;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn object<M: Members>(self, mut members: M) -> Result<T, M::Error> {
        /// What a member is.
        enum Member {
            Content,
            Tag(&'static str, &'static str),
            Other,
        }

        let Around { name, tag, is_closed } = *self.0;
        let (mut content, mut tagged) = (None, false);
        let which = |found: &str| match tag {
            _ if found == name => Ok(Member::Content),
            Some((tag, value)) if found == tag => Ok(Member::Tag(tag, value)),
            _ if !is_closed => Ok(Member::Other),
            Some((tag, _)) => Err(unknown(found, &[name, tag])),
            None => Err(unknown(found, &[name])),
        };
        while let Some(member) = members.next_name(which)? {
            match member.map_err(|refusal| members.refuse(refusal))? {
                Member::Content if content.is_some() => return Err(members.refuse(Refusal::duplicate(name))),
                Member::Content => content = Some(members.next_value(name)?),
                Member::Tag(tag, _) if tagged => return Err(members.refuse(Refusal::duplicate(tag))),
                Member::Tag(tag, value) => {
                    constant(&mut members, tag, value)?;
                    tagged = true;
                }
                Member::Other => members.skip_value()?,
            }
        }
        match (content, tag) {
            (_, Some((tag, _))) if !tagged => Err(members.refuse(Refusal::missing(tag))),
            (Some(content), _) => Ok(content),
            (None, _) => Err(members.refuse(Refusal::missing(name))),
        }
    }
}

#[cold]
fn unknown(name: &str, properties: &[&str]) -> Refusal {
    let expected = OneOf("no properties", properties);
    Refusal::new(format_args!("unknown field `{name}`, expected {expected}"))
}

/// Reads a struct from an object.
///
/// # Errors
///
/// If the value is no object, or its members are not those of `T`.
#[doc(hidden)]
pub fn read_object<T: ReadObject, I: Input>(input: I) -> Result<T::Output, I::Error> {
    input.visit(Whole::<T>(PhantomData))
}

struct Whole<T>(PhantomData<T>);

impl<T: ReadObject> Visit for Whole<T> {
    type Output = T::Output;
    const TAKES: u8 = types::OBJECT;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn object<M: Members>(self, members: M) -> Result<T::Output, M::Error> {
        let mut object = Object { members, expected: 0 };
        // It may be large: nothing here moves it.
        let mut read = T::read_object(&mut object);
        if !M::TRUSTED
            && let Ok(value) = &read
            && let Err(refusal) = T::check(value)
        {
            read = Err(object.members.refuse(refusal));
        }
        read
    }
}

#[cfg(test)]
mod tests {
    #[derive(Debug, PartialEq)]
    struct Pair {
        left: i64,
        right: Option<i64>,
    }

    crate::object! {
        Pair {
            0 left: required "left",
            1 right: optional "right",
            ..
        }
    }

    fn read(text: &str) -> Result<Pair, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn members_are_matched_in_any_order() {
        let pair = Ok(Pair { left: 1, right: Some(2) });
        assert_eq!(read(r#"{"left": 1, "right": 2}"#), pair);
        assert_eq!(read(r#"{"right": 2, "other": [], "left": 1}"#), pair);
        assert_eq!(read(r#"{"\u006ceft": 1}"#), Ok(Pair { left: 1, right: None }));
    }

    #[test]
    fn a_property_comes_once() {
        let error = read(r#"{"left": 1, "right": 2, "left": 1}"#).unwrap_err();
        assert!(error.starts_with("duplicate field `left`"), "{error}");
        let error = read(r#"{"right": 2}"#).unwrap_err();
        assert!(error.starts_with("missing field `left`"), "{error}");
    }
}
