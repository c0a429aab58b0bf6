//! Crates of schemas that others wrote, where the corpora are.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::corpora::corpora;
use super::init::{runtime, test};
use super::isomorph;

/// What is in a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The schemas of an official suite's groups that stand for themselves, each with its name.
fn groups(corpus: &Path, draft: &str, uri: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for path in entries(&corpus.join("json-schema-test-suite/tests").join(draft)) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let groups: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        for (index, group) in groups.iter().enumerate() {
            let mut schema = group["schema"].clone();
            let text = schema.to_string();
            if ["$ref", "$id", "\"id\"", "Anchor", "Ref\"", "$schema\":\"http://local"]
                .iter()
                .any(|word| text.contains(word))
            {
                continue;
            }
            if let Value::Object(keywords) = &mut schema {
                keywords.insert("$schema".to_owned(), uri.into());
            }
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            found.push((format!("{draft}-{stem}-{index}").replace('.', "-"), schema));
        }
    }
    found
}

#[test]
fn a_sample_of_the_official_suite_makes_one_crate_that_passes_its_tests() {
    const EACH: usize = 20;
    let Some(corpus) = corpora() else { return };
    let here = tempfile::tempdir().expect("a temporary folder");
    let folder = here.path().join("schemas");
    fs::create_dir(&folder).expect("a folder");
    let mut count = 0;
    for (draft, uri) in [
        ("draft4", "http://json-schema.org/draft-04/schema#"),
        ("draft6", "http://json-schema.org/draft-06/schema#"),
        ("draft7", "http://json-schema.org/draft-07/schema#"),
        ("draft2019-09", "https://json-schema.org/draft/2019-09/schema"),
        ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
    ] {
        for (name, schema) in groups(&corpus, draft, uri).into_iter().step_by(EACH) {
            fs::write(folder.join(format!("{name}.json")), schema.to_string()).expect("a file");
            count += 1;
        }
    }
    assert!(count > 30, "the suite is there: {count}");
    let arguments = ["init", "--schema", "schemas", "--crate", "made", "--runtime-path", &runtime()];
    let run = isomorph(here.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let made = here.path().join("made");
    assert_eq!(isomorph(&made, &["generate", "--check"]).code, 0);
    test(&made);
}

#[test]
fn a_sample_of_real_schemas_makes_crates_that_are_fresh() {
    const LONGEST: u64 = 60_000;
    let Some(corpus) = corpora() else { return };
    let schemas = entries(&corpus.join("pydantic")).into_iter();
    let schemas = schemas.chain(entries(&corpus.join("schemastore")).into_iter().step_by(12));
    let schemas = schemas.map(|folder| folder.join("schema.json"));
    let is_short = |path: &PathBuf| fs::metadata(path).is_ok_and(|data| data.len() < LONGEST);
    let here = tempfile::tempdir().expect("a temporary folder");
    for (index, schema) in schemas.filter(is_short).enumerate() {
        let schema = schema.display().to_string();
        let name = format!("made{index}");
        let arguments = ["init", "--schema", &schema, "--crate", &name, "--unresolved", "accept"];
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0, "{schema}: {}", run.stderr);
        let run = isomorph(&here.path().join(&name), &["generate", "--check"]);
        assert_eq!(run.code, 0, "{schema}: {}", run.stderr);
    }
}
