//! JSONTestSuite: what is JSON, and what is none.

use std::collections::BTreeSet;
use std::fs;

use isomorph_json::{DEEPEST, Tape, parse};

use super::corpus::{files, suite};
use super::differences::hold;

/// Whether a text is taken without a complaint.
fn is_taken(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes);
    text.is_ok_and(|text| parse(text, DEEPEST, &mut Tape::default()).is_ok())
}

/// The names say what should come out: `y_` is to be taken, `n_` refused, and `i_` may be either, of which what is refused
/// is listed.
#[test]
fn json_test_suite_comes_out_but_for_what_is_explained() {
    let Some(suite) = suite("json") else { return };
    let mut differ = BTreeSet::new();
    let mut held = 0;
    for path in files(&suite.join("test_parsing")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_taken = is_taken(&fs::read(&path).expect("it can be read"));
        held += 1;
        if is_taken == name.starts_with("n_") {
            differ.insert(name);
        }
    }
    assert!(held > 300, "{held} cases were held");
    hold(&differ, include_str!("json.txt"));
}
