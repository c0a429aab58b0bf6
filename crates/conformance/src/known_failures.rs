//! Failures that are known, each with its reason: `known-failures.txt`, a line each, `CASE: reason`.

use std::collections::BTreeSet;

use crate::corpus::Corpus;
use crate::judge::Judged;
use crate::score::Score;

const KNOWN: &str = include_str!("../known-failures.txt");

/// Prints what failed and is not known to, and what is known to fail and no longer does; whether there is
/// neither.
pub fn compare(corpus: &Corpus, score: &Score, judged: &Judged) -> bool {
    let failed = score.failed.iter().map(|case| corpus.cases[*case].name.as_str());
    let failed: BTreeSet<&str> = failed.collect();
    let reached = |name: &str| {
        let case = corpus.cases.iter().position(|case| case.name == name);
        case.is_some_and(|case| !judged.not_reached.contains(&case))
    };
    let lines = KNOWN.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let known: BTreeSet<&str> = lines.map(|line| line.split(": ").next().unwrap_or(line)).collect();
    let new: Vec<_> = failed.difference(&known).collect();
    let mended: Vec<_> = known.difference(&failed).filter(|name| reached(name)).collect();
    for name in &new {
        println!("failed, and is not known to: {name}");
    }
    for name in &mended {
        println!("no longer fails; take it out of known-failures.txt: {name}");
    }
    new.is_empty() && mended.is_empty()
}
