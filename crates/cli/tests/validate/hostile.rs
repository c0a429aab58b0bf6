//! Input that is made to hang or to crash a validator. The limits are far above what it takes, so that a
//! slow machine passes and an exponential algorithm does not.

use std::time::{Duration, Instant};

use super::{folder, report, validate, write};

/// Runs it, and holds it to a time.
fn in_time(here: &tempfile::TempDir, arguments: &[&str]) -> (i32, serde_json::Value) {
    let start = Instant::now();
    let result = report(here.path(), arguments);
    assert!(start.elapsed() < Duration::from_secs(10), "{arguments:?} took {:?}", start.elapsed());
    result
}

#[test]
fn a_million_brackets_are_one_problem_with_its_place() {
    let brackets = "[".repeat(1_000_000);
    let here =
        folder(&[("s.json", "{}"), ("a.json", &brackets), ("b.yaml", &brackets), ("c.json5", &brackets)]);
    write(&here, "d.toml", format!("a = {brackets}").as_bytes());
    // The parser of YAML has a limit of its own.
    for (name, column) in [("a.json", 513), ("b.yaml", 256), ("c.json5", 513)] {
        let (code, report) = in_time(&here, &["--schema", "s.json", name]);
        assert_eq!((code, &report["problems"][0]["keyword"]), (1, &"depth".into()), "{name}: {report}");
        assert_eq!(report["problems"][0]["column"], column, "{name}");
    }
    assert_eq!(in_time(&here, &["--schema", "s.json", "d.toml"]).0, 1);
}

#[test]
fn the_deepest_instance_that_is_allowed_is_checked_and_explained() {
    let schema = r##"{"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"type": "null"}, {"items": {"$ref": "#/$defs/a"}, "type": "array"}]}}}"##;
    let deep = |inside: &str| format!("{}{inside}{}", "[".repeat(512), "]".repeat(512));
    let here = folder(&[("s.json", schema), ("good.json", &deep("null")), ("bad.json", &deep("1"))]);
    assert_eq!(in_time(&here, &["--schema", "s.json", "good.json"]).0, 0);
    let (code, report) = in_time(&here, &["--schema", "s.json", "bad.json"]);
    assert_eq!(code, 1, "{report}");
}

/// A recursive union, with or without what tells its branches apart, and an instance whose innermost value is wrong.
fn recursive(keyword: &str, is_tagged: bool, depth: usize) -> (serde_json::Value, String) {
    let branch = |tag: &str| {
        let own = if is_tagged { serde_json::json!({"const": tag}) } else { true.into() };
        serde_json::json!({
            "type": "object",
            "properties": {"tag": own, "in": {"$ref": "#"}, "leaf": {"type": "string"}},
            "required": ["tag"],
            "minProperties": 1
        })
    };
    let schema = serde_json::json!({keyword: [branch("a"), branch("b"), branch("c")]});
    let instance = (0..depth).fold("{\"tag\":\"b\",\"leaf\":5}".to_owned(), |inner, _| {
        format!("{{\"tag\":\"b\",\"in\":{inner}}}")
    });
    (schema, instance)
}

#[test]
fn what_is_wrong_deep_in_recursive_unions_is_found() {
    for (keyword, is_tagged) in [("oneOf", true), ("oneOf", false), ("anyOf", true), ("anyOf", false)] {
        for depth in [3, 25, 60] {
            let (schema, instance) = recursive(keyword, is_tagged, depth);
            let here = folder(&[("s.json", &schema.to_string()), ("a.json", &instance)]);
            let (code, report) = in_time(&here, &["--schema", "s.json", "a.json"]);
            assert_eq!(code, 1, "{keyword} {is_tagged} {depth}: {report}");
            let problem = &report["problems"][0];
            let leaf = format!("{}/leaf", "/in".repeat(depth));
            assert_eq!(problem["instanceLocation"], leaf, "{keyword} {is_tagged} {depth}: {report}");
            assert_eq!(problem["message"], "expected a string, found the number 5");
            let branch = usize::from(is_tagged);
            let pointer = format!("/{keyword}/{branch}/properties/leaf/type");
            assert_eq!(
                problem["schema"]["keywordLocation"], pointer,
                "{keyword} {is_tagged} {depth}: {report}"
            );
            assert_eq!(problem["branch"]["index"], branch);
        }
        // The deepest that is read is judged; how near to the leaf it is explained is a matter of how much it takes.
        let (schema, instance) = recursive(keyword, is_tagged, 500);
        let here = folder(&[("s.json", &schema.to_string()), ("a.json", &instance)]);
        assert_eq!(in_time(&here, &["--schema", "s.json", "a.json"]).0, 1, "{keyword} {is_tagged}");
    }
}

