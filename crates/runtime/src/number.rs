//! How `serde_json` hands a number on where its feature `arbitrary_precision` is on, which any crate of a
//! build can do: as an object of one member, whose value is the text of the number. So whoever takes numbers
//! looks at the first name of every object.

use std::mem;

use crate::input::{Members, Read};
use crate::sealed::Sealed;

/// The name of the member.
pub(crate) const NAME: &str = "$serde_json::private::Number";

/// Members of which the first name has been looked at.
pub(crate) struct Begun<M> {
    first: First,
    members: M,
}

enum First {
    Name(String),
    /// There are no members.
    None,
    /// It has been handed on.
    Past,
}

impl<M> Begun<M> {
    /// The `members` whose first name is `first`.
    pub(crate) fn new(first: Option<String>, members: M) -> Self {
        Self { first: first.map_or(First::None, First::Name), members }
    }
}

impl<M> Sealed for Begun<M> {}

impl<M: Members> Members for Begun<M> {
    type Error = M::Error;
    type At = M::At;
    const TRUSTED: bool = M::TRUSTED;

    fn at(&self) -> M::At {
        self.members.at()
    }

    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, M::Error> {
        match mem::replace(&mut self.first, First::Past) {
            First::Name(name) => Ok(Some(read(&name))),
            First::None => Ok(None),
            First::Past => self.members.next_name(read),
        }
    }

    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, M::Error> {
        self.members.next_value(name)
    }

    fn skip_value(&mut self) -> Result<(), M::Error> {
        self.members.skip_value()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use serde::de::value::{Error, MapDeserializer};

    use super::NAME;
    use crate::{Input, Members, Read, Visit, from_deserializer};

    /// Takes numbers and objects; of an object it keeps the names.
    #[derive(Debug, PartialEq)]
    struct Names(Vec<String>);

    impl Read for Names {
        fn read<I: Input>(input: I) -> Result<Self, I::Error> {
            input.visit(Self(Vec::new()))
        }
    }

    impl Visit for Names {
        type Output = Self;
        const TAKES_NUMBERS: bool = true;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a number or an object")
        }

        fn object<M: Members>(mut self, mut members: M) -> Result<Self, M::Error> {
            while let Some(name) = members.next_name(str::to_owned)? {
                members.skip_value()?;
                self.0.push(name);
            }
            Ok(self)
        }
    }

    fn read<T: Read>(members: &[(&str, &str)]) -> Result<T, Error> {
        from_deserializer(MapDeserializer::new(members.iter().copied()))
    }

    #[test]
    fn a_number_that_is_handed_on_as_text_is_a_number() {
        assert_eq!(read::<i64>(&[(NAME, "1.0")]), Ok(1));
        assert_eq!(read::<i64>(&[(NAME, "-3")]), Ok(-3));
        assert_eq!(read::<u64>(&[(NAME, "18446744073709551615")]), Ok(u64::MAX));
        assert_eq!(read::<f64>(&[(NAME, "0.5")]), Ok(0.5));
        assert!(read::<i64>(&[(NAME, "0.5")]).is_err());
        assert!(read::<f64>(&[(NAME, "1e999")]).is_err());
    }

    #[test]
    fn an_object_keeps_the_name_that_has_been_looked_at() {
        assert_eq!(read(&[]), Ok(Names(vec![])));
        assert_eq!(read(&[("a", "1"), ("b", "2")]), Ok(Names(vec!["a".into(), "b".into()])));
        assert!(read::<i64>(&[]).is_err());
        assert!(read::<i64>(&[("a", "1")]).is_err());
    }
}
