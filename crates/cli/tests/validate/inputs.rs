//! What is checked, and against what.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::{folder, report, validate, validate_input, write};

const INTEGER: &str = r#"{"type": "integer", "$defs": {"text": {"type": "string"}}}"#;

#[test]
fn folders_and_globs_are_searched_but_for_what_is_ignored() {
    let here = folder(&[
        ("s.json", INTEGER),
        ("data/a.json", "1"),
        ("data/b.yaml", "2"),
        ("data/deep/c.json", "\"x\""),
        ("data/deep/d.txt", "no"),
        ("data/ignored/e.json", "no"),
        ("data/.hidden.json", "no"),
        (".gitignore", "ignored/\n"),
    ]);
    let files = |arguments: &[&str]| {
        let (code, report) = report(here.path(), &[&["--schema", "s.json"], arguments].concat());
        (code, report["summary"]["files"].as_u64().unwrap_or_default())
    };
    assert_eq!(files(&["data"]), (1, 3));
    assert_eq!(files(&["."]), (1, 3), "the schema is no instance");
    assert_eq!(files(&["data/*.json"]), (0, 1));
    assert_eq!(files(&["data/**/*.{json,yaml}"]), (1, 3));
    assert_eq!(files(&["data/ignored/e.json"]), (1, 1), "what is named itself is checked");
    assert_eq!(files(&["data/a.json", "data/a.json"]), (0, 1));
}

#[test]
fn standard_input_is_read() {
    let here = folder(&[("s.json", INTEGER)]);
    let run = |arguments: &[&str], input: &str| {
        validate_input(here.path(), &[&["--schema", "s.json"], arguments].concat(), input.as_bytes())
    };
    assert_eq!(run(&["-"], "1").code, 0);
    assert_eq!(run(&["-", "--input", "yaml"], "# a\n1").code, 0);
    let bad = run(&["-", "--input", "ndjson"], "1\n2\n\"x\"\n");
    assert_eq!(bad.code, 1);
    assert!(bad.stdout.contains("<stdin>:3:1"), "{}", bad.stdout);
    let named = run(&["-", "--stdin-filename", "data/a.yaml"], "# a\nx");
    assert!(named.stdout.contains("data/a.yaml:2:1"), "{}", named.stdout);
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("memory");
    gzip.finish().expect("memory")
}

#[test]
fn what_is_compressed_is_read_as_what_is_not() {
    let here = folder(&[("s.json", INTEGER)]);
    let text = b"1\n2\nnull\n";
    let gzip = gzipped(text);
    write(&here, "a.ndjson.gz", &[gzip.clone(), gzip].concat());
    let zstandard = compress_to_vec(&text[..], CompressionLevel::Fastest);
    write(&here, "b.ndjson.zst", &[zstandard.clone(), zstandard].concat());
    write(&here, "c.json.zst", &compress_to_vec(&b"1"[..], CompressionLevel::Fastest));
    let (code, report) =
        report(here.path(), &["--schema", "s.json", "a.ndjson.gz", "b.ndjson.zst", "c.json.zst"]);
    assert_eq!(code, 1);
    let lines: Vec<_> =
        report["problems"].as_array().into_iter().flatten().map(|one| one["line"].as_u64()).collect();
    assert_eq!(lines, [Some(3), Some(6), Some(3), Some(6)]);
    assert_eq!(report["summary"]["valid"], 9);
    // The ending is understood in capitals too, and of what standard input stands for.
    write(&here, "D.JSON.GZ", &gzipped(b"1"));
    assert_eq!(validate(here.path(), &["--schema", "s.json", "D.JSON.GZ"]).code, 0);
    let arguments = ["--schema", "s.json", "-", "--stdin-filename", "e.json.gz"];
    assert_eq!(validate_input(here.path(), &arguments, &gzipped(b"1")).code, 0);
}

#[test]
fn lines_are_numbered_and_in_order_however_many_there_are() {
    let here = folder(&[("s.json", INTEGER)]);
    let line =
        |index: usize| if index.is_multiple_of(10_007) { "\"x\"\n".to_owned() } else { format!("{index}\n") };
    write(&here, "a.ndjson", (1..=300_000).map(line).collect::<String>().as_bytes());
    let (code, report) = report(here.path(), &["--schema", "s.json", "--jobs", "3", "a.ndjson"]);
    let lines: Vec<_> =
        report["problems"].as_array().into_iter().flatten().map(|one| one["line"].as_u64()).collect();
    assert_eq!((code, lines), (1, (1..=29).map(|step| Some(step * 10_007)).collect()));
    assert_eq!(report["summary"]["valid"], 300_000 - 29);
}