#[test]
fn what_doubles_in_all_of_is_explained_once() {
    let part = serde_json::json!({"properties": {"in": {"$ref": "#"}, "leaf": {"type": "string"}}});
    let schema = serde_json::json!({"allOf": [part, part, part]}).to_string();
    let deep = (0..40).fold("{\"leaf\":5}".to_owned(), |inner, _| format!("{{\"in\":{inner}}}"));
    let here = folder(&[("s.json", &schema), ("a.json", &deep)]);
    let (code, report) = in_time(&here, &["--schema", "s.json", "a.json"]);
    assert_eq!((code, &report["summary"]["problems"]), (1, &1.into()), "one mistake: {report}");
    assert_eq!(report["problems"][0]["instanceLocation"], format!("{}/leaf", "/in".repeat(40)));
}

#[test]
fn an_instance_that_takes_too_much_is_neither_valid_nor_invalid() {
    let constant =
        |index: usize| serde_json::json!({"const": format!("constant {index}"), "not": {"type": "null"}});
    let constants: Vec<_> = (0..2000).map(constant).collect();
    let schema = serde_json::json!({"items": {"anyOf": constants}}).to_string();
    let element = "\"constant 1999\"";
    let list = |length: usize| format!("[{}]\n", vec![element; length].join(","));
    let here = folder(&[("s.json", &schema), ("good.json", &list(10)), ("a.json", &list(20_000))]);
    let (code, report) = in_time(&here, &["--schema", "s.json", "good.json", "a.json"]);
    assert_eq!(code, 2, "{report}");
    let counts = ["valid", "invalid", "failed", "problems"].map(|count| report["summary"][count].as_u64());
    assert_eq!(counts, [Some(1), Some(0), Some(1), Some(1)]);
    assert_eq!(report["problems"][0]["keyword"], "limit");
    // The other lines are judged all the same.
    write(&here, "lines.ndjson", format!("{}{}[1]\n", list(20_000), list(10)).as_bytes());
    let (code, report) = in_time(&here, &["--schema", "s.json", "lines.ndjson"]);
    let counts = ["valid", "invalid", "failed"].map(|count| report["summary"][count].as_u64());
    assert_eq!((code, counts), (2, [Some(1), Some(1), Some(1)]), "{report}");
}

#[test]
fn a_pattern_that_backtracks_ends() {
    // Those of the first kind are matched in linear time; look-around needs backtracking, which is bounded.
    for (pattern, length) in
        [("^(a|a)*$", 200_000), ("^(a+)+$", 200_000), ("^(?=a)(a|a)*$", 2_000), ("(?!b)(a*)*c", 500)]
    {
        let here = folder(&[("near.json", &format!("\"{}b\"", "a".repeat(length)))]);
        write(&here, "s.json", serde_json::json!({"pattern": pattern}).to_string().as_bytes());
        let (found, report) = in_time(&here, &["--schema", "s.json", "near.json"]);
        assert_eq!(found, 1, "{pattern}: {report}");
        assert_eq!(report["problems"][0]["keyword"], "pattern", "{pattern}");
    }
}

