//! The keywords that judge numbers by all their digits.

use std::cmp::Ordering;
use std::sync::Arc;

use isomorph_json::work::spend;
use isomorph_json::{DEEPEST, Decimal, Kind, Tape, TapeNode, parse};
use jsonschema::json::{Array, Json, JsonNumber, Node, Object};
use jsonschema::{Keyword, ValidationError, ValidationOptions};
use referencing::Retrieve;
use serde_json::{Map, Value};

use super::mark::{BOUNDS, DIVISOR, VALUES, marked};
use crate::counted::looks_at_text;

type Judge<F> = Box<dyn for<'i> Keyword<'i, F>>;

/// Has validators judge by all digits: by what they divide by, and by what is [marked](super::mark()).
pub fn exactly<'i, F: Json>(
    options: ValidationOptions<'i, Arc<dyn Retrieve>, F>,
) -> ValidationOptions<'i, Arc<dyn Retrieve>, F> {
    let options = options
        .with_keyword(DIVISOR, |around, divisor, _| Ok(Box::new(Divisor::new(around, divisor)) as Judge<F>));
    let bound = |options: ValidationOptions<'i, _, F>, keyword: &'static str| {
        options.with_keyword(marked(keyword), move |_, limit, _| {
            Ok(Box::new(Bound::new(keyword, limit)) as Judge<F>)
        })
    };
    let value = |options: ValidationOptions<'i, _, F>, keyword: &'static str| {
        options.with_keyword(marked(keyword), move |_, values, _| {
            Ok(Box::new(OneOf::new(keyword, values)) as Judge<F>)
        })
    };
    let options = BOUNDS.into_iter().fold(options, bound);
    VALUES.into_iter().fold(options, value)
}

/// `multipleOf`.
struct Divisor {
    written: String,
    /// The same, if it is an integer.
    whole: Option<i128>,
}

impl Divisor {
    fn new(around: &Map<String, Value>, divisor: &Value) -> Self {
        let written = around.get(&marked(DIVISOR)).and_then(Value::as_str).map(str::to_owned);
        let written = written.unwrap_or_else(|| divisor.to_string());
        Self { whole: Decimal::new(&written).whole(), written }
    }
}

impl<'i, F: Json> Keyword<'i, F> for Divisor {
    fn validate(&self, instance: F::Node<'i>) -> Result<(), ValidationError<'i>> {
        said(Keyword::<F>::is_valid(self, instance), &self.written)
    }

    fn is_valid(&self, instance: F::Node<'i>) -> bool {
        let Some(number) = instance.as_number() else { return true };
        match (number.as_i64(), self.whole) {
            (Some(number), Some(whole)) if whole != 0 => i128::from(number) % whole == 0,
            _ => {
                let written = number.as_str();
                spend(looks_at_text(written.len()));
                Decimal::new(&written).is_multiple_of(&Decimal::new(&self.written))
            }
        }
    }
}

/// What an error says of a value that is not accepted: with what it was compared.
fn said<'i>(is_valid: bool, written: &str) -> Result<(), ValidationError<'i>> {
    if is_valid { Ok(()) } else { Err(ValidationError::custom(written)) }
}

/// `minimum` and the others.
struct Bound {
    written: String,
    accepts: fn(Ordering) -> bool,
}

impl Bound {
    fn new(keyword: &str, limit: &Value) -> Self {
        let accepts = match keyword {
            "minimum" => Ordering::is_ge,
            "exclusiveMinimum" => Ordering::is_gt,
            "maximum" => Ordering::is_le,
            _ => Ordering::is_lt,
        };
        Self { written: limit.as_str().unwrap_or_default().to_owned(), accepts }
    }
}

impl<'i, F: Json> Keyword<'i, F> for Bound {
    fn validate(&self, instance: F::Node<'i>) -> Result<(), ValidationError<'i>> {
        said(Keyword::<F>::is_valid(self, instance), &self.written)
    }

    fn is_valid(&self, instance: F::Node<'i>) -> bool {
        let Some(number) = instance.as_number() else { return true };
        let written = number.as_str();
        spend(looks_at_text(written.len() + self.written.len()));
        (self.accepts)(Decimal::new(&written).cmp(&Decimal::new(&self.written)))
    }
}

/// `const` and `enum`.
struct OneOf {
    written: String,
    tape: Tape,
    is_list: bool,
}

impl OneOf {
    fn new(keyword: &str, values: &Value) -> Self {
        let written = values.as_str().unwrap_or_default().to_owned();
        let mut tape = Tape::default();
        // What is written in a schema that was read is JSON.
        let _ = parse(&written, DEEPEST, &mut tape);
        Self { written, tape, is_list: keyword == "enum" }
    }
}

impl<'i, F: Json> Keyword<'i, F> for OneOf {
    fn validate(&self, instance: F::Node<'i>) -> Result<(), ValidationError<'i>> {
        said(Keyword::<F>::is_valid(self, instance), &self.written)
    }

    fn is_valid(&self, instance: F::Node<'i>) -> bool {
        let values = TapeNode::root(&self.written, &self.tape);
        if self.is_list {
            values.elements().any(|value| is::<F>(&instance, value))
        } else {
            is::<F>(&instance, values)
        }
    }
}

/// Whether two values are equal.
fn is<F: Json>(node: &F::Node<'_>, value: TapeNode) -> bool {
    if !spend(1) {
        return false;
    }
    match value.word().kind() {
        Kind::Null => node.is_null(),
        Kind::False => node.as_boolean() == Some(false),
        Kind::True => node.as_boolean() == Some(true),
        Kind::String => node.as_string().is_some_and(|string| string == value.string()),
        Kind::Number => node.as_number().is_some_and(|number| {
            let (written, expected) = (number.as_str(), value.number().literal());
            spend(looks_at_text(written.len() + expected.len()));
            Decimal::new(&written) == Decimal::new(expected)
        }),
        Kind::Array => node.as_array().is_some_and(|array| {
            array.len() == value.count()
                && array.elements().zip(value.elements()).all(|(one, other)| is::<F>(&one, other))
        }),
        Kind::Object => node.as_object().is_some_and(|object| {
            let mut members = object.members();
            object.len() == value.count()
                && members.all(|(name, one)| {
                    value.member(name.as_ref()).is_some_and(|(_, other)| is::<F>(&one, other))
                })
        }),
    }
}
