//! Where references lead, and what becomes of those that lead nowhere.

use super::{folder, isomorph, read};

const FAR: &str = r#"{
    "type": "object",
    "properties": {"near": {"type": "integer"}, "far": {"$ref": "https://example.com/far.json#/definitions/far"}}
}"#;

#[test]
fn a_document_elsewhere_is_read_from_the_file_that_it_is_mapped_to() {
    let here = folder(&[
        ("near.json", FAR),
        ("elsewhere/far.json", r#"{"definitions": {"far": {"type": "string"}}}"#),
        ("good.json", r#"{"far": "x"}"#),
        ("bad.json", r#"{"far": 1}"#),
    ]);
    let map = "https://example.com/far.json=elsewhere/far.json";
    let run = isomorph(here.path(), &["generate", "--schema", "near.json", "--out", "near.rs", "--map", map]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(read(&here, "near.rs").contains("pub far: Option<Far>"), "{}", read(&here, "near.rs"));
    let code = |instance: &str| {
        isomorph(here.path(), &["validate", "--schema", "near.json", "--map", map, instance]).code
    };
    assert_eq!((code("good.json"), code("bad.json")), (0, 1));
}

#[test]
fn a_configuration_maps_documents_elsewhere_to_files() {
    let manifest = "[package]\nname = \"a\"\n\n[package.metadata.isomorph]\nschema = \"schema\"\nout = \"src\"\n\n\
                    [package.metadata.isomorph.map]\n\"https://example.com/far.json#\" = \"elsewhere/far.json\"\n\n\
                    [package.metadata.isomorph.validate]\n\"*.json\" = \"near\"\n";
    let far = r#"{"definitions": {"far": {"type": "string"}}}"#;
    let here = folder(&[
        ("Cargo.toml", manifest),
        ("schema/near.json", FAR),
        ("elsewhere/far.json", far),
        ("good.json", r#"{"far": "x"}"#),
        ("bad.json", r#"{"far": 1}"#),
    ]);
    let run = isomorph(here.path(), &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(read(&here, "src/model.rs").contains("pub far: Option<Far>"), "{}", read(&here, "src/model.rs"));
    let code = |instance: &str| isomorph(here.path(), &["validate", instance]).code;
    assert_eq!((code("good.json"), code("bad.json")), (0, 1));
    super::diff::commit_all(here.path());
    std::fs::write(here.path().join("elsewhere/far.json"), far.replace("string", "integer")).expect("a file");
    let run = isomorph(here.path(), &["diff", "HEAD"]);
    assert!(run.stdout.contains("old data under the new schema: breaking"), "{}{}", run.stdout, run.stderr);
    std::fs::remove_file(here.path().join("elsewhere/far.json")).expect("a file");
    let run = isomorph(here.path(), &["generate", "--check"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("elsewhere/far.json: cannot read"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_followed_is_refused_unless_it_is_to_be_rejected_or_accepted() {
    let here = folder(&[("near.json", FAR), ("near", r#"{"near": 1}"#), ("far", r#"{"far": 1}"#)]);
    let arguments = ["generate", "--schema", "near.json", "--out", "near.rs"];
    let run = isomorph(here.path(), &arguments);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("near.json:3:65 (#/properties/far/$ref): cannot follow"), "{}", run.stderr);
    assert!(!here.path().join("near.rs").exists());
    for (how, far) in [("reject", 1), ("accept", 0)] {
        let run = isomorph(here.path(), &[&arguments[..], &["--unresolved", how]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("warning: https://example.com/far.json is not here"), "{}", run.stderr);
        let code = |instance: &str| {
            let arguments = ["validate", "--schema", "near.json", "--unresolved", how, instance];
            isomorph(here.path(), &arguments).code
        };
        assert_eq!((code("near"), code("far")), (0, far), "{how}");
    }
}

#[test]
fn a_schema_that_refers_to_itself_is_refused_unless_it_is_to_be_rejected_or_accepted() {
    let loops = r##"{"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"allOf": [{"$ref": "#/$defs/A"}]}}}"##;
    let here = folder(&[("loops.json", loops), ("good", r#"{"b": 1}"#), ("bad", r#"{"a": 1}"#)]);
    let code = |how: &str, instance: &str| {
        isomorph(here.path(), &["validate", "--schema", "loops.json", "--unresolved", how, instance]).code
    };
    assert_eq!(isomorph(here.path(), &["report", "--schema", "loops.json"]).code, 2);
    assert_eq!((code("reject", "good"), code("reject", "bad")), (0, 1));
    assert_eq!((code("accept", "good"), code("accept", "bad")), (0, 0));
}

#[test]
fn the_dialect_of_a_file_that_does_not_say_it_can_be_said() {
    let schema = r#"{"type": "number", "minimum": 1, "exclusiveMinimum": true}"#;
    let here = folder(&[("a.json", schema), ("one", "1")]);
    let run = |dialect: &str| {
        isomorph(here.path(), &["validate", "--schema", "a.json", "--dialect", dialect, "one"])
    };
    assert_eq!(run("4").code, 1);
    let newer = run("2020-12");
    assert_eq!(newer.code, 2);
    assert!(
        newer.stderr.contains("a.json:1:54 (#/exclusiveMinimum): not a valid schema"),
        "{}",
        newer.stderr
    );
}

#[test]
fn what_stands_under_a_keyword_of_another_dialect_is_followed_by_no_command() {
    let schema = r##"{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
        "$defs": {"Used": {"type": "string"}, "Unused": {"$ref": "#/nowhere"}},
        "prefixItems": [{"$ref": "https://example.com/nowhere.json"}], "dependentSchemas": {"a": {"$ref": "#/nowhere"}},
        "properties": {"a": {"$ref": "#/$defs/Used", "items": {"$ref": "https://example.com/nowhere.json"}},
            "b": {"type": "array", "items": {"type": "null"}, "uniqueItems": true}}}"##;
    let newer = schema.replace("\"type\": \"string\"", "\"type\": [\"string\", \"null\"]");
    let here = folder(&[
        ("a.json", schema),
        ("new/a.json", &newer),
        ("good", r#"{"a": "x"}"#),
        ("bad", r#"{"a": 1}"#),
    ]);
    for (arguments, code) in [
        (&["report", "--schema", "a.json"][..], 0),
        (&["generate", "--schema", "a.json", "--out", "a.rs"], 0),
        (&["schema", "Used", "--schema", "a.json"], 0),
        (&["sample", "a.json"], 0),
        (&["validate", "--schema", "a.json", "good"], 0),
        (&["validate", "--schema", "a.json", "bad"], 1),
    ] {
        let run = isomorph(here.path(), arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
    let generated = read(&here, "a.rs");
    assert!(generated.contains("pub struct Used(") && !generated.contains("Unused("), "{generated}");
    let run = isomorph(here.path(), &["diff", "a.json", "new/a.json"]);
    assert!(run.stdout.contains("new data under the old schema: breaking"), "{}{}", run.stdout, run.stderr);
}
