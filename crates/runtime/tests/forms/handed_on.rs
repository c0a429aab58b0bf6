//! What `serde_json` hands on as a struct of its text, where a crate of the build asks for that, is what the text says.

use isomorph_runtime::condition::{Condition, types};
use serde::Serialize;

/// A number, as it is handed on with `arbitrary_precision`.
#[derive(Serialize)]
#[serde(rename = "$serde_json::private::Number")]
struct Number {
    #[serde(rename = "$serde_json::private::Number")]
    text: &'static str,
}

/// A value, as it is handed on with `raw_value`.
#[derive(Serialize)]
#[serde(rename = "$serde_json::private::RawValue")]
struct Raw {
    #[serde(rename = "$serde_json::private::RawValue")]
    text: &'static str,
}

#[test]
fn a_number_is_judged_by_what_its_text_says() {
    let is = |types: u8, text: &'static str| Condition::Type(types).check(&Number { text }).is_ok();
    assert!(is(types::INTEGER, "1") && is(types::INTEGER, "-1") && is(types::INTEGER, "1e2"));
    assert!(is(types::FRACTION, "1.50") && !is(types::INTEGER, "1.50") && !is(types::OBJECT, "1"));
    // What no double holds is no number that can be judged.
    assert!(!is(types::NUMBER, "1e400"));
    let unique = |all: &[&'static str]| {
        Condition::UniqueItems.check(&all.iter().map(|text| Number { text }).collect::<Vec<_>>()).is_ok()
    };
    assert!(unique(&["1", "1.5"]) && !unique(&["100", "1e2"]));
}

#[test]
fn a_raw_value_is_judged_by_what_its_text_says() {
    let is = |types: u8, text: &'static str| Condition::Type(types).check(&Raw { text }).is_ok();
    assert!(is(types::INTEGER, " 1 ") && is(types::ARRAY, "[{}]") && is(types::OBJECT, "{}"));
    assert!(!is(types::OBJECT, "1") && !is(types::STRING, "{}") && !is(types::OBJECT, "{"));
}
