//! Numbers are compared and divided by all their digits.

use super::{folder, validate};

/// What the tool says of an instance by a schema: its exit code, and what it prints.
fn judged(schema: &str, name: &str, instance: &str) -> (i32, String) {
    let here = folder(&[("s.json", schema), (name, instance)]);
    let run = validate(here.path(), &["--schema", "s.json", name]);
    (run.code, run.stdout + &run.stderr)
}

#[test]
fn integers_beyond_64_bits_are_compared_by_all_their_digits() {
    for (schema, valid, invalid) in [
        (r#"{"const": 18446744073709551616}"#, "18446744073709551616", "18446744073709551617"),
        (r#"{"const": 18446744073709551616}"#, "18446744073709551616.0", "18446744073709551615"),
        (r#"{"enum": [["x"], 18446744073709551616]}"#, r#"["x"]"#, "18446744073709551617"),
        (
            r#"{"enum": [[{"a": 18446744073709551616}]]}"#,
            r#"[{"a": 18446744073709551616}]"#,
            r#"[{"a": 18446744073709551617}]"#,
        ),
        (r#"{"minimum": -9223372036854775808}"#, "-9223372036854775808", "-9223372036854775809"),
        (r#"{"maximum": 18446744073709551616}"#, "18446744073709551616", "18446744073709551617"),
        (r#"{"exclusiveMaximum": 18446744073709551617}"#, "18446744073709551616", "18446744073709551617"),
        (r#"{"maximum": 1e30}"#, "1e30", "1000000000000000000000000000001"),
        (r#"{"not": {"maximum": 18446744073709551616}}"#, "18446744073709551617", "18446744073709551616"),
        (
            r#"{"contains": {"const": 18446744073709551616}}"#,
            "[18446744073709551616]",
            "[18446744073709551617]",
        ),
        (r#"{"$ref": "b.json"}"#, "18446744073709551616", "18446744073709551617"),
        (
            r#"{"oneOf": [{"maximum": 18446744073709551616}, {"minimum": 18446744073709551616}]}"#,
            "18446744073709551617",
            "18446744073709551616",
        ),
        (
            r#"{"$schema": "http://json-schema.org/draft-04/schema#", "maximum": 18446744073709551617, "exclusiveMaximum": true}"#,
            "18446744073709551616",
            "18446744073709551617",
        ),
        (r#"{"multipleOf": 9223372036854775807}"#, "18446744073709551614", "18446744073709551615"),
        (r#"{"multipleOf": 9007199254740993}"#, "9007199254740993", "9007199254740992"),
        (
            r#"{"multipleOf": 123456789012345678901234567890}"#,
            "246913578024691357802469135780",
            "246913578024691357802469135781",
        ),
        (r#"{"multipleOf": 0.3}"#, "9007199254740993", "9007199254740994"),
        (r#"{"multipleOf": 100}"#, "1e30", "1000000000000000000000000000010"),
        (r#"{"multipleOf": 0.01}"#, "19.99", "19.999"),
    ] {
        for (instance, expected) in [(valid, 0), (invalid, 1)] {
            let here = folder(&[
                ("s.json", schema),
                ("b.json", r#"{"const": 18446744073709551616}"#),
                ("i.json", instance),
            ]);
            let run = validate(here.path(), &["--schema", "s.json", "i.json"]);
            assert_eq!(run.code, expected, "{schema} {instance}: {}{}", run.stdout, run.stderr);
        }
    }
}

#[test]
fn a_message_has_all_digits_of_both_numbers() {
    for (schema, instance, expected) in [
        (
            r#"{"minimum": 123456789012345678901234567890}"#,
            "1",
            "error[minimum]: the number 1 is less than 123456789012345678901234567890\n",
        ),
        (
            r#"{"maximum": 123456789012345678901234567890}"#,
            "123456789012345678901234567891",
            "error[maximum]: the number 123456789012345678901234567891 is more than 123456789012345678901234567890\n",
        ),
        (
            r#"{"const": 18446744073709551616}"#,
            "18446744073709551617",
            "error[const]: expected 18446744073709551616, found the number 18446744073709551617\n",
        ),
        (
            r#"{"enum": [18446744073709551616, "a"]}"#,
            "1",
            "error[enum]: expected 18446744073709551616 or \"a\", found the number 1\n",
        ),
        (r#"{"multipleOf": 0.3}"#, "0.4", "error[multipleOf]: the number 0.4 is no multiple of 0.3\n"),
    ] {
        let (code, said) = judged(schema, "i.json", instance);
        assert_eq!(code, 1, "{schema}: {said}");
        assert!(said.starts_with(expected), "{schema}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{schema}: {said}");
    }
}

#[test]
fn a_keyword_is_named_as_it_is_written_however_it_judges() {
    let here = folder(&[
        ("s.json", r#"{"properties": {"a": {"maximum": 18446744073709551616}}}"#),
        ("i.json", r#"{"a": 18446744073709551617}"#),
    ]);
    let run = validate(here.path(), &["--schema", "s.json", "--format", "json", "i.json"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("/properties/a/maximum") && !run.stdout.contains("exactly"),
        "{}",
        run.stdout
    );
}

#[test]
fn numbers_of_yaml_are_compared_as_those_of_json() {
    let schema = r#"{"const": 1208925819614629174706174}"#;
    assert_eq!(judged(schema, "i.yaml", "0xFFFFFFFFFFFFFFFFFFFF\n").0, 1);
    let schema = r#"{"const": 1208925819614629174706175}"#;
    assert_eq!(judged(schema, "i.yaml", "0xFFFFFFFFFFFFFFFFFFFF\n").0, 0);
}

#[test]
fn what_takes_too_long_to_divide_is_no_verdict() {
    let divisor = format!(r#"{{"multipleOf": {}1}}"#, "7".repeat(20_000));
    let (code, said) = judged(&divisor, "i.json", &"7".repeat(50_000));
    assert_eq!(code, 2, "{}", &said[said.len().saturating_sub(500)..]);
}
