//! Two versions of schemas: which belong together, and what became of each.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Bundler, Document, Location, Unresolved};
use isomorph_validator::Formats;

use super::accepted::{self, Accepted};
use super::assumed::{DECLARED, assumed};
use super::canonical::Canonical;
use super::compare::{Compare, Comparison, Half};
use super::report::Report;
use super::unresolved::Missing;
use super::uses::Uses;
use super::verdict::{Judgement, Verdicts};
use super::version::Version;
use crate::clock::{Clock, Deadline};
use crate::error::Error;
use crate::judge::Judge;

/// How versions are compared.
#[derive(Debug, Clone)]
pub struct Options {
    formats: Formats,
    assume_declared: bool,
    accepted: Vec<Accepted>,
    time: Duration,
}

impl Options {
    /// Formats assert nothing, and there is so much time to spend on proofs and searches.
    pub fn new(time: Duration) -> Self {
        Self { formats: Formats::Annotate, assume_declared: false, accepted: Vec::new(), time }
    }

    /// Says which breaks are accepted. Where nothing else breaks, the verdict is that it is accepted.
    pub fn accept(&mut self, accepted: Vec<Accepted>) -> &mut Self {
        self.accepted = accepted;
        self
    }

    /// How much time there is.
    pub fn time(&self) -> Duration {
        self.time
    }

    /// Says which formats are assertions, as all are to some validators.
    pub fn formats(&mut self, formats: Formats) -> &mut Self {
        self.formats = formats;
        self
    }

    /// Says whether those who write data are taken to send only what their schema declares. Then whole instances are compared
    /// under this assumption, and the report says so.
    pub fn assume_writers_send_only_declared(&mut self, assume: bool) -> &mut Self {
        self.assume_declared = assume;
        self
    }
}

/// Which part of the time is for the schemas as they are, where they are asked again with what is assumed and accepted: of so many parts
/// one.
const SHARE: u32 = 2;

/// A schema of each side.
struct Unit {
    old: Bundle,
    new: Bundle,
    /// The documents' indices.
    at: (usize, usize),
}

/// Says what changed between two versions, and what that does to data.
///
/// # Errors
///
/// If a document is no schema, or refers to nothing.
pub fn compare(
    old: &Version,
    new: &Version,
    options: &Options,
    canonical: &dyn Canonical,
    clock: &dyn Clock,
) -> Result<Report, Error> {
    let mut report = Report::new(old.label.to_owned(), new.label.to_owned());
    report.assuming = options.assume_declared.then_some(DECLARED);
    let deadline = Deadline::after(clock, options.time);
    let formats = &options.formats;
    let mut accepted_here = BTreeSet::new();
    let mut uses = Uses::of(old, new);
    let missing = (Missing::of(old.documents)?, Missing::of(new.documents)?);
    let accepted = (options.accepted.as_slice(), &mut accepted_here);
    for unit in units(old, new, &mut report, &uses, accepted)? {
        let (lost, lost_now) = (missing.0.from(&unit.old), missing.1.from(&unit.new));
        // Where dynamic references lead, other parts of the documents decide.
        let is_whole = !unit.old.is_approximate && !unit.new.is_approximate || same_documents(old, new);
        if unit.old.schema == unit.new.schema && is_whole && lost == lost_now {
            continue;
        }
        let judge = |side: &Version, index: usize, bundle: &Bundle| {
            let asserted = formats.are_any().then(|| Judge::alone(&bundle.schema, formats)).flatten();
            asserted.map_or_else(|| Judge::at(side.documents, index, &bundle.at), Ok)
        };
        let old_judge = judge(old, unit.at.0, &unit.old)?;
        let new_judge = judge(new, unit.at.1, &unit.new)?;
        let old_half = Half { bundle: unit.old, judge: &old_judge };
        let new_half = Half { bundle: unit.new, judge: &new_judge };
        let compare = Compare { old: &old_half, new: &new_half, canonical, formats, deadline };
        let mut comparison = compared(&compare, options, &mut accepted_here);
        // What stands for other documents is taken for the same, if they are called the same.
        if lost != lost_now {
            let names: Vec<_> =
                lost.symmetric_difference(&lost_now).map(|name| format!("`{name}`")).collect();
            let why = format!("{} is not here", names.join(", "));
            comparison.data = Verdicts::both(Judgement::Unknown(why));
            comparison.places.iter_mut().for_each(|(_, judged)| *judged = None);
        }
        uses.judge((unit.at.0, &old_half.bundle.at), (unit.at.1, &new_half.bundle.at), &comparison.data);
        report.add(&new_half.bundle, &comparison);
    }
    uses.report(&mut report);
    // Of other files nothing is said here.
    let is_here = |accepted: &Accepted| {
        old.documents.iter().chain(new.documents).any(|document| accepted.is_of(&document.file))
    };
    let in_vain = options.accepted.iter().enumerate();
    let in_vain = in_vain.filter(|(index, one)| !accepted_here.contains(index) && is_here(one));
    report.accepted_in_vain = in_vain.map(|(_, accepted)| accepted.place.clone()).collect();
    Ok(report)
}

