//! What typify is told, as settings of ours.

use std::fs;
use std::path::Path;

use isomorph_codegen::Manifest;
use tempfile::TempDir;

use super::init::{runtime, test};
use super::tool::folder;
use super::{isomorph, read};

const CRATE: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

const ORDER: &str = r##"{
    "$schema": "http://json-schema.org/draft-07/schema#", "title": "Order", "type": "object",
    "required": ["id", "total"],
    "properties": {
        "id": {"type": "string", "format": "ipv4"},
        "at": {"type": "string", "format": "date-time"},
        "total": {"$ref": "#/definitions/money-amount"},
        "line": {"$ref": "#/definitions/Line"},
        "note": {"type": ["string", "null"]},
        "count": {"type": "integer", "format": "int32"},
        "rate": {"type": "number", "multipleOf": 0.5, "description": "A rate."},
        "extra": {"type": "object", "additionalProperties": {"type": "string"}},
        "sku": {"type": "string", "x-rust-type": {"crate": "shop-types", "version": "1", "path": "shop_types::Sku"}}
    },
    "definitions": {
        "money-amount": {"type": "string", "pattern": "^[0-9]+$"},
        "Line": {"type": "object", "properties": {"sku": {"type": "string"}}}
    }
}"##;

/// What stands in a folder, printed for these paths.
fn printed(files: &[(&str, &str)], paths: &[&str]) -> (TempDir, String) {
    let here = folder(&[&[("Cargo.toml", CRATE), ("schema/order.json", ORDER)], files].concat());
    let run = isomorph(here.path(), &[&["init", "--from-typify"], paths].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(read(&here, "Cargo.toml"), CRATE, "nothing is changed");
    (here, run.stdout)
}

/// The manifests in what is printed.
fn manifests(text: &str) -> Vec<String> {
    let parts = text.split("[package.metadata.isomorph]\n").skip(1);
    let end = |part: &str| part.find("\n//").unwrap_or(part.len());
    parts.map(|part| format!("[package.metadata.isomorph]\n{}", &part[..end(part)])).collect()
}

/// What the macros in what is printed are told, as a manifest.
fn macros(text: &str, out: &str) -> Vec<String> {
    let parts = text.split("isomorph_macros::types!(\n").skip(1);
    let inside = parts.filter_map(|part| part.split("\n    );").next());
    let as_manifest = |inside: &str| {
        let lines = inside.lines().map(str::trim).filter(|line| !line.starts_with("//"));
        let mut text = format!("[package.metadata.isomorph]\nout = {out:?}\nschema = ");
        let mut depth = 0;
        for line in lines {
            depth += line.matches('{').count();
            depth -= line.matches('}').count();
            if depth > 0 {
                text.push_str(line);
                continue;
            }
            text = text.trim_end_matches(',').to_owned() + line.trim_end_matches(',') + "\n";
        }
        text
    };
    inside.map(as_manifest).collect()
}

fn manifest(here: &Path, text: &str) -> Manifest {
    Manifest::of_text(&here.join("Cargo.toml"), text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn every_argument_of_the_macro_is_said_or_noted() {
    const CODE: &str = r#"use typify::import_types;
// import_types!("nothing.json");
/* import_types!("nothing.json"); */
const TEXT: &str = r"import_types!(";

mod all {
    typify::import_types!(
        schema = "schema/order.json",
        derives = [schemars::JsonSchema, ::strum::AsRefStr, Debug, serde::Deserialize],
        attrs = [#[non_exhaustive], #[doc(alias = "it")]],
        struct_builder = true,
        unknown_crates = Allow,
        crates = { "mine" = "other@2.0.0", "any" = "*", "never" = "!" },
        map_type = ::std::collections::BTreeMap,
        patch = {
            Line = { rename = "OrderLine", derives = [Eq, std::hash::Hash], attrs = [#[doc(hidden)]] },
            Nope = { rename = "X" },
        },
        replace = { MoneyAmount = crate::Money: Display + ?FromStr, Gone = a::B },
        convert = {
            { type = "string", format = "date-time" } = ::jiff::Timestamp,
            { type = "number", multipleOf = 0.5 } = ::half::Half: ?Display,
            { type = "boolean" } = Flag,
        },
    );
}
"#;
    let (here, text) = printed(&[("src/lib.rs", CODE)], &["src"]);
    let told = manifests(&text);
    assert_eq!(told.len(), 1, "{text}");
    let read = manifest(here.path(), &told[0]);
    assert_eq!(
        macros(&text, "src/order").iter().map(|one| manifest(here.path(), one)).collect::<Vec<_>>(),
        [read]
    );
    for line in [
        "schema = \"schema/order.json\"",
        "\"*\" = [\"strum::AsRefStr\"]",
        "OrderLine = [\"Eq\", \"std::hash::Hash\"]",
        "\"*\" = [\"#[non_exhaustive]\", \"#[doc(alias = \\\"it\\\")]\"]",
        "OrderLine = [\"#[doc(hidden)]\"]",
        "constructors = true",
        "allow-rust-types = [\"any\", \"other\", \"shop-types\"]",
        "map-type = \"BTreeMap\"",
        "Line = \"OrderLine\"",
        "\"money-amount\" = { type = \"crate::Money\", via = \"serde\" }",
        "\"date-time\" = \"jiff::Timestamp\"",
        "ipv4 = \"std::net::Ipv4Addr\"",
        "\"order.json#/properties/rate\" = { type = \"half::Half\", via = \"serde\" }",
        "schemars = \"always\"",
        "absent-null = \"same\"",
        "integers = \"format\"",
    ] {
        assert!(told[0].lines().any(|told| told == line), "{line}\n{}", told[0]);
    }
    for note in [
        "// src/lib.rs:7: typify::import_types!",
        "// src/lib.rs:11: builders end in `.build()`",
        "// src/lib.rs:12: `Allow` of `unknown_crates`",
        "// src/lib.rs:13: `other` 2.0.0: which version",
        "// src/lib.rs:13: the crate `other` is called `mine` here",
        "// src/lib.rs:19: `MoneyAmount` stays a type, around `crate::Money`",
        "// src/lib.rs:19: `Gone`: no definition of the schemas is called so",
        "// src/lib.rs:22: `convert` of `{\"type\":\"number\",\"multipleOf\":0.5}`",
        "// src/lib.rs:23: `Flag` is no whole path",
        "// src/lib.rs:7: `Nope` is patched, and no type would be called so",
    ] {
        assert!(text.lines().any(|told| told.starts_with(note)), "{note}\n{text}");
    }
}

#[test]
fn a_build_script_is_read_where_it_says_literals() {
    const CODE: &str = r##"use typify::{TypeSpace, TypeSpaceImpl, TypeSpacePatch, TypeSpaceSettings};

fn main() {
    println!("cargo:rerun-if-changed=schema/order.json");
    let mut settings = TypeSpaceSettings::default();
    let mut patch = TypeSpacePatch::default();
    patch.with_rename("Row".to_string()).with_derive("Eq");
    settings.with_struct_builder(true).with_derive(String::from("::strum::AsRefStr")).with_type_mod("types");
    settings.with_patch("Line", &patch);
    settings
        .with_replacement("MoneyAmount", "::crate_a::Money", [TypeSpaceImpl::Display].into_iter())
        .with_conversion(
            SchemaObject {
                instance_type: Some(InstanceType::String.into()),
                format: Some("ipv4".to_string()),
                ..Default::default()
            },
            "::mine::Ip",
            [].into_iter(),
        )
        .with_unknown_crates(typify::UnknownPolicy::Deny)
        .with_crate("shop-types", typify::CrateVers::Version("1.0.0".parse().unwrap()), None)
        .with_map_type("::indexmap::IndexMap");
    for derive in derives {
        settings.with_derive(derive.clone());
    }
    TypeSpace::new(&settings);
    other(typify::TypeSpaceSettings::default().with_patch("Line", TypeSpacePatch::default().with_derive("Hash")));
}

fn other(settings: &mut typify::TypeSpaceSettings) {
    settings.with_attr("#[allow(unused)]".into());
}
"##;
    let (here, text) = printed(&[("build.rs", CODE)], &["build.rs"]);
    let told = manifests(&text);
    assert_eq!(told.len(), 3, "{text}");
    let read: Vec<_> = told.iter().map(|one| manifest(here.path(), one)).collect();
    let in_code: Vec<_> = macros(&text, "src/order").iter().map(|one| manifest(here.path(), one)).collect();
    assert_eq!(read, in_code);
    for line in [
        "constructors = true",
        "\"*\" = [\"strum::AsRefStr\"]",
        "Row = [\"Eq\"]",
        "Line = \"Row\"",
        "\"money-amount\" = { type = \"crate_a::Money\", via = \"serde\" }",
        "ipv4 = { type = \"mine::Ip\", via = \"serde\" }",
        "allow-rust-types = [\"shop-types\"]",
        "map-type = \"IndexMap\"",
        "schemars = \"never\"",
    ] {
        assert!(told[0].lines().any(|told| told == line), "{line}\n{}", told[0]);
    }
    assert!(told[1].contains("Line = [\"Hash\"]"), "{}", told[1]);
    assert!(told[2].contains("attributes = [\"#[allow(unused)]\"]"), "{}", told[2]);
    for note in [
        "// build.rs:5: typify::TypeSpaceSettings",
        "// build.rs:8: `with_type_mod`",
        "// build.rs:21: `Deny` of `unknown_crates`",
        "// build.rs:25: `with_derive`: what it is told cannot be read without running the code",
        "// build.rs:28: typify::TypeSpaceSettings",
        "// build.rs:31: typify::TypeSpaceSettings",
    ] {
        assert!(text.lines().any(|told| told.starts_with(note)), "{note}\n{text}");
    }
}

#[test]
fn what_is_printed_generates_types_that_compile() {
    const CODE: &str = r#"typify::import_types!(
    schema = "schema/order.json",
    struct_builder = true,
    derives = [JsonSchema],
    patch = { Line = { rename = "OrderLine", derives = [Eq] } },
    replace = { MoneyAmount = std::string::String },
    convert = { { type = "string", format = "date-time" } = std::string::String },
);
"#;
    const MAIN: &str = r##"mod order;

fn main() {}

#[test]
fn it_reads() {
    let order: order::Order = serde_json::from_str(r#"{"id": "127.0.0.1", "total": "1", "count": 1}"#).unwrap();
    let address: std::net::Ipv4Addr = order.id;
    let count: Option<i32> = order.count;
    let line = order::OrderLine::builder().sku("a".to_owned()).build().unwrap();
    assert!(address.is_loopback() && count == Some(1) && line.sku.is_some());
}
"##;
    let (here, text) = printed(&[("src/main.rs", CODE)], &["src/main.rs"]);
    assert!(!text.contains("`isomorph generate` says"), "{text}");
    let dependencies = format!(
        "\n[dependencies]\nisomorph-runtime = {{ path = {:?}, features = [\"guard\", \"schemars\"] }}\n\
         schemars = {{ version = \"1\", default-features = false, features = [\"std\", \"derive\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n[workspace]\n",
        runtime()
    );
    fs::write(here.path().join("Cargo.toml"), format!("{CRATE}{}{dependencies}", manifests(&text)[0]))
        .expect("a file");
    let run = isomorph(here.path(), &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let root = text.lines().find_map(|line| line.split_once("mod.rs says `")).map(|(_, rest)| rest);
    fs::write(here.path().join("src/order/mod.rs"), root.expect("it is told").trim_end_matches('`'))
        .expect("a file");
    fs::write(here.path().join("src/main.rs"), MAIN).expect("a file");
    test(here.path());
}

#[test]
fn what_is_no_rust_is_not_read() {
    let here = folder(&[("README.md", "`import_types!(\"a.json\")` makes types.\n")]);
    let run = isomorph(here.path(), &["init", "--from-typify", "README.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("README.md: no Rust file by its name"), "{}", run.stderr);
}

#[test]
fn what_typify_would_not_take_is_told_with_its_line() {
    for (code, message) in [
        (
            "\nimport_types!(schema = \"a.json\", derive = [A]);",
            "src/lib.rs:2: `derive` is no argument of `import_types!`",
        ),
        ("import_types!(derives = [A]);", "src/lib.rs:1: `import_types!` names no `schema`"),
        (
            "import_types!(\n schema = \"a.json\",\n struct_builder = maybe);",
            "src/lib.rs:3: `struct_builder` has to be `true` or `false`, not `maybe`",
        ),
        ("import_types!(\n schema = a,\n);", "src/lib.rs:2: `schema` has to be a string, not `a`"),
        (
            "import_types!(schema = \"a.json\",\n\n patch = { A = { name = \"B\" } });",
            "src/lib.rs:3: `name` is no part of a patch",
        ),
        (
            "import_types!(schema = \"a.json\", crates);",
            "src/lib.rs:1: expected `key = value`, found `crates`",
        ),
        ("\n\nimport_types!(schema = \"a.json\"", "src/lib.rs:3: `(` is never closed"),
        ("fn main() {}", "src: no `import_types!` and no `TypeSpaceSettings` in it"),
    ] {
        let here = folder(&[("Cargo.toml", CRATE), ("src/lib.rs", code)]);
        let run = isomorph(here.path(), &["init", "--from-typify", "src"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{code}");
        assert!(run.stderr.contains(message), "{code}: {}", run.stderr);
    }
    let here = folder(&[]);
    assert_eq!(isomorph(here.path(), &["init", "--from-typify", "nowhere"]).code, 2);
    let run = isomorph(here.path(), &["init", "--from-typify", "a.rs", "--crate", "made"]);
    assert!(run.code == 2 && run.stderr.contains("cannot be used with"), "{}", run.stderr);
}

#[test]
fn a_schema_that_names_no_dialect_is_one_of_draft_7_as_it_is_for_typify() {
    let old = r#"{"title": "Old", "type": "array", "items": [{"type": "string"}]}"#;
    let files = [("old.json", old), ("src/lib.rs", "typify::import_types!(\"old.json\");")];
    let (here, text) = printed(&files, &["src"]);
    assert!(!text.contains("`isomorph generate` says"), "{text}");
    let dialect = isomorph_codegen::Dialect::Draft7;
    assert_eq!(manifest(here.path(), &manifests(&text)[0]).settings.dialect, dialect);
}

#[test]
fn a_schema_that_is_not_there_is_noted() {
    let (_here, text) = printed(&[("src/lib.rs", "typify::import_types!(\"gone.json\");")], &["src"]);
    assert!(text.contains("// src/lib.rs:1: `gone.json` cannot be read as JSON"), "{text}");
    let (here, text) = printed(
        &[("build.rs", "fn main() { TypeSpaceSettings::default().with_struct_builder(true); }")],
        &["build.rs"],
    );
    assert!(text.contains("// build.rs:1: no string here names a file of JSON"), "{text}");
    manifest(here.path(), &manifests(&text)[0]);
}
