//! Schemas that something satisfies: it is found.

use std::time::Duration;

use isomorph_evolution::{Clock, Coverage, Deadline, Judge, Sampler, broken, covering};
use isomorph_json::Pointer;
use isomorph_schema::{Bundler, Dialect, Source, Unresolved, load};
use isomorph_validator::Formats;
use serde_json::{Value, json};

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// How many different instances are found of so many.
fn found(schema: &Value, count: usize, formats: &Formats) -> usize {
    let source = Source { file: "A.json".into(), uri: None, text: schema.to_string().into_bytes() };
    let documents = load(&[source], Dialect::default()).expect("a schema");
    let bundler = Bundler::new(&documents, Unresolved::Accept).expect("a schema");
    let bundle = bundler.bundle(0, &Pointer::root()).expect("a schema").without_foreign_keywords();
    let judge = Judge::with(&documents, 0, &Pointer::root(), formats).expect("a schema");
    let deadline = Deadline::after(&Standing, Duration::from_secs(1));
    let sampler = Sampler::new(&bundle.schema, &judge, 0, Some(deadline));
    let coverage = Coverage::of(&bundle.schema);
    let instances = covering(&coverage, &bundle.schema, &sampler, count, deadline).instances;
    assert!(instances.iter().all(|instance| judge.accepts(instance)), "{schema}");
    instances.len()
}

#[test]
fn between_two_bounds_there_are_many() {
    for schema in [
        json!({"type": "number", "minimum": 0, "maximum": 1}),
        json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}),
    ] {
        assert_eq!(found(&schema, 30, &Formats::Annotate), 30, "{schema}");
    }
}

#[test]
fn of_few_values_there_are_many_arrays() {
    let letters = json!({"type": "array", "items": {"enum": ["x", "y", "z", "w"]}});
    let inner = json!({"type": "object", "properties": {"b": letters}});
    let schema = json!({"type": "object", "properties": {"a": inner}});
    assert_eq!(found(&schema, 30, &Formats::Annotate), 30);
}

#[test]
fn arrays_are_found() {
    let bit = json!({"type": "boolean"});
    for schema in [
        json!({"type": "array", "unevaluatedItems": {"type": "integer"}, "minItems": 2}),
        json!({"type": "array", "unevaluatedItems": {"type": "integer"},
            "prefixItems": [{"type": "string"}, {"type": "string"}], "minItems": 5}),
        json!({"type": "array", "unevaluatedItems": false, "contains": {"type": "integer"}, "minItems": 5}),
        json!({"type": "array", "allOf": [{"contains": {"const": "a"}}, {"contains": {"const": "b"}}]}),
        json!({"type": "array", "uniqueItems": true, "minItems": 500, "items": {"type": "integer"}}),
        json!({"type": "array", "uniqueItems": true, "minItems": 8, "items": {
            "type": "object", "required": ["a", "b", "c"], "additionalProperties": false,
            "properties": {"a": bit, "b": bit, "c": bit}
        }}),
    ] {
        assert!(found(&schema, 1, &Formats::Annotate) > 0, "{schema}");
    }
}

#[test]
fn strings_are_found() {
    for pattern in [
        "(?=.*\\d)",
        "(?=.*[A-Z])(?=.*\\d)",
        "a(?=b)",
        "(?<=a)b",
        "^(['\"])[a-z]*\\1$",
        "^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[!@#])[A-Za-z\\d!@#]{8,16}$",
    ] {
        let schema = json!({"type": "string", "pattern": pattern});
        assert!(found(&schema, 3, &Formats::Annotate) > 0, "{schema}");
    }
    let long = json!({"type": "string", "minLength": 10_000, "pattern": "^[a-z]*$"});
    assert!(found(&long, 1, &Formats::Annotate) > 0);
}

#[test]
fn strings_of_a_format_that_match_a_pattern_are_found() {
    for (format, keyword, value) in [
        ("uuid", "pattern", json!("^[0-9a-f-]{36}$")),
        ("ipv4", "pattern", json!("^10\\.")),
        ("date-time", "pattern", json!("\\+02:00$")),
        ("ipv6", "minLength", json!(30)),
        ("duration", "minLength", json!(12)),
        ("regex", "minLength", json!(30)),
        ("uri-template", "pattern", json!("\\{")),
        ("relative-json-pointer", "pattern", json!("#$")),
    ] {
        let schema = json!({"type": "string", "format": format, keyword: value});
        assert!(found(&schema, 3, &Formats::Assert) > 0, "{schema}");
    }
}

#[test]
fn what_breaks_a_bound_breaks_it_by_more_than_a_double_tells() {
    let text = r#"{"type": "integer", "exclusiveMinimum": -9223372036854775809, "exclusiveMaximum": -9223372036854775806}"#;
    let source = Source { file: "A.json".into(), uri: None, text: text.as_bytes().to_vec() };
    let documents = load(&[source], Dialect::default()).expect("a schema");
    let judge = Judge::with(&documents, 0, &Pointer::root(), &Formats::Annotate).expect("a schema");
    let deadline = Deadline::after(&Standing, Duration::from_secs(1));
    let found = broken(&documents[0].root, &judge, 5, 0, deadline);
    assert!(!found.is_empty());
    for one in found {
        let near =
            one.instance.as_f64().is_some_and(|number| (number + 9.223_372_036_854_776e18).abs() < 1000.0);
        assert!(!near, "{}", one.instance);
    }
}
