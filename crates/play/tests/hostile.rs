//! Schemas and instances of somebody who means no good are answered like others.

use std::fmt::Write;
use std::time::Duration;

use isomorph_codegen::Api;
use isomorph_evolution::{Canonical, Clock, Unbounded};
use isomorph_play::{ApiChange, Beside, Outside, answer};
use serde_json::{Value, json};

fn api(_: &Api, _: &Api) -> Vec<ApiChange> {
    Vec::new()
}

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn told(question: &Value) -> Value {
    let canonical = |_: Duration| -> Box<dyn Canonical> { Box::new(Unbounded) };
    let outside = Outside { clock: &Stopped, canonical: &canonical, api: &api };
    let answer =
        answer(question.to_string().as_bytes(), &Beside::default(), &outside).expect("it is a question");
    serde_json::from_slice(&answer).expect("answers are JSON")
}

fn types(schema: &str) -> Value {
    told(&json!({"about": "types", "schema": {"text": schema}}))
}

const SCRIPT: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";

#[test]
fn markup_in_a_schema_stays_a_text() {
    let schema = json!({
        "title": SCRIPT, "description": SCRIPT, "type": "object",
        "properties": {SCRIPT: {"enum": [SCRIPT, "a"], "description": SCRIPT}},
        "$defs": {SCRIPT: {"type": "integer", "maximum": 3}}
    });
    let types = types(&schema.to_string());
    assert_eq!(types["isMade"], true, "{types}");
    let places: Vec<_> =
        types["definitions"].as_array().expect("a list").iter().map(|one| &one["places"][0]).collect();
    assert!(
        places.iter().any(|place| place.as_str().is_some_and(|place| place.contains("<script>"))),
        "{places:?}"
    );
    let instance = json!({SCRIPT: SCRIPT.repeat(2)}).to_string();
    let found = told(
        &json!({"about": "instance", "schema": {"text": schema.to_string()}, "instance": {"text": instance}}),
    );
    assert_eq!(found["verdict"], "invalid");
}

#[test]
fn schemas_that_lead_to_themselves_or_nest_without_end_are_answered() {
    let deep = format!("{}{{}}{}", "{\"items\":".repeat(100_000), "}".repeat(100_000));
    let yaml = "a: &a\n".to_owned() + &"- ".repeat(50_000);
    for (schema, is_made) in [
        ("{\"$ref\": \"#\"}", false),
        ("{\"allOf\": [{\"$ref\": \"#\"}]}", false),
        ("{\"properties\": {\"a\": {\"$ref\": \"#\"}}}", true),
        (deep.as_str(), false),
        (yaml.as_str(), false),
        ("a: &a [*a]", false),
        ("", false),
        ("\u{0}", false),
        ("true", true),
        ("{\"pattern\": \"(a+)+$\"}", true),
    ] {
        let shown: String = schema.chars().take(40).collect();
        assert_eq!(types(schema)["isMade"], is_made, "{shown}");
    }
}

#[test]
fn aliases_of_yaml_do_not_multiply() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let all = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{all}]").expect("a string takes it");
    }
    assert_eq!(types(&text)["isMade"], false);
    let found = told(&json!({"about": "instance", "schema": {"text": "{}"}, "instance": {"text": text}}));
    assert_eq!(found["verdict"], "invalid");
}

#[test]
fn ten_thousand_definitions_each_have_their_places() {
    let definition =
        |number: usize| (format!("Thing{number}"), json!({"type": "string", "maxLength": number + 1}));
    let definitions: serde_json::Map<_, _> = (0..10_000).map(definition).collect();
    let schema = json!({"$defs": definitions}).to_string();
    let types = types(&schema);
    let all = types["definitions"].as_array().expect("a list");
    assert_eq!(all.len(), 10_000);
    let last = all.iter().find(|one| one["name"] == "Thing9999").expect("there is such a type");
    let at: [usize; 2] = serde_json::from_value(last["schema"][0].clone()).expect("a span");
    assert_eq!(&schema[at[0]..at[1]], "\"Thing9999\":{\"type\":\"string\",\"maxLength\":10000}");
}

#[test]
fn of_ten_thousand_problems_some_are_told_and_all_are_counted() {
    let instance = format!("[{}1]", "1,".repeat(9_999));
    let schema = "{\"items\": {\"type\": \"string\"}}";
    let found =
        told(&json!({"about": "instance", "schema": {"text": schema}, "instance": {"text": instance}}));
    let shown = found["problems"].as_array().expect("a list").len();
    assert!(shown <= 200, "{shown}");
    assert_eq!(shown as u64 + found["more"].as_u64().expect("a count"), 10_000);
}
