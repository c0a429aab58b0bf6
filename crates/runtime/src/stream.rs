use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

#[cfg(feature = "value")]
use crate::buffered::replay_apart;
#[cfg(feature = "value")]
use crate::input::Take;
use crate::input::{At, Elements, Input, Members, Read, Visit};
#[cfg(feature = "value")]
use crate::kept::Kept;
use crate::number::{self, Begun};
use crate::place::Place;
use crate::refusal::Refusal;
use crate::sealed::Sealed;

/// An [`Input`] that reads from a serde deserializer. The format has to be self-describing, as JSON is:
/// what comes next is for the source to say.
pub struct Stream<'de, 'p, D> {
    deserializer: D,
    place: &'p Place<'p>,
    lifetime: PhantomData<&'de ()>,
}

/// Reads a `T` from a serde deserializer.
///
/// # Errors
///
/// If the value is no `T`.
pub fn from_deserializer<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(Stream::at(&Place::Root, deserializer))
}

impl<'de, 'p, D: Deserializer<'de>> Stream<'de, 'p, D> {
    fn at(place: &'p Place<'p>, deserializer: D) -> Self {
        Self { deserializer, place, lifetime: PhantomData }
    }
}

impl<D> Sealed for Stream<'_, '_, D> {}

impl<'de, 'p, D: Deserializer<'de>> Input for Stream<'de, 'p, D> {
    type Error = D::Error;
    type At = &'p Place<'p>;

    fn at(&self) -> Self::At {
        self.place
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, D::Error> {
        self.deserializer.deserialize_any(Adapter { visitor, place: self.place })
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, D::Error> {
        self.deserializer.deserialize_option(Nullable { place: self.place, value: PhantomData })
    }

    #[cfg(feature = "value")]
    fn value(self) -> Result<serde_json::Value, D::Error> {
        Kept::read(self).map(|kept| kept.value)
    }

    #[cfg(feature = "value")]
    fn replay<C: Take>(self, take: C) -> Result<C::Output, D::Error> {
        replay_apart(self, take)
    }
}

impl Sealed for &Place<'_> {}

impl<E: Error> At<E> for &Place<'_> {
    fn refuse(self, refusal: Refusal) -> E {
        refusal.into_error(self)
    }
}

/// A serde visitor that hands what it gets to a [`Visit`].
struct Adapter<'p, V> {
    visitor: V,
    place: &'p Place<'p>,
}

impl<V> Adapter<'_, V> {
    fn located<T, E: Error>(result: Result<T, Refusal>, place: &Place) -> Result<T, E> {
        result.map_err(|refusal| refusal.into_error(place))
    }
}

/// Hands a scalar on.
macro_rules! scalar {
    ($($method:ident($($value:ident: $type:ty)?) => $visit:ident($($handed:expr)?);)+) => {$(
        #[inline]
        fn $method<E: Error>(self $(, $value: $type)?) -> Result<V::Output, E> {
            Self::located(self.visitor.$visit($($handed)?), self.place)
        }
    )+};
}

impl<'de, V: Visit> Visitor<'de> for Adapter<'_, V> {
    type Value = V::Output;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.visitor.expecting(f)
    }

    scalar! {
        visit_unit() => null();
        visit_none() => null();
        visit_bool(value: bool) => boolean(value);
        visit_i64(value: i64) => signed(value);
        visit_u64(value: u64) => unsigned(value);
        visit_f64(value: f64) => float(value);
        visit_str(value: &str) => string(Cow::Borrowed(value));
        visit_borrowed_str(value: &'de str) => string(Cow::Borrowed(value));
        visit_string(value: String) => string(Cow::Owned(value));
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Output, D::Error> {
        Stream::at(self.place, deserializer).visit(self.visitor)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Output, D::Error> {
        Stream::at(self.place, deserializer).visit(self.visitor)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Output, A::Error> {
        self.visitor.array(StreamElements { elements, index: 0, place: self.place, lifetime: PhantomData })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Output, A::Error> {
        let Self { visitor, place } = self;
        let mut members = StreamMembers { members, place, lifetime: PhantomData };
        if !V::TAKES_NUMBERS {
            return visitor.object(members);
        }
        match members.next_name(str::to_owned)? {
            Some(name) if name == number::NAME => {
                let text: String = members.members.next_value()?;
                Self::located(visitor.spelled(&text), place)
            }
            first => visitor.object(Begun::new(first, members)),
        }
    }
}

struct StreamElements<'de, 'p, A> {
    elements: A,
    index: usize,
    place: &'p Place<'p>,
    lifetime: PhantomData<&'de ()>,
}

impl<A> Sealed for StreamElements<'_, '_, A> {}

impl<'de, 'p, A: SeqAccess<'de>> Elements for StreamElements<'de, 'p, A> {
    type Error = A::Error;
    type At = &'p Place<'p>;

    fn at(&self) -> Self::At {
        self.place
    }

    fn next_element<T: Read>(&mut self) -> Result<Option<T>, A::Error> {
        let place = Place::Element { around: self.place, index: self.index };
        self.index += 1;
        self.elements.next_element_seed(Value { place: &place, value: PhantomData })
    }

    fn size_hint(&self) -> Option<usize> {
        self.elements.size_hint()
    }
}

struct StreamMembers<'de, 'p, A> {
    members: A,
    place: &'p Place<'p>,
    lifetime: PhantomData<&'de ()>,
}

impl<A> Sealed for StreamMembers<'_, '_, A> {}

impl<'de, 'p, A: MapAccess<'de>> Members for StreamMembers<'de, 'p, A> {
    type Error = A::Error;
    type At = &'p Place<'p>;

    fn at(&self) -> Self::At {
        self.place
    }

    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, A::Error> {
        self.members.next_key_seed(Name(read))
    }

    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, A::Error> {
        let place = Place::Member { around: self.place, name };
        self.members.next_value_seed(Value { place: &place, value: PhantomData })
    }

    fn skip_value(&mut self) -> Result<(), A::Error> {
        self.members.next_value().map(|IgnoredAny| ())
    }
}

/// Reads a value as a `T`.
struct Value<'p, T> {
    place: &'p Place<'p>,
    value: PhantomData<T>,
}

impl<'de, T: Read> DeserializeSeed<'de> for Value<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(Stream::at(self.place, deserializer))
    }
}

/// Reads `null`, or a value as a `T`.
struct Nullable<'p, T> {
    place: &'p Place<'p>,
    value: PhantomData<T>,
}

impl<'de, T: Read> Visitor<'de> for Nullable<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("null or a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read(Stream::at(self.place, deserializer)).map(Some)
    }
}

/// Reads the name of a member.
struct Name<F>(F);

impl<'de, R, F: FnOnce(&str) -> R> DeserializeSeed<'de> for Name<F> {
    type Value = R;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<R, F: FnOnce(&str) -> R> Visitor<'_> for Name<F> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<R, E> {
        Ok((self.0)(name))
    }
}
