//! Structs: constants that no field holds, and maps of the properties that none declares.

use std::collections::BTreeMap;

use isomorph_runtime::object;
use serde::Serialize;
use serde_json::Value;

use super::{holds, read};

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "cat")]
struct Cat {
    lives: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
}

object! {
    Cat tag required "kind" = "cat" {
        0 lives: required "lives",
        1 owner: optional "owner",
    }
    check |cat| { isomorph_runtime::check::maximum(&cat.lives, 9)?; }
}

#[test]
fn a_constant_is_a_tag_that_no_field_holds() {
    holds(
        &[
            (r#"{"kind":"cat","lives":9}"#, Cat { lives: 9, owner: None }),
            (r#"{"owner":"Tom","lives":7,"kind":"cat"}"#, Cat { lives: 7, owner: Some("Tom".into()) }),
        ],
        &[
            (r#"{"lives":9}"#, "missing field `kind`"),
            (r#"{"kind":"dog","lives":9}"#, "/kind: unknown variant `dog`, expected `cat`"),
            (r#"{"kind":3,"lives":9}"#, "/kind: invalid type: integer `3`, expected a string"),
            (
                r#"{"kind":"cat","lives":9,"a":1}"#,
                "unknown field `a`, expected one of `lives`, `owner`, `kind`",
            ),
            (r#"{"kind":"cat","lives":10}"#, "invalid value: 10 is greater than the maximum 9"),
            (r#"["cat"]"#, "invalid type: array, expected an object"),
        ],
    );
    let twice = serde_json::from_str::<Cat>(r#"{"kind":"cat","kind":"cat","lives":9}"#).unwrap_err();
    assert!(twice.to_string().starts_with("duplicate field `kind`"), "{twice}");
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "dog")]
struct Dog {}

object! {
    Dog tag optional "kind" = "dog" { .. }
}

#[test]
fn an_optional_constant_is_written_even_where_it_was_absent() {
    holds(
        &[(r#"{"kind":"dog"}"#, Dog {})],
        &[(r#"{"kind":"cat"}"#, "/kind: unknown variant `cat`, expected `dog`")],
    );
    assert_eq!(read::<Dog>("{}"), Ok(Dog {}));
    assert_eq!(serde_json::to_string(&Dog {}).unwrap(), r#"{"kind":"dog"}"#);
}

#[derive(Debug, PartialEq, Serialize)]
struct Routes {
    title: String,
    #[serde(flatten)]
    extensions: BTreeMap<String, Value>,
    #[serde(flatten)]
    rest: BTreeMap<String, i64>,
}

object! {
    Routes {
        0 title: required "title",
        * extensions: starting "x-",
        * rest: matching "^/[^/]+$",
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Open {
    #[serde(flatten)]
    numbers: BTreeMap<String, i64>,
    #[serde(flatten)]
    rest: BTreeMap<String, bool>,
}

object! {
    Open {
        * numbers: matching r"^\d+$",
        ..rest
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Lax {
    #[serde(flatten)]
    extensions: BTreeMap<String, i64>,
}

object! {
    Lax {
        * extensions: starting "x-",
        ..
    }
}

fn map<T>(name: &str, value: T) -> BTreeMap<String, T> {
    BTreeMap::from([(name.to_owned(), value)])
}

#[test]
fn maps_take_the_properties_whose_names_are_theirs() {
    holds(
        &[(
            r#"{"title":"a","x-1":null,"/a":1}"#,
            Routes { title: "a".into(), extensions: map("x-1", Value::Null), rest: map("/a", 1) },
        )],
        &[
            (r#"{"title":"a","/a":"b"}"#, "/~1a: invalid type: string \"b\", expected an integer"),
            (r#"{"title":"a","/a/b":1}"#, "unknown field `/a/b`, expected `title`"),
        ],
    );
    holds(
        &[(r#"{"12":1,"a":true}"#, Open { numbers: map("12", 1), rest: map("a", true) })],
        &[(r#"{"12":true}"#, "/12: invalid type: boolean `true`, expected an integer")],
    );
    assert_eq!(read::<Lax>(r#"{"x-a":1,"b":"c"}"#), Ok(Lax { extensions: map("x-a", 1) }));
    let twice = serde_json::from_str::<Lax>(r#"{"x-a":1,"x-a":1}"#).unwrap_err();
    assert!(twice.to_string().starts_with("duplicate field `x-a`"), "{twice}");
}
