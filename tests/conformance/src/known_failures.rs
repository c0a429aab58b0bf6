//! Failures that are known, each with its reason: `known-failures.txt`, a line each, `CASE: reason`.

use std::collections::BTreeSet;

const KNOWN: &str = include_str!("../known-failures.txt");

/// Prints what failed and is not known to, and what is known to fail and no longer does; whether there is
/// neither. `reached` tells whether a case was judged at all.
pub fn compare(failed: &BTreeSet<&str>, reached: &dyn Fn(&str) -> bool) -> bool {
    let lines = KNOWN.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let known: BTreeSet<&str> = lines.map(|line| line.split(": ").next().unwrap_or(line)).collect();
    let new: Vec<_> = failed.difference(&known).collect();
    let mended: Vec<_> = known.difference(failed).filter(|name| reached(name)).collect();
    for name in &new {
        println!("failed, and is not known to: {name}");
    }
    for name in &mended {
        println!("no longer fails; take it out of known-failures.txt: {name}");
    }
    new.is_empty() && mended.is_empty()
}
