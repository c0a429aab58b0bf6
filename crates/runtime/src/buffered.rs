use std::borrow::Cow;

use isomorph_json::work::spend;
use serde_json::{Map, Value};

use crate::input::{ArrayInput, At, Elements, Input, Members, ObjectInput, Read, Visit, read_apart};
use crate::place::escaped;
use crate::refusal::Refusal;

/// An [`Input`] that reads from a value in memory. It is `TRUSTED` where a guard has checked the value.
#[derive(Debug, Clone, Copy)]
pub struct Buffered<'v, const TRUSTED: bool>(pub &'v Value);

/// The place of a value in memory is for whoever holds the value to say.
#[derive(Debug, Clone, Copy)]
pub struct Here;

impl At<Refusal> for Here {
    fn refuse(self, refusal: Refusal) -> Refusal {
        refusal
    }
}

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
}

struct BufferedElements<'v, const TRUSTED: bool> {
    whole: &'v Value,
    elements: std::slice::Iter<'v, Value>,
    index: usize,
}

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

    fn value(self) -> Result<Value, A::Error> {
        Vec::<Value>::read(self).map(Value::Array)
    }
}

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

    fn value(mut self) -> Result<Value, M::Error> {
        let mut object = Map::new();
        while let Some(name) = self.0.next_name(str::to_owned)? {
            let value = self.0.next_value(&name)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
