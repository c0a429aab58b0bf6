use std::borrow::Cow;
use std::collections::btree_map;

use isomorph_json::work::{parts, spend};
use serde_json::{Map, Value};

use crate::ambiguity::apart;
use crate::digits::Digits;
use crate::input::{
    ArrayInput, At, Elements, Here, Input, Members, ObjectInput, Read, Reader, Replay, Take, Visit,
};
use crate::kept::{Kept, Repeated};
use crate::look::{Look, Scalar, Source};
use crate::place::escaped;
use crate::refusal::Refusal;
use crate::sealed::Sealed;

/// An [`Input`] that reads from a value in memory. It is `TRUSTED` where a guard has checked the value.
#[derive(Debug, Clone, Copy)]
pub struct Buffered<'v, const TRUSTED: bool>(pub &'v Value);

impl<const TRUSTED: bool> Sealed for Buffered<'_, TRUSTED> {}

impl<const TRUSTED: bool> Input for Buffered<'_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, Refusal> {
        InMemory::<TRUSTED>::new(self.0).visit(visitor)
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, Refusal> {
        InMemory::<TRUSTED>::new(self.0).nullable()
    }

    fn value(self) -> Result<Value, Refusal> {
        InMemory::<TRUSTED>::new(self.0).value()
    }

    fn buffered<T>(self, make: impl FnOnce(&Value) -> Result<T, Refusal>) -> Result<T, Refusal> {
        make(self.0)
    }

    fn replay<C: Take>(self, take: C) -> Result<C::Output, Refusal> {
        InMemory::<TRUSTED>::new(self.0).replay(take)
    }
}

/// A value in memory, and which names came more than once when it was read.
#[derive(Clone, Copy)]
struct InMemory<'v, const TRUSTED: bool> {
    value: &'v Value,
    repeated: Option<&'v Repeated>,
}

impl<'v, const TRUSTED: bool> InMemory<'v, TRUSTED> {
    fn new(value: &'v Value) -> Self {
        Self { value, repeated: None }
    }
}

impl<const TRUSTED: bool> Sealed for InMemory<'_, TRUSTED> {}

impl<const TRUSTED: bool> Input for InMemory<'_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, Refusal> {
        spend(1);
        match self.value {
            Value::Null => visitor.null(),
            Value::Bool(value) => visitor.boolean(*value),
            Value::Number(number) => visitor.number(Digits::known(number)?),
            Value::String(text) => visitor.string(Cow::Borrowed(text)),
            Value::Array(elements) => {
                let elements = elements.iter();
                visitor.array(BufferedElements { whole: self, elements, index: 0 })
            }
            Value::Object(members) => visitor.object(BufferedMembers {
                whole: self,
                members: members.iter(),
                again: self.repeated.map(|repeated| repeated.names.keys()),
                current: ("", &Value::Null),
            }),
        }
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, Refusal> {
        if self.value.is_null() { Ok(None) } else { T::read(self).map(Some) }
    }

    fn value(self) -> Result<Value, Refusal> {
        Ok(self.value.clone())
    }

    fn buffered<T>(self, make: impl FnOnce(&Value) -> Result<T, Refusal>) -> Result<T, Refusal> {
        make(self.value)
    }

    fn replay<C: Take>(self, take: C) -> Result<C::Output, Refusal> {
        take.take(&mut Again { value: self.value, repeated: self.repeated })
    }
}

/// A value in memory, to be read more than once.
struct Again<'v> {
    value: &'v Value,
    repeated: Option<&'v Repeated>,
}

impl Sealed for Again<'_> {}

impl Replay for Again<'_> {
    fn look(&mut self) -> Result<Look<'_>, Refusal> {
        look(self.value)
    }

    fn member(&mut self, name: &str) -> Result<Option<Look<'_>>, Refusal> {
        // As in a text, it is the first that is meant.
        let first = self.repeated.and_then(|repeated| repeated.names.get(name));
        first.or_else(|| self.value.get(name)).map(look).transpose()
    }

    fn names(&mut self) -> Result<Vec<String>, Refusal> {
        let members = self.value.as_object();
        Ok(members.map(|members| members.keys().cloned().collect()).unwrap_or_default())
    }

    fn read<R: Reader, const TRUSTED: bool>(&mut self, reader: R) -> Result<R::Output, Refusal> {
        reader.read(InMemory::<TRUSTED> { value: self.value, repeated: self.repeated })
    }

    fn source(&mut self) -> Result<Source<'_>, Refusal> {
        Ok(Source::Value(self.value))
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }

    fn parts(&self) -> usize {
        parts(self.value)
    }
}

