use std::borrow::Cow;

use isomorph_json::work::{parts, spend};
use serde_json::{Map, Value};

use crate::input::{
    ArrayInput, At, Elements, Here, Input, Members, ObjectInput, Read, Reader, Replay, Take, Visit,
    read_apart,
};
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
        spend(1);
        match self.0 {
            Value::Null => visitor.null(),
            Value::Bool(value) => visitor.boolean(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.unsigned(value),
                (None, Some(value)) => visitor.signed(value),
                (None, None) => visitor.float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.string(Cow::Borrowed(text)),
            Value::Array(elements) => {
                let elements = elements.iter();
                visitor.array(BufferedElements::<TRUSTED> { whole: self.0, elements, index: 0 })
            }
            Value::Object(members) => {
                let members = members.iter();
                visitor.object(BufferedMembers::<TRUSTED> { whole: self.0, members, value: &Value::Null })
            }
        }
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, Refusal> {
        if self.0.is_null() { Ok(None) } else { T::read(self).map(Some) }
    }

    fn value(self) -> Result<Value, Refusal> {
        Ok(self.0.clone())
    }

    fn buffered<T>(self, make: impl FnOnce(&Value) -> Result<T, Refusal>) -> Result<T, Refusal> {
        make(self.0)
    }

    fn replay<C: Take>(self, take: C) -> Result<C::Output, Refusal> {
        take.take(&mut InMemory(self.0))
    }
}

/// A value in memory, to be read more than once.
struct InMemory<'v>(&'v Value);

impl Sealed for InMemory<'_> {}

impl Replay for InMemory<'_> {
    fn look(&mut self) -> Result<Look<'_>, Refusal> {
        Ok(look(self.0))
    }

    fn member(&mut self, name: &str) -> Result<Option<Look<'_>>, Refusal> {
        Ok(self.0.get(name).map(look))
    }

    fn names(&mut self) -> Result<Vec<String>, Refusal> {
        let members = self.0.as_object();
        Ok(members.map(|members| members.keys().cloned().collect()).unwrap_or_default())
    }

    fn read<R: Reader, const TRUSTED: bool>(&mut self, reader: R) -> Result<R::Output, Refusal> {
        reader.read(Buffered::<TRUSTED>(self.0))
    }

    fn source(&mut self) -> Result<Source<'_>, Refusal> {
        Ok(Source::Value(self.0))
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self.0).addr()
    }

    fn parts(&self) -> usize {
        parts(self.0)
    }
}

fn look(value: &Value) -> Look<'_> {
    Look::Scalar(match value {
        Value::Null => Scalar::Null,
        Value::Bool(value) => Scalar::Boolean(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => Scalar::Unsigned(value),
            (None, Some(value)) => Scalar::Signed(value),
            (None, None) => Scalar::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Scalar::String(Cow::Borrowed(text)),
        Value::Array(_) => return Look::Array,
        Value::Object(_) => return Look::Object,
    })
}

/// Reads a value into memory, to make something of it there.
pub(crate) fn replay_apart<I: Input, C: Take>(input: I, take: C) -> Result<C::Output, I::Error> {
    input.buffered(|value| take.take(&mut InMemory(value)))
}

struct BufferedElements<'v, const TRUSTED: bool> {
    whole: &'v Value,
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
        self.index += 1;
        let element = self.elements.next().map(|element| T::read(Buffered::<TRUSTED>(element)));
        element.transpose().map_err(|refusal| refusal.at(format_args!("/{index}")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }

    fn whole(&self) -> Option<&Value> {
        Some(self.whole)
    }
}

struct BufferedMembers<'v, const TRUSTED: bool> {
    whole: &'v Value,
    members: serde_json::map::Iter<'v>,
    value: &'v Value,
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
        Ok(self.members.next().map(|(name, value)| {
            self.value = value;
            read(name)
        }))
    }

    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, Refusal> {
        T::read(Buffered::<TRUSTED>(self.value))
            .map_err(|refusal| refusal.at(format_args!("/{}", escaped(name))))
    }

    fn skip_value(&mut self) -> Result<(), Refusal> {
        Ok(())
    }

    fn whole(&self) -> Option<&Value> {
        Some(self.whole)
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

    fn buffered<T>(self, make: impl FnOnce(&Value) -> Result<T, Refusal>) -> Result<T, A::Error> {
        let at = self.at();
        match self.0.whole() {
            Some(whole) => make(whole).map_err(|refusal| at.refuse(refusal)),
            None => read_apart(self, make),
        }
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

    fn buffered<T>(self, make: impl FnOnce(&Value) -> Result<T, Refusal>) -> Result<T, M::Error> {
        let at = self.at();
        match self.0.whole() {
            Some(whole) => make(whole).map_err(|refusal| at.refuse(refusal)),
            None => read_apart(self, make),
        }
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