/// What changed, and what that means under what is assumed and accepted.
fn compared(compare: &Compare, options: &Options, accepted_here: &mut BTreeSet<usize>) -> Comparison {
    let meaning = |compare: &Compare, found: Verdicts| {
        if options.assume_declared { assumed(compare, found) } else { found }
    };
    let deadline = compare.deadline;
    let is_asked_again = options.assume_declared || !options.accepted.is_empty();
    let share = if is_asked_again { SHARE } else { 1 };
    let mut comparison = Compare { deadline: deadline.within(deadline.left() / share), ..*compare }.run();
    comparison.data = meaning(compare, comparison.data);
    let again = |compare: &Compare| meaning(compare, compare.run().data);
    comparison.data = accepted::judged(compare, &comparison, &options.accepted, &again, accepted_here);
    comparison
}

fn same_documents(old: &Version, new: &Version) -> bool {
    old.documents
        .iter()
        .map(|document| &document.root)
        .eq(new.documents.iter().map(|document| &document.root))
}

/// The files of documents, as they are called inside the folder that all of them are in.
fn inside(documents: &[Document], roots: &[usize]) -> BTreeMap<usize, String> {
    let parts = |index: &usize| -> Vec<&str> { documents[*index].file.split('/').collect() };
    let mut common: Option<Vec<&str>> = None;
    for folder in roots.iter().map(parts).map(|parts| parts[..parts.len() - 1].to_vec()) {
        let known = common.unwrap_or_else(|| folder.clone());
        let same = known.iter().zip(&folder).take_while(|(one, other)| one == other).count();
        common = Some(folder[..same].to_vec());
    }
    let depth = common.map_or(0, |common| common.len());
    roots.iter().map(|index| (*index, parts(index)[depth..].join("/"))).collect()
}

/// Whether a schema is another file's of before: it has the same identifier, or says the same.
fn is_renamed(before: &Document, now: &Document) -> bool {
    let identifier = |document: &Document| {
        let keywords = ["$id", "id"];
        keywords.iter().find_map(|keyword| document.root.get(*keyword)?.as_str().map(str::to_owned))
    };
    before.root == now.root || identifier(before).is_some_and(|one| identifier(now) == Some(one))
}

