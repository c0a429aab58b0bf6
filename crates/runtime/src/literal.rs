use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

use crate::digits::Digits;
use crate::input::Input;
use crate::names::one_of;
use crate::refusal::Refusal;
use crate::strict::is_strict;
use crate::written;

/// What the generator writes for an enum of JSON values: every variant with the text it stands for.
pub trait ReadLiteral: Clone + PartialEq + 'static {
    /// The JSON texts, in the order of the schema.
    const TEXTS: &'static [&'static str];

    /// The variants, in the same order.
    const VARIANTS: &'static [Self];

    /// Whether a number is one of them only if it is written as an integer, as draft 4 has it.
    const OF_INTEGERS: bool = false;

    /// What the texts say, which is found out once.
    fn values() -> &'static [Value];

    /// A value that is none of them, where such are kept.
    fn unknown(_: &Value) -> Option<Self> {
        None
    }

    /// The value that was none of them, if it is one.
    fn as_unknown(&self) -> Option<&Value> {
        None
    }
}

/// What JSON texts say. They are those of a schema, so there is none that is no JSON.
#[doc(hidden)]
pub fn values_of(texts: &[&str]) -> Vec<Value> {
    texts.iter().map(|text| serde_json::from_str(text).unwrap_or_default()).collect()
}

/// Reads one of the values of `T`.
///
/// # Errors
///
/// If the value is none of them.
#[doc(hidden)]
pub fn read_literal<T: ReadLiteral, I: Input>(input: I) -> Result<T, I::Error> {
    input.buffered(|value| {
        if T::OF_INTEGERS
            && let Value::Number(number) = value
            && !is_written_as_integer(number)
        {
            return Err(Refusal::new(format_args!("invalid type: `{number}`, expected an integer")));
        }
        let index = T::values().iter().position(|literal| same(literal, value));
        let variant = index.and_then(|index| T::VARIANTS.get(index)).cloned();
        let kept = || if is_strict() { None } else { T::unknown(value) };
        variant.or_else(kept).ok_or_else(|| {
            let expected = one_of("nothing", T::TEXTS);
            Refusal::new(format_args!("unknown variant `{value}`, expected {expected}"))
        })
    })
}

fn is_written_as_integer(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(written::is_written_as_integer)
}

/// Writes the JSON value that a variant stands for.
///
/// # Errors
///
/// If the serializer fails.
#[doc(hidden)]
pub fn write_literal<T: ReadLiteral, S: Serializer>(variant: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(unknown) = variant.as_unknown() {
        return unknown.serialize(serializer);
    }
    let index = T::VARIANTS.iter().position(|known| known == variant).unwrap_or_default();
    T::values().get(index).unwrap_or(&Value::Null).serialize(serializer)
}

/// Whether two numbers are one, however they are written.
fn is_one(a: &Number, b: &Number) -> bool {
    let numbers = (Digits::known(a), Digits::known(b));
    a == b || matches!(numbers, (Ok(a), Ok(b)) if a.quantity() == b.quantity())
}

/// Whether two values are equal as JSON Schema has it: 1 is 1.0 (2020-12, core, section 4.2.2).
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => is_one(a, b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
