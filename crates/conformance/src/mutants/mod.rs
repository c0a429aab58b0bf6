//! Mutants: a derived type that is changed in one thing must not give its schema back.

mod arguments;
mod change;
mod origin;
mod program;
mod retype;
mod sample;
mod tally;
mod trial;
mod trying;

use std::collections::BTreeMap;
use std::path::Path;

pub use tally::Tally;

use crate::corpus::Corpus;
use crate::failure::Failure;
use crate::isomorph;
use crate::judge::write_workspace;
use origin::Origin;
use program::Subject;
use trial::{Trial, trials};
use trying::Id;

/// How many crates there are, so that they are compiled side by side.
const CRATES: usize = 4;

/// Changes a sample of the derived types of a corpus, in at most so many things, and holds what schemars says
/// of them against their sources. What is compiled stands below `out`.
///
/// # Errors
///
/// If what is to be compiled cannot be written, or cargo not be started.
pub fn count(corpus: &Corpus, most: usize, out: &Path) -> Result<Tally, Failure> {
    let folder = &out.join(format!("{}-mutants", corpus.name));
    let subjects = subjects(corpus, most);
    let size = subjects.len().div_ceil(CRATES).max(1);
    let crates = subjects.chunks(size).enumerate().map(|(index, some)| {
        program::write(corpus, some, &folder.join(format!("mutants-{}-{index}", corpus.name)))
    });
    let crates = crates.collect::<Result<Vec<_>, _>>()?;
    write_workspace(&crates, folder, Path::new("Cargo.lock"))?;
    let all = subjects.iter().flat_map(|subject| &subject.trials);
    let all: BTreeMap<Id, &Trial> = all.map(|trial| ((trial.case, trial.number), trial)).collect();
    let tried = trying::try_all(&crates, &all, folder)?;
    Ok(Tally::of(corpus, &all, &tried))
}

/// The modules of a sample of cases, with the types that are to be tried in each.
fn subjects(corpus: &Corpus, most: usize) -> Vec<Subject> {
    let (mut subjects, mut mutants) = (Vec::new(), Vec::new());
    for case in sample::cases(corpus) {
        let module = isomorph::generate_one(corpus, case, &corpus.cases[case]);
        let Some(origin) = module.text.as_ref().ok().and_then(|text| Origin::new(text).ok()) else {
            continue;
        };
        let (changed, unchanged): (Vec<_>, Vec<_>) =
            trials(&module, &origin).into_iter().partition(|trial| trial.change.is_some());
        mutants.extend(changed);
        subjects.push(Subject { case, origin, trials: unchanged });
    }
    let kind = |trial: &Trial| trial.change.as_ref().map(|(kind, _)| kind.clone()).unwrap_or_default();
    for mutant in sample::evenly(mutants, most, kind) {
        if let Some(subject) = subjects.iter_mut().find(|subject| subject.case == mutant.case) {
            subject.trials.push(mutant);
        }
    }
    subjects.iter_mut().for_each(Subject::keep_what_is_changed);
    subjects.retain(|subject| !subject.trials.is_empty());
    subjects
}
