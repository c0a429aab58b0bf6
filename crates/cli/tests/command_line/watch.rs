use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{folder, isomorph};

#[test]
fn a_schema_of_any_format_in_a_folder_below_is_seen_when_it_is_saved() {
    let here = folder(&[
        ("schema/order.json", r#"{"type": "object", "properties": {"a": {"$ref": "deep/part.yaml"}}}"#),
        ("schema/deep/part.yaml", "properties: {first: {type: string}}\ntype: object\n"),
    ]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .args(["generate", "--schema", "schema", "--out", "src/order.rs", "--watch"])
        .current_dir(here.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tool starts");
    let has = |word: &str| {
        let start = Instant::now();
        let text = || fs::read_to_string(here.path().join("src/order.rs")).unwrap_or_default();
        while !text().contains(word) && start.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(50));
        }
        text().contains(word)
    };
    let first = has("pub first: ");
    std::thread::sleep(Duration::from_millis(600));
    let second = "properties: {second: {type: string}}\ntype: object\n";
    fs::write(here.path().join("schema/deep/part.yaml"), second).expect("a file");
    let second = has("pub second: ");
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
    assert!(first && second);
}

#[test]
fn types_are_generated_again_when_a_schema_is_saved_even_after_a_broken_one() {
    let here = folder(&[("order.json", r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .args(["generate", "--schema", "order.json", "--out", "src/order.rs", "--watch"])
        .current_dir(here.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tool starts");
    let text = || fs::read_to_string(here.path().join("src/order.rs")).unwrap_or_default();
    let wait_for = |word: &str| {
        let start = Instant::now();
        while !text().contains(word) && start.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(50));
        }
        text().contains(word)
    };
    let first = wait_for("pub a: ");
    // The tool looks at the schema before it says that it watches; what is saved later is seen.
    std::thread::sleep(Duration::from_millis(600));
    fs::write(here.path().join("order.json"), "{").expect("a file");
    std::thread::sleep(Duration::from_millis(600));
    fs::write(
        here.path().join("order.json"),
        r#"{"type": "object", "properties": {"bbb": {"type": "string"}}}"#,
    )
    .expect("a file");
    let second = wait_for("pub bbb: ");
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
    assert!(first && second, "{}", text());
}

#[test]
fn a_broken_start_is_not_the_end_and_the_configuration_is_followed() {
    let manifest = |schema: &str| {
        format!(
            "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"{schema}\"\nout = \"src/types\"\n"
        )
    };
    let object =
        |name: &str| format!(r#"{{"type": "object", "properties": {{"{name}": {{"type": "string"}}}}}}"#);
    let here = folder(&[("Cargo.toml", "[package"), ("one/a.json", "{"), ("two/a.json", &object("ccc"))]);
    let put = |name: &str, text: &str| fs::write(here.path().join(name), text).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .args(["generate", "--watch"])
        .current_dir(here.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tool starts");
    let text = || fs::read_to_string(here.path().join("src/types/model.rs")).unwrap_or_default();
    // What is saved before the tool looks at the files is not seen as a change.
    let settle = || std::thread::sleep(Duration::from_millis(1500));
    let becomes = |word: &str| {
        let start = Instant::now();
        while !text().contains(word) && start.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(50));
        }
        text().contains(word)
    };
    settle();
    put("Cargo.toml", &manifest("one"));
    settle();
    put("one/a.json", &object("aaa"));
    let first = becomes("pub aaa: ");
    settle();
    put("Cargo.toml", &manifest("two"));
    let second = becomes("pub ccc: ");
    settle();
    put("two/a.json", &object("ddd"));
    let third = becomes("pub ddd: ");
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
    assert!(first && second && third, "{first} {second} {third}: {}", text());
}

#[test]
fn the_schema_of_a_type_is_printed_with_all_that_it_refers_to() {
    let schema = r##"{"properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/Item"}}, "other": {"$ref": "#/$defs/Other"}},
        "type": "object", "$defs": {"Item": {"type": "object", "properties": {"unit": {"$ref": "#/$defs/Unit"}}},
        "Unit": {"enum": ["kg", "m"]}, "Other": {"type": "object"}}}"##;
    let here = folder(&[("order.json", schema)]);
    let run = isomorph(here.path(), &["schema", "Item", "--schema", "order.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let printed: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let expected = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"unit": {"$ref": "#/$defs/Unit"}},
        "$defs": {"Unit": {"enum": ["kg", "m"]}}
    });
    assert_eq!(printed, expected);
    let run = isomorph(here.path(), &["schema", "Nothing", "--schema", "order.json"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no type `Nothing`; there are Order, Item, Unit"), "{}", run.stderr);
}
