//! The formats for programs, with the fields that docs/validate.md promises.

use serde_json::{Value, json};

use super::{folder, report, validate};

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
    let summary = json!({"files": 3, "valid": 1, "invalid": 1, "skipped": 0, "empty": 0, "failed": 1, "problems": 3,
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
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn github_has_a_command_for_each_problem() {
    let run = validate(here().path(), &["--schema", "s.json", "--format", "github", "a 1.json"]);
    let second = run.stdout.lines().nth(1).expect("two lines");
    assert_eq!(
        second,
        "::error file=a 1.json,line=2,endLine=2,col=11,endColumn=19,title=enum `a%2C b`::\
         expected \"created\", found the string \"craeted\"%0Adid you mean \"created\"?"
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
