//! Values that no report shows.

use super::{folder, validate};

const SCHEMA: &str = r#"{"properties": {
  "name": {"enum": ["hunter1", "b"]},
  "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
  "word": {"allOf": [{"pattern": "^x$"}], "minLength": 40},
  "deep": {"oneOf": [{"properties": {"kind": {"const": "a"}}}, {"properties": {"kind": {"const": "b"}}}]}
}}"#;
const INSTANCE: &str =
    r#"{"name": "hunter2", "size": "hunter2", "word": "hunter2", "deep": {"kind": "hunter2"}}"#;

#[test]
fn no_format_shows_a_value() {
    let here = folder(&[
        ("s.json", SCHEMA),
        ("a.json", INSTANCE),
        ("b.yaml", "name: hunter2\nsize: 'hunter2\n"),
        ("c.json", "{\"name\": hunter2}"),
        ("d.json", "[\"hunter2\", \"hunter2\""),
    ]);
    for format in ["text", "json", "sarif", "github", "junit", "line", "list"] {
        let arguments =
            ["--redact", "--schema", "s.json", "--format", format, "a.json", "b.yaml", "c.json", "d.json"];
        let run = validate(here.path(), &arguments);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(!run.stdout.contains("hunter2"), "{format}: {}", run.stdout);
        assert!(run.stdout.contains("a string"), "it still says what is wrong: {}", run.stdout);
    }
    let run = validate(here.path(), &["--schema", "s.json", "a.json"]);
    assert!(run.stdout.contains("hunter2"), "without it they are shown: {}", run.stdout);
}

#[test]
fn what_is_only_written_is_never_shown() {
    let schema = r#"{"properties": {"password": {"writeOnly": true, "allOf": [{"minLength": 9}]}, "a": {"type": "null"}}}"#;
    let here = folder(&[("s.json", schema), ("a.json", "{\"password\": \"hunter2\",\n \"a\": \"shown\"}")]);
    let run = validate(here.path(), &["--schema", "s.json", "a.json"]);
    assert!(!run.stdout.contains("hunter2") && run.stdout.contains("shown"), "{}", run.stdout);
    assert!(
        run.stdout.contains("a.json:1:14") && run.stdout.contains("this is `password`"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_configured_to_be_hidden_is() {
    let configuration = "schema = \"s.json\"\nredact = true\n[validate]\n\"a.json\" = \"s\"\n";
    let here = folder(&[("s.json", SCHEMA), ("a.json", INSTANCE), ("isomorph.toml", configuration)]);
    let run = validate(here.path(), &[]);
    assert!(run.code == 1 && !run.stdout.contains("hunter2"), "{}{}", run.stdout, run.stderr);
}
