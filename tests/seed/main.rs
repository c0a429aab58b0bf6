//! The seed held against the laws: the models that the build script has just generated from `schema/`,
//! and the ones that are checked in.

#[path = "../../crates/cli/tests/corpora/mod.rs"]
mod corpora;
mod freshness;
mod instances;
mod interop;
mod mutation;
mod repository;
mod round_trip;
mod stale;

/// The models as codegen makes them now.
mod fresh {
    include!(concat!(env!("OUT_DIR"), "/fresh.rs"));
}

/// A schema file of the seed.
fn source(name: &str) -> serde_json::Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("a schema is JSON")
}
