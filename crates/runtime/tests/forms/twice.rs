//! A property that comes twice is refused by every door that has a text, also where the value is looked at before it is
//! read; and what a struct passes over may come as often as it likes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Tagged {
    A { x: Option<i64>, inner: Option<Box<Untagged>> },
    B { y: Option<i64> },
}

isomorph_runtime::union! {
    Tagged: OneOf by "type" {
        0 A tag required "type" = "a" { 0 x: optional "x", 1 inner: optional "inner", .. }: OBJECT;
        1 B tag required "type" = "b" { 0 y: optional "y", .. }: OBJECT;
    }
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Untagged {
    Number { number: f64 },
    List { list: Vec<Tagged> },
    Map(BTreeMap<String, bool>),
    Any(Vec<Value>),
}

isomorph_runtime::union! {
    Untagged: AnyOf {
        0 Number { 0 number: required "number", .. }: OBJECT;
        1 List { 0 list: required "list", .. }: OBJECT;
        2 Map: OBJECT;
        3 Any: ARRAY;
    }
}

/// Whether every door reads it that has a text.
fn reads<T: serde::de::DeserializeOwned + isomorph_runtime::Read>(text: &str) -> bool {
    let doors = [
        isomorph_runtime::from_str::<T>(text).map_err(|error| error.to_string()),
        serde_json::from_str(text).map_err(|error| error.to_string()),
        serde_json::from_slice(text.as_bytes()).map_err(|error| error.to_string()),
        serde_json::from_reader(text.as_bytes()).map_err(|error| error.to_string()),
    ];
    let (read, errors): (Vec<_>, Vec<_>) = doors.into_iter().partition(Result::is_ok);
    assert!(read.is_empty() || errors.is_empty(), "{text}: {:?}", errors.into_iter().find_map(Result::err));
    errors.is_empty()
}

#[test]
fn a_property_that_comes_twice_is_refused_wherever_it_stands() {
    for text in [
        r#"{"type": "a", "x": 1, "type": "b"}"#,
        r#"{"type": "a", "type": "a"}"#,
        r#"{"type": "a", "x": 1, "x": 1}"#,
        r#"{"type": "a", "inner": {"number": 1, "number": 2}}"#,
        r#"{"type": "a", "inner": {"list": [{"type": "b"}, {"type": "b", "y": 1, "y": 2}]}}"#,
        r#"{"type": "a", "inner": {"yes": true, "yes": true}}"#,
        r#"{"type": "a", "inner": {"yes": true}, "inner": {"no": true}}"#,
    ] {
        assert!(!reads::<Tagged>(text), "{text}");
    }
    for text in [r#"{"number": 1, "number": 2}"#, r#"{"list": [], "list": []}"#, r#"{"a": true, "a": true}"#]
    {
        assert!(!reads::<Untagged>(text), "{text}");
    }
}

#[test]
fn what_is_passed_over_or_kept_as_it_is_may_come_twice() {
    for text in [
        r#"{"type": "a", "other": 1, "other": 2}"#,
        r#"{"type": "a", "other": {"x": 1, "x": 2}}"#,
        r#"{"type": "b", "inner": {"number": 1, "number": 2}}"#,
    ] {
        assert!(reads::<Tagged>(text), "{text}");
    }
    assert!(reads::<Untagged>(r#"[{"a": 1, "a": 2}]"#));
    assert!(reads::<Untagged>(r#"{"number": 1, "other": {"a": 1, "a": 2}}"#));
}

#[test]
fn what_came_before_under_the_same_name_is_no_part_of_the_value() {
    // The struct passes over both, so what is in the first is nobody's.
    let text = r#"{"number": 1, "other": {"list": 1, "list": 2}, "other": {"list": 1}}"#;
    assert!(reads::<Untagged>(text));
}

#[test]
fn a_value_whose_map_has_the_name_of_a_field_is_not_valid() {
    #[derive(Debug, PartialEq, Serialize)]
    #[serde(tag = "type", rename_all = "lowercase")]
    enum Open {
        A {
            #[serde(flatten)]
            rest: BTreeMap<String, Value>,
        },
        B {
            #[serde(skip_serializing_if = "Option::is_none")]
            x: Option<i64>,
            #[serde(flatten)]
            rest: BTreeMap<String, Value>,
        },
    }

    isomorph_runtime::union! {
        Open: OneOf by "type" {
            0 A tag required "type" = "a" { ..rest }: OBJECT;
            1 B tag required "type" = "b" { 0 x: optional "x", ..rest }: OBJECT;
        }
    }

    isomorph_runtime::validate! { Open }

    let rest = |name: &str| BTreeMap::from([(name.to_owned(), Value::from("b"))]);
    assert!(Open::A { rest: rest("x") }.validate().is_ok());
    assert!(Open::A { rest: rest("type") }.validate().is_err());
    assert!(Open::B { x: Some(1), rest: rest("x") }.validate().is_err());
    assert!(Open::B { x: None, rest: rest("y") }.validate().is_ok());
}
