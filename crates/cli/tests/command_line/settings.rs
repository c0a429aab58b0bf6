//! What a change of a setting does to code that uses the types, as `generate --diff` tells it.

use std::fs;

use super::isomorph;
use super::tool::folder;

const SCHEMA: &str = r#"{
    "title": "Order", "type": "object",
    "properties": {
        "count": {"type": "integer", "format": "int32"},
        "note": {"type": ["string", "null"]},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
        "pair": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        "pages": {"type": "object", "additionalProperties": false, "patternProperties": {"^\\d+$": {"type": "string"}}},
        "slug": {"type": "string", "pattern": "^[a-z]+$"},
        "loose": {"properties": {"a": {"type": "string"}}},
        "id": {"type": "string", "format": "uuid"},
        "size": {"type": "integer", "default": 1},
        "kind": {"enum": ["a", "b"]}
    }
}"#;

/// A setting, the release that it asks for where the default was before, and the other way round.
const CHANGES: [(&str, &str, &str); 17] = [
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
    ("constructors = true", "minor", "major"),
    ("derive = [\"strum::Display\"]", "minor", "major"),
    ("attributes = [\"#[non_exhaustive]\"]", "major", "minor"),
];

#[test]
fn a_changed_setting_asks_for_the_right_release() {
    let manifest = |setting: &str| {
        format!(
            "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"order.json\"\nout = \"src\"\n{setting}\n"
        )
    };
    let release = |before: &str, now: &str| {
        let here = folder(&[("order.json", SCHEMA), ("Cargo.toml", &manifest(before))]);
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
}
