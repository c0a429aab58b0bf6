//! What cannot be read is a problem with its place, and never stops the others.

use super::{folder, report, schema, validate, write};

#[test]
fn faults_of_the_text_have_a_place() {
    let here = folder(&[("s.json", "true")]);
    for (name, text, keyword, place) in [
        ("a.json", "{\"a\": 1,\n \"b\": tru}", "syntax", (2, 7)),
        ("a.json", "{\"a\": 1, \"a\": 2}", "duplicate-key", (1, 10)),
        ("a.json", "[1e400]", "number", (1, 2)),
        ("a.json", "[1, 2", "syntax", (1, 6)),
        ("a.json", "", "syntax", (1, 1)),
        ("a.json", "[\"\\ud800\"]", "syntax", (1, 3)),
        ("a.json", "\u{feff}[]", "syntax", (1, 1)),
        ("a.jsonc", "// x\n[1,,]", "syntax", (2, 4)),
        ("a.json5", "{a: 'x\n'}", "syntax", (1, 5)),
        ("a.json5", "{a: 1, 'a': 2}", "duplicate-key", (1, 8)),
        ("a.yaml", "a: 1\nb: [1, 2\n", "syntax", (2, 4)),
        ("a.yaml", "a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
        ("a.yaml", "ü: .nan\n", "number", (1, 4)),
        ("a.toml", "a = 1\na = 2\n", "duplicate-key", (2, 1)),
        ("a.toml", "a = inf\n", "number", (1, 5)),
        ("a.toml", "a = \n", "syntax", (1, 5)),
        ("a.toml", &format!("a = {}", "[".repeat(500)), "depth", (1, 85)),
        ("a.ndjson", "1\n\n[2\n3\n", "syntax", (3, 3)),
    ] {
        write(&here, name, text.as_bytes());
        let (code, report) = report(here.path(), &["--schema", "s.json", name]);
        let problem = &report["problems"][0];
        assert_eq!((code, problem["keyword"].as_str()), (1, Some(keyword)), "{name}: {text}: {report}");
        assert_eq!(
            (&problem["line"], &problem["column"]),
            (&place.0.into(), &place.1.into()),
            "{text}: {report}"
        );
    }
}

#[test]
fn an_instance_with_a_key_twice_is_held_against_its_schema_all_the_same() {
    let here = folder(&[("s.json", r#"{"properties": {"b": {"type": "null"}}}"#)]);
    write(&here, "a.json", b"{\"a\": 1, \"b\": 2, \"a\": 3, \"a\": 4}");
    let (code, report) = report(here.path(), &["--schema", "s.json", "a.json"]);
    let found: Vec<_> = report["problems"].as_array().into_iter().flatten().collect();
    let places: Vec<_> = found.iter().map(|one| (one["keyword"].as_str(), one["column"].as_u64())).collect();
    let twice = Some("duplicate-key");
    assert_eq!((code, places), (1, vec![(Some("type"), Some(15)), (twice, Some(18)), (twice, Some(26))]));
}

#[test]
fn lines_without_a_schema_say_so_once_even_where_one_of_them_is_no_utf8() {
    let here = folder(&[]);
    for bytes in [&b"1\n2\n3\n"[..], b"1\n2\n\xff\n3\n"] {
        write(&here, "a.ndjson", bytes);
        let (code, report) = report(here.path(), &["a.ndjson"]);
        assert_eq!((code, report["problems"].as_array().map(Vec::len)), (2, Some(1)), "{report}");
    }
}

#[test]
fn invalid_utf8_is_found_and_the_lines_around_it_are_checked() {
    let here = folder(&[("s.json", r#"{"type": "integer"}"#)]);
    write(&here, "a.json", b"\"ab\xff\"");
    write(&here, "b.ndjson", b"1\n\"\xff\"\n\"x\"\n2\n");
    let (code, report) = report(here.path(), &["--schema", "s.json", "a.json", "b.ndjson"]);
    assert_eq!(code, 1);
    let found: Vec<_> = report["problems"].as_array().into_iter().flatten().collect();
    let places: Vec<_> = found
        .iter()
        .map(|one| (one["keyword"].as_str(), one["line"].as_u64(), one["column"].as_u64()))
        .collect();
    assert_eq!(
        places,
        [
            (Some("encoding"), Some(1), Some(4)),
            (Some("encoding"), Some(2), Some(2)),
            (Some("type"), Some(3), Some(1))
        ]
    );
    assert_eq!(report["summary"]["valid"], 2);
}

#[test]
fn what_cannot_be_read_stops_nothing_else() {
    let here = folder(&[("good.json", "{}"), ("s.json", "{}"), ("bad.json", "{")]);
    write(&here, "broken.json.gz", b"no gzip");
    write(&here, "broken.ndjson.zst", b"no zstd");
    let named =
        ["missing.json", "bad.json", "broken.json.gz", "broken.ndjson.zst", "nothing*.json", "good.json"];
    let (code, report) = report(here.path(), &[&["--schema", "s.json"], &named[..]].concat());
    assert_eq!(code, 2);
    assert_eq!(report["summary"]["valid"], 1);
    assert_eq!(report["summary"]["invalid"], 1);
    assert_eq!(report["summary"]["failed"], 4, "{report}");
    let files: Vec<_> =
        report["problems"].as_array().into_iter().flatten().map(|one| one["file"].as_str()).collect();
    assert_eq!(files, named[..5].iter().map(|name| Some(*name)).collect::<Vec<_>>());
}

#[test]
fn a_schema_that_cannot_be_used_could_not_run() {
    let here = folder(&[("a.json", "{}"), ("bad.json", r#"{"type": 1}"#)]);
    for schema in ["missing.json", "bad.json"] {
        let run = validate(here.path(), &["--schema", schema, "a.json"]);
        assert_eq!(run.code, 2, "{schema}");
        assert!(run.stderr.contains(schema), "{}", run.stderr);
    }
    let run = validate(here.path(), &["--schema", &schema(), "--root", "UploadStat", "a.json"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`UploadStats`"), "it says which there are: {}", run.stderr);
}

#[test]
fn what_json_has_not_is_told_with_what_to_do() {
    let here = folder(&[("s.json", "{}")]);
    for (name, text, expected) in [
        ("a.json", "{\"a\": 1, // why\n\"b\": 2}", "JSON has no comments"),
        ("a.json", "{\"a\": 1 # why\n}", "JSON has no comments"),
        ("a.json", "{'a': 1}", "JSON has double quotes alone"),
        ("a.json", "[1,\n]", "remove the comma in front of it"),
        ("a.json", "{\"a\": 1, }", "remove the comma in front of it"),
        ("a.json", "[NaN]", "JSON has no such number"),
        ("a.json", "[True]", "JSON has `true`"),
        ("a.toml", "a = 1\nb = 2\na = 3\n", "the key `a` comes twice"),
    ] {
        write(&here, name, text.as_bytes());
        let run = validate(here.path(), &["--schema", "s.json", "--format", "line", name]);
        assert_eq!(run.code, 1, "{text}");
        assert!(run.stdout.contains(expected), "{text}: {}", run.stdout);
    }
    write(&here, "a.json", b"[}");
    let run = validate(here.path(), &["--schema", "s.json", "--format", "line", "a.json"]);
    assert!(!run.stdout.contains(';'), "{}", run.stdout);
}

#[test]
fn a_file_that_is_named_in_several_ways_is_checked_once() {
    let here = folder(&[("s.json", r#"{"type": "array"}"#), ("dd/a.json", "{}"), ("dd/b.json", "[]")]);
    let whole = here.path().join("dd/a.json").display().to_string();
    for (named, files) in [
        (["dd", "dd/a.json"], 2),
        (["dd/a.json", "dd"], 2),
        (["dd/a.json", "./dd/a.json"], 1),
        (["dd/../dd/a.json", "dd/a.json"], 1),
        (["dd/*.json", "dd/./b.json"], 2),
        ([whole.as_str(), "dd"], 2),
        (["./dd", "dd"], 2),
    ] {
        let (code, report) = report(here.path(), &["--schema", "s.json", named[0], named[1]]);
        let problems = report["problems"].as_array().map(Vec::len);
        let summary = &report["summary"];
        assert_eq!((code, &summary["files"], problems), (1, &files.into(), Some(1)), "{named:?}: {report}");
    }
}
