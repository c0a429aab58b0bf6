//! The library by itself, as others embed it.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use isomorph_check::{Check, Error, Options, ReportFormat, Summary, Verdict, report};
use tempfile::TempDir;

/// A folder with a schema of short strings, and these instances.
fn folder(instances: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let schema = ("schema.json", r#"{"type": "string", "maxLength": 3}"#);
    for (name, text) in instances.iter().chain([&schema]) {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn options(folder: &TempDir) -> Options {
    let mut options = Options::new(folder.path());
    options.schema(folder.path().join("schema.json").display().to_string());
    options
}

/// What a run comes to, and what it writes.
fn run(options: Options, stop: bool) -> (Summary, String) {
    let check = Check::new(options).expect("it can begin");
    let mut out = Vec::new();
    let stop = Arc::new(AtomicBool::new(stop));
    let summary = check.run(report(ReportFormat::Text, false).as_mut(), &mut out, &mut (), &stop);
    (summary.expect("it can be written"), String::from_utf8(out).expect("UTF-8"))
}

#[test]
fn findings_go_to_the_writer_that_is_handed_in() {
    let folder = folder(&[("a.json", "\"abcd\""), ("b.json", "\"abc\"")]);
    let mut options = options(&folder);
    options.input(folder.path());
    let (summary, text) = run(options, false);
    assert_eq!(summary.verdict(), Verdict::Invalid);
    assert_eq!((summary.files, summary.valid, summary.invalid, summary.problems), (2, 1, 1, 1));
    assert!(text.starts_with("error[maxLength]: "), "{text}");
    assert!(text.contains("a.json:1:1"), "{text}");
}

#[test]
fn standard_input_is_what_is_handed_in() {
    let folder = folder(&[]);
    let mut options = options(&folder);
    options.input("-");
    let (summary, text) = run(options.clone(), false);
    assert_eq!(summary.verdict(), Verdict::Unfinished);
    assert!(text.contains("there is no standard input"), "{text}");
    options.stdin(|| Box::new(&b"\"ab\""[..]));
    assert_eq!(run(options, false).0.verdict(), Verdict::Valid);
}

#[test]
fn a_run_that_is_stopped_is_unfinished() {
    let folder = folder(&[("a.json", "\"abcd\"")]);
    let mut options = options(&folder);
    options.input(folder.path());
    let (summary, _) = run(options, true);
    assert_eq!((summary.verdict(), summary.is_interrupted), (Verdict::Unfinished, true));
}

#[test]
fn what_cannot_begin_is_an_error() {
    let folder = folder(&[]);
    assert!(matches!(Check::new(options(&folder)), Err(Error::NoInput)));
    let mut unknown = options(&folder);
    unknown.root("nothing").input("-");
    assert!(matches!(Check::new(unknown), Err(Error::NoRoot { .. })));
    let mut missing = Options::new(folder.path());
    missing.schema("nowhere.json").input("-");
    assert!(matches!(Check::new(missing), Err(Error::Schema(_))));
}
