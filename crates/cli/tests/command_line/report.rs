use serde_json::{Value, json};

use super::repository::repository;
use super::{folder, isomorph};

#[test]
fn the_seed_is_derived_and_exact_by_shape() {
    let run = isomorph(repository(), &["report"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.matches("by shape  derived").count(), 8, "{}", run.stdout);
    let totals = "8 definitions: 8 exact by shape, 8 derived; 27 of 27 positions typed (100.0 %)";
    assert!(run.stdout.contains(totals), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_name_of_a_file_steers_no_terminal() {
    let here = folder(&[("e\u{1b}[31m\n.json", r#"{"type": "object"}"#)]);
    let run = isomorph(here.path(), &["report", "--schema", "."]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains(r"e\u{1b}[31m\n.json#") && !run.stdout.contains('\u{1b}'), "{}", run.stdout);
}

#[test]
fn what_no_type_says_is_checked_or_guarded_and_carried() {
    let schema = r##"{
        "type": "object",
        "not": {"required": ["b"]},
        "properties": {"a": {"type": "string", "pattern": "(?<=a)b"}, "c": {"$ref": "#/$defs/c"},
            "inline": {"type": "string", "pattern": "^a"}},
        "$defs": {"c": {"not": {"type": "null"}}}
    }"##;
    let here = folder(&[("a.json", schema)]);
    let run = isomorph(here.path(), &["report", "--schema", "a.json", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let row = |place: &str| {
        let mut rows = report["definitions"].as_array().into_iter().flatten();
        rows.find(|row| row["schema"] == place).unwrap_or_else(|| panic!("{place}: {report}"))
    };
    let told = |place: &str| [&row(place)["shape"], &row(place)["checked_by"], &row(place)["guarded_by"]];
    assert_eq!(told("a.json#"), [&json!("struct"), &json!(["not", "pattern"]), &json!([])]);
    assert_eq!(told("a.json#/properties/a"), [&json!("newtype"), &json!([]), &json!(["pattern"])]);
    assert_eq!(told("a.json#/$defs/c"), [&json!("value"), &json!(["not"]), &json!([])]);
    assert_eq!(row("a.json#")["name"], "A");
    assert_eq!(row("a.json#/$defs/c")["carried_because"], "the type holds any value");
    assert_eq!(report["totals"]["positions"], json!({"typed": 3, "all": 5}));
}

#[test]
fn settings_that_trade_a_law_are_told_with_what_they_give_up() {
    let schema = r#"{"properties": {"a": {"type": "string", "format": "uuid"}, "b": {"type": "string", "format": "money"},
        "c": {"type": "string", "x-rust-type": {"crate": "shop", "version": "1", "path": "shop::Sku"}},
        "d": {"type": "string", "x-rust-type": {"crate": "other", "version": "1", "path": "other::Sku"}},
        "e": {"type": "object", "additionalProperties": {"type": "string"}}}}"#;
    let manifest = r#"
        [package]
        name = "a"
        [package.metadata.isomorph]
        schema = "a.json"
        out = "src"
        integers = "format"
        untyped = "object"
        absent-null = "same"
        sets = "BTreeSet"
        keys = "integer"
        unknown-variants = "keep"
        map-type = "IndexMap"
        string-type = "Arc<str>"
        allow-rust-types = ["shop"]
        [package.metadata.isomorph.formats]
        uuid = "uuid::Uuid"
        money = { type = "crate::Money", via = "str" }
        none = { type = "crate::None", with = "crate::none" }"#;
    let here = folder(&[("a.json", schema), ("Cargo.toml", manifest)]);
    let run = isomorph(here.path(), &["report"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "integers = \"format\": an integer that its format does not hold is refused, though the schema accepts it",
        "untyped = \"object\": what is no object is refused where a schema says something of objects alone, though it accepts anything else",
        "absent-null = \"same\": a property that is null does not come back where it may be absent",
        "sets = \"BTreeSet\": elements that have to differ come back in the order of a set",
        "keys = \"integer\": a name that shows an integer of more than 64 bits is refused, and one with leading zeros comes back without",
        "unknown-variants = \"keep\": what no variant of an enum stands for is accepted and kept, though the schema refuses it",
        "x-rust-type shop is shop::Sku, at one place: asserts what `shop::Sku` is read from; it comes back as that is written",
        "needs isomorph-runtime/indexmap: it reads maps that keep their order",
        "needs serde 1 (derive, rc): types are written by it",
        "format uuid is uuid::Uuid, at one place: asserts a UUID with hyphens; it comes back in lower case",
        "format money is crate::Money, at one place: asserts what `crate::Money` is parsed from; it comes back as that is shown",
        "format none is crate::None, which no schema has: asserts what `crate::none` reads; it comes back as that writes it",
    ] {
        assert!(run.stdout.lines().any(|found| found == line), "{line}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("other::Sku"), "{}", run.stdout);
}

#[test]
fn a_preset_is_the_settings_that_belong_to_it() {
    let schema = r#"{"properties": {"a": {"type": "integer", "format": "uint", "minimum": 0}, "b": {"type": ["integer", "null"], "format": "int32"}}, "type": "object"}"#;
    let manifest = |preset: &str| {
        format!(
            "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"a.json\"\nout = \"src\"\n{preset}"
        )
    };
    let report = |preset: &str| {
        let here = folder(&[("a.json", schema), ("Cargo.toml", &manifest(preset))]);
        let run = isomorph(here.path(), &["report"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        (run.stdout, run.stderr)
    };
    let hint = "looks as schemars prints types: `preset = \"schemars\"`";
    let (plain, told) = report("");
    assert!(told.contains(hint) && !plain.contains("integers ="), "{told}{plain}");
    let (preset, told) = report("preset = \"schemars\"");
    assert!(!told.contains(hint), "{told}");
    for line in
        ["integers = \"format\"", "absent-null = \"same\"", "sets = \"BTreeSet\"", "format uint is usize"]
    {
        assert!(preset.contains(line), "{preset}");
    }
    // What is said of one of them goes before.
    let (preset, _) = report("preset = \"schemars\"\nabsent-null = \"apart\"");
    assert!(!preset.contains("absent-null"), "{preset}");
}

#[test]
fn what_speaks_of_objects_without_a_type_is_told_with_the_setting_that_makes_structs_of_it() {
    let schema = r#"{"title": "Root", "type": "object", "properties": {"a": {"properties": {"b": {"type": "string"}}},
        "c": {"type": "object", "properties": {"d": {}}}, "e": {"properties": {"f": {"properties": {"g": {}}}}}}}"#;
    let told = |schema: &str, more: &[&str]| {
        let here = folder(&[("a.json", schema)]);
        let run =
            isomorph(here.path(), &[&["generate", "--schema", "a.json", "--out", "a.rs"], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stderr
    };
    let note =
        "and 2 other types are an object or anything else, as no `type` is said: `untyped = \"object\"`";
    assert!(told(schema, &[]).contains(note), "{}", told(schema, &[]));
    assert!(!told(schema, &["--untyped", "object"]).contains("anything else"));
    assert!(!told(r#"{"type": "object", "properties": {"a": {}}}"#, &[]).contains("anything else"));
}

#[test]
fn what_the_code_depends_on_is_told_with_the_reason() {
    let schema = r#"{"title": "Root", "type": "object", "properties": {
        "id": {"type": "string", "format": "uuid"},
        "hard": {"type": "string", "pattern": "^(a|b+)*c$"},
        "any": {}}}"#;
    let dynamic = r##"{"title": "Open", "$dynamicAnchor": "node", "type": "object",
        "properties": {"kids": {"type": "array", "items": {"$dynamicRef": "#node"}}}, "unevaluatedProperties": false,
        "$defs": {"Other": {"$id": "https://example.com/other", "$dynamicAnchor": "node"}}}"##;
    let manifest = "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"a.json\"\nout = \"src\"\nformats = { uuid = \"uuid::Uuid\" }\n";
    let lines = |schema: &str| {
        let here = folder(&[("a.json", schema), ("Cargo.toml", manifest)]);
        let run = isomorph(here.path(), &["report"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let needs = run.stdout.lines().filter(|line| line.starts_with("needs ")).map(str::to_owned);
        needs.collect::<Vec<_>>()
    };
    let plain = lines(schema);
    for line in [
        "needs isomorph-runtime/value: values of any type are held, or looked at before they are read, by `Root`",
        "needs isomorph-runtime/pattern: an engine matches `^(a|b+)*c$`",
        "needs isomorph-runtime/uuid: it reads `uuid::Uuid`",
        "needs uuid 1 (serde): it has `uuid::Uuid`",
        "needs schemars 1 (uuid1) behind a feature of that name: types implement `JsonSchema`; see the setting `schemars`",
    ] {
        assert!(plain.iter().any(|found| found == line), "{plain:#?}");
    }
    let guarded = lines(dynamic);
    assert!(
        guarded.iter().any(|line| line.starts_with("needs isomorph-runtime/guard: a validator checks `")),
        "{guarded:#?}"
    );
}

#[test]
fn crates_that_settings_name_are_needed_too() {
    let schema = r#"{"title": "Root", "type": "object", "properties": {
        "id": {"type": "string", "format": "uuid"}, "price": {"type": "string", "format": "money"},
        "colours": {"type": "array", "items": {"enum": ["a", "b"], "title": "Colour"}}}}"#;
    let manifest = r##"
        [package]
        name = "a"
        [package.metadata.isomorph]
        schema = "a.json"
        out = "src"
        attributes = ["#[non_exhaustive]", "#[derive(educe::Educe, crate::Own)]", "#[derive(std::hash::Hash)]"]
        [package.metadata.isomorph.formats]
        uuid = "uuid::Uuid"
        money = { type = "Box<shop::Money<coins::Euro>>", with = "money_text::plain" }
        unused = { type = "nobody::Unused", via = "serde" }
        [package.metadata.isomorph.derive]
        Colour = ["strum::Display", "serde::Deserialize"]
        Nothing = ["nothing::Derived"]"##;
    let here = folder(&[("a.json", schema), ("Cargo.toml", manifest)]);
    let run = isomorph(here.path(), &["report"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told: Vec<_> = run.stdout.lines().filter(|line| line.contains("settings name")).collect();
    let expected = [
        "needs coins: settings name `coins::Euro`",
        "needs educe: settings name `educe::Educe`",
        "needs money_text: settings name `money_text::plain`",
        "needs shop: settings name `shop::Money`",
        "needs strum: settings name `strum::Display`",
    ];
    assert_eq!(told, expected);
    let run = isomorph(
        here.path(),
        &["generate", "--schema", "a.json", "--out", "b.rs", "--derive", "Colour=strum::Display"],
    );
    assert!(run.stderr.ends_with("  cargo add strum\n"), "{}", run.stderr);
}

#[test]
fn of_what_is_mapped_it_tells_where_the_type_stands_and_where_it_does_not() {
    let schema = r#"{"properties": {
        "a": {"type": "string", "format": "color"}, "b": {"type": ["string", "null"], "format": "color"},
        "c": {"type": "object", "format": "color"}, "d": {"format": "color"}, "e": {"enum": ["x"], "format": "color"},
        "f": {"type": "array", "format": "list"},
        "g": {"allOf": [{"type": "string"}, {"format": "shade"}]}}}"#;
    let manifest = r#"
        [package]
        name = "a"
        [package.metadata.isomorph]
        schema = "a.json"
        out = "src"
        [package.metadata.isomorph.formats]
        color = { type = "crate::Color", via = "serde" }
        list = { type = "crate::List", via = "serde" }
        shade = { type = "crate::Shade", via = "serde" }"#;
    let here = folder(&[("a.json", schema), ("Cargo.toml", manifest)]);
    let run = isomorph(here.path(), &["report"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (begins, ends) in [
        (
            "format color is crate::Color, at 2 places: ",
            "; 3 other schemas say it of what is neither text nor a number, or is listed",
        ),
        (
            "format list is crate::List, nowhere: ",
            "; another schema says it of what is neither text nor a number, or is listed",
        ),
        ("format shade is crate::Shade, at one place: ", "it comes back as that is written"),
    ] {
        let is_told = run.stdout.lines().any(|line| line.starts_with(begins) && line.ends_with(ends));
        assert!(is_told, "{begins}…{ends}: {}", run.stdout);
    }
}
