//! Which cases and which mutants: as many as can be compiled in a few minutes, spread over all that there are.

use std::collections::BTreeMap;

use crate::corpus::Corpus;

/// The longest schema that is looked at.
const LONGEST: usize = 40_000;

/// How many cases are looked at, and how long all their schemas together may be.
const CASES: usize = 150;
const LONGEST_TOGETHER: usize = 600_000;

/// The cases, spread evenly over those that are not too long.
pub fn cases(corpus: &Corpus) -> Vec<usize> {
    let length = |case: &usize| corpus.cases[*case].schema.len();
    let short = (0..corpus.cases.len()).filter(|case| length(case) <= LONGEST).collect::<Vec<_>>();
    let together: usize = short.iter().map(length).sum();
    let fit = (short.len() * LONGEST_TOGETHER).checked_div(together).unwrap_or_default();
    spread(short, fit.min(CASES))
}

/// At most so many, evenly over their kinds, and for each kind evenly over all that there are.
pub fn evenly<T>(all: Vec<T>, most: usize, kind: impl Fn(&T) -> String) -> Vec<T> {
    let mut by_kind: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for one in all {
        by_kind.entry(kind(&one)).or_default().push(one);
    }
    let mut kinds: Vec<_> = by_kind.into_values().collect();
    kinds.sort_by_key(Vec::len);
    let (mut left, mut chosen) = (most, Vec::new());
    let count = kinds.len();
    for (index, kind) in kinds.into_iter().enumerate() {
        // What a rare kind does not need is left to the others.
        let share = left.div_ceil(count - index);
        let some = spread(kind, share.min(left));
        left -= some.len();
        chosen.extend(some);
    }
    chosen
}

/// So many of them, at even distances; all if there are no more.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let count = all.len();
    if count <= most {
        return all;
    }
    let is_chosen = |index: usize| (index * most) / count != ((index + 1) * most) / count;
    all.into_iter().enumerate().filter(|(index, _)| is_chosen(*index)).map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_chosen_as_are_asked_for() {
        for most in 0..30 {
            assert_eq!(spread((0..20).collect(), most).len(), most.min(20));
            assert_eq!(evenly((0..20).collect(), most, |n| (n % 3).to_string()).len(), most.min(20));
        }
    }

    #[test]
    fn a_rare_kind_is_chosen_as_well() {
        let kind = |n: &u32| (if *n == 500 { "rare" } else { "common" }).to_owned();
        let chosen = evenly((0..1000).collect(), 10, kind);
        assert!(chosen.contains(&500));
        assert!(chosen.iter().any(|n| *n < 300) && chosen.iter().any(|n| *n > 700));
    }
}
