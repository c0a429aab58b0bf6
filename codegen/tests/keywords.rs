//! What `docs/keywords.md` says of each keyword.

#![expect(clippy::disallowed_methods, reason = "the page is a file")]

use std::fs;
use std::path::Path;

use isomorph_codegen::{Generated, Generator, Source};
use serde_json::{Value, json};

/// A line of the page: the schema of a property, its field, and what holds it.
struct Line {
    schema: Value,
    field: String,
    held_by: String,
}

fn lines() -> Vec<Line> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/keywords.md");
    let text = fs::read_to_string(page).expect("the page is there");
    let cells = |line: &str| {
        line.split(" | ").map(|cell| cell.trim_matches(['|', ' ']).to_owned()).collect::<Vec<_>>()
    };
    let line = |line: &str| {
        let cells = cells(line);
        let [_, schema, field, held_by] = cells.as_slice() else { return None };
        let schema = serde_json::from_str(schema.trim_matches('`')).ok()?;
        Some(Line { schema, field: field.clone(), held_by: held_by.clone() })
    };
    text.lines().filter_map(line).collect()
}

fn generated(schema: &Value) -> Generated {
    let whole =
        json!({"title": "T", "type": "object", "properties": {"thing": schema}, "required": ["thing"]});
    let mut generator = Generator::new();
    generator.source(Source { file: "t.json".into(), uri: None, text: whole.to_string().into_bytes() });
    generator.generate("model.rs").unwrap_or_else(|error| panic!("{schema}: {error}"))
}

/// The type of the field `thing`, as the page has it.
fn field(text: &str) -> String {
    let field = text.lines().find_map(|line| line.trim().strip_prefix("pub thing: ")?.strip_suffix(','));
    let Some(field) = field else { return "none".to_owned() };
    let kind = ["struct", "enum"].into_iter().find(|kind| {
        let named = format!("pub {kind} {field}");
        text.lines().any(|line| line.strip_prefix(&named).is_some_and(|rest| rest.starts_with([' ', '('])))
    });
    kind.map_or_else(|| format!("`{field}`"), |kind| format!("`{field}` {kind}"))
}

#[test]
fn each_keyword_becomes_what_the_page_says() {
    let lines = lines();
    assert!(lines.len() > 40, "{} lines", lines.len());
    for Line { schema, field: expected, held_by } in lines {
        let generated = generated(&schema);
        let text: String = generated.files.iter().map(|file| file.text.as_str()).collect();
        assert_eq!(field(&text), expected, "{schema}");
        let rows = &generated.report.definitions;
        let is_checked = rows.iter().any(|row| !row.checked_by.is_empty());
        let is_guarded = rows.iter().any(|row| !row.guarded_by.is_empty());
        let found = match (is_checked, is_guarded) {
            (_, true) => "a validator",
            (true, false) => "a check",
            (false, false) => "the type",
        };
        assert_eq!(found, held_by, "{schema}");
    }
}
