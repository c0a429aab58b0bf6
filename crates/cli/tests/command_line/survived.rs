//! Input that is made to break a generator, and surroundings that are not to show in what it writes.

use std::fs;
use std::process::Command;

use super::{folder, isomorph, read};

#[test]
fn a_schema_of_any_depth_is_refused_with_the_place_and_no_panic() {
    for depth in [129, 100_000] {
        let text = format!("{}{{}}{}", r#"{"items":"#.repeat(depth), "}".repeat(depth));
        let here = folder(&[("deep.json", &text)]);
        let run = isomorph(here.path(), &["generate", "--schema", "deep.json", "--out", "deep.rs"]);
        assert_eq!(run.code, 2, "{depth}");
        assert!(
            run.stderr.contains("#/items/items/") && run.stderr.contains("nested deeper than"),
            "{depth}"
        );
        assert!(!here.path().join("deep.rs").exists(), "nothing is written");
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_does_not_lead_out_of_the_folder() {
    let here = folder(&[("schema/a.json", r#"{"items": {"$ref": "b.json"}}"#), ("secret.json", "{}")]);
    std::os::unix::fs::symlink("../secret.json", here.path().join("schema/b.json")).unwrap();
    let run = isomorph(here.path(), &["report", "--schema", "schema/a.json"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains(
            "(#/items/$ref): cannot follow `b.json`: nothing is fetched, and no document here has that name"
        ),
        "{}",
        run.stderr
    );
}

#[test]
fn a_reference_in_data_is_no_reference() {
    let schema = r#"{"const": {"$ref": "nowhere.json"}, "examples": [{"$ref": "nowhere.json", "$id": "x"}]}"#;
    let here = folder(&[("a.json", schema)]);
    let run = isomorph(here.path(), &["report", "--schema", "a.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_pattern_that_is_none_is_refused_when_it_is_generated() {
    let schema = r#"{"$defs": {"P": {"type": "string", "pattern": "(?<n>a)(?<=b*c"}}, "type": "object"}"#;
    let here = folder(&[("a.json", schema)]);
    let run = isomorph(here.path(), &["generate", "--schema", "a.json", "--out", "a.rs"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("a.json:1:47 (#/$defs/P/pattern)"), "{}", run.stderr);
}

/// The order of keywords, line endings, the folder, the locale and the seed of a run.
#[test]
fn nothing_but_the_schema_shows_in_what_is_written() {
    let schema = r#"{
  "title": "Order",
  "description": "What somebody\nwants.",
  "x-b": [1],
  "x-a": {"k": 1},
  "type": "object",
  "properties": {"b": {"type": "string", "x-b": 1, "x-a": 2}, "a": {"type": ["integer", "null"]}},
  "required": ["b"]
}"#;
    let turned = r#"{
  "required": ["b"],
  "properties": {"b": {"x-a": 2, "type": "string", "x-b": 1}, "a": {"type": ["integer", "null"]}},
  "type": "object",
  "x-a": {"k": 1},
  "x-b": [1],
  "description": "What somebody\nwants.",
  "title": "Order"
}"#;
    let mut texts = Vec::new();
    let unix = [schema.to_owned(), turned.to_owned()];
    for text in unix.iter().cloned().chain([schema.replace('\n', "\r\n")]) {
        for locale in ["C", "tr_TR.UTF-8"] {
            let here = folder(&[("order.json", &text)]);
            let status = Command::new(env!("CARGO_BIN_EXE_isomorph"))
                .args(["generate", "--schema", "order.json", "--out", "order.rs"])
                .current_dir(here.path())
                .env("LC_ALL", locale)
                .status()
                .expect("the tool starts");
            assert!(status.success());
            texts.push(read(&here, "order.rs"));
        }
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "{texts:#?}");
}

#[test]
fn a_run_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let schema = |kind: &str| {
        let property =
            |index: usize| format!(r#""property{index}": {{"type": "{kind}", "title": "{index}"}}"#);
        let properties: Vec<_> = (0..1500).map(property).collect();
        format!(r#"{{"type": "object", "properties": {{{}}}}}"#, properties.join(", "))
    };
    let here = folder(&[("0.json", &schema("string")), ("1.json", &schema("boolean"))]);
    let generate = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
        command.args(["generate", "--root-name", "Root", "--out", "out.rs", "--schema", name]);
        command.current_dir(here.path()).stderr(std::process::Stdio::null());
        command
    };
    let mut whole = Vec::new();
    let mut time = std::time::Duration::ZERO;
    for name in ["0.json", "1.json"] {
        let start = std::time::Instant::now();
        assert!(generate(name).status().expect("the tool starts").success());
        time = start.elapsed();
        whole.push(read(&here, "out.rs"));
    }
    // Later and later, so that some are killed while they write and the last have finished.
    for step in 0..24 {
        let mut run = generate(["0.json", "1.json"][step % 2]).spawn().expect("the tool starts");
        std::thread::sleep(time * u32::try_from(step).expect("small") / 20);
        run.kill().expect("it is ours");
        run.wait().expect("it ends");
        let found = read(&here, "out.rs");
        // The names of the files stand in the first line.
        assert!(whole.contains(&found), "killed in step {step}, {} bytes are left", found.len());
    }
}

#[test]
#[cfg(unix)]
fn what_is_left_of_a_run_that_was_killed_is_cleared_by_the_next() {
    let left = ".isomorph-tmp-x1y2z3";
    let here = folder(&[
        ("a.json", r#"{"type": "integer"}"#),
        ("out/notes", "mine"),
        (&format!("out/{left}"), "half a fi"),
    ]);
    for _ in 0..2 {
        let run = isomorph(here.path(), &["generate", "--schema", "a.json", "--out", "out/"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let mut names: Vec<_> = fs::read_dir(here.path().join("out"))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        assert_eq!(names, ["model.rs", "notes", "read.rs", "schema.rs"]);
        fs::write(here.path().join("out").join(left), "half a fi").expect("a file");
    }
}

/// The system kills a run in the middle of the first file that is larger than it may be.
#[test]
#[cfg(unix)]
fn a_run_that_is_killed_while_it_writes_replaces_no_file() {
    let schema = |kind: &str| {
        let property = |index: usize| {
            format!(r#""property{index}": {{"type": "{kind}", "enum": [{index}, "x", true]}}"#)
        };
        let properties: Vec<_> = (0..40).map(property).collect();
        format!(r#"{{"type": "object", "properties": {{{}}}}}"#, properties.join(", "))
    };
    let here = folder(&[("0.json", &schema("string")), ("1.json", &schema("boolean"))]);
    let out = here.path().join("out");
    let generate = |name: &str, limit: &str| {
        let mut command = Command::new("sh");
        let run = format!(
            "ulimit -c 0 && ulimit -f {limit} && exec \"$0\" generate --root-name Root --out out/ --schema {name}"
        );
        command.args(["-c", &run, env!("CARGO_BIN_EXE_isomorph")]).current_dir(here.path());
        command.stderr(std::process::Stdio::null()).status().expect("a shell").success()
    };
    let found = || ["model.rs", "read.rs", "schema.rs"].map(|name| fs::read(out.join(name)).expect("a file"));
    let temporary = || {
        let entries = fs::read_dir(&out).expect("a folder").flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".isomorph")).count()
    };
    assert!(generate("1.json", "unlimited"));
    let sizes = found().map(|text| text.len());
    assert!(generate("0.json", "unlimited"));
    let old = found();
    let mut left = 0;
    for size in sizes {
        // In blocks of 512 bytes.
        assert!(!generate("1.json", &((size - 1) / 512).to_string()), "it is killed");
        assert!(old == found(), "files of both schemas");
        left = left.max(temporary());
    }
    assert!(left > 0, "it was killed before it wrote");
    assert!(generate("1.json", "unlimited") && old != found());
    assert_eq!(temporary(), 0);
}
