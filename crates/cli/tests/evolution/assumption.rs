//! `--assume-writers-send-only-declared`: what a change means where nobody sends what the schema does not declare.

use std::fs;

use serde_json::{Value, json};

use super::diff;

fn object(properties: &Value) -> Value {
    json!({"type": "object", "properties": properties})
}

fn with(schema: Value, more: &Value) -> Value {
    let (Value::Object(mut keywords), Value::Object(more)) = (schema, more) else { panic!("objects") };
    keywords.extend(more.clone());
    keywords.into()
}

/// Two schemas, and what becomes of old data, as they are and under the assumption; and of new data under it.
fn cases() -> Vec<(&'static str, Value, Value, [&'static str; 3])> {
    let (a, both) =
        (json!({"a": {"type": "integer"}}), json!({"a": {"type": "integer"}, "b": {"type": "string"}}));
    let draft = |number: u8| json!({"$schema": format!("http://json-schema.org/draft-0{number}/schema#")});
    let list = |items: Value| object(&json!({"list": {"type": "array", "items": items}}));
    let refers = |target: Value| {
        let refer = object(&json!({"x": {"$ref": "#/$defs/d"}, "y": {"$ref": "#/$defs/d"}}));
        with(refer, &json!({"$defs": {"d": target}}))
    };
    let tagged = |more: &Value| {
        let branch = |kind: &str, more: &Value| {
            let properties = with(json!({"kind": {"const": kind}}), more);
            with(object(&properties), &json!({"required": ["kind"]}))
        };
        json!({"oneOf": [branch("one", more), branch("other", &json!({}))]})
    };
    let joined = |part: Value| {
        let whole = json!({"allOf": [{"$ref": "#/definitions/d"}, object(&json!({"z": true}))], "definitions": {"d": part}});
        with(whole, &draft(7))
    };
    let tree = |properties: &Value| object(&with(properties.clone(), &json!({"next": {"$ref": "#"}})));
    let breaks = ["breaking", "breaking", "compatible"];
    let helps = ["breaking", "compatible", "compatible"];
    let part = |properties: &Value| object(&json!({"p": object(properties)}));
    let branches = json!({"type": "object", "anyOf": [part(&a), part(&json!({"c": true}))]});
    vec![
        ("an optional property", object(&a), object(&both), helps),
        ("in draft 7", with(object(&a), &draft(7)), with(object(&both), &draft(7)), helps),
        ("in draft 4", with(object(&a), &draft(4)), with(object(&both), &draft(4)), helps),
        ("in a list", list(object(&a)), list(object(&both)), helps),
        ("behind references", refers(object(&a)), refers(object(&both)), helps),
        ("in a branch", tagged(&a), tagged(&both), helps),
        ("in a part of an allOf", joined(object(&a)), joined(object(&both)), helps),
        ("in a recursion", tree(&a), tree(&both), helps),
        ("a required property", object(&a), with(object(&both), &json!({"required": ["b"]})), breaks),
        ("what a map declares", json!({"type": "object"}), object(&a), breaks),
        (
            "what is said to be open",
            with(object(&a), &json!({"additionalProperties": true})),
            with(object(&both), &json!({"additionalProperties": true})),
            breaks,
        ),
        (
            "a property that was another",
            object(&a),
            object(&json!({"a": {"type": "string"}})),
            ["breaking", "breaking", "breaking"],
        ),
        (
            "what two branches declare of one value",
            branches.clone(),
            with(branches, &json!({"properties": {"p": {"maxProperties": 1}}})),
            ["breaking", "breaking", "compatible"],
        ),
    ]
}

#[test]
fn an_optional_property_breaks_nothing_where_nobody_sends_what_is_not_declared() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, old, new, expected) in cases() {
        fs::write(folder.path().join("old.json"), old.to_string()).expect("a file");
        fs::write(folder.path().join("new.json"), new.to_string()).expect("a file");
        let ask = |arguments: &[&str]| {
            let arguments: Vec<_> = ["--no-api"].iter().chain(arguments).copied().collect();
            diff(folder.path(), "old.json", "new.json", &arguments)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
        };
        let (plain, assumed) = (ask(&[]), ask(&["--assume-writers-send-only-declared"]));
        let said = [
            &plain["data"]["old_data"]["verdict"],
            &assumed["data"]["old_data"]["verdict"],
            &assumed["data"]["new_data"]["verdict"],
        ];
        assert_eq!(said.map(|verdict| verdict.as_str().unwrap_or_default()), expected, "{name}");
        assert_eq!(plain.get("assuming"), None, "{name}");
        assert_eq!(assumed["assuming"], "writers send only what their schema declares", "{name}");
    }
}
