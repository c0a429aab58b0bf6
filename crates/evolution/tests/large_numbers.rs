//! Numbers that no 64 bits hold, and no double is the same as.

use std::time::Duration;

use isomorph_evolution::{Clock, Options, Report, Unbounded, Verdict, Version, compare};
use isomorph_schema::{Dialect, Document, Source, load};

struct Still;

impl Clock for Still {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn documents(schema: &str) -> Vec<Document> {
    let source = Source { file: "A.json".into(), uri: None, text: schema.as_bytes().to_vec() };
    load(&[source], Dialect::default()).expect("a schema")
}

fn report(old: &str, new: &str) -> Report {
    let (old, new) = (documents(old), documents(new));
    let (old, new) = (
        Version { label: "old", documents: &old, selected: &[] },
        Version { label: "new", documents: &new, selected: &[] },
    );
    compare(&old, &new, &Options::new(Duration::from_secs(10)), &Unbounded, &Still)
        .expect("they can be compared")
}

#[test]
fn one_that_is_read_as_another_is_told_by_its_digits() {
    for (old, new, words) in [
        (
            r#"{"maximum": 18446744073709551616}"#,
            r#"{"maximum": 18446744073709551617}"#,
            "maximum rose from 18446744073709551616 to 18446744073709551617",
        ),
        (
            r#"{"properties": {"a": {"const": {"b": 123456789012345678901234567890}}}}"#,
            r#"{"properties": {"a": {"const": {"b": 123456789012345678901234567891}}}}"#,
            "const changed from `{\"b\":123456789012345678901234567890}` to `{\"b\":123456789012345678901234567891}`",
        ),
        (
            r##"{"$ref": "#/$defs/A", "$defs": {"A": {"enum": [-18446744073709551617]}}}"##,
            r##"{"$ref": "#/$defs/A", "$defs": {"A": {"enum": [-18446744073709551618]}}}"##,
            "`-18446744073709551617` left the enum; `-18446744073709551618` joined the enum",
        ),
    ] {
        let report = report(old, new);
        let places = report.definitions.iter().flat_map(|definition| &definition.changes);
        let told: Vec<&str> =
            places.flat_map(|place| &place.changes).map(|one| one.change.as_str()).collect();
        assert_eq!(told.join("; "), words, "{old} → {new}");
    }
}

/// The witnesses as they are written, where something breaks, and the verdicts where nothing does.
fn told(old: &str, new: &str) -> [String; 2] {
    let data = report(old, new).data;
    [data.old_data, data.new_data].map(|told| match (told.verdict, told.witness) {
        (Verdict::Breaking, Some(witness)) => witness.to_string(),
        (verdict, _) => format!("{verdict:?}"),
    })
}

#[test]
fn what_breaks_beyond_64_bits_is_shown_with_all_digits() {
    let compatible = "Compatible";
    for (old, new, expected) in [
        (
            r#"{"type": "integer", "maximum": 18446744073709551616}"#,
            r#"{"type": "integer", "maximum": 18446744073709551617}"#,
            [compatible, "18446744073709551617"],
        ),
        (
            r#"{"type": "integer", "minimum": -18446744073709551617}"#,
            r#"{"type": "integer", "minimum": -18446744073709551616}"#,
            ["-18446744073709551617", compatible],
        ),
        (
            r#"{"type": "integer", "exclusiveMaximum": 18446744073709551618}"#,
            r#"{"type": "integer", "maximum": 18446744073709551616}"#,
            ["18446744073709551617", compatible],
        ),
        (
            r#"{"type": "integer", "exclusiveMaximum": 18446744073709551617}"#,
            r#"{"type": "integer", "maximum": 18446744073709551616}"#,
            [compatible, compatible],
        ),
        (
            r#"{"type": "integer", "exclusiveMinimum": 18446744073709551617, "multipleOf": 10}"#,
            r#"{"type": "integer", "exclusiveMinimum": 18446744073709551620, "multipleOf": 10}"#,
            ["18446744073709551620", compatible],
        ),
        (
            r#"{"const": {"b": [123456789012345678901234567890]}}"#,
            r#"{"const": {"b": [123456789012345678901234567891]}}"#,
            [r#"{"b":[123456789012345678901234567890]}"#, r#"{"b":[123456789012345678901234567891]}"#],
        ),
        (
            r#"{"properties": {"a": {"enum": [1, 18446744073709551617, 18446744073709551616]}}}"#,
            r#"{"properties": {"a": {"enum": [1, 18446744073709551616]}}}"#,
            [r#"{"a":18446744073709551617}"#, compatible],
        ),
        // Beyond what 64 bits hold there are more.
        (
            r#"{"type": "integer", "multipleOf": 3}"#,
            r#"{"type": "integer", "multipleOf": 3, "maximum": 18446744073709551615}"#,
            ["18446744073709551618", compatible],
        ),
        // What 64 bits hold is another number than what they do not.
        (
            r#"{"const": 18446744073709551615}"#,
            r#"{"const": 18446744073709551617}"#,
            ["18446744073709551615", "18446744073709551617"],
        ),
    ] {
        assert_eq!(told(old, new), expected, "{old} → {new}");
    }
}

#[test]
fn what_large_numbers_are_divided_by_is_not_misread() {
    let of = |divisor: &str| format!(r#"{{"type": "integer", "multipleOf": {divisor}}}"#);
    let two = [of("18446744073709551616"), of("9223372036854775808")];
    assert_eq!(told(&two[0], &two[1]), ["Unknown", "-9223372036854775808"]);
    let near = [of("18446744073709551617"), of("18446744073709551616")];
    assert_eq!(told(&near[0], &near[1]), ["18446744073709551617", "18446744073709551616"]);
    // Where it did not change, nothing is unknown.
    let titled = r#"{"type": "integer", "multipleOf": 18446744073709551617, "maximum": 7}"#;
    let more = r#"{"type": "integer", "multipleOf": 18446744073709551617, "maximum": 8}"#;
    assert_eq!(told(titled, more)[0], "Compatible");
}

#[test]
fn what_cannot_be_told_by_digits_is_not_said_to_break() {
    let old = r#"{"maximum": 18446744073709551616, "minimum": -1e300}"#;
    let new = r#"{"maximum": 18446744073709551617, "minimum": -1e300}"#;
    assert_eq!(told(old, new), ["Unknown", "Unknown"]);
}

#[test]
fn one_beyond_64_bits_that_is_read_as_it_is_written_is_compared() {
    let report = report(r#"{"maximum": 1000000000000000000000000000000}"#, r#"{"maximum": 1e29}"#);
    assert_eq!(report.data.old_data.verdict, Verdict::Breaking);
    assert_eq!(report.data.new_data.verdict, Verdict::Compatible);
}
