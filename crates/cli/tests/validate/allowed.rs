//! What schemas leave to whoever validates: formats that assert, and a `$schema` that they do not declare.

use super::{folder, report, validate, write};

#[test]
fn formats_are_asserted_by_name() {
    let schema =
        r#"{"properties": {"d": {"format": "date"}, "u": {"format": "uri"}, "own": {"format": "of-mine"}}}"#;
    let here = folder(&[("s.json", schema), ("a.json", r#"{"d": "x", "u": "::", "own": "x"}"#)]);
    let places = |arguments: &[&str]| {
        let (_, report) = report(here.path(), &[arguments, &["a.json"]].concat());
        let problems = report["problems"].as_array().cloned().unwrap_or_default();
        problems
            .iter()
            .map(|one| one["instanceLocation"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(places(&["--schema", "s.json"]).is_empty());
    assert_eq!(places(&["--schema", "s.json", "--assert-formats"]), ["/d", "/u"]);
    assert_eq!(places(&["--schema", "s.json", "--assert-formats=date"]), ["/d"]);
    assert_eq!(places(&["--schema", "s.json", "--assert-formats=date,uri"]), ["/d", "/u"]);
    let run = validate(here.path(), &["--schema", "s.json", "--assert-formats=dat", "a.json"]);
    assert!(run.code == 2 && run.stderr.contains("known are date"), "{}", run.stderr);

    let configured = |asserted: &str| {
        let text =
            format!("schema = \"s.json\"\nassert-formats = {asserted}\n[validate]\n\"a.json\" = \"s\"\n");
        write(&here, "isomorph.toml", text.as_bytes());
    };
    configured("[\"uri\"]");
    assert_eq!(places(&[]), ["/u"]);
    assert_eq!(places(&["--assert-formats=date"]), ["/d", "/u"]);
    configured("[\"dat\"]");
    let run = validate(here.path(), &[]);
    assert!(
        run.code == 2 && run.stderr.contains("isomorph.toml:2:18: there is no format `dat`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_closed_schema_that_forgot_its_key_may_be_told_to_allow_it() {
    let closed = r#"{"properties": {"a": {"type": "integer"}}, "additionalProperties": false}"#;
    let branches = r#"{"oneOf": [{"properties": {"a": {"type": "integer"}}, "unevaluatedProperties": false},
                                  {"properties": {"b": {}}, "required": ["b"], "unevaluatedProperties": false}]}"#;
    for schema in [closed, branches] {
        let here = folder(&[
            ("s.json", schema),
            ("good.json", r#"{"a": 1, "$schema": "s.json"}"#),
            ("bad.json", "{\"$schema\": \"s.json\",\n \"a\": \"x\"}"),
        ]);
        let (code, without) = report(here.path(), &["good.json"]);
        let help = without["problems"][0]["help"].to_string();
        assert!(code == 1 && help.contains("allow-schema-key"), "{without}");
        let (code, bad) = report(here.path(), &["--allow-schema-key", "good.json", "bad.json"]);
        assert_eq!((code, bad["summary"]["problems"].as_u64()), (1, Some(1)), "{bad}");
        let problem = &bad["problems"][0];
        assert_eq!((problem["line"].as_u64(), problem["column"].as_u64()), (Some(2), Some(7)), "{bad}");
        write(&here, "isomorph.toml", b"schema = \"s.json\"\nallow-schema-key = true\n");
        assert_eq!(report(here.path(), &["good.json"]).0, 0);
        // What is wrong besides stays wrong.
        write(&here, "good.json", br#"{"a": 1, "a": 1, "$schema": "s.json"}"#);
        assert_eq!(report(here.path(), &["good.json"]).0, 1);
    }
}

#[test]
fn a_format_that_is_asked_for_by_name_asserts_in_every_dialect() {
    for dialect in ["draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12"] {
        for (format, valid, invalid) in [
            ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "x"),
            ("duration", "P1D", "1D"),
            ("iri", "http://ä/", "ä"),
            ("json-pointer", "/a", "a"),
            ("uri-template", "{a}", "{"),
            ("idn-email", "실례@실례.테스트", "2962"),
            ("idn-hostname", "실례.테스트", "a..b"),
        ] {
            let schema =
                format!(r#"{{"$schema": "http://json-schema.org/{dialect}/schema#", "format": "{format}"}}"#);
            let here = folder(&[
                ("s.json", &schema),
                ("good.json", &format!("\"{valid}\"")),
                ("bad.json", &format!("\"{invalid}\"")),
            ]);
            let asked = format!("--assert-formats={format}");
            for (instance, code) in [("good.json", 0), ("bad.json", 1)] {
                let run = validate(here.path(), &["--schema", "s.json", &asked, instance]);
                assert_eq!(run.code, code, "{dialect} {format}: {}{}", run.stdout, run.stderr);
            }
        }
    }
}

#[test]
fn every_format_that_is_known_asserts_where_all_do() {
    for format in ["idn-email", "idn-hostname", "uuid", "uri-template", "regex"] {
        let here = folder(&[("s.json", &format!(r#"{{"format": "{format}"}}"#)), ("i.json", r#""-a..{(""#)]);
        let run = validate(here.path(), &["--schema", "s.json", "--assert-formats", "i.json"]);
        assert_eq!(run.code, 1, "{format}: {}{}", run.stdout, run.stderr);
    }
}
