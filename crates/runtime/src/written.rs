//! Draft 4 has it that an integer is written as one: `1.0` is none there, though it is a number. Declarations of types
//! of that dialect end in `integers by_spelling`, and what they read is read through here. Where schemas of several
//! dialects meet, those of the others end in `integers by_value`.

use std::borrow::Cow;
use std::fmt;

use serde::de::Unexpected;

use crate::digits::Digits;
#[cfg(feature = "value")]
use crate::input::Take;
use crate::input::{AsWritten, Elements, Input, Members, Read, ReadIn, Visit, unexpected};
use crate::refusal::Refusal;
use crate::sealed::Sealed;

/// Whether a number that was not handed on as an integer was written as one all the same: it was too large for that.
pub(crate) fn is_written_as_integer(value: f64) -> bool {
    value.abs() >= 9_223_372_036_854_775_808.0
}

impl<I: Input> Input for AsWritten<I> {
    type Error = I::Error;
    type At = I::At;
    const TRUSTED: bool = I::TRUSTED;

    fn at(&self) -> I::At {
        self.0.at()
    }

    #[inline]
    fn begins(&mut self) -> u8 {
        self.0.begins()
    }

    fn visit<V: Visit>(self, visitor: V) -> Result<V::Output, I::Error> {
        self.0.visit(Strict(visitor))
    }

    fn nullable<T: Read>(self) -> Result<Option<T>, I::Error> {
        Ok(self.0.nullable::<Part<T>>()?.map(|Part(value)| value))
    }

    #[cfg(feature = "value")]
    fn value(self) -> Result<serde_json::Value, I::Error> {
        self.0.value()
    }

    #[cfg(feature = "value")]
    fn buffered<T>(self, make: impl FnOnce(&serde_json::Value) -> Result<T, Refusal>) -> Result<T, I::Error> {
        self.0.buffered(make)
    }

    #[cfg(feature = "value")]
    fn replay<C: Take>(self, take: C) -> Result<C::Output, I::Error> {
        self.0.replay(take)
    }

    fn by_spelling<T: ReadIn>(self) -> Result<T, I::Error> {
        T::read_in(self)
    }

    fn by_value<T: ReadIn>(self) -> Result<T, I::Error> {
        T::read_in(self.0)
    }
}

/// What stands inside a value that is read so.
struct Part<T>(T);

impl<T: Read> Read for Part<T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        T::read(AsWritten(input)).map(Self)
    }
}

/// Hands on what is there, less the integers that are not written as such.
struct Strict<V>(V);

impl<V: Visit> Visit for Strict<V> {
    type Output = V::Output;
    const TAKES: u8 = V::TAKES;
    const TAKES_NUMBERS: bool = V::TAKES_NUMBERS;
    const IS_INTEGER: bool = V::IS_INTEGER;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.expecting(f)
    }

    fn null(self) -> Result<V::Output, Refusal> {
        self.0.null()
    }

    fn boolean(self, value: bool) -> Result<V::Output, Refusal> {
        self.0.boolean(value)
    }

    fn signed(self, value: i64) -> Result<V::Output, Refusal> {
        self.0.signed(value)
    }

    fn unsigned(self, value: u64) -> Result<V::Output, Refusal> {
        self.0.unsigned(value)
    }

    fn float(self, value: f64) -> Result<V::Output, Refusal> {
        if V::IS_INTEGER && !is_written_as_integer(value) {
            return Err(unexpected(&self.0, Unexpected::Float(value)));
        }
        self.0.float(value)
    }

    fn spelled(self, text: &str) -> Result<V::Output, Refusal> {
        if V::IS_INTEGER { self.number(Digits::of(text)?) } else { self.0.spelled(text) }
    }

    fn string(self, value: Cow<str>) -> Result<V::Output, Refusal> {
        self.0.string(value)
    }

    fn array<A: Elements>(self, elements: A) -> Result<V::Output, A::Error> {
        self.0.array(AsWritten(elements))
    }

    fn object<M: Members>(self, members: M) -> Result<V::Output, M::Error> {
        self.0.object(AsWritten(members))
    }
}

impl<A: Elements> Elements for AsWritten<A> {
    type Error = A::Error;
    type At = A::At;
    const TRUSTED: bool = A::TRUSTED;

    fn at(&self) -> A::At {
        self.0.at()
    }

    fn next_element<T: Read>(&mut self) -> Result<Option<T>, A::Error> {
        Ok(self.0.next_element::<Part<T>>()?.map(|Part(value)| value))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }

    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = A::Error, At = A::At> {
        AsWritten(self.0.into_input())
    }
}

impl<T> Sealed for AsWritten<T> {}

impl<M: Members> Members for AsWritten<M> {
    type Error = M::Error;
    type At = M::At;
    const TRUSTED: bool = M::TRUSTED;

    fn at(&self) -> M::At {
        self.0.at()
    }

    fn next_name<R>(&mut self, read: impl FnOnce(&str) -> R) -> Result<Option<R>, M::Error> {
        self.0.next_name(read)
    }

    fn next_is(&mut self, name: &str) -> Result<bool, M::Error> {
        self.0.next_is(name)
    }

