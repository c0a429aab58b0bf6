//! What people are told: a folder of cases, each a schema, an instance and the text that comes of them. With
//! `ISOMORPH_BLESS=1` the texts are written anew, to be read before they are committed.

use std::fs;
use std::path::Path;

use super::validate;

#[test]
fn every_case_is_explained_as_is_written_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate/explained");
    let mut names: Vec<_> =
        fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    names.sort();
    assert!(names.len() > 10, "the cases are there");
    for case in names {
        let files = fs::read_dir(&case).expect("a folder").flatten().map(|entry| entry.file_name());
        let instance = files
            .filter_map(|name| name.into_string().ok())
            .find(|name| name.starts_with("instance."))
            .unwrap_or_else(|| panic!("{}: no instance", case.display()));
        let run = validate(&case, &["--schema", "schema.json", &instance]);
        let path = case.join("expected.txt");
        if std::env::var_os("ISOMORPH_BLESS").is_some() {
            fs::write(&path, &run.stdout).expect("a file");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(run.stdout, expected, "{}", case.display());
        assert_eq!(run.code, 1, "{}", case.display());
    }
}
