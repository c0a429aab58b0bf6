//! Schemas that cannot be used: `refused/NAME.json`, and what is said of it in `refused/NAME.txt`.

use std::fs;
use std::path::Path;

use super::isomorph;

#[test]
fn a_schema_that_cannot_be_used_is_refused_with_its_place() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command_line/refused");
    let mut names: Vec<_> = fs::read_dir(&cases)
        .expect("the cases are there")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"))
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 17, "cases are missing");
    for name in names {
        let schema = format!("{name}.json");
        let run = isomorph(&cases, &["report", "--schema", &schema]);
        assert_eq!(run.code, 2, "{name}: {}", run.stdout);
        assert_eq!(run.stdout, "", "{name}");
        let expected = fs::read_to_string(cases.join(format!("{name}.txt")));
        let expected =
            expected.unwrap_or_else(|error| panic!("{name}.txt: {error}; it says: {}", run.stderr));
        assert_eq!(run.stderr, expected, "{name}");
    }
}
