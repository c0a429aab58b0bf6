//! json5-tests: what is JSON5, and what is none.

use std::collections::BTreeSet;
use std::fs;

use isomorph_formats::{Format, read};
use isomorph_json::{DEEPEST, Tape, parse};

use super::corpus::{files, suite};
use super::differences::hold;

/// Whether a text is taken, and what comes of it is JSON.
fn is_taken(text: &str) -> bool {
    read(text, Format::Json5, DEEPEST)
        .is_ok_and(|all| all.iter().all(|one| parse(&one.json, DEEPEST, &mut Tape::default()).is_ok()))
}

/// The endings say what should come out: `.json` and `.json5` are to be taken, `.js` and `.txt` refused.
#[test]
fn json5_tests_come_out_but_for_what_is_explained() {
    let Some(suite) = suite("json5") else { return };
    let mut differ = BTreeSet::new();
    let mut held = 0;
    for path in files(&suite) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let is_to_be_taken = match ending.as_str() {
            "json" | "json5" => true,
            "js" | "txt" => false,
            _ => continue,
        };
        held += 1;
        let text = fs::read_to_string(&path).expect("it is text");
        if is_taken(&text) != is_to_be_taken {
            let name = path.strip_prefix(&suite).unwrap_or(&path);
            differ.insert(name.to_string_lossy().replace('\\', "/"));
        }
    }
    assert!(held > 100, "{held} cases were held");
    hold(&differ, include_str!("json5.txt"));
}
