//! Two versions of schemas: which belong together, and what became of each.

use std::collections::BTreeSet;
use std::time::Duration;

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Bundler, Location, Unresolved};
use isomorph_validator::Formats;

use super::accepted::{self, Accepted, Decisions};
use super::assumed::{DECLARED, assumed};
use super::beyond::{self, Beyond};
use super::canonical::Canonical;
use super::changes::changes;
use super::compare::{Compare, Comparison, Half};
use super::definitions::definitions;
use super::holding::Files;
use super::linked::Linked;
use super::offered::{Offered, distinct};
use super::operations::Operations;
use super::pairs::{self, Pair};
use super::report::Report;
use super::stand_ins::{Exactly, StandIns, tell};
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

    /// Says how much time there is.
    pub fn spend(&mut self, time: Duration) -> &mut Self {
        self.time = time;
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
    let deadline = Deadline::after(clock, options.time);
    let both = (old.documents, new.documents);
    let put = StandIns::of(both.0, both.1);
    let put = put.and_then(|stand_ins| Some((stand_ins.put(both.0)?, stand_ins.put(both.1)?, stand_ins)));
    let Some((old_put, new_put, stand_ins)) = put else {
        return as_read((old, new), options, canonical, deadline, None);
    };
    let with_stand_ins = || {
        let exactly = Exactly { stand_ins: &stand_ins, documents: both, formats: &options.formats };
        let both = (Version { documents: &old_put, ..*old }, Version { documents: &new_put, ..*new });
        let mut report = as_read((&both.0, &both.1), options, canonical, deadline, Some(&exactly))?;
        tell(&mut report, &stand_ins);
        Ok(report)
    };
    let is_read = Beyond::of(both.0).is_empty() && Beyond::of(both.1).is_empty();
    if !is_read && stand_ins.mean_the_same() {
        return with_stand_ins();
    }
    // Where what is read tells all, nothing has to be looked for beyond it.
    let report = as_read((old, new), options, canonical, deadline.within(deadline.left() / SHARE), None)?;
    let open = |report: &Report| {
        [&report.data.old_data, &report.data.new_data].iter().filter(|told| told.is_open()).count()
    };
    if open(&report) == 0 {
        return Ok(report);
    }
    let looked_for = with_stand_ins()?;
    Ok(if open(&looked_for) < open(&report) { looked_for } else { report })
}

/// The same of documents as they are read; with numbers that stand for others, if there are any.
fn as_read(
    (old, new): (&Version, &Version),
    options: &Options,
    canonical: &dyn Canonical,
    deadline: Deadline,
    exactly: Option<&Exactly>,
) -> Result<Report, Error> {
    let mut report = Report::new(old.label.to_owned(), new.label.to_owned());
    report.assuming = options.assume_declared.then_some(DECLARED);
    let mut decisions = Decisions::new(&options.accepted);
    let bundlers =
        (Bundler::new(old.documents, Unresolved::Accept)?, Bundler::new(new.documents, Unresolved::Accept)?);
    let bundled = (&bundlers.0, &bundlers.1);
    let versions = Versions { old, new, bundlers: bundled, options, canonical, deadline, exactly };
    let Found { pairs, mut linked, mut uses, operations } = versions.pairs(&mut report, &mut decisions)?;
    let missing = (Missing::of(old.documents)?, Missing::of(new.documents)?);
    let beyond = (Beyond::of(old.documents), Beyond::of(new.documents));
    let are_all_read = beyond.0.is_empty() && beyond.1.is_empty();
    for pair in &pairs {
        if missing.0 == missing.1 && are_all_read && linked.is_same(pair) {
            continue;
        }
        let counts = !operations.decide_about(&old.documents[pair.old.document].file);
        if deadline.is_over() {
            let data = Verdicts::both(Judgement::Unproven { tried: 0 });
            uses.judge(pair, &data);
            if let Some((bundle, changes)) = linked.changes(pair) {
                let root = new.documents[pair.new.document].place(&pair.new.pointer);
                report.add(bundle, &root, &Comparison::of_none(changes, data), counts);
            }
            continue;
        }
        let Some((bundle, comparison)) =
            versions.compared(pair, (&missing.0, &missing.1), (&beyond.0, &beyond.1), decisions.needed())?
        else {
            continue;
        };
        uses.judge(pair, &comparison.data);
        report.add(&bundle, &bundle.root, &comparison, counts);
    }
    uses.report(old, &operations, &mut decisions, &mut report);
    operations.report(&mut decisions, &mut report);
    // Of other files nothing is said here.
    let is_here = |accepted: &Accepted| {
        old.documents.iter().chain(new.documents).any(|document| accepted.is_of(&document.file))
    };
    let accepted_here = std::mem::take(decisions.needed());
    let in_vain = options.accepted.iter().enumerate();
    let in_vain = in_vain.filter(|(index, one)| !accepted_here.contains(index) && is_here(one));
    report.accepted_in_vain = in_vain.map(|(_, accepted)| accepted.place.clone()).collect();
    report.accepted = accepted_here.into_iter().map(|index| options.accepted[index].place.clone()).collect();
    Ok(report)
}

