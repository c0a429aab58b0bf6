//! The schemas that people have: every command takes them the same way, and says the same of what is missing.

use std::fs;

use super::diff::commit_all;
use super::{folder, isomorph, isomorph_with};

/// A tree of files that refer to each other, in three formats.
const TREE: [(&str, &str); 4] = [
    (
        "s/order.json",
        r#"{"type": "object", "properties": {"item": {"$ref": "in/item.yaml"}}, "required": ["item"]}"#,
    ),
    ("s/in/item.yaml", "type: object\nproperties:\n  size: {$ref: '../size.toml'}\n"),
    ("s/size.toml", "type = 'integer'\nminimum = 1\n"),
    ("good", r#"{"item": {"size": 1}}"#),
];

#[test]
fn all_commands_take_a_tree_of_files_in_several_formats() {
    let here = folder(&TREE);
    for arguments in [
        &["report", "--schema", "s"][..],
        &["report", "--schema", "s/**/*.{json,yaml,toml}"],
        &["generate", "--schema", "s", "--out", "all.rs"],
        &["schema", "Order", "--schema", "s"],
        &["sample", "s/order.json"],
        &["sample", "--schema", "s/in/item.yaml#/properties/size", "--within", "s"],
        &["diff", "s", "s"],
        &["diff", "s/order.json", "s/order.json"],
        &["validate", "--schema", "s", "--root", "order", "good"],
        &["validate", "--schema", "s/order.json", "good"],
        &["init", "--schema", "s", "--crate", "made"],
    ] {
        let run = isomorph(here.path(), arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    }
    assert!(here.path().join("made/schema/in/item.yaml").is_file());
    assert_eq!(isomorph(&here.path().join("made"), &["generate", "--check"]).code, 0);
    let run = isomorph(here.path(), &["validate", "--schema", "s", "good"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there are 3 schemas; say which"), "{}", run.stderr);
}

#[test]
fn all_commands_tell_of_what_is_missing_in_the_same_words() {
    let here = folder(&[
        ("s/a.json", r#"{"$ref": "https://example.com/x"}"#),
        ("s/b.yaml", "items: {$ref: 'gone.json'}\n"),
        ("good", "1"),
    ]);
    let mut said: Option<String> = None;
    for arguments in [
        &["report", "--schema", "s"][..],
        &["generate", "--schema", "s"],
        &["schema", "A", "--schema", "s"],
        &["sample", "s"],
        &["diff", "s", "s"],
        &["validate", "--schema", "s", "--root", "a", "good"],
        &["init", "--schema", "s", "--crate", "made"],
    ] {
        let run = isomorph(here.path(), arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        let before = said.get_or_insert_with(|| run.stderr.clone());
        assert_eq!(*before, run.stderr, "{arguments:?}");
    }
    let said = said.unwrap_or_default();
    for part in [
        "2 documents are not here",
        "s/a.json:1:10 (#/$ref)",
        "--map https://example.com/x=FILE",
        "s/b.yaml:1:15",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_pointer_selects_one_schema_for_every_command() {
    let text = r##"{"type": "object", "$defs": {"A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B"}}},
        "B": {"type": "integer"}, "C": {"type": "string"}}}"##;
    let here = folder(&[
        ("a.json", text),
        ("b.json", &text.replace("integer", "number")),
        ("good", r#"{"b": 1}"#),
        ("bad", r#"{"b": "x"}"#),
    ]);
    let name = "a.json#/$defs/A";
    let run = isomorph(here.path(), &["generate", "--schema", name, "--root-name", "First"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("pub struct First") && run.stdout.contains("pub struct B("),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("pub struct C(") && !run.stdout.contains("pub struct A "), "{}", run.stdout);
    for (instance, code) in [("good", 0), ("bad", 1)] {
        assert_eq!(isomorph(here.path(), &["validate", "--schema", name, instance]).code, code);
    }
    let run = isomorph(here.path(), &["diff", name, "b.json#/$defs/A", "--no-api"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = isomorph(here.path(), &["diff", "a.json#/$defs/C", "b.json#/$defs/C", "--fail-on", "any"]);
    assert_eq!(run.code, 0, "only what is selected is compared: {}", run.stdout);
    let run = isomorph(here.path(), &["init", "--schema", name, "--crate", "made"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let manifest = fs::read_to_string(here.path().join("made/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("schema = \"schema/a.json#/$defs/A\""), "{manifest}");
    assert_eq!(isomorph(&here.path().join("made"), &["generate", "--check"]).code, 0);
    for command in ["report", "generate", "sample"] {
        let run = isomorph(here.path(), &[command, "--schema", "a.json#/$defs/D"]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("a.json#/$defs/D: there is no schema"), "{}", run.stderr);
    }
}

#[test]
fn schemas_come_by_pipe_and_types_go_by_pipe() {
    let here = folder(&[("in/b.json", r#"{"type": "integer"}"#), ("good", r#"{"b": 1}"#)]);
    let json = r#"{"type": "object", "properties": {"b": {"$ref": "in/b.json"}}}"#;
    let yaml = "type: object\nproperties: {b: {type: integer}}\n";
    for text in [json, yaml] {
        for arguments in [
            &["generate", "--schema", "-"][..],
            &["generate", "--schema", "-", "--out", "-"],
            &["generate", "--schema", "-", "--out", "/dev/stdout"],
        ] {
            let run = isomorph_with(here.path(), arguments, text);
            assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
            assert!(run.stdout.contains("pub struct Stdin {"), "{arguments:?}: {}", run.stdout);
            assert!(run.stderr.contains("  cargo add isomorph-runtime@"), "{}", run.stderr);
        }
        for arguments in [
            &["report", "--schema", "-"][..],
            &["sample", "-"],
            &["schema", "Stdin", "--schema", "-"],
            &["validate", "--schema", "-", "good"],
        ] {
            let run = isomorph_with(here.path(), arguments, text);
            assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        }
    }
    let run = isomorph_with(here.path(), &["generate", "--check", "--schema", "-"], json);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("say it with `--out FILE`"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_device_are_written_and_not_read() {
    let here = folder(&[("a.json", r#"{"type": "object"}"#)]);
    let pipe = here.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let read = std::thread::spawn(move || fs::read_to_string(pipe).expect("what is written"));
    let run = isomorph(here.path(), &["generate", "--schema", "a.json", "--out", "pipe"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(read.join().expect("it is read").contains("pub struct A"));
    assert_eq!(isomorph(here.path(), &["generate", "--schema", "a.json", "--out", "/dev/null"]).code, 0);
}

#[test]
fn a_configuration_may_name_several_schemas_and_how_far_references_go() {
    let manifest = "[package]\nname = \"c\"\nversion = \"0.1.0\"\n[package.metadata.isomorph]\n\
        schema = [\"../s/a.json\", \"../s/in/*.yaml\"]\nwithin = \"..\"\nout = \"src\"\n\
        map = { \"https://example.com/\" = \"../vendor\" }\n";
    let here = folder(&[
        ("c/Cargo.toml", manifest),
        ("s/a.json", r#"{"anyOf": [{"$ref": "../common.json"}, {"$ref": "https://example.com/v/x"}]}"#),
        ("s/in/b.yaml", "$ref: ../a.json\n"),
        ("common.json", r#"{"type": "string"}"#),
        ("vendor/v/x.json", r#"{"type": "integer"}"#),
    ]);
    let at = here.path().join("c");
    let run = isomorph(&at, &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = fs::read_to_string(at.join("src/model.rs")).expect("the types");
    for name in ["A", "B", "Common", "X"] {
        assert!(
            model.contains(&format!("pub enum {name}")) || model.contains(&format!("pub struct {name}")),
            "{model}"
        );
    }
    assert_eq!(isomorph(&at, &["generate", "--check"]).code, 0);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_out_of_the_folder() {
    let here = folder(&[("s/a.json", "{}"), ("out/b.json", r#"{"title": "Secret"}"#), ("s/in/c.json", "{}")]);
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, here.path().join(name)).expect("a link");
    };
    link("../out", "s/out");
    link("../out/b.json", "s/b.json");
    link("..", "s/in/round");
    let run = isomorph(here.path(), &["report", "--schema", "s"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("Secret") && run.stdout.contains("2 definitions"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_named_is_read_wherever_its_link_leads() {
    let here = folder(&[
        ("s/a.json", r#"{"$ref": "b.json"}"#),
        ("s/b.json", "false"),
        ("in/b.json", "{}"),
        ("i.json", "1"),
    ]);
    std::os::unix::fs::symlink("../s/a.json", here.path().join("in/a.json")).expect("a link");
    let run = isomorph(here.path(), &["validate", "--schema", "in/a.json", "i.json"]);
    assert_eq!(run.code, 0, "what it refers to is beside it as it is named: {}", run.stderr);
    // A link that is found, or that is named against a folder, is none of it.
    let run = isomorph(here.path(), &["validate", "--schema", "in/a.json", "--within", "in", "i.json"]);
    assert!(run.code == 2 && run.stderr.contains("in/a.json: is not within in"), "{}", run.stderr);
    // As a shell hands over what a command prints.
    let shell = format!("{} validate --schema /dev/stdin i.json < s/b.json", env!("CARGO_BIN_EXE_isomorph"));
    let piped = std::process::Command::new("sh").current_dir(here.path()).args(["-c", &shell]).output();
    assert_eq!(piped.expect("it runs").status.code(), Some(1));
    let shell =
        format!("cat s/b.json | {} validate --schema /dev/stdin i.json", env!("CARGO_BIN_EXE_isomorph"));
    let piped = std::process::Command::new("sh").current_dir(here.path()).args(["-c", &shell]).output();
    assert_eq!(piped.expect("it runs").status.code(), Some(1));
}

#[test]
fn a_revision_is_a_tree_too() {
    let here = folder(&TREE);
    commit_all(here.path());
    fs::write(here.path().join("s/size.toml"), "type = 'integer'\nminimum = 2\n").expect("a file");
    for name in ["s", "s/order.json", "s/*.json"] {
        let run = isomorph(here.path(), &["diff", "HEAD", "--schema", name, "--fail-on", "old-data"]);
        assert_eq!(run.code, 1, "{name}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn only_what_is_named_is_generated_and_what_that_needs() {
    let text = r##"{"$defs": {"A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B"}}},
        "B": {"type": "object"}, "C": {"type": "object"}}}"##;
    let manifest = "[package]\nname = \"c\"\nversion = \"0.1.0\"\n[package.metadata.isomorph]\nschema = \"s\"\n\
        out = \"src\"\nonly = [\"A\", \"d\"]\n";
    let here =
        folder(&[("s/all.json", text), ("s/d.json", r#"{"type": "object"}"#), ("Cargo.toml", manifest)]);
    let run = isomorph(here.path(), &["generate", "--schema", "s", "--only", "A,d"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(isomorph(here.path(), &["generate"]).code, 0);
    let model = fs::read_to_string(here.path().join("src/model.rs")).expect("the types");
    for text in [run.stdout, model] {
        for (name, is_there) in [("A", true), ("B", true), ("C", false), ("D", true), ("All", false)] {
            let found = [" ", "("].iter().any(|end| text.contains(&format!("pub struct {name}{end}")));
            assert_eq!(found, is_there, "{name}: {text}");
        }
    }
    let run = isomorph(here.path(), &["generate", "--schema", "s", "--only", "E"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("`E` is neither a definition nor a document here; there are `all`, `d`, `A`"),
        "{}",
        run.stderr
    );
}
