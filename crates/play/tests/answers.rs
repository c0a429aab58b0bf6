//! What the page asks, and what it is told.

use std::path::PathBuf;
use std::time::Duration;

use isomorph_codegen::Api;
use isomorph_evolution::{Canonical, Clock, Unbounded};
use isomorph_play::{ApiChange, Beside, Outside, answer};
use serde_json::{Value, json};

/// Tells how many types there are.
fn api(old: &Api, new: &Api) -> Vec<ApiChange> {
    let change = format!("{} types, and {} before", new.items.len(), old.items.len());
    vec![ApiChange { item: "all".into(), change, release: "minor" }]
}

/// Time stands still, so that a slow machine gives the same answers.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn told(question: &Value, beside: &Beside) -> Result<Value, String> {
    let canonical = |_: Duration| -> Box<dyn Canonical> { Box::new(Unbounded) };
    let outside = Outside { clock: &Stopped, canonical: &canonical, api: &api };
    let answer =
        answer(question.to_string().as_bytes(), beside, &outside).map_err(|error| error.to_string())?;
    Ok(serde_json::from_slice(&answer).expect("answers are JSON"))
}

fn tell(question: &Value) -> Value {
    told(question, &Beside::default()).expect("it is a question")
}

/// The part of a text that a span of UTF-16 is.
fn part(text: &str, at: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let at: [usize; 2] = serde_json::from_value(at.clone()).expect("a span");
    String::from_utf16(&units[at[0]..at[1]]).expect("it is cut between characters")
}

const ORDER: &str = r##"{
  "title": "Órder 𝄞", "type": "object", "required": ["id"],
  "properties": {
    "id": {"type": "string", "pattern": "^[a-z]+$"},
    "line": {"$ref": "#/$defs/Line"},
    "odd": {"contains": {"const": 1}, "type": "array", "items": {"$dynamicRef": "#/$defs/Line"}}
  },
  "$defs": {"Line": {"type": "object", "properties": {"count": {"type": "integer", "minimum": 1}}}}
}"##;

const ORDER_YAML: &str = "title: Order\ntype: object\nproperties:\n  line: {$ref: '#/$defs/Line'}\n$defs:\n  Line:\n    type: object\n    properties:\n      count: {type: integer}\n";

/// What a field or a variant of a type has in both texts.
fn member(types: &Value, schema: &str, ty: &str, name: &str) -> [String; 2] {
    let definitions = types["definitions"].as_array().expect("a list");
    let ty = definitions.iter().find(|one| one["name"] == ty).expect("there is such a type");
    let members = ty["members"].as_array().expect("a list");
    let member = members.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name}: {ty}"));
    let rust = types["rust"].as_str().expect("a text");
    [part(schema, &member["schema"]), part(rust, &member["rust"]).trim().to_owned()]
}

