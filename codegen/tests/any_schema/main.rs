//! Schemas of every kind, odd and hostile ones too: what is generated compiles in a crate of somebody
//! else's without a warning, judges as the schema does, and where it is derived gives the schema back.
//!
//! `cases/NAME.json` holds `{"schema", "beside": {…}, "valid": […], "invalid": […], "accepted": […], "refused": […], "narrower": […], "wider": […],
//! "written": [[…, …]], "settings": {…}, "uses": […]}`; what no file can hold well is made in `hostile.rs`.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "cases are files, and a stranger's crate is compiled by cargo"
)]

mod case;
mod hostile;
mod stranger;

use std::fs;
use std::path::Path;

use isomorph_codegen::{Generator, Pointer, Source};
use serde_json::Value;

use case::{Case, Settings};

impl Case {
    /// Its schema, and the files beside it.
    fn documents(&self) -> impl Iterator<Item = (&str, &Value)> {
        let beside = self.beside.iter().map(|(file, schema)| (file.as_str(), schema));
        std::iter::once(("case.json", &self.schema)).chain(beside)
    }

    /// A generator for all of them.
    fn generator(&self) -> Generator {
        let mut generator = Generator::new();
        for (file, schema) in self.documents() {
            let text = schema.to_string().into_bytes();
            generator.source(Source { file: file.to_owned(), uri: None, text });
        }
        generator
    }

    fn validator(&self) -> jsonschema::Validator {
        if let Some(held) = &self.held {
            return self.validator_of(held);
        }
        if self.beside.is_empty() {
            return jsonschema::options().offline().build(&self.schema).expect(&self.name);
        }
        isomorph_codegen::validator(&self.generator().documents().expect(&self.name)).expect(&self.name)
    }

    /// A validator for the schema of a type, among those that the document holds.
    fn validator_of(&self, held: &str) -> jsonschema::Validator {
        let report = self.generator().generate("case.rs").expect(&self.name).report;
        let row = report.definitions.iter().find(|row| row.name == held).expect(&self.name);
        let in_file = row.schema.split_once('#').and_then(|(_, pointer)| Pointer::parse(pointer));
        let documents = self.generator().documents().expect(&self.name);
        let at = documents[0].locate(&in_file.expect("a pointer"));
        isomorph_codegen::validator_at(&documents, 0, &at).expect(&self.name)
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/any_schema/cases");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.sort();
    let case = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a case can be read");
        let mut case: Case =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        case.name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        case
    };
    paths.iter().map(case).chain(hostile::cases()).collect()
}

#[test]
fn every_module_compiles_for_a_stranger_and_judges_as_its_schema() {
    let cases = cases();
    for case in &cases {
        let written = case.written.iter().flat_map(|(read, back)| [read, back]);
        let validator = case.validator();
        let accepted = case.valid.iter().chain(&case.narrower).chain(written).map(|i| (i, true));
        let refused = case.invalid.iter().chain(&case.wider).map(|i| (i, false));
        for (instance, expected) in accepted.chain(refused) {
            let verdict = validator.is_valid(instance);
            assert_eq!(verdict, expected, "{}: the case is wrong about {instance}", case.name);
        }
    }
    let faults = stranger::faults(&cases, &[]);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Cases of which a verdict depends on how numbers, or the order of members, are seen.
const FEATURED: [&str; 8] = [
    "arrays_of_numbers",
    "bounds",
    "constants",
    "enum_of_anything",
    "integers_beside_numbers_of_draft_4",
    "integers_of_draft_4",
    "numbers_in_what_is_kept",
    "properties_that_come_twice",
];

/// Features of `serde_json` are for all crates of a build: one that turns them on must not change what types of others read.
#[test]
fn it_judges_the_same_whatever_a_crate_of_the_build_asks_of_serde_json() {
    let mut cases = cases();
    cases.retain(|case| FEATURED.contains(&case.name.as_str()));
    assert_eq!(cases.len(), FEATURED.len());
    let features =
        ["arbitrary_precision", "float_roundtrip", "preserve_order", "raw_value", "unbounded_depth"];
    let faults = stranger::faults(&cases, &features);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
