//! What a schema asks of a value that its type does not say, as data: a declaration that ends in `holds { … }` has one.

use crate::pattern::Pattern;
use crate::quantity::Quantity;

/// What is asked of a value. One that is about values of another type holds.
#[derive(Debug)]
pub enum Condition {
    /// Nothing holds to it.
    Never,
    /// `type`: the sum of the types' bits, as [`types`] has them; a number without a fraction is an integer.
    Type(u8),
    /// The same; an integer is written as one.
    TypeAsWritten(u8),
    /// `enum` and `const`, of scalars
    Enum(&'static [Scalar]),
    /// `minimum`
    Minimum(Quantity),
    /// `maximum`
    Maximum(Quantity),
    /// `exclusiveMinimum`
    ExclusiveMinimum(Quantity),
    /// `exclusiveMaximum`
    ExclusiveMaximum(Quantity),
    /// `multipleOf`
    MultipleOf(Quantity),
    /// `minLength`, in characters
    MinLength(usize),
    /// `maxLength`, in characters
    MaxLength(usize),
    /// `pattern`
    Pattern(&'static Pattern),
    /// `minItems`
    MinItems(usize),
    /// `maxItems`
    MaxItems(usize),
    /// `uniqueItems`
    UniqueItems,
    /// The first elements, one by one, and all others.
    Items(&'static [Condition], &'static Condition),
    /// `contains`, from so many to so many
    Contains(&'static Condition, usize, usize),
    /// `minProperties`
    MinProperties(usize),
    /// `maxProperties`
    MaxProperties(usize),
    /// `required`, no name twice
    Required(&'static [&'static str]),
    /// Properties by their names, in order; those whose names match; and all others.
    Properties(
        &'static [(&'static str, Condition)],
        &'static [(&'static Pattern, Condition)],
        &'static Condition,
    ),
    /// `propertyNames`
    PropertyNames(&'static Condition),
    /// What is asked of an object that has a property.
    Dependent(&'static [(&'static str, Condition)]),
    /// `allOf`; without any, everything holds to it.
    AllOf(&'static [Condition]),
    /// `anyOf`
    AnyOf(&'static [Condition]),
    /// `oneOf`
    OneOf(&'static [Condition]),
    /// `not`
    Not(&'static Condition),
    /// `if`, `then` and `else`
    If(&'static [Condition; 3]),
    /// `unevaluatedProperties`: what is asked of those that no other schema evaluates.
    Unevaluated(&'static [Evaluated], &'static Condition),
    /// What another condition asks, which may ask for this one in turn.
    Same(&'static Condition),
}

/// Where a condition holds to an object, its properties of these names are evaluated, and those whose names match.
#[derive(Debug)]
pub struct Evaluated(
    /// The condition.
    pub Condition,
    /// The names.
    pub &'static [&'static str],
    /// The patterns.
    pub &'static [&'static Pattern],
);

/// What holds to this, holds.
pub const ALWAYS: Condition = Condition::AllOf(&[]);

/// A value without parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number
    Number(Quantity),
    /// A string
    Text(&'static str),
}

/// The bits of the JSON types.
pub mod types {
    /// `null`
    pub const NULL: u8 = 1;
    /// `true` and `false`
    pub const BOOLEAN: u8 = 2;
    /// Numbers without a fraction.
    pub const INTEGER: u8 = 4;
    /// Numbers with a fraction.
    pub const FRACTION: u8 = 8;
    /// Strings.
    pub const STRING: u8 = 16;
    /// Arrays.
    pub const ARRAY: u8 = 32;
    /// Objects.
    pub const OBJECT: u8 = 64;
    /// Numbers.
    pub const NUMBER: u8 = INTEGER | FRACTION;
    /// Values of every type.
    pub const ANY: u8 = 127;
    /// No value.
    pub const NOTHING: u8 = 0;
}

impl Condition {
    /// The keyword, for people.
    pub(crate) const fn keyword(&self) -> &'static str {
        match self {
            Self::Never => "false",
            Self::Type(_) | Self::TypeAsWritten(_) => "type",
            Self::Enum(_) => "enum",
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::Items(..) => "items",
            Self::Contains(..) => "contains",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::Required(_) => "required",
            Self::Properties(..) => "properties",
            Self::PropertyNames(_) => "propertyNames",
            Self::Dependent(_) => "dependencies",
            Self::AllOf(_) => "allOf",
            Self::AnyOf(_) => "anyOf",
            Self::OneOf(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If(_) => "if",
            Self::Unevaluated(..) => "unevaluatedProperties",
            Self::Same(_) => "$ref",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use crate::pattern::{Pattern, Run};

    static WORD: Pattern = Pattern::runs("^[a-z]+$", true, &[Run(&[('a', 'z')], 1, usize::MAX)], true);

    #[derive(Debug, PartialEq, Serialize)]
    struct Ticket {
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        #[serde(flatten)]
        rest: BTreeMap<String, Vec<f64>>,
    }

    crate::object! {
        Ticket {
            0 from: optional "from",
            1 to: optional "to",
            ..rest
        }
        holds {
            AllOf(&[
                AnyOf(&[Required(&["from"]), Required(&["to"])]),
                Properties(
                    &[("from", Pattern(&WORD)), ("to", ALWAYS)],
                    &[(&WORD, UniqueItems)],
                    &Never,
                ),
                Dependent(&[("to", Not(&Enum(&[Scalar::Null])))]),
            ])
        }
    }

    static LIST: super::Condition = {
        use super::Condition::*;
        Properties(&[("next", Same(&LIST)), ("value", Type(super::types::INTEGER))], &[], &Never)
    };

    #[test]
    fn conditions_may_ask_for_each_other() {
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert!(LIST.check(&value(r#"{"next": {"next": {"value": 1.0}}}"#)).is_ok());
        let refusal =
            LIST.check(&value(r#"{"next": {"next": {"value": 1.5}}}"#)).expect_err("it is no integer");
        assert!(refusal.to_string().starts_with("/next/next/value: "), "{refusal}");
    }

    static MANY: super::Condition = {
        use super::Condition::*;
        static PROPERTIES: [(&str, super::Condition); 40] = {
            const NAMES: [&str; 40] = [
                "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0", "b1", "b2", "b3", "b4",
                "b5", "b6", "b7", "b8", "b9", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9",
                "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9",
            ];
            let mut all = [const { ("", Type(super::types::INTEGER)) }; 40];
            let mut index = 0;
            while index < 40 {
                all[index].0 = NAMES[index];
                index += 1;
            }
            all
        };
        Properties(&PROPERTIES, &[], &Never)
    };

    #[test]
    fn properties_are_found_however_many_there_are() {
        for name in ["a0", "b5", "d9"] {
            assert!(MANY.check(&serde_json::json!({ name: 1 })).is_ok(), "{name}");
            assert!(MANY.check(&serde_json::json!({ name: "1" })).is_err(), "{name}");
        }
        assert!(MANY.check(&serde_json::json!({"b": 1})).is_err());
    }

    static TWICE: super::Condition = {
        use super::Condition::*;
        AnyOf(&[
            Properties(&[("a", Same(&TWICE))], &[], &Never),
            Properties(&[("a", Same(&TWICE))], &[], &Never),
        ])
    };

    #[test]
    fn what_takes_too_much_is_refused_and_said_to_be_so() {
        let deep = (0..60).fold(serde_json::json!({"b": 1}), |inner, _| serde_json::json!({ "a": inner }));
        assert!(TWICE.check(&deep).expect_err("it doubles with every level").is_limit_reached());
    }

    fn refused(text: &str) -> String {
        serde_json::from_str::<Ticket>(text).expect_err(text).to_string()
    }

    #[test]
    fn what_is_read_holds_to_the_condition() {
        let text = r#"{"from":"a","to":"B","c":[1.0,2.5]}"#;
        let ticket: Ticket = serde_json::from_str(text).expect("it holds");
        assert_eq!(ticket.rest["c"], [1.0, 2.5]);
        assert!(refused(r#"{"c": []}"#).contains("`anyOf`"));
        assert!(
            refused(r#"{"from": "A"}"#)
                .starts_with("/from: invalid value: the string does not match `^[a-z]+$`")
        );
        assert!(refused(r#"{"to": "", "D": []}"#).starts_with("/D: invalid value: no value is allowed here"));
        assert!(
            refused(r#"{"to": "", "c": [1, 1.0]}"#)
                .starts_with("/c: invalid value: the array has two equal items")
        );
    }
}
