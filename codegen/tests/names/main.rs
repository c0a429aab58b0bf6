//! What types and variants are called: the rules by example, that the order of keys has no part in it, and that a lock keeps it.

mod chosen;
mod locked;
mod rules;
mod stability;

use std::collections::BTreeMap;

use isomorph_codegen::{Generated, Settings, Source, generate};
use serde_json::Value;

/// What is generated of a document in the file `file`.
fn generated(file: &str, schema: &Value) -> Generated {
    let source = Source { file: file.to_owned(), uri: None, text: schema.to_string().into_bytes() };
    generate(&[source], &Settings::default(), "model.rs").unwrap_or_else(|error| panic!("{schema}: {error}"))
}

/// The types, each by the places that no other has.
fn by_place(generated: &Generated) -> BTreeMap<(String, Option<String>, &'static str), String> {
    let rows = generated.report.definitions.iter();
    rows.map(|row| ((row.schema.clone(), row.only_for.clone(), row.shape), row.name.clone())).collect()
}
