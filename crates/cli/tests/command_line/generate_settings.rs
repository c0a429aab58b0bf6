//! Settings that say what types are made of, on the command line and in manifests.

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
fn what_cannot_be_is_refused_with_the_reason() {
    for (arguments, reason) in [
        (["--formats", "uuid=no type"], "`no type` is no path of a Rust type"),
        (["--formats", "all"], "neither `types` nor `annotate` nor FORMAT=TYPE"),
        (
            ["--formats", "euro=crate::Euro"],
            "order.json#/properties/price: numbers of the format `euro` cannot be read as `crate::Euro`",
        ),
        (["--derive", "Line=Eq"], "`Line` cannot derive `Eq`: the type of its property `weight` has it not"),
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
