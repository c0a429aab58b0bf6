//! What became of the mutants.

use std::collections::BTreeMap;

use super::trial::Trial;
use super::trying::{Id, Said, Tried};
use crate::corpus::Corpus;

/// How many mutants there were, and how many were noticed.
#[derive(Debug, Default)]
pub struct Tally {
    /// Those that compile.
    pub made: usize,
    /// Those of them whose schema is not the source's.
    pub caught: usize,
    /// Those that do not compile, and those that end the program. They are in neither of the other figures.
    pub not_compiled: usize,
    /// Those that nobody can tell: schemars says the same of the type that they hold and of the one that it was,
    /// as it does of `Option<T>` and `T` where `T` has no `type`. They are in none of the other figures.
    pub same: usize,
    /// How many types were changed.
    pub types: usize,
    /// The others, a line each.
    pub survivors: Vec<String>,
    /// Types that cannot be told from their mutants, and modules that cannot be compiled, a line each.
    pub not_comparable: Vec<String>,
}

impl Tally {
    /// Counts.
    pub fn of(corpus: &Corpus, trials: &BTreeMap<Id, &Trial>, tried: &Tried) -> Self {
        let mut tally = Self::default();
        let broken = tried.broken.iter().map(|(case, said)| format!("{}: {said}", corpus.cases[*case].name));
        tally.not_comparable.extend(broken);
        let mut unchanged = BTreeMap::new();
        for trial in trials.values().filter(|trial| trial.change.is_none()) {
            match tried.of(trial).filter(|said| said.equal) {
                Some(said) => {
                    unchanged.insert((trial.case, trial.changed.as_str()), said);
                }
                None if tried.broken.contains_key(&trial.case) => {}
                None => {
                    tally
                        .not_comparable
                        .push(format!("{}: {}", corpus.cases[trial.case].name, trial.changed));
                }
            }
        }
        tally.types = unchanged.len();
        for trial in trials.values() {
            let before = unchanged.get(&(trial.case, trial.changed.as_str()));
            if let (Some((_, what)), Some(before)) = (&trial.change, before) {
                let what = format!("{}: {}: {what}", corpus.cases[trial.case].name, trial.changed);
                tally.add(what, before, tried.of(trial));
            }
        }
        tally
    }

    fn add(&mut self, what: String, before: &Said, after: Option<&Said>) {
        let Some(after) = after else {
            self.not_compiled += 1;
            return;
        };
        let is_caught = !after.equal || (before.stands && !after.stands);
        if !is_caught && after.same {
            self.same += 1;
            return;
        }
        self.made += 1;
        if is_caught {
            self.caught += 1;
        } else {
            self.survivors.push(what);
        }
    }

    /// Prints the figures of a corpus, and what is to be explained.
    pub fn print(&self, corpus: &str) {
        self.not_comparable.iter().for_each(|line| println!("cannot be told from its mutants: {line}"));
        self.survivors.iter().for_each(|line| println!("survivor: {line}"));
        println!(
            "{corpus}: {} of {} mutants of {} derived types caught; {} more do not compile, and of {} schemars says the same",
            self.caught, self.made, self.types, self.not_compiled, self.same
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(equal: bool, stands: bool, same: bool) -> Said {
        Said { case: 0, number: 0, equal, stands, same }
    }

    /// Made, caught, of which schemars says the same.
    fn counted(before: &Said, after: &Said) -> (usize, usize, usize) {
        let mut tally = Tally::default();
        tally.add(String::new(), before, Some(after));
        assert_eq!(tally.survivors.len(), tally.made - tally.caught);
        (tally.made, tally.caught, tally.same)
    }

    #[test]
    fn a_mutant_is_caught_by_its_schema_or_by_where_it_stands() {
        let right = said(true, true, false);
        assert_eq!(counted(&right, &said(false, true, false)), (1, 1, 0));
        assert_eq!(counted(&right, &said(true, false, false)), (1, 1, 0));
        assert_eq!(counted(&right, &right), (1, 0, 0));
    }

    #[test]
    fn where_a_type_stands_tells_nothing_if_it_is_elsewhere_unchanged() {
        let elsewhere = said(true, false, false);
        assert_eq!(counted(&elsewhere, &elsewhere), (1, 0, 0));
    }

    #[test]
    fn a_mutant_of_which_schemars_says_the_same_is_not_counted_unless_it_is_caught() {
        let right = said(true, true, false);
        assert_eq!(counted(&right, &said(true, true, true)), (0, 0, 1));
        assert_eq!(counted(&right, &said(false, true, true)), (1, 1, 0));
    }
}
