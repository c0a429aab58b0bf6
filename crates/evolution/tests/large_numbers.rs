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
fn one_that_is_read_as_another_is_unknown_and_told_by_its_digits() {
    for (old, new, words) in [
        (
            r#"{"maximum": 18446744073709551616}"#,
            r#"{"maximum": 18446744073709551617}"#,
            "maximum changed from `18446744073709551616` to `18446744073709551617`",
        ),
        (
            r#"{"properties": {"a": {"const": {"b": 123456789012345678901234567890}}}}"#,
            r#"{"properties": {"a": {"const": {"b": 123456789012345678901234567891}}}}"#,
            "const changed from `123456789012345678901234567890` to `123456789012345678901234567891`",
        ),
        (
            r##"{"$ref": "#/$defs/A", "$defs": {"A": {"enum": [-18446744073709551617]}}}"##,
            r##"{"$ref": "#/$defs/A", "$defs": {"A": {"enum": [-18446744073709551618]}}}"##,
            "enum changed from `-18446744073709551617` to `-18446744073709551618`",
        ),
    ] {
        let report = report(old, new);
        assert_eq!(report.data.old_data.verdict, Verdict::Unknown, "{old} → {new}");
        let places = report.definitions.iter().flat_map(|definition| &definition.changes);
        let told: Vec<&str> =
            places.flat_map(|place| &place.changes).map(|one| one.change.as_str()).collect();
        assert_eq!(told, [words], "{old} → {new}");
    }
}

#[test]
fn nothing_is_said_to_break_by_a_number_that_was_read_as_another() {
    let report = report(
        r#"{"type": "integer", "multipleOf": 18446744073709551616}"#,
        r#"{"type": "integer", "multipleOf": 9223372036854775808}"#,
    );
    assert_ne!(report.data.old_data.verdict, Verdict::Breaking);
}

#[test]
fn one_beyond_64_bits_that_is_read_as_it_is_written_is_compared() {
    let report = report(r#"{"maximum": 1000000000000000000000000000000}"#, r#"{"maximum": 1e29}"#);
    assert_eq!(report.data.old_data.verdict, Verdict::Breaking);
    assert_eq!(report.data.new_data.verdict, Verdict::Compatible);
}
