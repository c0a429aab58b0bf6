//! Variants that a tag, a constant or a property tells apart.

use std::collections::BTreeMap;

use isomorph_runtime::{object, union};
use serde::Serialize;

use super::{holds, read};

/// Internally tagged.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Event {
    Created {
        at: String,
        #[serde(rename = "self")]
        self_: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Option<String>>,
        legs: i64,
    },
    Deleted,
    Other {
        #[serde(flatten)]
        rest: BTreeMap<String, i64>,
    },
    Sub(Sub),
}

impl Event {
    fn legs() -> i64 {
        4
    }
}

#[derive(Debug, PartialEq, Serialize)]
pub struct Sub {
    pub id: u64,
}

object! {
    Sub {
        0 id: required "id",
        ..
    }
}

union! {
    Event: OneOf by "type" {
        0 Created tag required "type" = "created" {
            0 at: required "at",
            1 self_: required "self",
            2 by: optional "by",
            3 legs: default(legs) "legs",
        }: OBJECT check |at, legs| {
            isomorph_runtime::check::min_length(at, 2)?;
            isomorph_runtime::check::minimum(legs, 2)?;
        };
        1 Deleted tag required "type" = "deleted" { .. }: OBJECT;
        2 Other tag required "type" = "other" { ..rest }: OBJECT;
        3 Sub tag required "type" = "sub": OBJECT;
    }
}

