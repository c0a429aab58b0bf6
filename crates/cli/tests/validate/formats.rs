//! The formats for programs, with the fields that docs/validate.md promises.

use serde_json::{Value, json};

use super::corpora::corpora;
use super::{folder, report, validate, write};

const SCHEMA: &str =
    "{\n  \"properties\": {\"a, b\": {\"enum\": [\"created\"]}},\n  \"required\": [\"c\"]\n}";
const INSTANCE: &str = "{\n  \"a, b\": \"craeted\"\n}";

fn here() -> tempfile::TempDir {
    folder(&[("s.json", SCHEMA), ("a 1.json", INSTANCE), ("good.json", r#"{"c": 1}"#)])
}

#[test]
fn json_has_its_fields() {
    let (code, report) = report(here().path(), &["--schema", "s.json", "a 1.json", "good.json", "no.json"]);
    assert_eq!(code, 2);
    let enumerated = json!({
        "file": "a 1.json",
        "keyword": "enum",
        "message": "expected \"created\", found the string \"craeted\"",
        "instanceLocation": "/a, b",
        "path": "`a, b`",
        "help": ["did you mean \"created\"?"],
        "line": 2, "column": 11, "endLine": 2, "endColumn": 20, "offset": 12, "length": 9,
        "schema": {"file": "s.json", "keywordLocation": "/properties/a, b/enum", "line": 2, "column": 27},
    });
    assert_eq!(report["version"], 1);
    assert_eq!(report["problems"][1], enumerated);
    assert_eq!(report["problems"][0]["keyword"], "required");
    assert_eq!(report["problems"][2]["keyword"], "read");
    assert_eq!(
        report["files"],
        json!([
            {"file": "a 1.json", "valid": 0, "invalid": 1, "problems": 2, "reported": 2, "checked": true},
            {"file": "no.json", "valid": 0, "invalid": 0, "problems": 1, "reported": 1, "checked": false},
        ])
    );
    let summary = json!({"files": 3, "valid": 1, "invalid": 1, "skipped": 0, "empty": 0, "failed": 1, "problems": 3, "known": 0,
                         "bytes": 31, "interrupted": false});
    assert_eq!(report["summary"], summary);
}

#[test]
fn sarif_has_places_rules_and_the_schema() {
    let run = validate(here().path(), &["--schema", "s.json", "--format", "sarif", "a 1.json"]);
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][1];
    assert_eq!(result["ruleId"], "enum");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%201.json");
    assert_eq!(location["region"], json!({"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 20}));
    let schema = &result["relatedLocations"][0]["physicalLocation"];
    assert_eq!(
        (&schema["artifactLocation"]["uri"], &schema["region"]["startLine"]),
        (&"s.json".into(), &2.into())
    );
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    assert_eq!(
        rules[result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("one")]["id"],
        "enum"
    );
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn an_absolute_path_is_a_uri_of_a_file_and_what_came_first_is_related() {
    let here = folder(&[("s.json", "{\"uniqueItems\": true}"), ("a b.json", "[1,\n 2, 1]")]);
    let path = here.path().join("a b.json").display().to_string();
    let run = validate(here.path(), &["--schema", "s.json", "--format", "sarif", &path]);
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri.as_str(), Some(format!("file://{}", path.replace(' ', "%20")).as_str()));
    let first = &result["relatedLocations"][1];
    assert_eq!(first["message"]["text"], "the same came first here");
    assert_eq!(first["physicalLocation"]["region"], json!({"startLine": 1, "startColumn": 2}));
}

#[test]
fn the_closest_branch_and_related_places_are_in_every_format() {
    let schema = r#"{"anyOf": [{"type": "object", "required": ["a"]}, {"items": {"type": "integer"}, "type": "array", "uniqueItems": true}]}"#;
    let here = folder(&[("s.json", schema), ("a.json", "[1, 1, \"x\"]")]);
    for format in ["text", "sarif", "github", "junit"] {
        let run = validate(here.path(), &["--schema", "s.json", "--format", format, "a.json"]);
        assert!(run.stdout.contains("number 2 comes closest"), "{format}: {}", run.stdout);
        assert!(run.stdout.contains("the same came first here: a.json:1:2"), "{format}: {}", run.stdout);
    }
}

#[test]
fn list_is_the_basic_output_of_the_specification() {
    let schema = r##"{"$defs": {"n": {"type": "integer"}}, "properties": {"a": {"$ref": "#/$defs/n"}}}"##;
    let here = folder(&[("s.json", schema), ("a.json", r#"{"a": "x"}"#), ("b.json", "{}")]);
    let run = validate(here.path(), &["--schema", "s.json", "--format", "list", "a.json", "b.json"]);
    let output: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let unit = &output["errors"][0];
    assert_eq!(output["valid"], false);
    assert_eq!(
        (&unit["valid"], &unit["keywordLocation"], &unit["instanceLocation"], &unit["file"]),
        (&false.into(), &"/properties/a/$ref/type".into(), &"/a".into(), &"a.json".into())
    );
    let absolute = unit["absoluteKeywordLocation"].as_str().expect("a URI");
    assert!(absolute.starts_with("file:///") && absolute.ends_with("/s.json#/$defs/n/type"), "{absolute}");
    let run = validate(here.path(), &["--schema", "s.json", "--format", "list", "b.json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&run.stdout).expect("JSON"),
        json!({"errors": [], "valid": true})
    );
}

#[test]
fn github_has_a_command_for_each_problem() {
    let run = validate(here().path(), &["--schema", "s.json", "--format", "github", "a 1.json"]);
    let second = run.stdout.lines().nth(1).expect("two lines");
    assert_eq!(
        second,
        "::error file=a 1.json,line=2,endLine=2,col=11,endColumn=19,title=enum `a%2C b`::\
         expected \"created\", found the string \"craeted\"%0Adid you mean \"created\"?%0A\
         the schema says so at #/properties/a, b/enum (s.json:2)"
    );
}

#[test]
fn junit_has_a_test_case_for_each_file() {
    let run = validate(
        here().path(),
        &["--schema", "s.json", "--format", "junit", "a 1.json", "good.json", "no.json"],
    );
    let lines: Vec<_> = run.stdout.lines().map(str::trim).collect();
    assert_eq!(lines[0], "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    assert_eq!(lines[2], "<testsuite name=\"a 1.json\" tests=\"1\" failures=\"1\" errors=\"0\">");
    assert!(run.stdout.contains("expected &quot;created&quot;"), "{}", run.stdout);
    assert!(run.stdout.contains("<testsuite name=\"good.json\" tests=\"1\" failures=\"0\" errors=\"0\">"));
    assert!(run.stdout.contains("<testsuite name=\"no.json\" tests=\"1\" failures=\"0\" errors=\"1\">"));
    assert_eq!(run.stdout.matches("<testcase").count(), run.stdout.matches("</testcase>").count());
    assert_eq!(lines.last(), Some(&"</testsuites>"));
}

/// By the schema that Jenkins has of it, where that and `xmllint` are.
#[test]
fn junit_pleases_its_schema() {
    let Some(schema) = corpora().map(|corpora| corpora.join("suites/junit/junit-10.xsd")) else { return };
    let here = here();
    write(&here, "odd.json", "{\"a\": \"\u{202e}<&>\", \"a\": 1}".as_bytes());
    write(&here, "none.ndjson", b"");
    let names = ["a 1.json", "good.json", "odd.json", "none.ndjson", "gone.json"];
    for schema_file in ["s.json", "gone.schema.json"] {
        let arguments = [&["--schema", schema_file, "--format", "junit"], &names[..]].concat();
        write(&here, "report.xml", validate(here.path(), &arguments).stdout.as_bytes());
        let mut lint = std::process::Command::new("xmllint");
        let lint = lint.current_dir(here.path()).args(["--noout", "--schema"]).arg(&schema).arg("report.xml");
        let Ok(output) = lint.output() else { return println!("skipped: no xmllint") };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn line_has_a_line_for_each_problem() {
    let here = folder(&[
        ("s.json", r#"{"properties": {"a": {"enum": ["created"]}}, "required": ["b"]}"#),
        ("in/x.json", "{\n  \"a\": \"craeted\"}"),
    ]);
    let arguments = ["--schema", "s.json", "--format", "line", "-q", "in", "gone.json"];
    let run = validate(here.path(), &arguments);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let lines: Vec<_> = run.stdout.lines().collect();
    let expected = [
        "in/x.json:1:1: the property `b` is missing [required]",
        "in/x.json:2:8: expected \"created\", found the string \"craeted\"; did you mean \"created\"? [enum]",
    ];
    assert_eq!(lines[..2], expected, "{}", run.stdout);
    assert!(lines[2].starts_with("gone.json: ") && lines.len() == 3, "{}", run.stdout);
    assert_eq!(run.stderr, "");
}