#[test]
fn objects_of_many_members_and_arrays_of_many_problems_take_no_squared_time() {
    let members: Vec<_> = (0..200_000).map(|index| format!("\"key{index}\":{index}")).collect();
    let wide = format!("{{{}}}", members.join(","));
    let properties: Vec<_> =
        (0..2000).map(|index| format!("\"key{}\": {{\"type\": \"null\"}}", index * 99)).collect();
    let schema = format!("{{\"properties\": {{{}}}}}", properties.join(","));
    let here =
        folder(&[("s.json", &schema), ("wide.json", &wide), ("i.json", r#"{"items": {"type": "null"}}"#)]);
    let (code, report) = in_time(&here, &["--schema", "s.json", "wide.json"]);
    assert_eq!((code, &report["summary"]["problems"]), (1, &2000.into()));
    write(&here, "list.json", format!("[{}1]", "1,\n".repeat(30_000)).as_bytes());
    let (code, report) = in_time(&here, &["--schema", "i.json", "--max-errors", "10000", "list.json"]);
    assert_eq!((code, &report["summary"]["problems"]), (1, &30_001.into()));
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(10_000));
}

#[test]
fn long_strings_and_chains_of_merges_take_no_squared_time() {
    let schema = r#"{"properties": {"kind": {"enum": ["alpha", "beta"]}, "size": {"multipleOf": 3}}}"#;
    let here = folder(&[("s.json", schema)]);
    let text = format!("{{\"kind\": \"{}\"}}", "a".repeat(1_000_000));
    write(&here, "text.json", text.as_bytes());
    let (code, report) = in_time(&here, &["--schema", "s.json", "text.json"]);
    assert_eq!((code, &report["problems"][0]["keyword"]), (1, &"enum".into()));
    write(&here, "name.json", text.replace("kind", "kinds").replace("aaa\"", "aaa\\n\"").as_bytes());
    assert_eq!(in_time(&here, &["--schema", "s.json", "name.json"]).0, 0);
    write(&here, "digits.json", format!("{{\"size\": {}}}", "3".repeat(300)).as_bytes());
    assert_eq!(in_time(&here, &["--schema", "s.json", "digits.json"]).0, 0);
    let level = |n: usize| format!("a{n}: &a{n} {{<<: *a{}}}\n", n - 1);
    let levels: String = (1..20_000).map(level).collect();
    write(&here, "merged.yaml", format!("a0: &a0 {{k: [1]}}\n{levels}").as_bytes());
    assert_eq!(in_time(&here, &["--schema", "s.json", "merged.yaml"]).0, 0);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let level = |level: usize| {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        format!("a{level}: &a{level} [{inner}]\n")
    };
    let levels: String = (1..20).map(level).collect();
    let text = format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{levels}");
    let here = folder(&[("s.json", "{}"), ("a.yaml", &text)]);
    let (code, report) = in_time(&here, &["--schema", "s.json", "a.yaml"]);
    assert_eq!(code, 1, "{report}");
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_command_a_terminal() {
    let here = folder(&[("s.json", "false"), ("a\u{1b}[31m\n\u{202e}.json", "1")]);
    let run = validate(here.path(), &["--schema", "s.json", "a*.json"]);
    assert!(run.stdout.contains("a\\u{1b}[31m\\n\\u{202e}.json:1:1"), "{:?}", run.stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_summary_that_cannot_be_written_changes_nothing() {
    let here = folder(&[("s.json", "true"), ("a.json", "1")]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_isomorph"));
    command.args(["validate", "--schema", "s.json", "a.json"]).current_dir(here.path());
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("there is one");
    assert_eq!(command.stderr(full).status().expect("it runs").code(), Some(0));
}

#[test]
fn a_message_shows_no_control_characters_of_its_input() {
    let here = folder(&[("s.json", r#"{"enum": ["a"]}"#), ("a.json", "\"\\u001b[31m\\u202e\"")]);
    let run = validate(here.path(), &["--schema", "s.json", "a.json"]);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{:?}", run.stdout);
}

#[test]
fn no_report_has_a_character_that_commands_a_terminal_or_turns_letters_around() {
    let odd = "\u{9b}31m\u{202e}\u{200b}\u{7f}";
    let schema = format!(
        r#"{{"required": ["{odd}"], "properties": {{"{odd}": {{"description": "{odd}"}}, "a": {{"pattern": "^x$",
             "errorMessage": "say {odd}"}}, "b": {{"const": "{odd}"}}}}, "additionalProperties": false}}"#
    );
    let here =
        folder(&[("s.json", &schema), ("a.json5", &format!("{{a: '{odd}', b: 1, '{odd}x': 2, a: 3}}"))]);
    for format in ["text", "json", "sarif", "github", "junit", "line", "list"] {
        let run = validate(here.path(), &["--schema", "s.json", "--format", format, "a.json5"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        let hides = |c: char| c.is_control() && c != '\n' || odd.contains(c) && !c.is_ascii_graphic();
        assert!(!run.stdout.contains(hides), "{format}: {:?}", run.stdout);
    }
    let bad = format!(r#"{{"$defs": {{"{odd}": {{"type": "{odd}"}}}}}}"#);
    let here = folder(&[("s.json", &bad), ("a.json", "1")]);
    let run = validate(here.path(), &["--schema", "s.json", "a.json"]);
    assert!(!run.stderr.contains(['\u{9b}', '\u{202e}']), "{:?}", run.stderr);
}
