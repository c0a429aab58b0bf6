//! toml-test: what a text says, or that it is no TOML.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use isomorph_formats::{Format, read};
use serde_json::{Map, Value};

use super::corpus::suite;
use super::differences::hold;

/// What a text says as JSON.
fn said(bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    let read = read(text, Format::Toml, 1000).ok()?.pop()?;
    serde_json::from_str(&read.json).ok()
}

/// What the suite says, without its types.
fn plain(tagged: Value) -> Value {
    match tagged {
        Value::Array(elements) => elements.into_iter().map(plain).collect(),
        Value::Object(members) => match (members.get("type"), members.get("value")) {
            (Some(Value::String(kind)), Some(Value::String(value))) if members.len() == 2 => {
                scalar(kind, value)
            }
            _ => members.into_iter().map(|(key, value)| (key, plain(value))).collect::<Map<_, _>>().into(),
        },
        other => other,
    }
}

fn scalar(kind: &str, value: &str) -> Value {
    match kind {
        "integer" | "bool" => serde_json::from_str(value).expect("JSON has them as TOML does"),
        "float" => value.parse::<f64>().map_or(Value::Null, Value::from),
        _ => value.into(),
    }
}

/// Whether two values are the same, where numbers are what a double holds of them, about: serde_json reads the last bit as it
/// comes.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || {
                let (one, other) = (one.as_f64().unwrap_or(f64::NAN), other.as_f64().unwrap_or(f64::NAN));
                (one - other).abs() <= one.abs() * 1e-15
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| is_same(value, other)))
        }
        _ => one == other,
    }
}

#[test]
fn toml_test_comes_out_but_for_what_is_explained() {
    let Some(suite) = suite("toml") else { return };
    let tests = suite.join("tests");
    let list = fs::read_to_string(tests.join("files-toml-1.1.0")).expect("it lists what is of TOML 1.1");
    let mut differ = BTreeSet::new();
    let mut held = 0;
    for name in list.lines().filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "toml"))
    {
        let found = said(&fs::read(tests.join(name)).expect("it can be read"));
        let is_right = if name.starts_with("invalid/") {
            found.is_none()
        } else {
            let expected = fs::read(tests.join(name).with_extension("json")).expect("it can be read");
            let expected = plain(serde_json::from_slice(&expected).expect("JSON"));
            found.is_some_and(|found| is_same(&found, &expected))
        };
        held += 1;
        if !is_right {
            differ.insert(name.to_owned());
        }
    }
    assert!(held > 600, "{held} cases were held");
    hold(&differ, include_str!("toml.txt"));
}