/// Two versions, and how they are compared.
struct Versions<'a, 'd> {
    old: &'a Version<'a>,
    new: &'a Version<'a>,
    bundlers: (&'a Bundler<'d>, &'a Bundler<'d>),
    options: &'a Options,
    canonical: &'a dyn Canonical,
    deadline: Deadline<'a>,
    exactly: Option<&'a Exactly<'a>>,
}

/// What of two versions belongs together.
struct Found {
    /// The schemas that stand on both sides.
    pairs: Vec<Pair>,
    linked: Linked,
    uses: Uses,
    operations: Operations,
}

impl Versions<'_, '_> {
    /// What belongs together; what stands on one side only is reported.
    fn pairs(&self, report: &mut Report, decisions: &mut Decisions) -> Result<Found, Error> {
        let both = (self.old, self.new);
        let selected = self.old.selected.iter().zip(self.new.selected);
        let selected: Vec<Pair> =
            selected.map(|(old, new)| Pair { old: old.clone(), new: new.clone() }).collect();
        if !selected.is_empty() {
            let linked = Linked::of(both, self.bundlers, &selected)?;
            let (uses, operations) = (Uses::default(), Operations::default());
            return Ok(Found { pairs: selected, linked, uses, operations });
        }
        let mut files = pairs::files(both, report, decisions);
        let called = Files::of(both, &files);
        pairs::of_one_kind(both, &mut files, report, decisions);
        let (uses, operations) = (Uses::of(both, &called), Operations::of(both, &called));
        let offered = Offered::of(both, &called);
        offered.report(both, &operations, decisions, report);
        let held: Vec<Pair> = distinct(uses.pairs().chain(offered.all()).cloned());
        // What only holds schemas is none.
        let is_schema = |version: &Version, index: usize| version.documents[index].holder.is_none();
        let roots = files.iter().filter(|(old, new)| is_schema(self.old, *old) && is_schema(self.new, *new));
        let roots: Vec<Pair> =
            roots.map(|files| Pair::of(*files, Pointer::root(), Pointer::root())).collect();
        let named = (self.bundlers.0.definitions()?, self.bundlers.1.definitions()?);
        let mut settled = offered.ends();
        settled.0.extend(held.iter().map(|pair| pair.old.clone()).chain(uses.gone()));
        settled.1.extend(held.iter().map(|pair| pair.new.clone()));
        let mut definitions = definitions(both, &files, (&named.0, &named.1), &settled, (decisions, report));
        let linked = Linked::of(both, self.bundlers, roots.iter().chain(&definitions).chain(&held))?;
        // Definitions that no root refers to are for others to refer to.
        let reached = linked.reached(&roots);
        definitions.retain(|Pair { old, new }| {
            let place = |version: &Version, at: &Location| version.documents[at.document].place(&at.pointer);
            !(reached.0.contains(&place(self.old, old)) && reached.1.contains(&place(self.new, new)))
        });
        Ok(Found { pairs: [roots, definitions, held].concat(), linked, uses, operations })
    }

