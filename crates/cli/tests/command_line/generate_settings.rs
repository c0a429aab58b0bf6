//! Settings that say what types are made of, on the command line and in manifests.

use std::fs;

use super::tool::Run;
use super::{folder, isomorph};

const SCHEMA: &str = r##"{"title": "Order", "type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "price": {"type": "number", "format": "euro"}, "line": {"$ref": "#/$defs/Line"}},
    "$defs": {"Line": {"type": "object", "properties": {"weight": {"type": "number"}}}}}"##;

fn generate(arguments: &[&str]) -> Run {
    let here = folder(&[("order.json", SCHEMA)]);
    let all: Vec<_> = ["generate", "--schema", "order.json"].iter().chain(arguments).copied().collect();
    isomorph(here.path(), &all)
}

#[test]
fn types_are_mapped_derived_and_attributed_as_it_is_told() {
    let run = generate(&[
        "--formats",
        "uuid=uuid::Uuid",
        "--derive",
        "Li*=x::Show",
        "--attributes",
        "#[non_exhaustive]",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("pub id: Option<Uuid>"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("#[non_exhaustive]").count(), 2, "{}", run.stdout);
    assert_eq!(run.stdout.matches("x::Show").count(), 1, "{}", run.stdout);
    assert!(run.stderr.contains("cargo add uuid@1 --features serde"), "{}", run.stderr);
}

#[test]
fn what_is_derived_anyhow_is_derived_once() {
    for schemars in ["always", "feature"] {
        let run = generate(&[
            "--schemars",
            schemars,
            "--derive",
            "schemars::JsonSchema",
            "--derive",
            "std::fmt::Debug",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            !run.stdout.contains("schemars::JsonSchema,") && !run.stdout.contains("::Debug"),
            "{}",
            run.stdout
        );
        assert_eq!(run.stdout.matches("JsonSchema").count(), 3, "two types and one import: {}", run.stdout);
    }
}

#[test]
fn names_and_types_are_told_by_place_or_pattern() {
    let run = generate(&[
        "--names",
        "Li*=Row*",
        "--fields",
        "*.price=cost",
        "--types",
        "order.json#/properties/id=crate::Id",
        "--string-type",
        "Box<str>",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in ["pub struct Rowne ", "pub cost: Option<f64>", "pub id: Option<Id>"] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
}

#[test]
fn a_type_that_a_schema_names_is_of_the_crate_that_it_names() {
    let schema = r#"{"type": "string", "x-rust-type": {"crate": "shop", "version": "1", "path": "std::process::Command"}}"#;
    let here = folder(&[("a.json", schema)]);
    let run = isomorph(here.path(), &["generate", "--schema", "a.json", "--allow-rust-types", "shop"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    let reason = "`x-rust-type` names `std::process::Command`, which is no path of the crate `shop`";
    assert!(run.stderr.contains(reason), "{}", run.stderr);
}

#[test]
fn what_cannot_be_is_refused_with_the_reason() {
    for (arguments, reason) in [
        (["--formats", "uuid=no type"], "`no type` is no path of a Rust type"),
        (["--formats", "all"], "neither `types` nor `annotate` nor FORMAT=TYPE"),
        (
            ["--formats", "euro=crate::Euro"],
            "order.json#/properties/price: numbers of the format `euro` cannot be read as `crate::Euro`",
        ),
        (["--derive", "Line=Eq"], "`Line` cannot derive `Eq`: the type of its property `weight` has it not"),
        (
            ["--derive", "Line=std::cmp::Eq"],
            "`Line` cannot derive `std::cmp::Eq`: the type of its property `weight` has it not",
        ),
        (
            ["--schemars=never", "--derive=schemars::JsonSchema"],
            "`Order` cannot derive `schemars::JsonSchema`: `schemars` says that no type has it",
        ),
        (["--names", "Line="], "there is no `=` between a place and what is said of it"),
        (["--fields", "Line.weight=a b"], "`a b`, in `Line`, is no identifier of Rust"),
        (["--derive", "a b"], "`a b`, which `*` is to derive, is no path of a trait"),
        (
            ["--attributes", "non_exhaustive"],
            "`non_exhaustive`, of `*`, is no attribute such as `#[non_exhaustive]`",
        ),
    ] {
        let run = generate(&arguments);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn names_that_are_locked_stay_until_their_place_is_gone() {
    let schema =
        |parts: &str| format!("{{\"title\": \"Order\", \"type\": \"object\", \"properties\": {{{parts}}}}}");
    let owner = |name: &str, inner: &str| {
        format!(
            r#""{name}": {{"type": "object", "properties": {{"part": {{"type": "object", "properties": {{"{inner}": {{"type": "string"}}}}}}, "more": {{"type": "integer"}}}}}}"#
        )
    };
    let manifest = "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"order.json\"\nout = \"src\"\nlock-names = true\n";
    let one = schema(&owner("one", "a"));
    let here = folder(&[("order.json", &one), ("Cargo.toml", manifest)]);
    let generate = |arguments: &[&str]| {
        let all: Vec<_> = ["generate"].iter().chain(arguments).copied().collect();
        isomorph(here.path(), &all)
    };
    let model = || fs::read_to_string(here.path().join("src/model.rs")).expect("types");
    let lock = || fs::read_to_string(here.path().join("isomorph.lock")).expect("a lock");
    assert_eq!(generate(&[]).code, 0);
    assert_eq!(generate(&["--check"]).code, 0);
    assert!(model().contains("pub struct Part ") && lock().contains("name = \"Part\""), "{}", lock());
    // Another part, which would have both called after their owners.
    fs::write(
        here.path().join("order.json"),
        schema(&format!("{}, {}", owner("two", "b"), owner("one", "a"))),
    )
    .expect("a schema");
    let stale = generate(&["--check"]);
    assert_eq!(stale.code, 1, "{}", stale.stdout);
    assert!(stale.stdout.contains("+name = \"TwoPart\""), "{}", stale.stdout);
    assert_eq!(generate(&[]).code, 0);
    assert!(model().contains("pub struct Part ") && model().contains("pub struct TwoPart "), "{}", model());
    // A lock that is gone is written again, and not before that is it fresh.
    fs::remove_file(here.path().join("isomorph.lock")).expect("a lock");
    assert_eq!(generate(&["--check"]).code, 1);
    assert_eq!(generate(&[]).code, 0);
    assert!(model().contains("pub struct OnePart "), "{}", model());
    fs::write(here.path().join("order.json"), &one).expect("a schema");
    assert_eq!(generate(&[]).code, 0);
    assert!(lock().contains("name = \"OnePart\"") && !lock().contains("TwoPart"), "{}", lock());
    // By an option, for the schemas of the folder.
    let run =
        isomorph(here.path(), &["generate", "--schema", "order.json", "--out", "order.rs", "--lock-names"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = fs::read_to_string(here.path().join("order.rs")).expect("types");
    assert!(text.contains("pub struct OnePart "), "{text}");
}
