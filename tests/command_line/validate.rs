use std::path::Path;

use super::{folder, isomorph};

const STATS: &str = r#"{"total": 1.0, "uploaded": 0, "rejected": 0, "failed": 0}"#;

fn schema() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/UploadStats.json").display().to_string()
}

#[test]
fn a_valid_instance_is_valid() {
    let here = folder(&[("a.json", STATS), ("b.json", STATS)]);
    let run = isomorph(here.path(), &["validate", "--schema", &schema(), "a.json", "b.json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn an_invalid_instance_is_invalid_and_every_error_names_its_place() {
    let here = folder(&[
        ("good.json", STATS),
        ("bad.json", r#"{"total": "1", "uploaded": 0, "rejected": 0.5, "failed": 0}"#),
        ("broken.json", "{"),
    ]);
    let run =
        isomorph(here.path(), &["validate", "--schema", &schema(), "good.json", "bad.json", "broken.json"]);
    assert_eq!(run.code, 1);
    for place in ["bad.json#/total: ", "bad.json#/rejected: ", "broken.json: not JSON: "] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    assert!(!run.stderr.contains("good.json"), "{}", run.stderr);
}

#[test]
fn what_is_missing_could_not_run() {
    let here = folder(&[("a.json", STATS), ("bad.schema.json", r#"{"type": 1}"#)]);
    for arguments in [
        ["--schema", "missing.json", "a.json"],
        ["--schema", "bad.schema.json", "a.json"],
        ["--schema", "a.json", "missing.json"],
    ] {
        let run = isomorph(here.path(), &[&["validate"][..], &arguments].concat());
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
    let code = |schema: &str, instance: &str| {
        isomorph(here.path(), &["validate", "--schema", schema, instance]).code
    };
    assert_eq!(code("schema/a.json", "good.json"), 0);
    assert_eq!(code("schema/a.json", "bad.json"), 1);
    assert_eq!(code("schema/c.json", "good.json"), 2);
}