    /// What became of a schema, and the bundle that it is in now; `None` if it is the same.
    fn compared(
        &self,
        pair: &Pair,
        missing: (&Missing, &Missing),
        unread: (&Beyond, &Beyond),
        accepted_here: &mut BTreeSet<usize>,
    ) -> Result<Option<(Bundle, Comparison)>, Error> {
        let bundle = |bundler: &Bundler, at: &Location| bundler.bundle(at.document, &at.pointer);
        let old = bundle(self.bundlers.0, &pair.old)?.without_foreign_keywords();
        let new = bundle(self.bundlers.1, &pair.new)?.without_foreign_keywords();
        let (lost, lost_now) = (missing.0.from(&old), missing.1.from(&new));
        // Where dynamic references lead, other parts of the documents decide.
        let is_whole = !old.is_approximate && !new.is_approximate || same_documents(self.old, self.new);
        let (large, large_now) = (unread.0.within(&old), unread.1.within(&new));
        if old.schema == new.schema && is_whole && lost == lost_now && large == large_now {
            return Ok(None);
        }
        let formats = &self.options.formats;
        let judge = |version: &Version, index: usize, bundle: &Bundle| {
            let asserted = formats.are_any().then(|| Judge::alone(&bundle.schema, formats)).flatten();
            asserted.map_or_else(|| Judge::at(version.documents, index, &bundle.at), Ok)
        };
        // To make judges of large schemas takes as long as much else.
        let late = |old: &Bundle, new: Bundle| {
            let changes = changes(old, &new, (Pointer::root(), Pointer::root()));
            let nothing = Verdicts::both(Judgement::Unproven { tried: 0 });
            Ok(Some((new, Comparison::of_none(changes, nothing))))
        };
        if self.deadline.is_over() {
            return late(&old, new);
        }
        let old_judge = judge(self.old, pair.old.document, &old)?;
        if self.deadline.is_over() {
            return late(&old, new);
        }
        let new_judge = judge(self.new, pair.new.document, &new)?;
        let old = Half { bundle: old, judge: &old_judge };
        let new = Half { bundle: new, judge: &new_judge };
        let (canonical, deadline) = (self.canonical, self.deadline);
        let compare = Compare { old: &old, new: &new, canonical, formats, deadline };
        let mut comparison = compared(&compare, self.options, accepted_here);
        if let Some(exactly) = self.exactly {
            exactly.confirm(pair, &mut comparison);
        }
        // What stands for other documents is taken for the same, if they are called the same.
        if lost != lost_now {
            let names: Vec<_> =
                lost.symmetric_difference(&lost_now).map(|name| format!("`{name}`")).collect();
            let why = format!("{} is not here", names.join(", "));
            comparison.data = Verdicts::both(Judgement::Unknown(why));
            comparison.places.iter_mut().for_each(|(_, judged)| *judged = None);
        }
        if large != large_now {
            let all = || large.iter().chain(&large_now);
            let one = all().find(|(at, _)| large.get(*at) != large_now.get(*at));
            let one = one.map(|(_, text)| *text).unwrap_or_default();
            comparison.doubt(&format!("`{one}` is beyond what is compared exactly"));
            comparison.add(beyond::changes(&large, &large_now));
        }
        Ok(Some((new.bundle, comparison)))
    }
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
    accepted::mark(&compare.new.bundle, &mut comparison.places, &options.accepted);
    comparison
}

fn same_documents(old: &Version, new: &Version) -> bool {
    old.documents
        .iter()
        .map(|document| &document.root)
        .eq(new.documents.iter().map(|document| &document.root))
}
