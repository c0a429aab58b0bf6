//! Breaks that `isomorph.toml` accepts.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
    command.current_dir(folder).args(["diff", "old", "new", "--no-api"]).args(arguments);
    command.output().expect("the tool starts")
}

/// A folder with both versions of `order.json`, and a configuration that accepts what changed at these places.
fn folder(old: &Value, new: &Value, places: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (version, schema) in [("old", old), ("new", new)] {
        fs::create_dir(folder.path().join(version)).expect("a folder");
        fs::write(folder.path().join(version).join("order.json"), schema.to_string()).expect("a file");
    }
    let accepted: Vec<String> = places
        .iter()
        .map(|place| format!("[[accepted]]\nplace = {}\nreason = \"as agreed\"\n", json!(place)))
        .collect();
    let text = format!("schema = \"new\"\n{}", accepted.concat());
    fs::write(folder.path().join("isomorph.toml"), text).expect("a file");
    folder
}

fn order(status: &[&str], id: &str) -> Value {
    json!({
        "type": "object",
        "properties": {"status": {"enum": status}, "item": {"$ref": "#/$defs/item"}},
        "$defs": {"item": {"type": "object", "properties": {"id": {"type": id}}}}
    })
}

/// Two versions, what is accepted, the verdict on old data, and what is accepted in vain.
type Case<'a> = (Value, Value, &'a [&'a str], &'a str, &'a [&'a str]);

#[test]
fn what_breaks_by_accepted_changes_alone_is_accepted() {
    let (few, many) = (["open"], ["open", "closed"]);
    let status = "order.json#/properties/status/enum";
    let item = "order.json#/$defs/item";
    let cases: [Case; 8] = [
        (order(&many, "string"), order(&few, "string"), &[], "breaking", &[]),
        (order(&many, "string"), order(&few, "string"), &[status], "accepted", &[]),
        (order(&many, "string"), order(&few, "string"), &["order.json#/properties/status"], "accepted", &[]),
        (
            order(&many, "string"),
            order(&few, "string"),
            &["order.json#/properties/stat"],
            "breaking",
            &["order.json#/properties/stat"],
        ),
        (order(&many, "string"), order(&few, "integer"), &[status], "breaking", &[]),
        (order(&many, "string"), order(&few, "integer"), &[status, item], "accepted", &[]),
        (order(&few, "string"), order(&many, "string"), &[status], "compatible", &[]),
        (
            order(&few, "string"),
            order(&few, "integer"),
            &[status, "other.json#/a", item],
            "accepted",
            &[status],
        ),
    ];
    for (old, new, accepted, verdict, in_vain) in cases {
        let folder = folder(&old, &new, accepted);
        let output = run(folder.path(), &["--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["data"]["old_data"]["verdict"], verdict, "{accepted:?}");
        let reasons = if verdict == "accepted" { json!(["as agreed"]) } else { Value::Null };
        assert_eq!(
            report["data"]["old_data"].get("accepted").unwrap_or(&Value::Null),
            &reasons,
            "{accepted:?}"
        );
        let said = report.get("accepted_in_vain").cloned().unwrap_or(json!([]));
        assert_eq!(said, json!(in_vain), "{accepted:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(stderr.matches("accepted in vain").count(), in_vain.len(), "{stderr}");
        let failed = run(folder.path(), &["--fail-on", "old-data"]).status.code() == Some(1);
        assert_eq!(failed, verdict == "breaking", "{accepted:?}");
    }
}

#[test]
fn each_reason_is_printed_also_while_something_else_breaks() {
    let status = "order.json#/properties/status/enum";
    let folder = folder(&order(&["open", "closed"], "string"), &order(&["open"], "integer"), &[status]);
    let output = run(folder.path(), &["--fail-on", "breaking"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("\nAccepted\n  {status}  as agreed\n")), "{said}");
    let markdown = run(folder.path(), &["--format", "markdown"]);
    let said = String::from_utf8_lossy(&markdown.stdout);
    assert!(said.contains("### Accepted") && said.contains("as agreed"), "{said}");
}

#[test]
fn a_place_that_is_accepted_says_so_with_the_reason() {
    let status = "order.json#/properties/status/enum";
    let folder = folder(&order(&["open", "closed"], "string"), &order(&["open"], "integer"), &[status]);
    let output = run(folder.path(), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let definitions = report["definitions"].as_array().expect("definitions");
    let place = |name: &str| &definitions.iter().find(|one| one["name"] == name).expect("it")["changes"][0];
    assert_eq!(place("order")["changes"][0]["accepted"], "as agreed");
    assert_eq!(
        place("order")["data"]["old_data"],
        json!({
            "verdict": "accepted", "witness": "closed", "accepted": ["as agreed"],
            "error": "\"closed\" is not one of \"open\""
        })
    );
    assert_eq!(place("order")["data"]["new_data"]["verdict"], "compatible");
    assert_eq!(place("item")["data"]["old_data"]["verdict"], "breaking");
    let said = |format: &str| {
        String::from_utf8_lossy(&run(folder.path(), &["--format", format]).stdout).into_owned()
    };
    let shown = r#"accepted: as agreed (the old schema accepts `"closed"`, the new one does not)"#;
    for format in ["text", "markdown", "github"] {
        assert!(said(format).contains(shown), "{}", said(format));
    }
    assert!(said("github").contains("::notice file=new/order.json"), "{}", said("github"));
}

#[test]
fn of_a_place_that_is_accepted_in_part_the_change_says_so() {
    let id = |id: Value| json!({"properties": {"id": id}});
    let old = id(json!({"type": ["string", "integer"]}));
    let new = id(json!({"type": "string", "maxLength": 3}));
    let folder = folder(&old, &new, &["order.json#/properties/id/maxLength"]);
    for format in ["text", "markdown", "github"] {
        let said = String::from_utf8_lossy(&run(folder.path(), &["--format", format]).stdout).into_owned();
        assert!(said.contains("added (accepted: as agreed)"), "{said}");
        assert!(said.contains("old data  breaking") || format != "text", "{said}");
    }
}

#[test]
fn a_configuration_needs_no_more_than_what_is_asked_of_it() {
    let accepted = "[[accepted]]\nplace = \"order.json#/properties/status/enum\"\nreason = \"as agreed\"\n";
    let run = |configuration: &str, arguments: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]);
            assert!(command.args(arguments).output().expect("git starts").status.success());
        };
        write("isomorph.toml", configuration);
        write("order.json", &order(&["open", "closed"], "string").to_string());
        git(&["init", "--quiet"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "the first"]);
        git(&["tag", "v1"]);
        write("order.json", &order(&["open"], "string").to_string());
        write("instance.json", "{}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
        let output = command.current_dir(folder.path()).args(arguments).output().expect("the tool starts");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code().unwrap_or(-1), said)
    };
    let with_schema = format!("schema = \"order.json\"\n{accepted}");
    let history = ["diff", "--history", "v*", "--compatibility", "backward"];
    for (configuration, arguments) in [
        (accepted, &["diff", "v1:order.json", "order.json"][..]),
        (accepted, &["diff", "HEAD", "--schema", "order.json"]),
        (&with_schema, &["diff", "HEAD"]),
        (&with_schema, &["diff", "v1"]),
        (&with_schema, &["diff", "--against", "v1"]),
        (&with_schema, &history),
    ] {
        let (code, said) = run(configuration, arguments);
        let is_accepted = said.contains("old data under the new schema: accepted");
        assert!(code == 0 && is_accepted, "{arguments:?}: {said}");
    }
    let (code, said) = run(accepted, &["validate", "--schema", "order.json", "instance.json"]);
    assert_eq!(code, 0, "{said}");
    for (configuration, arguments, told) in [
        (accepted, &["diff", "HEAD"][..], "isomorph.toml:1:1: missing field `schema`: "),
        (accepted, &["generate"], "isomorph.toml:1:1: missing field `schema`: "),
        (accepted, &["fetch"], "isomorph.toml:1:1: missing field `schema`: "),
        (&with_schema, &["generate"], "isomorph.toml: missing field `out`: "),
    ] {
        let (code, said) = run(configuration, arguments);
        assert!(code == 2 && said.contains(told), "{arguments:?}: {said}");
    }
}

