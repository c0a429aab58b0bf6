//! What documents offer to others, in two versions: the schemas that they hold, and operations. It is the same by what it is to those
//! who use it, and not by what it is called here.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::Hash;

use isomorph_schema::Location;

use super::accepted::Decisions;
use super::definitions::Settled;
use super::holding::{Files, holders};
use super::operations::Operations;
use super::pairs::Pair;
use super::report::Report;
use super::verdict::Judgement;
use super::version::Version;

/// What became of the schemas that are offered.
#[derive(Debug, Default)]
pub struct Offered {
    /// Those in both versions.
    pub pairs: Vec<Pair>,
    /// Those that are offered by another name now, and say the same.
    pub renamed: Vec<Pair>,
    /// Those in one version only.
    pub removed: Vec<Location>,
    pub added: Vec<Location>,
}

impl Offered {
    /// Of the documents in these files.
    pub fn of((old, new): (&Version, &Version), files: &Files) -> Self {
        let mut now: HashMap<(&str, &str), VecDeque<Location>> = HashMap::new();
        let all = offers(new);
        for (file, sign, at) in &all {
            now.entry((file, sign)).or_default().push_back(at.clone());
        }
        let (mut found, mut gone) = (Self::default(), Vec::new());
        for (file, sign, at) in offers(old) {
            // A file that is gone is told as that.
            let Some(file) = files.now(file) else { continue };
            // Where several have one sign, they are the same in their order, and the last of them for all that come after.
            let alike = now.get_mut(&(file, sign));
            match alike
                .and_then(|alike| if alike.len() > 1 { alike.pop_front() } else { alike.front().cloned() })
            {
                Some(there) => found.pairs.push(Pair { old: at, new: there }),
                None => gone.push(at),
            }
        }
        let here = files.all_now();
        let taken: BTreeSet<Location> = found.pairs.iter().map(|pair| pair.new.clone()).collect();
        let come = all.into_iter().filter(|(file, ..)| here.contains(file)).map(|(.., at)| at);
        found.end((old, new), gone, come.filter(|at| !taken.contains(at)).collect());
        found
    }

    /// The schemas of both versions that belong together.
    pub fn all(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().chain(&self.renamed)
    }

    /// The schemas of one version only.
    pub fn ends(&self) -> Settled {
        (self.removed.iter().cloned().collect(), self.added.iter().cloned().collect())
    }

    /// Reports what stands in one version only. What is gone is a break like a file that is, unless operations alone decide.
    pub fn report(
        &self,
        (old, new): (&Version, &Version),
        operations: &Operations,
        decisions: &mut Decisions,
        report: &mut Report,
    ) {
        let place =
            |version: &Version, at: &Location| version.documents[at.document].place(&at.pointer).to_string();
        for pair in &self.renamed {
            report.renamed.push((place(old, &pair.old), place(new, &pair.new)));
        }
        for at in &self.removed {
            let there = place(old, at);
            if operations.decide_about(&old.documents[at.document].file) {
                report.list_removed(there);
                continue;
            }
            let judgement = decisions.on(&there, Judgement::Told("the schema was removed".to_owned()));
            report.remove(there, &judgement);
        }
        report.added.extend(self.added.iter().map(|at| place(new, at)));
    }

    /// What is left on both sides is the same where it says the same.
    fn end(&mut self, (old, new): (&Version, &Version), gone: Vec<Location>, come: Vec<Location>) {
        let known: BTreeSet<Location> = self.pairs.iter().map(|pair| pair.old.clone()).collect();
        let mut by_text: BTreeMap<String, VecDeque<Location>> = BTreeMap::new();
        let text = |version: &Version, at: &Location| {
            let schema = version.documents[at.document].root.pointer(at.pointer.as_str());
            schema.map(ToString::to_string).unwrap_or_default()
        };
        for at in distinct(come) {
            by_text.entry(text(new, &at)).or_default().push_back(at);
        }
        for at in distinct(gone) {
            // What is offered as something else too is gone all the same.
            let said = by_text.get_mut(&text(old, &at)).filter(|_| !known.contains(&at));
            match said.and_then(VecDeque::pop_front) {
                Some(there) => self.renamed.push(Pair { old: at, new: there }),
                None => self.removed.push(at),
            }
        }
        self.added.extend(by_text.into_values().flatten());
        self.added.sort();
    }
}

/// All that a version offers: the file, what it is to others, and the schema.
fn offers<'d>(version: &Version<'d>) -> Vec<(&'d str, &'d str, Location)> {
    let of_one = holders(version).into_iter().flat_map(|(document, text, holder)| {
        holder.offers.iter().map(move |offer| {
            let pointer = holder.definition(&offer.name);
            (text.file.as_str(), offer.sign.as_str(), Location { document, pointer })
        })
    });
    of_one.collect()
}

/// Each once, in the order in which they come.
pub fn distinct<T: Clone + Eq + Hash>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    all.into_iter().filter(|one| seen.insert(one.clone())).collect()
}
