//! Problems that are known: a baseline.

use std::fs;

use super::{folder, validate, write};

const SCHEMA: &str = r#"{"items": {"type": "integer"}}"#;

#[test]
fn what_is_in_the_baseline_is_not_reported_and_what_is_new_is() {
    let here =
        folder(&[("s.json", SCHEMA), ("in/a.json", "[1, \"x\"]"), ("in/b.ndjson", "[\"x\"]\n[\"y\"]\n")]);
    let arguments = ["--schema", "s.json", "in", "--baseline", "known.json"];
    let written = validate(here.path(), &[&arguments[..], &["--write-baseline"]].concat());
    assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    let text = fs::read_to_string(here.path().join("known.json")).expect("it is written");
    let expected = r#"{
  "version": 1,
  "problems": {
    "in/a.json": [
      {"keyword":"type","at":"/1"}
    ],
    "in/b.ndjson": [
      {"keyword":"type","at":"/0","count":2}
    ]
  }
}
"#;
    assert_eq!(text, expected);
    let run = validate(here.path(), &arguments);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("0 problems, 3 known"), "{}", run.stderr);

    write(&here, "in/b.ndjson", b"[\"x\"]\n[\"y\"]\n[\"z\"]\n");
    write(&here, "in/a.json", b"[1, 2]");
    let run = validate(here.path(), &arguments);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stdout.contains("in/b.ndjson:3:2") && run.stdout.matches("error").count() == 1,
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("1 problem, 2 known, 1 known problem gone"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_checked_is_never_known() {
    let here = folder(&[("s.json", SCHEMA), ("a.json", "[\"x\"]")]);
    let arguments = ["--schema", "s.json", "a.json", "gone.json", "--baseline", "known.json"];
    let written = validate(here.path(), &[&arguments[..], &["--write-baseline"]].concat());
    assert_eq!(written.code, 2, "{}", written.stderr);
    assert!(!here.path().join("known.json").exists());
    write(&here, "known.json", b"[]");
    let run = validate(here.path(), &arguments);
    assert!(run.code == 2 && run.stderr.contains("known.json: no baseline"), "{}", run.stderr);
}

#[test]
fn a_baseline_means_the_same_from_every_folder() {
    let here = folder(&[("s.json", SCHEMA), ("in/a.json", "[\"x\"]")]);
    let arguments = ["--schema", "s.json", "in/a.json", "--baseline", "known.json", "--write-baseline"];
    assert_eq!(validate(here.path(), &arguments).code, 0);
    let arguments = ["--schema", "../s.json", "a.json", "--baseline", "../known.json"];
    let run = validate(&here.path().join("in"), &arguments);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn a_baseline_may_be_configured_and_is_asked_for_until_it_is_there() {
    let configuration = "schema = \"s.json\"\nbaseline = \"known.json\"\n[validate]\n\"in/*.json\" = \"s\"\n";
    let here = folder(&[("s.json", SCHEMA), ("in/a.json", "[\"x\"]"), ("isomorph.toml", configuration)]);
    let run = validate(here.path(), &[]);
    assert!(run.code == 2 && run.stderr.contains("--write-baseline"), "{}", run.stderr);
    let written = validate(&here.path().join("in"), &["--write-baseline"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let run = validate(here.path(), &[]);
    assert!(run.code == 0 && run.stderr.contains("1 known"), "{}", run.stderr);
    write(&here, "none.json", b"{\"version\": 1, \"problems\": {}}");
    assert_eq!(validate(here.path(), &["--baseline", "none.json"]).code, 1);
    // With a schema of its own a run has to do with no configuration.
    assert_eq!(validate(here.path(), &["--schema", "s.json", "in"]).code, 1);
    let run = validate(here.path(), &["--schema", "s.json", "in", "--write-baseline"]);
    assert!(run.code == 2 && run.stderr.contains("`--baseline FILE`"), "{}", run.stderr);
}