    fn next_value<T: Read>(&mut self, name: &str) -> Result<T, M::Error> {
        self.0.next_value::<Part<T>>(name).map(|Part(value)| value)
    }

    fn skip_value(&mut self) -> Result<(), M::Error> {
        self.0.skip_value()
    }

    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = M::Error, At = M::At> {
        AsWritten(self.0.into_input())
    }
}

#[cfg(test)]
#[cfg(feature = "value")]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{Value, json};

    /// As of draft 4.
    #[derive(Debug, PartialEq, Serialize)]
    struct Tree {
        count: Option<i64>,
        list: Option<Vec<i64>>,
        map: Option<BTreeMap<String, Option<u64>>>,
        any: Option<Branches>,
        number: Option<f64>,
        newer: Option<Newer>,
        next: Option<Box<Tree>>,
    }

    crate::object! {
        Tree {
            0 count: optional "count",
            1 list: optional "list",
            2 map: optional "map",
            3 any: optional "any",
            4 number: optional "number",
            5 newer: optional "newer",
            6 next: optional "next",
        }
        integers by_spelling
    }

    /// As of draft 4.
    #[derive(Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    enum Branches {
        Integer(i64),
        Fraction(f64),
        List(Vec<i64>),
        Tree(Box<Tree>),
    }

    crate::union! {
        Branches: OneOf {
            0 Integer: INTEGER;
            1 Fraction: FRACTION;
            2 List: ARRAY;
            3 Tree: OBJECT;
        }
        integers by_spelling
    }

    /// As of draft 4; a number can be of both branches.
    #[derive(Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    enum Overlapping {
        Integer(i64),
        Number(f64),
    }

    crate::union! {
        Overlapping: OneOf {
            0 Integer: INTEGER;
            1 Number: NUMBER;
        }
        integers by_spelling
    }

    /// As of another dialect.
    #[derive(Debug, PartialEq, Serialize)]
    struct Newer {
        count: i64,
        older: Option<Box<Tree>>,
    }

    crate::object! {
        Newer {
            0 count: required "count",
            1 older: optional "older",
        }
        integers by_value
    }

    /// Through every door.
    fn reads<T: serde::de::DeserializeOwned + TryFrom<Value>>(text: &str) -> bool {
        let value: Value = serde_json::from_str(text).unwrap();
        let doors = [
            serde_json::from_str::<T>(text).is_ok(),
            serde_json::from_slice::<T>(text.as_bytes()).is_ok(),
            serde_json::from_reader::<_, T>(text.as_bytes()).is_ok(),
            serde_json::from_value::<T>(value.clone()).is_ok(),
            T::try_from(value).is_ok(),
        ];
        assert!(doors.iter().all(|door| *door == doors[0]), "{text}: {doors:?}");
        doors[0]
    }

    #[test]
    fn an_integer_that_is_written_with_a_fraction_is_none_in_draft_4_wherever_it_stands() {
        for around in [
            r#"{"count": 1}"#,
            r#"{"list": [1]}"#,
            r#"{"map": {"a": 1, "b": null}}"#,
            r#"{"any": [1]}"#,
            r#"{"any": {"list": [1]}}"#,
            r#"{"any": {"any": {"any": [1]}}}"#,
            r#"{"next": {"next": {"count": 1}}}"#,
            r#"{"newer": {"count": 1, "older": {"count": 1}}}"#,
        ] {
            assert!(reads::<Tree>(around), "{around}");
            for odd in ["1.0", "1e0", "1E2"] {
                let (before, after) = around.rsplit_once('1').unwrap();
                let text = format!("{before}{odd}{after}");
                assert!(!reads::<Tree>(&text), "{text}");
            }
        }
    }

    #[test]
    fn where_a_number_will_do_or_another_dialect_is_meant_it_is_read() {
        assert!(reads::<Tree>(r#"{"number": 1}"#));
        assert!(reads::<Tree>(r#"{"number": 1.0}"#));
        assert!(reads::<Tree>(r#"{"newer": {"count": 1.0, "older": {"number": 1.0}}}"#));
        assert!(reads::<Newer>(r#"{"count": 1e0}"#));
        assert!(!reads::<Newer>(r#"{"count": 1.0, "older": {"list": [1.0]}}"#));
    }

    #[test]
    fn branches_are_told_apart_by_how_a_number_is_written() {
        assert_eq!(serde_json::from_str::<Branches>("1").unwrap(), Branches::Integer(1));
        assert_eq!(serde_json::from_str::<Branches>("1.0").unwrap(), Branches::Fraction(1.0));
        assert_eq!(Branches::try_from(json!(1.0)).unwrap(), Branches::Fraction(1.0));
        assert!(!reads::<Overlapping>("1"));
        assert_eq!(serde_json::from_str::<Overlapping>("1.0").unwrap(), Overlapping::Number(1.0));
    }

    #[test]
    fn a_number_can_keep_how_it_is_written() {
        for text in ["1", "1.0", "-3", "1.5", "18446744073709551615"] {
            let number: serde_json::Number =
                crate::from_deserializer(&mut serde_json::Deserializer::from_str(text)).unwrap();
            assert_eq!(number.to_string(), text);
        }
    }
}
