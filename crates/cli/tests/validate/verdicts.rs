//! Valid or not, for people.

use super::{folder, validate};

const STATS: &str = r#"{"total": 1.0, "uploaded": 0, "rejected": 0, "failed": 0}"#;

fn stats_schema() -> String {
    super::schema().replace("UploadResult", "UploadStats")
}

#[test]
fn a_valid_instance_is_valid_and_a_summary_says_so() {
    let here = folder(&[("a.json", STATS), ("b.json", STATS)]);
    let run = validate(here.path(), &["--schema", &stats_schema(), "a.json", "b.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(run.stderr.starts_with("checked 2 instances in 2 files: all valid"), "{}", run.stderr);
}

#[test]
fn an_invalid_instance_is_invalid_and_every_error_names_its_place() {
    let here = folder(&[
        ("good.json", STATS),
        ("bad.json", r#"{"total": "1", "uploaded": 0, "rejected": 0.5, "failed": 0}"#),
        ("broken.json", "{"),
    ]);
    let run = validate(here.path(), &["--schema", &stats_schema(), "good.json", "bad.json", "broken.json"]);
    assert_eq!(run.code, 1);
    for place in ["bad.json:1:11", "bad.json:1:43", "broken.json:1:2"] {
        assert!(run.stdout.contains(place), "{place}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("good.json"), "{}", run.stdout);
    assert!(run.stderr.contains("2 invalid, 3 problems"), "{}", run.stderr);
}

#[test]
fn what_is_missing_could_not_run() {
    let here = folder(&[("a.json", STATS), ("bad.schema.json", r#"{"type": 1}"#)]);
    for arguments in [
        ["--schema", "missing.json", "a.json"],
        ["--schema", "bad.schema.json", "a.json"],
        ["--schema", "a.json", "missing.json"],
    ] {
        let run = validate(here.path(), &arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn documents_beside_the_schema_are_found_and_nothing_else() {
    let here = folder(&[
        ("schema/a.json", r#"{"items": {"$ref": "b.json#/$defs/count"}}"#),
        ("schema/b.json", r#"{"$defs": {"count": {"type": "integer"}}}"#),
        ("schema/c.json", r#"{"items": {"$ref": "../secret.json"}}"#),
        ("secret.json", "{}"),
        ("good.json", "[1]"),
        ("bad.json", "[\"1\"]"),
    ]);
    let code = |schema: &str, instance: &str| validate(here.path(), &["--schema", schema, instance]).code;
    assert_eq!(code("schema/a.json", "good.json"), 0);
    assert_eq!(code("schema/a.json", "bad.json"), 1);
    assert_eq!(code("schema/c.json", "good.json"), 2);
    let inside = validate(&here.path().join("schema"), &["--schema", "a.json", "../good.json"]);
    assert_eq!(inside.code, 0, "also where the schema is named without a folder: {}", inside.stderr);
    let run = validate(here.path(), &["--schema", "schema/a.json", "bad.json"]);
    assert!(run.stdout.contains("schema/b.json:1:22"), "the place in the other file: {}", run.stdout);
}

#[test]
fn problems_are_capped_and_the_others_are_counted() {
    let here = folder(&[("s.json", r#"{"items": {"type": "null"}}"#), ("a.json", "[1, 2, 3, 4, 5]")]);
    let run = validate(here.path(), &["--schema", "s.json", "--max-errors", "2", "a.json"]);
    assert_eq!(run.stdout.matches("error[type]").count(), 2);
    assert!(run.stdout.contains("a.json: 3 more problems"), "{}", run.stdout);
    assert!(run.stderr.contains("5 problems"), "{}", run.stderr);
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let here = folder(&[("s.json", r#"{"type": "null"}"#), ("a.json", "1")]);
    let is_colored = |arguments: &[&str]| {
        validate(here.path(), &[&["--schema", "s.json", "a.json"], arguments].concat())
            .stdout
            .contains('\u{1b}')
    };
    assert!(!is_colored(&[]));
    assert!(is_colored(&["--color", "always"]));
    assert!(!is_colored(&["--color", "never"]));
}

#[test]
fn in_draft_4_what_is_written_with_a_fraction_is_no_integer() {
    let schema = |draft: &str| {
        format!(
            r##"{{"$schema": "http://json-schema.org/{draft}/schema#", "properties": {{"a": {{"type": "integer"}},
                "b": {{"type": ["integer", "string"], "minimum": 1}}, "c": {{"$ref": "#/definitions/C"}},
                "d": {{"oneOf": [{{"type": "integer"}}, {{"type": "number"}}]}}, "e": {{"enum": [1]}}}},
                "definitions": {{"C": {{"additionalProperties": {{"items": {{"type": "integer"}}}}}}}}}}"##
        )
    };
    let here = folder(&[("4.json", &schema("draft-04")), ("6.json", &schema("draft-06"))]);
    for (instance, fourth, sixth) in [
        (r#"{"a": 1, "b": 2, "c": {"x": [3]}}"#, 0, 0),
        (r#"{"a": 1.0}"#, 1, 0),
        (r#"{"a": 1e2}"#, 1, 0),
        (r#"{"b": 2.0}"#, 1, 0),
        (r#"{"c": {"x": [3, 4.0]}}"#, 1, 0),
        (r#"{"d": 1.0}"#, 0, 1),
        (r#"{"d": 1}"#, 1, 1),
        (r#"{"e": 1.0}"#, 0, 0),
    ] {
        std::fs::write(here.path().join("a.json"), instance).expect("a file");
        std::fs::write(here.path().join("a.yaml"), instance).expect("a file");
        for file in ["a.json", "a.yaml"] {
            let code = |schema: &str| validate(here.path(), &["--schema", schema, file]).code;
            assert_eq!((code("4.json"), code("6.json")), (fourth, sixth), "{file}: {instance}");
        }
    }
}
