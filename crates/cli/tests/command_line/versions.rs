//! Histories of versions, as registries hold them.

use std::fs;

use super::diff::{commit_all, git};
use super::{folder, isomorph};

/// Three versions: the second is wider than the first, the third narrower than the second and as wide as the first.
const VERSIONS: [(&str, &str); 3] = [
    ("versions/v1.json", r#"{"type": "integer", "minimum": 5}"#),
    ("versions/v2.json", r#"{"type": "integer", "minimum": 1}"#),
    ("versions/v10.json", r#"{"type": "integer", "minimum": 5}"#),
];

#[test]
fn a_version_is_held_to_what_a_registry_asks_of_it() {
    let here = folder(&VERSIONS);
    let run = |mode: &str, more: &[&str]| {
        let all = ["diff", "--history", "versions", "--no-api", "--compatibility", mode];
        isomorph(here.path(), &[&all, more].concat())
    };
    for (mode, code, said) in [
        ("backward", 1, &["v10.json with versions/v2.json: old data under the new schema: breaking"][..]),
        ("forward", 0, &["v10.json with versions/v2.json: kept"]),
        ("full", 1, &["v10.json with versions/v2.json: old data"]),
        ("backward-transitive", 1, &["v2.json: old data under", "v1.json: kept"]),
        ("forward-transitive", 0, &["v2.json: kept", "v1.json: kept"]),
        ("full-transitive", 1, &["v2.json: old data", "v1.json: kept"]),
    ] {
        let run = run(mode, &[]);
        assert_eq!(run.code, code, "{mode}: {}", run.stderr);
        let lines: Vec<_> = run.stderr.lines().collect();
        assert_eq!(lines.len(), said.len(), "{mode}: {}", run.stderr);
        for (line, said) in lines.iter().zip(said) {
            assert!(line.contains(said), "{mode}: {line}");
        }
    }
    let named = run("forward-transitive", &["--schema", "versions/v2.json"]);
    assert_eq!(named.code, 1, "{}", named.stderr);
    assert_eq!(named.stderr.lines().count(), 3, "{}", named.stderr);
}

#[test]
fn tags_are_versions() {
    let here = folder(&[("order.json", VERSIONS[0].1)]);
    commit_all(here.path());
    git(here.path(), &["tag", "v1"]);
    fs::write(here.path().join("order.json"), VERSIONS[1].1).unwrap();
    let all = ["diff", "--history", "v*", "--schema", "order.json", "--no-api", "--compatibility"];
    let run = isomorph(here.path(), &[&all[..], &["backward-transitive"]].concat());
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "compatibility of order.json with v1:order.json: kept\n")
    );
    let run = isomorph(here.path(), &[&all[..], &["forward"]].concat());
    assert!(
        run.code == 1 && run.stderr.contains("new data under the old schema: breaking"),
        "{}",
        run.stderr
    );
    // A version that was just tagged is not held against itself.
    commit_all(here.path());
    git(here.path(), &["tag", "v2"]);
    let run = isomorph(here.path(), &[&all[..], &["forward"]].concat());
    assert!(run.code == 1 && run.stderr.contains("with v1:order.json: new data"), "{}", run.stderr);
    assert!(run.stderr.starts_with("the schemas are those of v2"), "{}", run.stderr);
    fs::write(here.path().join("order.json"), VERSIONS[0].1).unwrap();
    let run = isomorph(here.path(), &[&all[..], &["backward"]].concat());
    assert!(run.code == 1 && run.stderr.contains("with v2:order.json: old data"), "{}", run.stderr);
    let none = isomorph(
        here.path(),
        &["diff", "--history", "w*", "--schema", "order.json", "--compatibility", "full"],
    );
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("nor a pattern of git tags that there are here"), "{}", none.stderr);
}
