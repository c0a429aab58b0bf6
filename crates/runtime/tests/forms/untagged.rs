//! Variants that are tried in turn.

use isomorph_runtime::union;
use serde::Serialize;

use super::told_apart::Sub;
use super::{holds, read};

/// Units beside variants around anything.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Permissions {
    ReadAll,
    WriteAll,
    #[serde(untagged)]
    Event(Sub),
    #[serde(untagged)]
    Nothing(()),
}

union! {
    Permissions: OneOf {
        0 [ReadAll = "read-all", WriteAll = "write-all"]: STRING;
        1 Event: OBJECT;
        2 Nothing: NULL;
    }
}

#[derive(Debug, PartialEq, Serialize)]
enum Shell {
    #[serde(rename = "bash")]
    Bash,
    #[serde(rename = "sh")]
    Sh,
    #[serde(untagged)]
    Text(String),
}

union! {
    Shell: AnyOf {
        0 [Bash = "bash", Sh = "sh"]: STRING;
        1 Text: STRING check |text| { isomorph_runtime::check::max_length(text, 4)?; };
    }
}

/// As `Shell`, but `oneOf`.
#[derive(Debug, PartialEq, Serialize)]
enum OneShell {
    #[serde(rename = "bash")]
    Bash,
    #[serde(untagged)]
    Text(String),
}

union! {
    OneShell: OneOf {
        0 [Bash = "bash"]: STRING;
        1 Text: STRING;
    }
}

#[test]
fn units_stand_beside_anything() {
    holds(
        &[
            (r#""read-all""#, Permissions::ReadAll),
            (r#""write-all""#, Permissions::WriteAll),
            (r#"{"id":1}"#, Permissions::Event(Sub { id: 1 })),
            ("null", Permissions::Nothing(())),
        ],
        &[
            (r#""read""#, "unknown variant `read`, expected one of `read-all`, `write-all`"),
            (
                r#"{"id":-1}"#,
                "/id: invalid value: integer `-1`, expected an integer of 64 bits that is not less than zero",
            ),
            ("1", "invalid type: integer `1`, expected one of `ReadAll | WriteAll`, `Event`, `Nothing`"),
        ],
    );
    holds(
        &[(r#""bash""#, Shell::Bash), (r#""sh""#, Shell::Sh), (r#""fish""#, Shell::Text("fish".into()))],
        &[(r#""power""#, "invalid value: the string is longer than 4 characters")],
    );
    holds(
        &[(r#""fish""#, OneShell::Text("fish".into()))],
        &[(r#""bash""#, "invalid value: both `Bash` and `Text` match, expected one of oneOf")],
    );
}

/// Variants with fields, and nothing that tells them apart but what they have.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Untagged {
    Integer(u64),
    List(Vec<Untagged>),
    Key { key: String },
    Value { value: i64, more: Option<Box<Untagged>> },
    Pair(bool, i64),
    Nothing,
}

union! {
    Untagged: AnyOf {
        0 Integer: INTEGER;
        1 List: ARRAY;
        2 Key { 0 key: required "key", }: OBJECT;
        3 Value {
            0 value: required "value",
            1 more: required "more",
        }: OBJECT check |value| { isomorph_runtime::check::minimum(value, 0)?; };
        4 Pair(a b): ARRAY;
        5 Nothing(): NULL;
    }
}

#[test]
fn untagged_variants_have_fields() {
    let inner = || Untagged::Key { key: "a".into() };
    holds(
        &[
            ("1", Untagged::Integer(1)),
            (r#"[1,{"key":"a"}]"#, Untagged::List(vec![Untagged::Integer(1), inner()])),
            (
                r#"{"value":1,"more":{"key":"a"}}"#,
                Untagged::Value { value: 1, more: Some(Box::new(inner())) },
            ),
            (r#"{"value":1,"more":null}"#, Untagged::Value { value: 1, more: None }),
            ("[true,1]", Untagged::Pair(true, 1)),
            ("null", Untagged::Nothing),
        ],
        &[
            (
                r#"{"key":1}"#,
                "/key: invalid type: integer `1`, expected a string; no branch matches, `Key` came closest",
            ),
            (
                r#"{"more":null,"value":-1}"#,
                "unknown field `more`, expected `key`; no branch matches, `Key` came closest",
            ),
            (
                "true",
                "invalid type: boolean `true`, expected one of `Integer`, `List`, `Key`, `Value`, `Pair`, `Nothing`",
            ),
        ],
    );
}

/// As of draft 4: what an integer is reaches into the fields of variants.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
enum Old {
    A { count: i64 },
    B { list: Vec<i64> },
}

union! {
    Old: OneOf by "type" {
        0 A tag required "type" = "A" { 0 count: required "count", }: OBJECT;
        1 B tag required "type" = "B" { 0 list: required "list", }: OBJECT;
    }
    integers by_spelling
}

#[test]
fn an_integer_in_a_variant_is_one_as_the_dialect_has_it() {
    holds(
        &[
            (r#"{"type":"A","count":1}"#, Old::A { count: 1 }),
            (r#"{"type":"B","list":[1]}"#, Old::B { list: vec![1] }),
        ],
        &[
            (
                r#"{"type":"A","count":1.0}"#,
                "/count: invalid type: floating point `1.0`, expected an integer",
            ),
            (
                r#"{"type":"B","list":[1.0]}"#,
                "/list/0: invalid type: floating point `1.0`, expected an integer",
            ),
        ],
    );
}

static DOCUMENTS: [isomorph_runtime::guard::Document; 1] = [isomorph_runtime::guard::Document {
    uri: "isomorph:///guarded.json",
    dialect: "https://json-schema.org/draft/2020-12/schema",
    text: r#"{"properties": {"a": {"not": {"const": 3}}}}"#,
}];

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
enum Guarded {
    A { a: i64, inner: Option<Box<Guarded>> },
    B,
}

union! {
    Guarded: OneOf by "type" {
        0 A tag required "type" = "A" {
            0 a: required "a",
            1 inner: required "inner",
        }: OBJECT check |a| { isomorph_runtime::check::maximum(a, 9)?; };
        1 B tag required "type" = "B" {}: OBJECT;
    }
    guard DOCUMENTS 0 ""
}

#[test]
fn a_guard_around_variants_with_fields_is_asked() {
    let a = |a, inner| Guarded::A { a, inner };
    holds(
        &[
            (r#"{"type":"A","a":1,"inner":null}"#, a(1, None)),
            // What stands inside a guarded value is trusted.
            (
                r#"{"type":"A","a":1,"inner":{"type":"A","a":3,"inner":null}}"#,
                a(1, Some(Box::new(a(3, None)))),
            ),
        ],
        &[],
    );
    assert!(read::<Guarded>(r#"{"type":"A","a":3,"inner":null}"#).unwrap_err().contains("keyword `not`"));
    assert!(read::<Guarded>(r#"{"type":"B","a":1}"#).unwrap_err().starts_with("unknown field `a`"));
}