#[test]
fn a_schema_may_be_removed_if_that_is_accepted() {
    let folder = folder(&json!({"type": "string"}), &json!({"type": "string"}), &["gone.json"]);
    fs::write(folder.path().join("old/gone.json"), r#"{"type": "integer"}"#).expect("a file");
    let output = run(folder.path(), &["--fail-on", "breaking"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("removed: old/gone.json"), "{said}");
    assert!(said.contains("old data under the new schema: accepted"), "{said}");
}

#[test]
fn what_is_accepted_needs_a_place_and_a_reason() {
    let folder = folder(&json!({}), &json!({"type": "string"}), &[""]);
    let output = run(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("isomorph.toml") && said.contains("`reason`"), "{said}");
}

#[test]
fn only_the_configuration_around_what_is_compared_is_read() {
    let status = "order.json#/properties/status";
    let versions = folder(&order(&["open", "closed"], "string"), &order(&["open"], "string"), &[status]);
    let broken = tempfile::tempdir().expect("a folder");
    fs::write(broken.path().join("isomorph.toml"), "schema = 3").expect("a file");
    let side = |version: &str| versions.path().join(version).display().to_string();
    let (old, new) = (side("old"), side("new"));
    let diff = |folder: &Path, old: &str, new: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
        command.current_dir(folder).args(["diff", old, new, "--no-api"]).output().expect("the tool starts")
    };
    // Wherever it is started, it reads what is around the schemas.
    let output = diff(broken.path(), &old, &new);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("old data under the new schema: accepted"), "{said}");
    fs::write(broken.path().join("a.json"), "{}").expect("a file");
    let output = diff(versions.path(), &broken.path().join("a.json").display().to_string(), &new);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("isomorph.toml"), "{said}");
}
