//! Schemas that cannot be used, as results.

use std::process::Command;

use serde_json::Value;

use super::tool::Run;
use super::{folder, report, validate};

const BAD: &str =
    "{\n  \"type\": \"objct\",\n  \"proprties\": {},\n  \"required\": \"a\",\n  \"minimum\": \"3\"\n}";

#[test]
fn all_that_is_wrong_is_told_at_its_place_with_what_may_help() {
    let here = folder(&[("bad.json", BAD), ("a.json", "{}")]);
    let (code, report) = report(here.path(), &["--schema", "bad.json", "a.json"]);
    assert_eq!(code, 2);
    let told = report["problems"].as_array().into_iter().flatten();
    let told: Vec<_> = told
        .map(|one| (one["line"].as_u64(), one["instanceLocation"].as_str(), one["help"][0].as_str()))
        .collect();
    let expected = [
        (Some(2), Some("/type"), Some("did you mean \"object\"?")),
        (Some(3), Some("/proprties"), Some("did you mean `properties`?")),
        (Some(4), Some("/required"), Some("put it into a list: `[\"a\"]`")),
        (Some(5), Some("/minimum"), Some("leave out the quotes: `3`")),
    ];
    assert_eq!(told, expected, "{report}");
    assert_eq!(report["summary"]["failed"], 1, "{report}");
    let run = validate(here.path(), &["--as-schema", "bad.json"]);
    let lines = "2 |   \"type\": \"objct\",\n  |           ^^^^^^^";
    assert!(run.code == 1 && run.stdout.contains(lines), "{}", run.stdout);
}

