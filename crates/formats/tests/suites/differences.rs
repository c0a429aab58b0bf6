//! The list of what is known to differ, and why.

use std::collections::BTreeSet;

/// Holds what differs against a list: `#` begins a comment, and the first word of every other line is the name of a case.
pub fn hold(found: &BTreeSet<String>, list: &str) {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let known: BTreeSet<String> =
        lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "these differ and are not explained: {new:?}; these do not: {gone:?}"
    );
}