#[test]
fn each_document_of_yaml_is_an_instance() {
    let here = folder(&[("s.json", INTEGER), ("a.yaml", "1\n---\nx\n---\n3\n")]);
    let (code, report) = report(here.path(), &["--schema", "s.json", "a.yaml"]);
    assert_eq!((code, &report["problems"][0]["line"]), (1, &3.into()));
    assert_eq!(report["summary"]["valid"], 2);
}

#[test]
fn a_definition_can_be_the_root() {
    let here = folder(&[("s.json", INTEGER), ("a.json", "\"x\"")]);
    for root in ["text", "#/$defs/text"] {
        assert_eq!(validate(here.path(), &["--schema", "s.json", "--root", root, "a.json"]).code, 0);
    }
}

#[test]
fn an_instance_can_name_its_schema() {
    let here = folder(&[
        ("schemas/s.json", r#"{"properties": {"a": {"type": "integer"}}}"#),
        ("data/good.json", r#"{"$schema": "../schemas/s.json", "a": 1}"#),
        ("data/bad.yaml", "$schema: ../schemas/s.json\na: x\n"),
        ("data/mapped.json", r#"{"$schema": "https://example.com/s#", "a": 1}"#),
        ("data/unknown.json", r#"{"$schema": "https://example.com/t", "a": 1}"#),
    ]);
    assert_eq!(validate(here.path(), &["data/good.json"]).code, 0);
    assert_eq!(validate(here.path(), &["data/bad.yaml"]).code, 1);
    let map = "https://example.com/s=schemas/s.json";
    assert_eq!(validate(here.path(), &["--map", map, "data/mapped.json"]).code, 0);
    assert_eq!(
        validate(here.path(), &["--map", map, "--schema", "https://example.com/s", "data/good.json"]).code,
        0
    );
    let run = validate(here.path(), &["data/unknown.json"]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("`https://example.com/t`, is neither mapped nor"), "{}", run.stdout);
    assert!(run.stdout.contains("--schema FILE"), "it says what to do: {}", run.stdout);
}

#[test]
fn the_configuration_names_schemas() {
    let manifest = r#"
[package]
name = "a"
[package.metadata.isomorph]
schema = "schema"
out = "src"
[package.metadata.isomorph.validate]
"results/*.json" = "Count"
"names/**" = "Name"
"#;
    let here = folder(&[
        ("Cargo.toml", manifest),
        ("schema/Count.json", r#"{"type": "integer", "$defs": {"Name": {"type": "string"}}}"#),
        ("results/a.json", "1"),
        ("names/b/c.yaml", "- no\n"),
        ("other.json", "1"),
    ]);
    let (code, report) = report(here.path(), &[]);
    assert_eq!((code, &report["summary"]["files"]), (1, &2.into()), "{report}");
    assert_eq!(
        report["problems"][0]["file"].as_str().map(|name| name.ends_with("names/b/c.yaml")),
        Some(true)
    );
    assert_eq!(validate(here.path(), &["results"]).code, 0);
    assert_eq!(validate(here.path(), &["other.json"]).code, 2);
    let walked = super::report(here.path(), &["."]).1;
    assert!(walked["summary"]["skipped"].as_u64() > Some(0), "{walked}");
}

#[test]
fn nothing_to_check_is_an_error_that_says_what_to_do() {
    let here = folder(&[]);
    let run = validate(here.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("name a file"), "{}", run.stderr);
}

#[test]
fn a_file_that_was_damaged_on_its_way_is_not_checked() {
    let here = folder(&[("s.json", "{}")]);
    let whole = compress_to_vec(&b"[1, 2, 3]"[..], CompressionLevel::Fastest);
    let mut damaged = whole.clone();
    // The last bytes are those of the checksum.
    *damaged.last_mut().expect("there are some") ^= 1;
    write(&here, "whole.json.zst", &whole);
    write(&here, "damaged.json.zst", &damaged);
    write(&here, "damaged.ndjson.zst", &damaged);
    write(&here, "none.json.zst", b"[1, 2, 3]");
    for (name, code, expected) in [
        ("whole.json.zst", 0, ""),
        ("damaged.json.zst", 2, "its checksum is another"),
        ("damaged.ndjson.zst", 2, "its checksum is another"),
        ("none.json.zst", 2, "this is not Zstandard"),
    ] {
        let run = validate(here.path(), &["--schema", "s.json", name]);
        assert_eq!(run.code, code, "{name}: {}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(expected), "{name}: {}", run.stdout);
    }
}

#[test]
fn nothing_checked_could_not_run_unless_that_may_be() {
    let here =
        folder(&[("s.json", "{}"), ("empty/x.txt", ""), ("lines.ndjson", "\n"), ("two.yaml", "---\n---\n")]);
    for (arguments, expected) in [
        (&["--schema", "s.json", "empty"][..], "there is no file"),
        (&["--schema", "s.json", "lines.ndjson"], "nothing is in the files"),
        (&["--schema", "s.json", "two.yaml"], "nothing is in the files"),
        (&["."], "no schema is named for any of the files"),
    ] {
        let run = validate(here.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.contains("nothing was checked: ") && run.stderr.contains(expected),
            "{}",
            run.stderr
        );
        let run = validate(here.path(), &[arguments, &["--allow-empty"]].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn empty_documents_among_others_are_skipped_and_counted() {
    let here = folder(&[
        ("s.json", r#"{"type": "object"}"#),
        ("a.yaml", "---\na: 1\n---\n# nothing\n---\nb: 2\n---\n"),
    ]);
    let run = validate(here.path(), &["--schema", "s.json", "a.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(
        run.stderr.contains("checked 2 instances in 1 file: all valid, 2 empty documents skipped"),
        "{}",
        run.stderr
    );
    write(&here, "a.yaml", b"---\na: 1\n---\nnull\n");
    assert_eq!(validate(here.path(), &["--schema", "s.json", "a.yaml"]).code, 1);
}

#[test]
fn formats_assert_where_that_is_asked_for() {
    let manifest = "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"s.json\"\nout = \"src\"\nassert-formats = true\n\
                    validate = { \"*.txt.json\" = \"s\" }\n";
    let schemas = ["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"];
    for dialect in schemas {
        let schema = format!(
            r#"{{"$schema": "{dialect}", "items": {{"anyOf": [{{"format": "date"}}, {{"type": "null"}}]}}}}"#
        );
        let here = folder(&[
            ("s.json", &schema),
            ("a.txt.json", r#"["2024-02-30"]"#),
            ("b.json", r#"["2024-02-29", null]"#),
        ]);
        let code = |more: &[&str]| validate(here.path(), &[&["--schema", "s.json"], more].concat()).code;
        assert_eq!((code(&["a.txt.json"]), code(&["--assert-formats", "a.txt.json"])), (0, 1), "{dialect}");
        assert_eq!(code(&["--assert-formats", "b.json"]), 0, "{dialect}");
        write(&here, "Cargo.toml", manifest.as_bytes());
        assert_eq!(validate(here.path(), &[]).code, 1, "{dialect}");
    }
}

#[test]
fn a_comment_can_name_the_schema() {
    let here = folder(&[
        ("s.json", INTEGER),
        ("good.yaml", "# yaml-language-server: $schema=s.json\n1\n"),
        ("in/bad.yaml", "# $schema: ../s.json\nx\n"),
        ("bad.toml", "#:schema ./s.json\na = 1\n"),
        ("far.yaml", "# yaml-language-server: $schema=https://example.com/s.json\n1\n"),
    ]);
    for (name, code) in [("good.yaml", 0), ("in/bad.yaml", 1), ("bad.toml", 1), ("far.yaml", 2)] {
        let run = validate(here.path(), &[name]);
        assert_eq!(run.code, code, "{name}: {}{}", run.stdout, run.stderr);
    }
    for map in ["https://example.com/s.json=s.json", "https://example.com/=."] {
        assert_eq!(validate(here.path(), &["--map", map, "far.yaml"]).code, 0, "{map}");
    }
    // Out of the folder of the file and out of this one nothing leads.
    let outside = validate(&here.path().join("in"), &["bad.yaml"]);
    assert_eq!(outside.code, 2, "{}", outside.stdout);
}

#[test]
fn a_whole_path_can_name_the_schema_if_it_leads_below_here() {
    let here = folder(&[("schemas/s.json", r#"{"required": ["a"]}"#), ("in/out.txt", "")]);
    let schema = here.path().canonicalize().expect("a folder").join("schemas/s.json").display().to_string();
    for (name, uri) in [("uri.json", format!("file://{schema}")), ("path.json", schema)] {
        write(&here, &format!("in/{name}"), format!(r#"{{"$schema": "{uri}"}}"#).as_bytes());
        let run = validate(here.path(), &[&format!("in/{name}")]);
        assert_eq!(run.code, 1, "{uri}: {}{}", run.stdout, run.stderr);
        let outside = validate(&here.path().join("in"), &[name]);
        assert_eq!(outside.code, 2, "{uri}: {}", outside.stdout);
    }
}

#[test]
fn a_folder_without_a_manifest_is_configured_by_a_file_of_its_own() {
    let configuration = "schema = \"schemas\"\nassert-formats = true\n[validate]\n\".ci/*.yml\" = \"job\"\n\
                         \"**/tsconfig*.json\" = { schema = \"options\", format = \"jsonc\" }\n\".rc\" = { schema = \"date\", format = \"yaml\" }\n";
    let here = folder(&[
        ("isomorph.toml", configuration),
        ("schemas/job.json", r#"{"required": ["run"]}"#),
        ("schemas/options.json", r#"{"$defs": {"date": {"format": "date"}}, "type": "object"}"#),
        (".ci/a.yml", "run: 1\n"),
        (".ci/b.yml", "ruin: 1\n"),
        (".git/c.yml", "{"),
        ("in/tsconfig.base.json", "{\"a\": 1, // why\n}"),
        (".rc", "2024-02-30"),
        ("other.json", "{"),
    ]);
    for from in [here.path().to_owned(), here.path().join("in")] {
        let (code, report) = report(&from, &[]);
        assert_eq!(code, 1, "{report}");
        let keywords: Vec<_> =
            report["problems"].as_array().into_iter().flatten().map(|one| one["keyword"].as_str()).collect();
        assert_eq!(keywords, [Some("required"), Some("format")], "{report}");
        assert_eq!(report["summary"]["valid"], 2, "{report}");
    }
    assert_eq!(validate(here.path(), &["in/tsconfig.base.json"]).code, 0);
    for (text, expected) in [
        ("schema = \"schemas\"\nvalid = 1\n", "isomorph.toml:2:1: unknown key `valid`"),
        (
            "schema = \"schemas\"\n[validate]\na = { schema = \"a\", format = \"xml\" }\n",
            "isomorph.toml:3:30: unknown value `xml`",
        ),
    ] {
        write(&here, "isomorph.toml", text.as_bytes());
        let run = validate(here.path(), &[]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    // A manifest wins in its own folder.
    write(&here, "isomorph.toml", configuration.as_bytes());
    write(&here, "Cargo.toml", b"[package]\n[package.metadata.isomorph]\nschema = \"schemas\"\nout = \"src\"\nvalidate = { \"other.json\" = \"job\" }\n");
    let (_, report) = report(here.path(), &[]);
    let file = report["problems"][0]["file"].as_str();
    assert!(file.is_some_and(|file| file.ends_with("other.json")), "{report}");
}

#[test]
fn a_glob_may_name_the_path_of_a_schema_and_then_nothing_else_has_to() {
    let configuration = "[validate]\n\"orders/*.json\" = \"shop/order.schema.json\"\n\
                         \"lines.yaml\" = { schema = \"shop/order.schema.json#/$defs/line\" }\n\"gone.json\" = \"shop/gone.json\"\n";
    let here = folder(&[
        ("isomorph.toml", configuration),
        (
            "shop/order.schema.json",
            r#"{"items": {"$ref": "line.json"}, "$defs": {"line": {"type": "integer"}}}"#,
        ),
        ("shop/line.json", r#"{"type": "string"}"#),
        ("orders/a.json", r#"["a"]"#),
        ("orders/b.json", "[1]"),
        ("lines.yaml", "one"),
    ]);
    for from in [here.path().to_owned(), here.path().join("orders")] {
        let (code, report) = report(&from, &[]);
        assert_eq!((code, &report["summary"]["invalid"]), (1, &2.into()), "{report}");
        assert_eq!(report["summary"]["valid"], 1, "{report}");
    }
    write(&here, "gone.json", b"1");
    let run = validate(here.path(), &["gone.json"]);
    assert!(
        run.code == 2 && run.stdout.contains("`shop/gone.json` is no file"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn schemas_are_checked_alone() {
    let here = folder(&[
        ("good.json", INTEGER),
        ("type.json", "{\n  \"type\": \"int\"}"),
        ("pattern.yaml", "pattern: '('\n"),
        ("reference.json", r#"{"items": {"$ref": "gone.json"}}"#),
    ]);
    let check = |names: &[&str]| validate(here.path(), &[&["--as-schema"], names].concat());
    assert_eq!(check(&["good.json"]).code, 0);
    for (name, expected) in
        [("type.json", "type.json:2:"), ("pattern.yaml", "pattern.yaml"), ("reference.json", "`gone.json`")]
    {
        let run = check(&["good.json", name]);
        assert_eq!(run.code, 1, "{name}: {}", run.stderr);
        assert!(run.stdout.contains(expected), "{name}: {}", run.stdout);
        assert!(run.stderr.contains("checked 2 as schemas: 1 cannot be used"), "{}", run.stderr);
    }
    assert_eq!(check(&[]).code, 2);
}

#[test]
fn who_names_a_schema_without_saying_what_it_is_for_is_told_what_to_say() {
    for uri in ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema"] {
        let schema = format!(r#"{{"$schema": "{uri}", "type": "object"}}"#);
        let here = folder(&[("order.json", &schema), ("a.json", "{}")]);
        let run = validate(here.path(), &["order.json"]);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stdout.contains("this is a schema itself: say `--as-schema`"), "{}", run.stdout);
        assert_eq!(validate(here.path(), &["--as-schema", "order.json"]).code, 0);
        assert_eq!(validate(here.path(), &["--schema", "order.json", "a.json"]).code, 0);
    }
}