#[test]
fn no_format_is_empty_where_a_schema_cannot_be_used() {
    let here = folder(&[("bad.json", r##"{"$ref": "#/$defs/gone"}"##), ("a.json", "{}")]);
    for schema in ["bad.json", "gone.json"] {
        for format in ["text", "json", "sarif", "github", "junit", "line", "list"] {
            let run = validate(here.path(), &["--schema", schema, "--format", format, "a.json"]);
            let told = if format == "text" { &run.stderr } else { &run.stdout };
            assert!(run.code == 2 && told.contains(schema), "{format}: {} {}", run.stdout, run.stderr);
            if ["json", "sarif", "list"].contains(&format) {
                serde_json::from_str::<Value>(&run.stdout).expect("JSON");
            }
        }
    }
}

#[test]
fn every_pattern_that_is_none_is_told_at_its_place_and_what_several_vocabularies_say_once() {
    let schema = "{\"properties\": {\"a\": {\"pattern\": \"(?i)a\"},\n \"b\": {\"patternProperties\": {\"\\\\Ax\": {}}},\n \
                  \"c\": {\"pattern\": \"[\"}}}";
    let here =
        folder(&[("bad.json", schema), ("a.json", "{}"), ("worse.json", r#"{"properties": {"a": [1]}}"#)]);
    let (_, report) = report(here.path(), &["--schema", "bad.json", "a.json"]);
    let told = report["problems"].as_array().into_iter().flatten();
    let places: Vec<_> = told.map(|one| (one["line"].as_u64(), one["column"].as_u64())).collect();
    let expected = [(1, 34), (2, 30), (3, 19)].map(|(line, column)| (Some(line), Some(column)));
    assert_eq!(places, expected, "{report}");
    assert_eq!(report["problems"][1]["help"][0], "write `^`", "{report}");
    let run = validate(here.path(), &["--as-schema", "worse.json"]);
    assert_eq!(run.stdout.matches("error").count(), 1, "{}", run.stdout);
}

#[test]
fn a_misspelt_keyword_is_a_warning() {
    let schema =
        r#"{"properties": {"a": {"minimun": 3, "exmaples": [], "example": 1, "x-type": 1}}, "title": "T"}"#;
    let here = folder(&[("s.json", schema), ("a.json", "{}")]);
    let run = validate(here.path(), &["-q", "--schema", "s.json", "a.json"]);
    let expected = "warning: s.json:1:23 (#/properties/a/minimun): `minimun` is no keyword, and says nothing; \
                    did you mean `minimum`?\n";
    assert_eq!((run.code, run.stderr.as_str()), (0, expected));
}

#[test]
fn the_meta_schemas_are_built_in() {
    let here = folder(&[("good.json", r#"{"type": "object"}"#), ("bad.json", r#"{"type": 1}"#)]);
    for uri in [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ] {
        let run = validate(here.path(), &["--schema", uri, "good.json"]);
        assert_eq!(run.code, 0, "{uri}: {}{}", run.stdout, run.stderr);
        let run = validate(here.path(), &["--schema", uri, "bad.json"]);
        assert!(run.code == 1 && run.stdout.contains("bad.json:1:10"), "{uri}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_told_where_it_was_meant_to_lead() {
    let schema = r##"{"$defs": {"address": {}}, "properties": {"a": {"$ref": "#/$defs/adress"}}}"##;
    let here = folder(&[("s.json", schema), ("a.json", "{}")]);
    let (code, report) = report(here.path(), &["--schema", "s.json", "a.json"]);
    let problem = &report["problems"][0];
    assert!(code == 2 && problem["column"] == 57, "{report}");
    let message = problem["message"].as_str().unwrap_or_default();
    assert!(message.ends_with("; did you mean `#/$defs/address`?"), "{message}");
}

#[test]
fn a_pattern_that_is_one_only_without_its_flag_is_told_where_schemas_are_checked() {
    let here =
        folder(&[("s.json", r#"{"pattern": "^\\<a\\>$", "not": {"pattern": "^[\\w-]$"}, "_enum": 1}"#)]);
    let run = validate(here.path(), &["-q", "--as-schema", "s.json"]);
    let expected = "warning: s.json:1:13 (#/pattern): `^\\\\<a\\\\>$` is a pattern only without the `u` flag, which not everybody \
                    reads so\n";
    assert_eq!((run.code, run.stderr.as_str()), (0, expected));
}

/// Every command reads a pattern alike.
#[test]
fn a_pattern_means_the_same_to_every_command() {
    // Of drafts 4 to 7 the schema of schemas asks it to be one.
    for (pattern, valid, invalid) in [
        ("^(?!a$).+$", "\"b\"", "\"a\""),
        ("^(?!a$)[^\\\\x{2028}]+$", "\"b\"", "\"8\""),
        ("^\\\\x{3}$", "\"xxx\"", "\"\\u0003\""),
        ("^a{$", "\"a{\"", "\"a\""),
    ] {
        for draft in ["http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#"] {
            let schema = format!(r#"{{"$schema": "{draft}", "type": "string", "pattern": "{pattern}"}}"#);
            let by_name = format!(
                r#"{{"$schema": "{draft}", "type": "object", "patternProperties": {{"{pattern}": {{}}}}}}"#
            );
            let files = [
                ("s.json", schema.as_str()),
                ("n.json", &by_name),
                ("valid.json", valid),
                ("invalid.json", invalid),
            ];
            let here = folder(&files);
            for (file, code) in [("valid.json", 0), ("invalid.json", 1)] {
                let run = validate(here.path(), &["-q", "--schema", "s.json", file]);
                assert_eq!(run.code, code, "{pattern} {file}: {}", run.stderr);
            }
            for name in ["s.json", "n.json"] {
                for arguments in [
                    &["sample", name][..],
                    &["diff", name, name],
                    &["generate", "--schema", name, "--out", "out.rs"],
                    &["validate", "-q", "--as-schema", name],
                ] {
                    let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
                    let run: Run =
                        command.args(arguments).current_dir(here.path()).output().expect("it runs").into();
                    assert_eq!(run.code, 0, "{pattern} {arguments:?}: {}", run.stderr);
                }
            }
        }
    }
}

#[test]
fn a_schema_that_refers_to_nothing_but_itself_is_none() {
    let here = folder(&[
        (
            "s.json",
            r##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}"##,
        ),
        ("tree.json", r##"{"properties": {"next": {"$ref": "#"}}}"##),
        ("a.json", "{}"),
    ]);
    for arguments in [&["--schema", "s.json", "a.json"][..], &["--as-schema", "s.json"]] {
        let run = validate(here.path(), arguments);
        assert_eq!(run.code, if arguments[0] == "--schema" { 2 } else { 1 }, "{}{}", run.stdout, run.stderr);
        let told = run.stdout + &run.stderr;
        assert!(told.contains("refers to itself, so that no instance could ever be judged"), "{told}");
    }
    assert_eq!(validate(here.path(), &["--schema", "tree.json", "a.json"]).code, 0);
    for (how, code) in [("accept", 0), ("reject", 1)] {
        let run = validate(here.path(), &["--schema", "s.json", "--unresolved", how, "a.json"]);
        assert_eq!(run.code, code, "{how}: {}{}", run.stdout, run.stderr);
    }
}
