//! JSON5, YAML and TOML end in JSON or a fault inside the text, and never otherwise.
#![no_main]

use isomorph_formats::{Format, read};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    for format in [Format::Jsonc, Format::Json5, Format::Yaml, Format::Toml] {
        match read(text, format, 64) {
            Ok(documents) => {
                for document in documents {
                    let json = &document.json;
                    serde_json::from_str::<Value>(json).unwrap_or_else(|error| panic!("{json}: {error}"));
                    let origin = document.origin(&(0..json.len()));
                    assert!(text.get(origin).is_some(), "a place outside the text");
                }
            }
            Err(fault) => assert!(text.get(fault.span).is_some(), "a fault outside the text"),
        }
    }
});
