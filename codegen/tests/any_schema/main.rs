//! Schemas of every kind, odd and hostile ones too: what is generated compiles in a crate of somebody
//! else's without a warning, judges as the schema does, and where it is derived gives the schema back.
//!
//! `cases/NAME.json` holds `{"schema", "valid": […], "invalid": […], "written": [[…, …]], "settings": {…}, "uses": […]}`; what no file can hold well is made in
//! `hostile.rs`.

mod case;
mod hostile;
mod stranger;

use std::fs;
use std::path::Path;

use case::{Case, Settings};

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
        let accepted = case.valid.iter().chain(written).map(|i| (i, true));
        for (instance, expected) in accepted.chain(case.invalid.iter().map(|i| (i, false))) {
            let verdict =
                jsonschema::options().offline().build(&case.schema).expect(&case.name).is_valid(instance);
            assert_eq!(verdict, expected, "{}: the case is wrong about {instance}", case.name);
        }
    }
    let faults = stranger::faults(&cases);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