#[test]
fn variants_with_fields_are_told_apart_by_their_tag() {
    holds(
        &[
            (
                r#"{"at":"noon","self":null,"type":"created","legs":4}"#,
                Event::Created { at: "noon".into(), self_: None, by: None, legs: 4 },
            ),
            (
                r#"{"at":"noon","self":1,"type":"created","by":null,"legs":4}"#,
                Event::Created { at: "noon".into(), self_: Some(1), by: Some(None), legs: 4 },
            ),
            (r#"{"type":"deleted"}"#, Event::Deleted),
            (r#"{"type":"other","a":1}"#, Event::Other { rest: BTreeMap::from([("a".into(), 1)]) }),
            (r#"{"type":"sub","id":1}"#, Event::Sub(Sub { id: 1 })),
        ],
        &[
            (r#"{"at":"noon"}"#, "missing field `type`"),
            (
                r#"{"type":1}"#,
                "/type: invalid type: integer `1`, expected one of `created`, `deleted`, `other`, `sub`",
            ),
            (
                r#"{"type":"new"}"#,
                "/type: unknown variant `new`, expected one of `created`, `deleted`, `other`, `sub`",
            ),
            (r#"{"type":"created","at":"noon"}"#, "missing field `self`"),
            (r#"{"type":"created","at":1,"self":1}"#, "/at: invalid type: integer `1`, expected a string"),
            (
                r#"{"type":"created","at":"noon","self":1,"x":1}"#,
                "unknown field `x`, expected one of `at`, `self`, `by`, `legs`, `type`",
            ),
            (
                r#"{"type":"created","at":"n","self":1}"#,
                "invalid value: the string is shorter than 2 characters",
            ),
            (r#"{"type":"other","a":"b"}"#, "/a: invalid type: string \"b\", expected an integer"),
            (
                r#""created""#,
                "invalid type: string \"created\", expected one of `Created`, `Deleted`, `Other`, `Sub`",
            ),
        ],
    );
    let absent = read::<Event>(r#"{"at":"noon","self":1,"type":"created"}"#);
    assert_eq!(absent, Ok(Event::Created { at: "noon".into(), self_: Some(1), by: None, legs: 4 }));
    assert_eq!(read::<Event>(r#"{"type":"deleted","a":1}"#), Ok(Event::Deleted));
}

/// A tag that no other branch has, beside strings.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Tagged {
    Text(String),
    Sub(Wrapped),
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "sub")]
struct Wrapped {
    sub: i64,
}

object! {
    Wrapped tag required "type" = "sub" {
        0 sub: required "sub",
    }
}

union! {
    Tagged: AnyOf {
        0 Text: STRING;
        1 Sub: OBJECT;
    }
}

#[test]
fn a_struct_with_its_own_tag_is_a_branch() {
    holds(
        &[
            (r#""a""#, Tagged::Text("a".into())),
            (r#"{"type":"sub","sub":1}"#, Tagged::Sub(Wrapped { sub: 1 })),
        ],
        &[(r#"{"type":"sup","sub":1}"#, "/type: unknown variant `sup`, expected `sub`")],
    );
}

/// Externally tagged.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum External {
    Open,
    Closed,
    Other(String),
    Tuple(i64, String),
    Struct { a: u64, b: Option<bool> },
}

union! {
    External: OneOf {
        0 [Open = "open", Closed = "closed"]: STRING;
        1 Other in closed "other": OBJECT check |other| { isomorph_runtime::check::min_length(other, 1)?; };
        2 Tuple(a b) in closed "tuple": OBJECT check |a, _b| { isomorph_runtime::check::minimum(a, 0)?; };
        3 Struct in closed "struct" {
            0 a: required "a",
            1 b: optional "b",
            ..
        }: OBJECT;
    }
}

#[test]
fn constants_and_objects_of_one_property_are_serdes_external_form() {
    holds(
        &[
            (r#""open""#, External::Open),
            (r#""closed""#, External::Closed),
            (r#"{"other":"a"}"#, External::Other("a".into())),
            (r#"{"tuple":[1,"a"]}"#, External::Tuple(1, "a".into())),
            (r#"{"struct":{"a":1,"b":true}}"#, External::Struct { a: 1, b: Some(true) }),
        ],
        &[
            (r#""new""#, "unknown variant `new`, expected one of `open`, `closed`"),
            (
                r#"{"new":1}"#,
                "invalid value: an object of `new`, expected of one of `other`, `tuple`, `struct`",
            ),
            (r#"{"other":1}"#, "/other: invalid type: integer `1`, expected a string"),
            (r#"{"other":"a","b":1}"#, "unknown field `b`, expected `other`"),
            (r#"{"other":""}"#, "invalid value: the string is shorter than 1 characters"),
            (r#"{"tuple":[1]}"#, "/tuple: invalid length, expected 2 elements"),
            (r#"{"tuple":[-1,"a"]}"#, "invalid value: -1 is less than the minimum 0"),
            (r#"{"struct":{"b":true}}"#, "/struct: missing field `a`"),
            ("{}", "invalid value: an object of nothing, expected of one of `other`, `tuple`, `struct`"),
        ],
    );
}

/// Externally tagged, where other properties are passed over.
#[derive(Debug, PartialEq, Serialize)]
enum Outcome {
    Ok(u64),
    Err(String),
}

union! {
    Outcome: OneOf {
        0 Ok in open "Ok": OBJECT;
        1 Err in open "Err": OBJECT;
    }
}

#[test]
fn of_open_objects_one_of_two_properties_is_meant() {
    holds(
        &[(r#"{"Ok":1}"#, Outcome::Ok(1)), (r#"{"Err":"a"}"#, Outcome::Err("a".into()))],
        &[(r#"{"Ok":1,"Err":"a"}"#, "invalid value: both `Ok` and `Err` match, expected one of oneOf")],
    );
    assert_eq!(read::<Outcome>(r#"{"Ok":1,"other":2}"#), Ok(Outcome::Ok(1)));
}

/// Adjacently tagged.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Ping,
    Message(String),
    Point { x: f64, y: f64 },
    Pair(i64, i64),
}

union! {
    Adjacent: OneOf by "t" {
        0 Ping tag required "t" = "Ping" { .. }: OBJECT;
        1 Message in open "c" tag required "t" = "Message": OBJECT;
        2 Point in open "c" tag required "t" = "Point" {
            0 x: required "x",
            1 y: required "y",
            ..
        }: OBJECT;
        3 Pair(a b) in closed "c" tag required "t" = "Pair": OBJECT;
    }
}

#[test]
fn what_stands_beside_a_tag_is_the_content() {
    holds(
        &[
            (r#"{"t":"Ping"}"#, Adjacent::Ping),
            (r#"{"c":"a","t":"Message"}"#, Adjacent::Message("a".into())),
            (r#"{"t":"Point","c":{"x":0.5,"y":1.5}}"#, Adjacent::Point { x: 0.5, y: 1.5 }),
            (r#"{"t":"Pair","c":[1,2]}"#, Adjacent::Pair(1, 2)),
        ],
        &[
            (r#"{"t":"Message"}"#, "missing field `c`"),
            (r#"{"c":"a"}"#, "missing field `t`"),
            (r#"{"t":"Point","c":{"x":1}}"#, "/c: missing field `y`"),
            (r#"{"t":"Pair","c":[1,2],"d":1}"#, "unknown field `d`, expected one of `c`, `t`"),
        ],
    );
    assert_eq!(read::<Adjacent>(r#"{"t":"Message","c":"a","d":1}"#), Ok(Adjacent::Message("a".into())));
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Level {
    Low {
        n: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        inner: Option<Box<Level>>,
    },
    High {
        n: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        inner: Option<Box<Level>>,
    },
    Other {
        m: i64,
    },
}

union! {
    Level: OneOf {
        0 Low {
            0 n: required "n",
            1 inner: optional "inner",
        }: OBJECT check |n| { isomorph_runtime::check::maximum(n, 9)?; };
        1 High {
            0 n: required "n",
            1 inner: optional "inner",
        }: OBJECT check |n| { isomorph_runtime::check::minimum(n, 10)?; };
        2 Other { 0 m: required "m", }: OBJECT;
    }
}

#[test]
fn what_is_of_the_shape_of_several_branches_is_told_apart_by_checks_inside_a_guard_as_well() {
    let low = |n, inner| Level::Low { n, inner };
    let high = |n, inner| Level::High { n, inner };
    let inside = |level| Some(Box::new(level));
    holds(
        &[
            (r#"{"n":9}"#, low(9, None)),
            (r#"{"n":10}"#, high(10, None)),
            (r#"{"m":10}"#, Level::Other { m: 10 }),
            (
                r#"{"n":10,"inner":{"n":9,"inner":{"n":11}}}"#,
                high(10, inside(low(9, inside(high(11, None))))),
            ),
            (r#"{"n":1,"inner":{"m":1}}"#, low(1, inside(Level::Other { m: 1 }))),
        ],
        &[],
    );
}
