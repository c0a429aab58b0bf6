//! What a change of a setting does to code that uses the types, as `generate --diff` tells it.

use std::collections::BTreeSet;
use std::fs;

use isomorph_codegen::SETTINGS;

use super::isomorph;
use super::tool::folder;

const SCHEMA: &str = r#"{
    "title": "Order", "type": "object",
    "properties": {
        "count": {"type": "integer", "format": "int32"},
        "note": {"type": ["string", "null"]},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
        "pair": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        "pages": {"type": "object", "additionalProperties": false, "patternProperties": {"^\\d+$": {"type": "string"}}},
        "slug": {"type": "string", "pattern": "^[a-z]+$"},
        "loose": {"properties": {"a": {"type": "string"}}},
        "id": {"type": "string", "format": "uuid"},
        "size": {"type": "integer", "default": 1},
        "kind": {"enum": ["a", "b"]},
        "data": {"type": "string", "contentEncoding": "base64"},
        "part": {"$ref": "part.json"},
        "sku": {"type": "string", "x-rust-type": {"crate": "shop", "version": "1", "path": "shop::Sku"}}
    }
}"#;

const PART: &str = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;

/// What says nothing of these types: where schemas are and how they are read, what old names become, and what is checked.
const OTHERS: [&str; 16] = [
    "schema",
    "out",
    "within",
    "map",
    "vendor",
    "dialect",
    "unresolved",
    "operations",
    "allow-any",
    "aliases",
    "validate",
    "accepted",
    "assert-formats",
    "allow-schema-key",
    "redact",
    "baseline",
];

/// A setting, the release that it asks for where the default was before, and the other way round.
const CHANGES: [(&str, &str, &str); 28] = [
    ("integers = \"format\"", "major", "major"),
    ("absent-null = \"same\"", "major", "major"),
    ("untyped = \"object\"", "major", "major"),
    ("sets = \"BTreeSet\"", "major", "major"),
    ("arrays = \"fixed\"", "major", "major"),
    ("keys = \"integer\"", "major", "major"),
    ("preset = \"schemars\"", "major", "major"),
    ("formats = { uuid = \"uuid::Uuid\" }", "major", "major"),
    ("types = { \"order.json#/properties/id\" = \"crate::Id\" }", "major", "major"),
    ("undeclared = \"keep\"", "major", "major"),
    ("unknown-variants = \"keep\"", "major", "major"),
    ("defaults = \"keep\"", "major", "major"),
    ("names = { \"order.json#/properties/kind\" = \"Sort\" }", "major", "major"),
    ("lock-names = true", "none", "none"),
    ("encodings = { base64 = \"Vec<u8>\" }", "major", "major"),
    ("crates = { \"part.json\" = \"parts\" }", "major", "major"),
    ("schemars = \"never\"", "major", "minor"),
    ("schemars = \"always\"", "minor", "major"),
    ("only = [\"part\"]", "major", "minor"),
    ("map-type = \"HashMap\"", "major", "major"),
    ("string-type = \"Box<str>\"", "major", "major"),
    ("modules = \"files\"", "minor", "major"),
    ("fields = { \"Order.note\" = \"remark\" }", "major", "major"),
    ("variants = { \"*.a\" = \"First\" }", "major", "major"),
    ("allow-rust-types = [\"shop\"]", "major", "major"),
    ("constructors = true", "minor", "major"),
    ("derive = [\"strum::Display\"]", "minor", "major"),
    ("attributes = [\"#[non_exhaustive]\"]", "major", "minor"),
];

#[test]
fn a_changed_setting_asks_for_the_right_release() {
    let manifest = |setting: &str| {
        format!(
            "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = [\"order.json\", \"part.json\"]\nout = \"src\"\n{setting}\n"
        )
    };
    let release = |before: &str, now: &str| {
        let here = folder(&[("order.json", SCHEMA), ("part.json", PART), ("Cargo.toml", &manifest(before))]);
        let run = isomorph(here.path(), &["generate"]);
        assert_eq!(run.code, 0, "{before}: {}", run.stderr);
        fs::write(here.path().join("Cargo.toml"), manifest(now)).expect("a file");
        let told = isomorph(here.path(), &["generate", "--diff"]);
        assert_eq!(told.code, 0, "{now}: {}", told.stderr);
        let line = told.stdout.lines().find_map(|line| line.strip_prefix("release of the Rust API:"));
        line.map_or_else(|| "none".to_owned(), |line| line.trim().to_owned())
    };
    let mut wrong = Vec::new();
    for (setting, on, off) in CHANGES {
        let found = (release("", setting), release(setting, ""));
        if (found.0.as_str(), found.1.as_str()) != (on, off) {
            wrong.push(format!("{setting}: {found:?} instead of {:?}", (on, off)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(release("", ""), "none");
    let name = |setting: &str| setting.split(' ').next().unwrap_or_default().to_owned();
    let told: BTreeSet<_> =
        CHANGES.iter().map(|(setting, ..)| name(setting)).chain(OTHERS.map(name)).collect();
    let all: BTreeSet<_> = SETTINGS.iter().map(|row| row.name.to_owned()).collect();
    assert_eq!(told, all, "each setting is told, and no other");
}

#[test]
fn a_command_line_has_an_option_for_each_setting_that_is_for_it_to_say() {
    // What has to do with a run, and with no setting.
    const OTHERS: [&str; 5] = ["check", "diff", "watch", "root-name", "help"];
    let here = folder(&[]);
    let help = isomorph(here.path(), &["generate", "--help"]);
    let options = help.stdout.lines().filter_map(|line| {
        let line = line.trim_start();
        let line = line
            .split_once(", --")
            .map_or(line.strip_prefix("--"), |(short, rest)| (short.len() == 2).then_some(rest))?;
        Some(line.split([' ', '=', '[']).next().unwrap_or_default().to_owned())
    });
    let found: BTreeSet<_> = options.collect();
    let told = SETTINGS.iter().filter_map(|row| row.option).chain(OTHERS);
    assert_eq!(found, told.map(str::to_owned).collect());
    // And its words.
    let folder = folder(&[("a.json", "{\"type\": \"object\"}")]);
    for row in SETTINGS {
        let (Some(words), Some(option)) = (row.words, row.option) else { continue };
        for word in words() {
            let run =
                isomorph(folder.path(), &["generate", "--schema", "a.json", &format!("--{option}"), word]);
            assert_eq!(run.code, 0, "--{option} {word}: {}", run.stderr);
        }
        let run = isomorph(
            folder.path(),
            &["generate", "--schema", "a.json", &format!("--{option}"), "no such word"],
        );
        assert_eq!(run.code, 2, "--{option}: {}", run.stdout);
    }
}