/// The schemas that stand on both sides; what stands on one only is noted.
fn units(
    old: &Version,
    new: &Version,
    report: &mut Report,
    uses: &Uses,
    (accepted, accepted_here): (&[Accepted], &mut BTreeSet<usize>),
) -> Result<Vec<Unit>, Error> {
    let (old_bundler, new_bundler) =
        (Bundler::new(old.documents, Unresolved::Accept)?, Bundler::new(new.documents, Unresolved::Accept)?);
    let selected = old.selected.iter().zip(new.selected).map(|(one, other)| {
        let bundle = |bundler: &Bundler, at: &Location| bundler.bundle(at.document, &at.pointer);
        let (old, new) = (bundle(&old_bundler, one)?, bundle(&new_bundler, other)?);
        let (old, new) = (old.without_foreign_keywords(), new.without_foreign_keywords());
        Ok(Unit { old, new, at: (one.document, other.document) })
    });
    let selected: Vec<Unit> = selected.collect::<Result<_, Error>>()?;
    if !selected.is_empty() {
        return Ok(selected);
    }
    let (old_roots, mut new_roots) = (old.roots(), new.roots());
    let single = old_roots.len() == 1 && new_roots.len() == 1;
    let mut units = Vec::new();
    let mut reached = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    let (old_files, new_files) = (inside(old.documents, &old_roots), inside(new.documents, &new_roots));
    let mut left = old_roots;
    let rules: [&dyn Fn(usize, usize) -> bool; 2] = [
        &|old_index, new_index| single || old_files[&old_index] == new_files[&new_index],
        &|old_index, new_index| old.documents[old_index].file_name() == new.documents[new_index].file_name(),
    ];
    for rule in rules {
        left.retain(|old_index| {
            let Some(position) = new_roots.iter().position(|index| rule(*old_index, *index)) else {
                return true;
            };
            pairs.push((*old_index, new_roots.remove(position)));
            false
        });
    }
    pairs.sort_unstable();
    for old_index in left {
        let before = &old.documents[old_index];
        let renamed = new_roots.iter().position(|index| is_renamed(before, &new.documents[*index]));
        if let Some(position) = renamed {
            let index = new_roots.remove(position);
            report.renamed.push((before.file.clone(), new.documents[index].file.clone()));
            pairs.push((old_index, index));
        } else {
            let index = accepted.iter().position(|one| one.is_at(&before.file));
            accepted_here.extend(index);
            report.remove(before.file.clone(), index.map(|index| accepted[index].reason.as_str()));
        }
    }
    report.added.extend(new_roots.iter().map(|index| new.documents[*index].file.clone()));
    let is_schema = |side: &Version, index: usize| side.documents[index].holder.is_none();
    for &(old_index, new_index) in &pairs {
        // What only holds schemas is none.
        if !is_schema(old, old_index) || !is_schema(new, new_index) {
            continue;
        }
        let root = Pointer::root();
        let (old, new) = (
            old_bundler.bundle(old_index, &root)?.without_foreign_keywords(),
            new_bundler.bundle(new_index, &root)?.without_foreign_keywords(),
        );
        reached.0.extend(old.places.values().cloned());
        reached.1.extend(new.places.values().cloned());
        units.push(Unit { old, new, at: (old_index, new_index) });
    }
    // Definitions that no root refers to are for others to refer to.
    let (old_definitions, new_definitions) = (old_bundler.definitions()?, new_bundler.definitions()?);
    for &(old_index, new_index) in &pairs {
        let (old_document, new_document) = (&old.documents[old_index], &new.documents[new_index]);
        let (old_names, new_names) = (&old_definitions[old_index], &new_definitions[new_index]);
        for place in old_names {
            let is_reached = reached.0.contains(&old_document.place(place))
                && reached.1.contains(&new_document.place(place));
            if !new_names.contains(place) {
                report.removed.push(old_document.place(place).to_string());
            } else if !is_reached {
                let (old, new) = (
                    old_bundler.bundle(old_index, place)?.without_foreign_keywords(),
                    new_bundler.bundle(new_index, place)?.without_foreign_keywords(),
                );
                units.push(Unit { old, new, at: (old_index, new_index) });
            }
        }
        let added = new_names.iter().filter(|place| !old_names.contains(place));
        report.added.extend(added.map(|place| new_document.place(place).to_string()));
    }
    // What an operation uses now need not have the name of what it used.
    for (old_at, new_at) in uses.renamed() {
        let (old, new) = (
            old_bundler.bundle(old_at.0, &old_at.1)?.without_foreign_keywords(),
            new_bundler.bundle(new_at.0, &new_at.1)?.without_foreign_keywords(),
        );
        units.push(Unit { old, new, at: (old_at.0, new_at.0) });
    }
    Ok(units)
}
