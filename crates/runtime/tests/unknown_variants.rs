//! What stands beside what a schema lists: variants that hold the values that it does not know.
#![cfg(feature = "guard")]

use isomorph_runtime::{literals, names, object, union};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    #[serde(untagged)]
    Unknown(String),
}

names! { Color or Unknown { Red = "red" } }

#[derive(Debug, Clone, PartialEq)]
enum Level {
    N1,
    Auto,
    Unknown(Value),
}

literals! { Level or Unknown { N1 = "1", Auto = "\"auto\"" } }

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Event {
    Made {
        by: String,
    },
    Gone,
    #[serde(untagged)]
    Unknown(Value),
}

union! {
    Event or Unknown: OneOf by "kind" {
        0 Made tag required "kind" = "made" { 0 by: required "by", .. }: OBJECT;
        1 Gone tag required "kind" = "gone" { .. }: OBJECT;
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Box1 {
    color: Color,
}

object! { Box1 { 0 color: required "color", .. } }

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Box2 {
    color: String,
    size: i64,
}

object! { Box2 { 0 color: required "color", 1 size: required "size", .. } }

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Thing {
    One(Box1),
    Two(Box2),
    Number(i64),
    Unknown(Value),
}

union! { Thing or Unknown: OneOf { 0 One: OBJECT; 1 Two: OBJECT; 2 Number: INTEGER; } }

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    Auto,
    Exact(i64),
    #[serde(untagged)]
    Unknown(Value),
}

union! { Way or Unknown: OneOf { 0 [Auto = "auto"]: STRING; 1 Exact in closed "exact": OBJECT; } }

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Plain {
    Text(String),
    Unknown(Value),
}

union! { Plain or Unknown: AnyOf { 0 Text: STRING; } }

fn read<T: DeserializeOwned + Serialize>(value: &Value) -> Option<T> {
    let read: T = serde_json::from_value(value.clone()).ok()?;
    assert_eq!(serde_json::to_value(&read).expect("JSON"), *value);
    assert_eq!(serde_json::to_string(&read).expect("JSON"), value.to_string());
    Some(read)
}

#[test]
fn what_is_not_listed_is_kept_and_written_as_it_was_read() {
    assert_eq!(read(&json!("red")), Some(Color::Red));
    assert_eq!(read(&json!("blue")), Some(Color::Unknown("blue".into())));
    assert_eq!(read::<Color>(&json!(1)), None);
    assert_eq!(read(&json!(1)), Some(Level::N1));
    for value in [json!(2), json!("other"), json!({"a": [1]})] {
        assert_eq!(read(&value), Some(Level::Unknown(value)));
    }
    for value in [json!({"kind": "moved", "to": 1}), json!(5), json!([1])] {
        assert_eq!(read(&value), Some(Event::Unknown(value)));
    }
    for value in [json!("fast"), json!({"about": 1}), json!(true), json!({})] {
        assert_eq!(read(&value), Some(Way::Unknown(value)));
    }
    for value in [json!(1), json!([1, {"a": null}]), json!({"a": 1}), json!(null)] {
        assert_eq!(read(&value), Some(Plain::Unknown(value)));
    }
}

#[test]
fn what_is_of_a_known_variant_is_refused_where_it_is_none_of_it() {
    for value in [json!({"kind": "made"}), json!({"kind": "made", "by": 1}), json!({}), json!({"kind": 1})] {
        assert_eq!(read::<Event>(&value), None, "{value}");
    }
    assert_eq!(read::<Way>(&json!({"exact": "a"})), None);
    assert_eq!(read(&json!({"exact": 1})), Some(Way::Exact(1)));
}

#[test]
fn a_branch_that_matches_but_for_something_unknown_stands_behind_one_that_matches() {
    let two = Thing::Two(Box2 { color: "blue".into(), size: 1 });
    assert_eq!(read(&json!({"color": "blue", "size": 1})), Some(two));
    let one = Thing::One(Box1 { color: Color::Unknown("blue".into()) });
    assert_eq!(read(&json!({"color": "blue"})), Some(one));
    // Of both, as it is.
    assert!(serde_json::from_value::<Thing>(json!({"color": "red", "size": 1})).is_err());
    for value in [json!({"size": 1}), json!("a"), json!(1.5)] {
        assert_eq!(read(&value), Some(Thing::Unknown(value)));
    }
    // What is unknown inside a branch that is tried is of the next that takes it, strictly or not.
    let many: Vec<Thing> = serde_json::from_value(json!([{"color": "blue"}, 3])).expect("things");
    assert_eq!(many[1], Thing::Number(3));
}
