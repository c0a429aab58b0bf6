//! What holds for most types of a module, so that it is said once.

use super::candidates::Candidates;
use super::entry::{Entry, Saying};

/// The convention under which the least is to be said of all types together.
pub fn of_most(all: &[Candidates]) -> Vec<Saying> {
    let mut conventions: Vec<&[Saying]> = Vec::new();
    for entry in all.iter().flat_map(|candidates| &candidates.entries) {
        if !entry.every.is_empty() && !conventions.contains(&entry.every.as_slice()) {
            conventions.push(&entry.every);
        }
    }
    let cost = |every: &[Saying]| -> usize {
        all.iter().filter_map(|candidates| chosen(candidates, every)).map(|entry| cost(entry, every)).sum()
    };
    // Of those that cost as much, the first; and none, if that costs no more.
    let costs = std::iter::once(&[] as &[Saying]).chain(conventions).map(|every| (cost(every), every));
    costs.min_by_key(|(cost, _)| *cost).map(|(_, every)| every.to_vec()).unwrap_or_default()
}

/// The entry that says the least beside what holds for most types.
pub fn chosen<'c>(candidates: &'c Candidates, every: &[Saying]) -> Option<&'c Entry> {
    candidates.entries.iter().min_by_key(|entry| cost(entry, every))
}

/// How much an entry says: each saying, and what is left out of what holds for most types.
fn cost(entry: &Entry, every: &[Saying]) -> usize {
    if entry.every == every {
        return entry.len();
    }
    // Nothing is said where the derive says it all.
    let is_nothing = entry.is_every() && entry.every.is_empty();
    entry.len() + entry.every.len() + usize::from(!is_nothing)
}
