//! The official test suite, where it is: verdicts on the tape are those on a tree of values, and whatever is
//! invalid is explained.

use std::fs;
use std::path::{Path, PathBuf};

use isomorph_codegen::Dialect;
use isomorph_json::{DEEPEST, Tape, TapeNode, parse};
use isomorph_validator::explain::{Schema, SchemaText, Verdict, explain};
use serde_json::Value;

use super::repository::repository;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

/// The dialect of a folder of the suite.
fn dialect(path: &Path) -> Option<Dialect> {
    let names = [
        ("draft4", Dialect::Draft4),
        ("draft6", Dialect::Draft6),
        ("draft7", Dialect::Draft7),
        ("draft2019-09", Dialect::Draft201909),
        ("draft2020-12", Dialect::Draft202012),
    ];
    let has = |name: &str| path.components().any(|part| part.as_os_str() == name);
    names.into_iter().find(|(name, _)| has(name)).map(|(_, dialect)| dialect)
}

const URI: &str = "isomorph:///suite.json";

/// Holds one instance; says whether it is valid.
fn hold(schema: &Schema, tree: &jsonschema::Validator, instance: &Value, name: &str) -> bool {
    let text = serde_json::to_string_pretty(instance).expect("it can be written");
    let mut tape = Tape::default();
    parse(&text, DEEPEST, &mut tape).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    let node = TapeNode::root(&text, &tape);
    let is_valid = tree.is_valid(instance);
    assert_eq!(schema.verdict(node) == Verdict::Valid, is_valid, "{name}: {text}");
    let (problems, _) = explain(schema, node, usize::MAX);
    assert_eq!(problems.is_empty(), is_valid, "{name}: {text}: {problems:?}");
    for problem in problems {
        assert!(text.get(problem.span.clone()).is_some_and(|shown| !shown.is_empty()), "{name}: {problem:?}");
        assert!(!problem.message.is_empty());
    }
    is_valid
}

#[test]
fn verdicts_of_the_official_suite_are_the_same_and_explained() {
    let suite = repository().join("../shared/corpus/json-schema-test-suite");
    let mut paths = Vec::new();
    files(&suite, &mut paths);
    let mut counts = [0, 0];
    for path in paths {
        let Some(dialect) = dialect(&path) else { continue };
        let groups: Value = serde_json::from_slice(&fs::read(&path).expect("a file")).unwrap_or_default();
        for group in groups.as_array().into_iter().flatten() {
            let (Some(root), Some(tests)) = (group.get("schema"), group["tests"].as_array()) else {
                continue;
            };
            let root = root.clone();
            let tree =
                isomorph_validator::validator([(URI.to_owned(), root.clone())], URI, dialect.uri(), "");
            let text = SchemaText {
                uri: URI.into(),
                file: "suite.json".into(),
                text: std::sync::Arc::new(root.to_string().into()),
                root,
                moved: Vec::new(),
            };
            let schema = Schema::new(vec![text], URI, dialect.uri(), "");
            assert_eq!(tree.is_ok(), schema.is_ok(), "{}", path.display());
            // Some refer to documents that are not given here.
            let (Ok(tree), Ok(schema)) = (tree, schema) else { continue };
            for test in tests {
                let name = format!("{}: {}: {}", path.display(), group["description"], test["description"]);
                counts[usize::from(hold(&schema, &tree, &test["data"], &name))] += 1;
            }
        }
    }
    match counts {
        [0, 0] => println!("skipped: the suite is not here"),
        [invalid, valid] => println!("{valid} valid and {invalid} invalid instances"),
    }
}