fn look(value: &Value) -> Result<Look<'_>, Refusal> {
    Ok(Look::Scalar(match value {
        Value::Null => Scalar::Null,
        Value::Bool(value) => Scalar::Boolean(*value),
        Value::Number(number) => match Digits::known(number)? {
            Digits::Unsigned(value) => Scalar::Unsigned(value),
            Digits::Signed(value) => Scalar::Signed(value),
            Digits::Float(value) => Scalar::Float(value),
        },
        Value::String(text) => Scalar::String(Cow::Borrowed(text)),
        Value::Array(_) => return Ok(Look::Array),
        Value::Object(_) => return Ok(Look::Object),
    }))
}

/// Reads a value into memory, to make something of it there.
pub(crate) fn replay_apart<I: Input, C: Take>(input: I, take: C) -> Result<C::Output, I::Error> {
    let at = input.at();
    let Kept { value, repeated } = Kept::read(input)?;
    let mut again = Again { value: &value, repeated: repeated.as_deref() };
    apart(|| take.take(&mut again)).map_err(|refusal| at.refuse(refusal))
}

struct BufferedElements<'v, const TRUSTED: bool> {
    whole: InMemory<'v, TRUSTED>,
    elements: std::slice::Iter<'v, Value>,
    index: usize,
}

impl<const TRUSTED: bool> Sealed for BufferedElements<'_, TRUSTED> {}

impl<const TRUSTED: bool> Elements for BufferedElements<'_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    fn next_element<T: Read>(&mut self) -> Result<Option<T>, Refusal> {
        let index = self.index;
        let Some(value) = self.elements.next() else { return Ok(None) };
        self.index += 1;
        let repeated = self.whole.repeated.and_then(|repeated| repeated.in_element(index));
        let element = T::read(InMemory::<TRUSTED> { value, repeated });
        element.map(Some).map_err(|refusal| refusal.at(format_args!("/{index}")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }

    fn into_input(self) -> impl Input<Error = Refusal, At = Here> {
        self.whole
    }
}

struct BufferedMembers<'v, const TRUSTED: bool> {
    whole: InMemory<'v, TRUSTED>,
    members: serde_json::map::Iter<'v>,
    /// The names that come again, behind all others.
    again: Option<btree_map::Keys<'v, String, Value>>,
    current: (&'v str, &'v Value),
}

impl<const TRUSTED: bool> Sealed for BufferedMembers<'_, TRUSTED> {}

impl<const TRUSTED: bool> Members for BufferedMembers<'_, TRUSTED> {
    type Error = Refusal;
    type At = Here;
    const TRUSTED: bool = TRUSTED;

    fn at(&self) -> Here {
        Here
    }

    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, Refusal> {
        let next = self.members.next().or_else(|| {
            let name = self.again.as_mut()?.next()?;
            self.whole.value.get(name).map(|value| (name, value))
        });
        Ok(next.map(|(name, value)| {
            self.current = (name, value);
            read(name)
        }))
    }

    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, Refusal> {
        let (own, value) = self.current;
        let repeated = self.whole.repeated.and_then(|repeated| repeated.in_member(own));
        T::read(InMemory::<TRUSTED> { value, repeated })
            .map_err(|refusal| refusal.at(format_args!("/{}", escaped(name))))
    }

    fn skip_value(&mut self) -> Result<(), Refusal> {
        Ok(())
    }

    fn into_input(self) -> impl Input<Error = Refusal, At = Here> {
        self.whole
    }
}

impl<A> Sealed for ArrayInput<A> {}

impl<A: Elements> Input for ArrayInput<A> {
    type Error = A::Error;
    type At = A::At;
    const TRUSTED: bool = A::TRUSTED;

    fn at(&self) -> A::At {
        self.0.at()
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, A::Error> {
        visitor.array(self.0)
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, A::Error> {
        T::read(self).map(Some)
    }

    fn replay<C: Take>(self, take: C) -> Result<C::Output, A::Error> {
        replay_apart(self, take)
    }

    fn value(self) -> Result<Value, A::Error> {
        Vec::<Value>::read(self).map(Value::Array)
    }
}

impl<M> Sealed for ObjectInput<M> {}

impl<M: Members> Input for ObjectInput<M> {
    type Error = M::Error;
    type At = M::At;
    const TRUSTED: bool = M::TRUSTED;

    fn at(&self) -> M::At {
        self.0.at()
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, M::Error> {
        visitor.object(self.0)
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, M::Error> {
        T::read(self).map(Some)
    }

    fn replay<C: Take>(self, take: C) -> Result<C::Output, M::Error> {
        replay_apart(self, take)
    }

    fn value(mut self) -> Result<Value, M::Error> {
        let mut object = Map::new();
        while let Some(name) = self.0.next_name(str::to_owned)? {
            let value = self.0.next_value(&name)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
