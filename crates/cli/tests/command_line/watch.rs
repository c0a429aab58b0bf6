use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{folder, isomorph};

/// A run that watches; it is ended when it is dropped.
struct Watching<'a> {
    child: Child,
    here: &'a TempDir,
}

impl<'a> Watching<'a> {
    fn start(here: &'a TempDir) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
        command.args(["generate", "--schema", "order.json", "--out", "src/order.rs", "--watch"]);
        let child = command.current_dir(here.path()).stderr(Stdio::null()).spawn();
        Self { child: child.expect("the tool starts"), here }
    }

    fn text(&self) -> String {
        fs::read_to_string(self.here.path().join("src/order.rs")).unwrap_or_default()
    }

    /// Waits for a word in what is generated.
    fn sees(&self, word: &str) {
        let start = Instant::now();
        while !self.text().contains(word) {
            assert!(start.elapsed() < Duration::from_secs(30), "{}", self.text());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Writes a file. The tool looks at the schema before it says that it watches; what is saved later is seen.
    fn save(&self, name: &str, text: &str) {
        std::thread::sleep(Duration::from_millis(600));
        fs::write(self.here.path().join(name), text).expect("a file");
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.child.kill().expect("it is ours");
        self.child.wait().expect("it ends");
    }
}

#[test]
fn types_are_generated_again_when_a_schema_is_saved_even_after_a_broken_one() {
    let here = folder(&[("order.json", r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#)]);
    let watching = Watching::start(&here);
    watching.sees("pub a: ");
    watching.save("order.json", "{");
    watching.save("order.json", r#"{"type": "object", "properties": {"bbb": {"type": "string"}}}"#);
    watching.sees("pub bbb: ");
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
