//! Values seen as they are written: `serde::Serialize`, in the words of JSON.

use std::fmt::{self, Display};

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::digits::Digits;
use crate::number;
use crate::quantity::{Quantity, double};
use crate::refusal::Refusal;
use crate::tree::{Number, Tree};

/// A value without parts.
pub enum Given<'t> {
    Null,
    Boolean(bool),
    Number(Quantity),
    Text(&'t str),
}

/// Sees a value.
pub trait See: Sized {
    /// What is made of it.
    type Output;
    /// Sees what is in it.
    type Parts: SeeParts<Output = Self::Output>;

    fn scalar(self, scalar: Given) -> Result<Self::Output, Stopped>;
    fn array(self) -> Result<Self::Parts, Stopped>;
    fn object(self) -> Result<Self::Parts, Stopped>;
}

/// Sees the elements of an array, or the members of an object.
pub trait SeeParts {
    type Output;

    fn element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Stopped>;
    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Stopped>;
    fn finish(self) -> Result<Self::Output, Stopped>;
}

/// Why no more is to be seen.
#[derive(Debug)]
pub enum Stopped {
    /// It is accepted, whatever else there is.
    Enough,
    /// It is refused; why, if that is to be said.
    Refused(Option<Refusal>),
}

impl Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Refused(Some(refusal)) => refusal.fmt(f),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Stopped {}

impl Error for Stopped {
    fn custom<T: Display>(message: T) -> Self {
        Self::Refused(Some(Refusal::new(message)))
    }
}

/// Shows a value to `see`.
pub fn show<T: Serialize + ?Sized, S: See>(value: &T, see: S) -> Result<S::Output, Stopped> {
    value.serialize(Shown(see))
}

/// A value as it is kept.
pub fn kept<T: Serialize + ?Sized>(value: &T) -> Result<Tree, Stopped> {
    show(value, Keep)
}

struct Shown<S>(S);

/// The parts of a value; those of a variant are kept until all have come.
struct Walk<P> {
    parts: P,
    name: String,
    /// In a box, since a walk is moved and few are of variants.
    variant: Option<Box<(&'static str, Kept)>>,
}

impl<P: SeeParts> Walk<P> {
    fn new(parts: P) -> Self {
        Self { parts, name: String::new(), variant: None }
    }

    fn of_variant(parts: P, name: &'static str, kept: Kept) -> Self {
        Self { parts, name: String::new(), variant: Some(Box::new((name, kept))) }
    }

    fn add_element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Stopped> {
        match self.variant.as_deref_mut() {
            Some((_, kept)) => kept.element(element),
            None => self.parts.element(element),
        }
    }

    fn add_member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Stopped> {
        match self.variant.as_deref_mut() {
            Some((_, kept)) => kept.member(name, value),
            None => self.parts.member(name, value),
        }
    }

    fn finish(mut self) -> Result<P::Output, Stopped> {
        if let Some(variant) = self.variant {
            let (name, kept) = *variant;
            self.parts.member(name, &kept.finish()?)?;
        }
        self.parts.finish()
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty,)*) => {$(
        fn $name(self, number: $type) -> Result<S::Output, Stopped> {
            self.0.scalar(Given::Number(Quantity::Whole(number.into())))
        }
    )*};
}

impl<S: See> Serializer for Shown<S> {
    type Ok = S::Output;
    type Error = Stopped;
    type SerializeSeq = Walk<S::Parts>;
    type SerializeTuple = Walk<S::Parts>;
    type SerializeTupleStruct = Walk<S::Parts>;
    type SerializeTupleVariant = Walk<S::Parts>;
    type SerializeMap = Walk<S::Parts>;
    type SerializeStruct = Fields<S>;
    type SerializeStructVariant = Walk<S::Parts>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_bool(self, value: bool) -> Result<S::Output, Stopped> {
        self.0.scalar(Given::Boolean(value))
    }

    fn serialize_f32(self, number: f32) -> Result<S::Output, Stopped> {
        self.serialize_f64(double(number))
    }

    fn serialize_f64(self, number: f64) -> Result<S::Output, Stopped> {
        self.0.scalar(Given::Number(Quantity::Double(number)))
    }