#[test]
fn each_field_and_variant_leads_to_its_place_in_the_schema_and_in_the_rust() {
    let schema = r##"{
      "title": "Order", "type": "object", "allOf": [{"$ref": "#/$defs/Base"}],
      "properties": {
        "state": {"enum": ["open", "on hold"]},
        "shape": {"oneOf": [
          {"type": "object", "required": ["kind", "r"], "properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}},
          {"type": "object", "required": ["kind", "side"], "properties": {"kind": {"const": "square"}, "side": {"type": "number"}}}
        ]},
        "some": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "type": {"description": "What sort\nit is of.", "type": "string"}
      },
      "$defs": {"Base": {"type": "object", "properties": {"id": {"type": "string"}}}}
    }"##;
    let types = tell(&json!({"about": "types", "schema": {"text": schema}}));
    for (ty, name, in_schema, in_rust) in [
        ("Order", "id", r#""id": {"type": "string"}"#, "pub id: Option<String>,"),
        ("Order", "r#type", r#""type": {"description": "What"#, "pub r#type: Option<String>,"),
        ("OrderState", "OnHold", r#""on hold""#, "OnHold,"),
        ("IntegerOrString", "Integer", r#"{"type": "integer"}"#, "Integer(i64),"),
        ("Shape", "Circle", r#"{"type": "object", "required": ["kind", "r"]"#, "r: f64 },"),
        ("Shape", "Square.side", r#""side": {"type": "number"}"#, "side: f64 },"),
    ] {
        let [there, here] = member(&types, schema, ty, name);
        assert!(there.starts_with(in_schema), "{name}: {there}");
        assert!(here.ends_with(in_rust), "{name}: {here}");
    }
}

#[test]
fn each_type_leads_to_its_place_in_the_schema_and_in_the_rust() {
    for (schema, expected) in [
        (
            ORDER,
            "\"Line\": {\"type\": \"object\", \"properties\": {\"count\": {\"type\": \"integer\", \"minimum\": 1}}}",
        ),
        (ORDER_YAML, "Line:\n    type: object\n    properties:\n      count: {type: integer}"),
    ] {
        let types = tell(&json!({"about": "types", "schema": {"text": schema}}));
        assert_eq!(types["isMade"], true, "{types}");
        let rust = types["rust"].as_str().expect("a text");
        let definitions = types["definitions"].as_array().expect("a list");
        let line = definitions.iter().find(|one| one["name"] == "Line").expect("there is such a type");
        assert_eq!(line["places"], json!(["#/$defs/Line"]));
        assert_eq!(part(schema, &line["schema"][0]).trim_end(), expected);
        assert_eq!(part(rust, &line["declared"]), "Line");
        let all = part(rust, &line["rust"]);
        assert!(all.contains("pub struct Line {") && all.ends_with('}'), "{all}");
        // Every type is found, and its name is where it is declared.
        for one in definitions {
            assert_eq!(part(rust, &one["declared"]), one["name"].as_str().expect("a name"));
            assert!(!one["schema"].as_array().expect("a list").is_empty(), "{one}");
        }
    }
}

#[test]
fn what_became_of_a_definition_is_told_as_report_tells_it() {
    let types = tell(&json!({"about": "types", "schema": {"text": ORDER}}));
    let definitions = types["definitions"].as_array().expect("a list");
    let line = definitions.iter().find(|one| one["name"] == "Line").expect("there is such a type");
    assert_eq!((&line["shape"], &line["checkedBy"]), (&json!("struct"), &json!(["minimum"])));
    let count = |key: &str| definitions.iter().filter(|one| one[key] != json!([])).count();
    assert_eq!(types["totals"]["guarded"], count("guardedBy"));
    assert_eq!(types["totals"]["definitions"], definitions.len());
}

#[test]
fn a_schema_that_is_none_is_told_at_its_place() {
    for (schema, expected, message) in [
        ("{\"type\": \"objct\"}", "\"objct\"", "not a valid schema"),
        ("{\"é𝄞\": {}, \"type\": \"objct\"}", "\"objct\"", "not a valid schema"),
        ("type: objct\n", "objct", "not a valid schema"),
        ("{\"type\": }", "}", "not JSON"),
        ("{\"$ref\": \"#/nowhere\"}", "\"#/nowhere\"", "cannot follow"),
        ("{\"$ref\": \"other.json\"}", "\"other.json\"", "other.json"),
        ("[1]", "[", "expected a boolean or an object"),
    ] {
        let types = tell(&json!({"about": "types", "schema": {"text": schema}}));
        assert_eq!(types["isMade"], false, "{schema}");
        let problem = &types["problems"][0];
        assert!(
            problem["message"].as_str().is_some_and(|said| said.contains(message)),
            "{schema}: {problem}"
        );
        let from = json!([problem["at"][0], schema.encode_utf16().count()]);
        assert!(part(schema, &from).starts_with(expected), "{schema}: {problem}");
    }
}

#[test]
fn what_is_doubtful_is_a_warning_at_its_place() {
    let schema = "{\"type\": \"object\", \"propertes\": {\"a\": {}}}";
    let types = tell(&json!({"about": "types", "schema": {"text": schema}}));
    let problem = &types["problems"][0];
    assert_eq!((&types["isMade"], &problem["level"]), (&json!(true), &json!("warning")));
    assert!(part(schema, &problem["at"]).contains("propertes"), "{problem}");
}

#[test]
fn a_problem_of_an_instance_leads_to_its_place_and_to_that_in_the_schema() {
    for (instance, part_of_instance, keyword) in [
        ("{\"id\": \"a\", \"line\": {\"count\": 0}}", "0", "\"minimum\": 1"),
        ("# é𝄞\nid: a\nline:\n  count: 0\n", "0", "\"minimum\": 1"),
        ("{\"𝄞\": 1, \"id\": \"A\"}", "\"A\"", "\"pattern\": \"^[a-z]+$\""),
        ("{}", "{", "\"required\": [\"id\"]"),
    ] {
        let question =
            json!({"about": "instance", "schema": {"text": ORDER}, "instance": {"text": instance}});
        let told = tell(&question);
        assert_eq!(told["verdict"], "invalid", "{instance}");
        let problem = &told["problems"][0];
        assert_eq!(part(instance, &problem["at"]), part_of_instance, "{instance}");
        assert_eq!(part(ORDER, &problem["schemaAt"]), keyword, "{instance}");
    }
}

#[test]
fn every_instance_has_a_verdict() {
    let of = "#/$defs/Line";
    for (schema, instance, of, verdict) in [
        (ORDER, "{\"id\": \"a\"}", None, "valid"),
        (ORDER, "id: a", None, "valid"),
        (ORDER, "{", None, "invalid"),
        (ORDER, "{\"count\": 1}", Some(of), "valid"),
        (ORDER, "{\"count\": 0}", Some(of), "invalid"),
        (ORDER, "{}", Some("#/$defs/Gone"), "unnamed"),
        ("{\"type\": 1}", "{}", None, "schemaless"),
        ("not: [", "{}", None, "schemaless"),
    ] {
        let question = json!({"about": "instance", "schema": {"text": schema}, "instance": {"text": instance}, "of": of});
        assert_eq!(tell(&question)["verdict"], verdict, "{schema} {instance}");
    }
}

#[test]
fn samples_are_valid_or_break_one_keyword() {
    for (broken, of, verdict) in
        [(false, None, "valid"), (true, None, "invalid"), (false, Some("#/$defs/Line"), "valid")]
    {
        let question = json!({"about": "samples", "schema": {"text": ORDER}, "broken": broken, "of": of});
        let told = tell(&question);
        let samples = told["samples"].as_array().expect("a list");
        assert!(samples.len() > 1, "{told}");
        for sample in samples {
            let instance = json!({"text": sample["text"]});
            let question =
                json!({"about": "instance", "schema": {"text": ORDER}, "instance": instance, "of": of});
            assert_eq!(tell(&question)["verdict"], verdict, "{sample}");
            assert_eq!(sample.get("breaks").is_some(), broken);
        }
    }
    for (schema, broken, why) in
        [("{\"allOf\": [false]}", false, "accepts no instance"), ("{}", true, "accepts every")]
    {
        let none = tell(&json!({"about": "samples", "schema": {"text": schema}, "broken": broken}));
        assert!(none["none"].as_str().is_some_and(|said| said.contains(why)), "{none}");
    }
}

#[test]
fn a_change_is_told_with_whom_it_breaks_and_where() {
    let before = "{\"properties\": {\"s\": {\"enum\": [\"a\", \"b\"]}}}";
    let now = "{\"properties\": {\"s\": {\"enum\": [\"a\"]}}}";
    let told = tell(&json!({"about": "changes", "schema": {"text": now}, "before": {"text": before}}));
    assert_eq!(told["data"]["old_data"]["verdict"], "breaking");
    assert_eq!(told["data"]["old_data"]["witness"], json!({"s": "b"}));
    assert_eq!(told["data"]["new_data"]["verdict"], "compatible");
    assert_eq!(part(now, &told["places"][0]["at"]), "\"enum\": [\"a\"]");
    assert_eq!(told["api"]["release"], "minor");
    assert_eq!(told["api"]["changes"][0]["change"], "3 types, and 3 before", "{told}");
    let same = tell(&json!({"about": "changes", "schema": {"text": now}, "before": {"text": now}}));
    assert_eq!(same["places"], json!([]));
    let bad =
        tell(&json!({"about": "changes", "schema": {"text": now}, "before": {"text": "{\"type\": 3}"}}));
    assert_eq!(part("{\"type\": 3}", &bad["problems"][0]["at"]), "3");
}

#[test]
fn settings_change_the_types() {
    let schema = "{\"title\": \"T\", \"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\", \"format\": \"int32\"}}}";
    let types =
        |settings: Value| tell(&json!({"about": "types", "schema": {"text": schema}, "settings": settings}));
    let has = |types: &Value, words: &str| types["rust"].as_str().is_some_and(|rust| rust.contains(words));
    assert!(has(&types(json!({})), "Option<i64>"));
    let with = types(json!({"integers": "format"}));
    assert!(has(&with, "Option<i32>"), "{with}");
    assert!(with["said"][0].as_str().is_some_and(|said| said.starts_with("integers")), "{with}");
    let schemars = tell(&json!({"about": "types", "schema": {"text": schema}, "file": "schema.rs"}));
    assert_eq!(schemars["file"], "schema.rs");
}

#[test]
fn a_schema_refers_to_the_files_beside_it_and_to_no_others() {
    let beside = Beside {
        name: Some(PathBuf::from("a/order.json")),
        files: vec![(PathBuf::from("a/line.json"), "{\"type\": \"integer\"}".to_owned())],
        ..Beside::default()
    };
    let types = |reference: &str| {
        let schema = json!({"properties": {"l": {"$ref": reference}}}).to_string();
        told(&json!({"about": "types", "schema": {"text": schema}}), &beside).expect("it is a question")
    };
    assert_eq!(types("line.json")["isMade"], true);
    // There is a file of that name where this test runs.
    for reference in ["Cargo.toml", "../Cargo.toml", "file:///etc/passwd", "/etc/passwd", "../../Cargo.toml"]
    {
        assert_eq!(types(reference)["isMade"], false, "{reference}");
    }
}

#[test]
fn what_is_no_question_is_refused() {
    for question in [
        json!({}),
        json!({"about": "everything", "schema": {"text": "{}"}}),
        json!({"about": "types"}),
        json!({"about": "types", "schema": {"text": "{}"}, "out": "/tmp/x"}),
        json!({"about": "types", "schema": {"text": "{}", "format": "xml"}}),
        json!({"about": "types", "schema": {"text": "{}"}, "settings": {"out": "x"}}),
        json!({"about": "instance", "schema": {"text": "{}"}}),
        json!({"about": "changes", "schema": {"text": "{}"}}),
        json!([]),
    ] {
        assert!(told(&question, &Beside::default()).is_err(), "{question}");
    }
}
