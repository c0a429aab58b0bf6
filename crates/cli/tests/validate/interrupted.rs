//! Runs that go on until they are interrupted.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use super::folder;

fn start(here: &tempfile::TempDir, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
    command.arg("validate").args(arguments).current_dir(here.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the tool starts")
}

fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(status.expect("there is kill").success());
}

/// Reads lines until one contains `what`.
fn read_until(lines: &mut impl Iterator<Item = std::io::Result<String>>, what: &str) -> String {
    let found = lines.map(|line| line.expect("UTF-8")).find(|line| line.contains(what));
    found.unwrap_or_else(|| panic!("no line says {what}"))
}

#[test]
fn an_interrupt_ends_a_run_with_a_summary() {
    let here = folder(&[("s.json", r#"{"type": "integer"}"#)]);
    let mut child = start(&here, &["--schema", "s.json", "--input", "ndjson", "-"]);
    let mut input = child.stdin.take().expect("it is piped");
    // More than a piece of lines, the first of which is reported at once; then nothing, and no end.
    input.write_all(b"\"x\"\n").expect("it reads");
    input.write_all("1\n".repeat(300_000).as_bytes()).expect("it reads");
    let mut out = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    read_until(&mut out, "<stdin>:1:1");
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let summary = String::from_utf8_lossy(&output.stderr);
    assert!(summary.starts_with("interrupted; so far checked"), "{summary}");
    assert!(summary.contains("1 invalid, 1 problem"), "{summary}");
    assert_eq!(output.status.code(), Some(2));
    drop(input);
}

#[test]
fn watching_notices_a_file_that_is_new_in_a_folder_inside() {
    let here = folder(&[("s.json", r#"{"type": "integer"}"#), ("data/deep/a.json", "1")]);
    std::thread::sleep(std::time::Duration::from_millis(100));
    let mut child = start(&here, &["--schema", "s.json", "--watch", "data"]);
    let mut errors = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    read_until(&mut errors, "watching");
    fs::write(here.path().join("data/deep/b.json"), "\"x\"").expect("a file");
    assert!(read_until(&mut errors, "checked 2 instances").contains("1 invalid"));
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn watching_goes_on_after_a_configuration_and_a_schema_that_were_broken() {
    let configured = "schema = \"schemas\"\nvalidate = { \".rc/*.json\" = \"order\" }\n";
    let part = r#"{"type": "integer"}"#;
    let here = folder(&[
        ("isomorph.toml", "schema = "),
        ("schemas/order.json", r#"{"properties": {"a": {"$ref": "deep/part.json"}}}"#),
        ("schemas/deep/part.json", part),
        (".rc/a.json", r#"{"a": 1}"#),
    ]);
    std::thread::sleep(std::time::Duration::from_millis(100));
    let write = |name: &str, text: &str| fs::write(here.path().join(name), text).expect("a file");
    let mut child = start(&here, &["--watch"]);
    let mut errors = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    assert!(read_until(&mut errors, "error").contains("isomorph.toml:1:"));
    read_until(&mut errors, "watching");
    write("isomorph.toml", configured);
    assert!(read_until(&mut errors, "checked 1 instance").contains("all valid"));
    read_until(&mut errors, "watching");
    // What another schema refers to.
    write("schemas/deep/part.json", r#"{"type": "#);
    read_until(&mut errors, "checked");
    read_until(&mut errors, "watching");
    write("schemas/deep/part.json", part);
    assert!(read_until(&mut errors, "checked 1 instance").contains("all valid"));
    read_until(&mut errors, "watching");
    // What is hidden, and new.
    write(".rc/b.json", r#"{"a": "x"}"#);
    assert!(read_until(&mut errors, "checked 2 instances").contains("1 invalid"));
    read_until(&mut errors, "watching");
    write("isomorph.toml", &configured.replace("*.json", "a.json"));
    assert!(read_until(&mut errors, "checked 1 instance").contains("all valid"));
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn watching_goes_on_after_a_part_of_a_named_schema_was_broken() {
    let here = folder(&[
        ("s/order.json", r#"{"properties": {"a": {"$ref": "deep/part.json"}}}"#),
        ("s/deep/part.json", r#"{"type": "#),
        ("a.json", r#"{"a": 1}"#),
    ]);
    std::thread::sleep(std::time::Duration::from_millis(100));
    let mut child = start(&here, &["--schema", "s/order.json", "--watch", "a.json"]);
    let mut errors = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    assert!(read_until(&mut errors, "error").contains("part.json:1:"));
    read_until(&mut errors, "watching");
    fs::write(here.path().join("s/deep/part.json"), r#"{"type": "integer"}"#).expect("a file");
    assert!(read_until(&mut errors, "checked 1 instance").contains("all valid"));
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn watching_checks_again_when_an_instance_or_the_schema_changes() {
    let here = folder(&[("s.json", r#"{"type": "integer"}"#), ("a.json", "1")]);
    // A file that has only just changed is checked again.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let mut child = start(&here, &["--schema", "s.json", "--watch", "a.json"]);
    let mut errors = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    assert!(read_until(&mut errors, "checked 1 instance").contains("all valid"));
    read_until(&mut errors, "watching");
    fs::write(here.path().join("a.json"), "\"x\"").expect("a file");
    assert!(read_until(&mut errors, "checked 1 instance").contains("1 invalid"));
    read_until(&mut errors, "watching");
    fs::write(here.path().join("s.json"), r#"{"type": "string" }"#).expect("a file");
    assert!(read_until(&mut errors, "checked 1 instance").contains("all valid"));
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