    fn serialize_char(self, value: char) -> Result<S::Output, Stopped> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<S::Output, Stopped> {
        self.0.scalar(Given::Text(text))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<S::Output, Stopped> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<S::Output, Stopped> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Output, Stopped> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<S::Output, Stopped> {
        self.0.scalar(Given::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<S::Output, Stopped> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<S::Output, Stopped> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Output, Stopped> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<S::Output, Stopped> {
        let mut parts = self.0.object()?;
        parts.member(name, value)?;
        parts.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Walk<S::Parts>, Stopped> {
        Ok(Walk::new(self.0.array()?))
    }

    fn serialize_tuple(self, _: usize) -> Result<Walk<S::Parts>, Stopped> {
        Ok(Walk::new(self.0.array()?))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Walk<S::Parts>, Stopped> {
        Ok(Walk::new(self.0.array()?))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Walk<S::Parts>, Stopped> {
        Ok(Walk::of_variant(self.0.object()?, name, Kept::Array(Vec::new())))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Walk<S::Parts>, Stopped> {
        Ok(Walk::new(self.0.object()?))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<S>, Stopped> {
        Ok(match name {
            number::NAME => Fields::Number(self.0, String::new()),
            #[cfg(feature = "value")]
            RAW => Fields::Raw(self.0, String::new()),
            _ => Fields::Members(Walk::new(self.0.object()?)),
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Walk<S::Parts>, Stopped> {
        Ok(Walk::of_variant(self.0.object()?, name, Kept::Object(Vec::new())))
    }
}

macro_rules! elements {
    ($($name:ident: $method:ident,)*) => {$(
        impl<P: SeeParts> $name for Walk<P> {
            type Ok = P::Output;
            type Error = Stopped;

            fn $method<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Stopped> {
                self.add_element(element)
            }

            fn end(self) -> Result<P::Output, Stopped> {
                self.finish()
            }
        }
    )*};
}

elements! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

impl<P: SeeParts> SerializeMap for Walk<P> {
    type Ok = P::Output;
    type Error = Stopped;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Stopped> {
        match kept(key)? {
            Tree::Text(name) => self.name = name,
            Tree::Number(number) => self.name = shown(number.0)?,
            _ => return Err(Stopped::custom("a name is no string")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
        let name = std::mem::take(&mut self.name);
        self.add_member(&name, value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), Stopped> {
        key.serialize(Shown(Name { walk: self, value }))
    }

    fn end(self) -> Result<P::Output, Stopped> {
        self.finish()
    }
}

/// How `serde_json` names a value of which it hands the text on, where its feature `raw_value` is on.
#[cfg(feature = "value")]
const RAW: &str = "$serde_json::private::RawValue";

/// The fields of a struct, or the text of a number or a value that `serde_json` hands on as one.
enum Fields<S: See> {
    Members(Walk<S::Parts>),
    Number(S, String),
    #[cfg(feature = "value")]
    Raw(S, String),
}

impl<S: See> SerializeStruct for Fields<S> {
    type Ok = S::Output;
    type Error = Stopped;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Stopped> {
        match self {
            Self::Members(walk) => return walk.add_member(name, value),
            Self::Number(_, text) => *text = text_of(value)?,
            #[cfg(feature = "value")]
            Self::Raw(_, text) => *text = text_of(value)?,
        }
        Ok(())
    }

    fn end(self) -> Result<S::Output, Stopped> {
        match self {
            Self::Members(walk) => walk.finish(),
            Self::Number(see, text) => {
                let number = Digits::of(&text).map_err(|refusal| Stopped::Refused(Some(refusal)))?;
                see.scalar(Given::Number(number.quantity()))
            }
            #[cfg(feature = "value")]
            Self::Raw(see, text) => {
                let value: serde_json::Value = serde_json::from_str(&text).map_err(Stopped::custom)?;
                show(&value, see)
            }
        }
    }
}

fn text_of<T: Serialize + ?Sized>(value: &T) -> Result<String, Stopped> {
    match kept(value)? {
        Tree::Text(text) => Ok(text),
        _ => Err(Stopped::custom("it is no text")),
    }
}

impl<P: SeeParts> SerializeStructVariant for Walk<P> {
    type Ok = P::Output;
    type Error = Stopped;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Stopped> {
        self.add_member(name, value)
    }

    fn end(self) -> Result<P::Output, Stopped> {
        self.finish()
    }
}

/// Sees the name of a member, and then shows its value.
struct Name<'w, 'v, P, V: ?Sized> {
    walk: &'w mut Walk<P>,
    value: &'v V,
}

impl<P: SeeParts, V: Serialize + ?Sized> See for Name<'_, '_, P, V> {
    type Output = ();
    type Parts = NoName;

    fn scalar(self, scalar: Given) -> Result<(), Stopped> {
        match scalar {
            Given::Text(name) => self.walk.add_member(name, self.value),
            Given::Number(number) => self.walk.add_member(&shown(number)?, self.value),
            _ => NoName.finish(),
        }
    }

    fn array(self) -> Result<NoName, Stopped> {
        Ok(NoName)
    }

    fn object(self) -> Result<NoName, Stopped> {
        Ok(NoName)
    }
}

/// A name that is an integer, as JSON has it.
fn shown(number: Quantity) -> Result<String, Stopped> {
    match number {
        Quantity::Whole(integer) => Ok(integer.to_string()),
        Quantity::Double(_) => Err(Stopped::custom("a name is no string")),
    }
}

/// What can be no name.
struct NoName;

impl SeeParts for NoName {
    type Output = ();

    fn element<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Stopped> {
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, _: &str, _: &T) -> Result<(), Stopped> {
        Ok(())
    }

    fn finish(self) -> Result<(), Stopped> {
        Err(Stopped::custom("a name is no string"))
    }
}

/// Keeps what it sees.
struct Keep;

/// The parts of what is kept.
enum Kept {
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl See for Keep {
    type Output = Tree;
    type Parts = Kept;

    fn scalar(self, scalar: Given) -> Result<Tree, Stopped> {
        Ok(match scalar {
            Given::Null => Tree::Null,
            Given::Boolean(value) => Tree::Boolean(value),
            Given::Number(number) => Tree::Number(Number(number)),
            Given::Text(text) => Tree::Text(text.to_owned()),
        })
    }

    fn array(self) -> Result<Kept, Stopped> {
        Ok(Kept::Array(Vec::new()))
    }

    fn object(self) -> Result<Kept, Stopped> {
        Ok(Kept::Object(Vec::new()))
    }
}

impl SeeParts for Kept {
    type Output = Tree;

    fn element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Stopped> {
        if let Self::Array(elements) = self {
            elements.push(kept(element)?);
        }
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Stopped> {
        if let Self::Object(members) = self {
            members.push((name.to_owned(), kept(value)?));
        }
        Ok(())
    }

    fn finish(self) -> Result<Tree, Stopped> {
        Ok(match self {
            Self::Array(elements) => Tree::Array(elements),
            Self::Object(members) => Tree::object(members),
        })
    }
}
