//! yaml-test-suite: what each case says as JSON, or that it is no YAML.

use std::collections::BTreeSet;
use std::fs;

use isomorph_formats::{Format, read};
use serde_json::{Deserializer, Map, Value};

use super::corpus::{files, suite};
use super::differences::hold;

/// A text of the suite without what it shows of what cannot be seen.
fn plain(text: &str) -> String {
    let tabs = ["————»", "———»", "——»", "—»", "»"];
    let text = tabs.iter().fold(text.to_owned(), |text, tab| text.replace(tab, "\t"));
    let text = text.replace('␣', " ").replace('←', "\r").replace('⇔', "\u{FEFF}").replace('↵', "");
    text.strip_suffix("∎\n").map_or(text.clone(), str::to_owned)
}

fn documents(text: &str) -> Option<Vec<Value>> {
    let read = read(text, Format::Yaml, 1000).ok()?;
    read.iter().map(|document| serde_json::from_str(&document.json).ok()).collect()
}

/// Whether a case comes out as it should; `None` if it says of JSON nothing.
fn is_right(case: &Map<String, Value>) -> Option<bool> {
    let found = documents(&plain(case.get("yaml")?.as_str()?));
    if case.get("fail") == Some(&Value::Bool(true)) {
        return Some(found.is_none());
    }
    let json = plain(case.get("json")?.as_str()?);
    let expected: Result<Vec<Value>, _> = Deserializer::from_str(&json).into_iter().collect();
    // A stream without a document is read as one that says nothing.
    let expected = expected.ok().map(|all| if all.is_empty() { vec![Value::Null] } else { all });
    Some(found == expected)
}

#[test]
fn the_yaml_test_suite_comes_out_but_for_what_is_explained() {
    let mut differ = BTreeSet::new();
    let Some(suite) = suite("yaml") else { return };
    let mut held = 0;
    for path in files(&suite.join("src")) {
        let text = fs::read_to_string(&path).expect("it can be read");
        let cases = documents(&text).expect("the suite is YAML").remove(0);
        let mut case = Map::new();
        for (number, next) in cases.as_array().into_iter().flatten().enumerate() {
            // What a case does not say is as in the one before it, but whether it fails.
            case.remove("fail");
            case.extend(next.as_object().cloned().unwrap_or_default());
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            // What the suite would rather have nobody take is nobody's to judge.
            let is_judged = !case.contains_key("skip");
            let verdict = is_right(&case).filter(|_| is_judged);
            held += usize::from(verdict.is_some());
            if verdict == Some(false) {
                differ.insert(format!("{name}/{number}"));
            }
        }
    }
    assert!(held > 300, "{held} cases were held");
    hold(&differ, include_str!("yaml.txt"));
}
