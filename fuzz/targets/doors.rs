//! Every door of a type says what the validator says of its schema, and what was read is written as a valid instance.
#![no_main]

use std::sync::LazyLock;

use immich_upload::UploadResult;
use isomorph_json::{Tape, parse};
use jsonschema::Validator;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("../../schema/UploadResult.json")).expect("JSON");
    jsonschema::options().should_validate_formats(false).build(&schema).expect("a schema")
});

fuzz_target!(|text: &str| {
    let by_serde = serde_json::from_str::<UploadResult>(text);
    let by_bytes = isomorph_runtime::from_str::<UploadResult>(text);
    assert_eq!(by_serde.is_ok(), by_bytes.is_ok(), "the doors differ: {by_serde:?}, {by_bytes:?}");
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        assert!(by_serde.is_err(), "what is no JSON was read");
        return;
    };
    let is_strict = parse(text, 127, &mut Tape::default()).is_ok();
    let is_valid = SCHEMA.is_valid(&value);
    match by_serde {
        Ok(read) => {
            assert!(is_valid, "what the schema refuses was read");
            let back = serde_json::to_value(&read).expect("it can be written");
            assert!(SCHEMA.is_valid(&back), "what was written is not valid: {back}");
        }
        // A key that comes twice, and numbers that no type holds, are no business of the validator.
        Err(error) => {
            assert!(!is_valid || !is_strict || is_beyond(&value), "what is valid was refused: {error}")
        }
    }
});

/// Whether there is a number in it that 64 bits do not hold.
fn is_beyond(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() > 9.2e18),
        Value::Array(elements) => elements.iter().any(is_beyond),
        Value::Object(members) => members.values().any(is_beyond),
        _ => false,
    }
}
