//! The house of DESIGN.md holds: imports between crates go one way, and no files of a crate import each other in a loop.

mod imports;
mod loops;
mod oldest;
mod published;
mod workspace;

use std::collections::BTreeSet;

use workspace::{Package, packages};

/// What each crate may import of the others. Arrows go down this list: nobody imports one that comes later.
const ARROWS: [(&str, &[&str]); 14] = [
    ("isomorph-json", &[]),
    ("isomorph-formats", &["isomorph-json"]),
    ("isomorph-validator", &["isomorph-json"]),
    ("isomorph-runtime", &["isomorph-json", "isomorph-validator"]),
    ("isomorph-schema", &["isomorph-json", "isomorph-formats", "isomorph-validator"]),
    ("isomorph-codegen", &["isomorph-json", "isomorph-validator", "isomorph-runtime", "isomorph-schema"]),
    ("isomorph-evolution", &["isomorph-json", "isomorph-validator", "isomorph-schema"]),
    ("isomorph-check", &["isomorph-json", "isomorph-formats", "isomorph-validator", "isomorph-schema"]),
    (
        "isomorph-play",
        &[
            "isomorph-json",
            "isomorph-formats",
            "isomorph-schema",
            "isomorph-codegen",
            "isomorph-evolution",
            "isomorph-check",
        ],
    ),
    ("isomorph-macros", &["isomorph-codegen", "isomorph-schema"]),
    ("immich-upload", &["isomorph-runtime"]),
    ("seed", &["isomorph-codegen"]),
    ("isomorph", &["isomorph-*"]),
    ("conformance", &["isomorph-*"]),
];

/// Arrows that are still there, and have to be turned.
const NOT_YET_TURNED: [(&str, &str); 0] = [];

/// Crates that still have loops. One that has none any more is taken off this list.
const NOT_YET_UNTIED: [&str; 0] = [];

/// What only a program has: arguments, colours of a terminal, signals.
const OF_PROGRAMS: [&str; 5] = ["clap", "clap_complete", "clap_mangen", "ctrlc", "indicatif"];

/// The crates that are programs.
const PROGRAMS: [&str; 2] = ["isomorph", "conformance"];

fn may_import(name: &str, other: &str) -> bool {
    let allowed = ARROWS.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, allowed)| allowed);
    allowed.iter().any(|one| match one.strip_suffix('*') {
        Some(start) => other.starts_with(start),
        None => *one == other,
    })
}

/// Every import of a crate of the workspace by another, but for their tests.
fn arrows(packages: &[Package]) -> BTreeSet<(&str, &str)> {
    let is_ours = |name: &str| packages.iter().any(|package| package.name == name);
    let of_each =
        packages.iter().flat_map(|package| package.dependencies.iter().map(move |name| (package, name)));
    let ours = of_each.filter(|(_, name)| is_ours(name));
    ours.map(|(package, name)| (package.name.as_str(), name.as_str())).collect()
}

/// The crate that nobody writes.
const GENERATED: &str = "immich-upload";

#[test]
fn imports_between_crates_go_one_way() {
    let packages = packages();
    for package in &packages {
        let is_known = ARROWS.iter().any(|(name, _)| *name == package.name);
        assert!(is_known, "{} has no place in the house; give it one in ARROWS", package.name);
    }
    let arrows = arrows(&packages);
    let back: Vec<_> = arrows
        .iter()
        .filter(|(name, other)| !may_import(name, other) && !NOT_YET_TURNED.contains(&(name, other)))
        .collect();
    assert!(back.is_empty(), "these arrows run against DESIGN.md: {back:?}");
    for turned in NOT_YET_TURNED {
        assert!(arrows.contains(&turned), "{turned:?} is turned; take it off NOT_YET_TURNED");
    }
}

#[test]
fn no_arrow_of_the_design_runs_back() {
    for (position, (name, allowed)) in ARROWS.iter().enumerate() {
        for one in allowed.iter().filter(|one| !one.ends_with('*')) {
            let before = ARROWS[..position].iter().any(|(known, _)| known == one);
            assert!(before, "{name} may import {one}, which comes after it");
        }
    }
}

#[test]
fn only_programs_know_a_command_line() {
    for package in packages().iter().filter(|package| !PROGRAMS.contains(&package.name.as_str())) {
        let found: Vec<_> =
            package.dependencies.iter().filter(|name| OF_PROGRAMS.contains(&name.as_str())).collect();
        assert!(found.is_empty(), "{} depends on {found:?}", package.name);
    }
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_loop() {
    let mut faults = Vec::new();
    // What is generated is one thing in files for three readers: types name what is said of them, and are named there.
    for package in packages().into_iter().filter(|package| package.name != GENERATED) {
        let mut found = Vec::new();
        for root in &package.roots {
            found.extend(loops::loops(&imports::imports(root)));
        }
        match (NOT_YET_UNTIED.contains(&package.name.as_str()), found.is_empty()) {
            (true, true) => faults.push(format!("{} has no loop; take it off NOT_YET_UNTIED", package.name)),
            (false, false) => faults.extend(found.iter().map(|files| format!("{}: {files:?}", package.name))),
            _ => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
