//! What operations of APIs use schemas for, in two versions.

use std::collections::{BTreeSet, HashMap, HashSet};

use isomorph_schema::Location;
use isomorph_schema::holders::{Direction, Use};

use super::accepted::Decisions;
use super::holding::{Files, holders};
use super::operations::Operations;
use super::pairs::Pair;
use super::report::{Operation, Report};
use super::verdict::{Judgement, Verdicts};
use super::version::Version;

/// A part of an operation, in two versions.
struct Used {
    operation: String,
    part: String,
    direction: Direction,
    /// The place of the schema in the file of the new version.
    schema: String,
    pair: Pair,
    /// What became of it, if it changed.
    verdicts: Option<Verdicts>,
}

/// The parts of operations that are in both versions, and those that are gone.
#[derive(Default)]
pub struct Uses {
    all: Vec<Used>,
    /// The indices of those that have these schemas, the old one and the new one.
    of: HashMap<Pair, Vec<usize>>,
    known: HashSet<(Pair, String, String, Direction)>,
    gone: Vec<(Use, Location)>,
}

/// A part of an operation of one version: the file as it is called now, and the schema.
type One<'d> = (&'d str, &'d Use, Location);

/// What tells parts apart: the file, the direction, and what they are.
type Key<'d> = (&'d str, Direction, &'d str, &'d str);

impl Uses {
    /// Those that the documents in these files say, by what they are to those who ask, else by the names of operations.
    pub fn of((old, new): (&Version, &Version), files: &Files) -> Self {
        fn by_sign<'d>((file, used, _): &One<'d>) -> Key<'d> {
            (file, used.direction, &used.sign, "")
        }
        fn by_name<'d>((file, used, _): &One<'d>) -> Key<'d> {
            (file, used.direction, &used.operation, &used.part)
        }
        let mut uses = Self::default();
        let mut before: Vec<One> =
            all(old).into_iter().filter_map(|(file, used, at)| Some((files.now(file)?, used, at))).collect();
        let mut now = all(new);
        let keys: [for<'o, 'd> fn(&'o One<'d>) -> Key<'d>; 2] = [by_sign, by_name];
        for key in keys {
            let known: HashMap<Key, &Location> = before.iter().map(|one| (key(one), &one.2)).collect();
            let mut taken = HashSet::new();
            now.retain(|one| {
                let Some(old_at) = known.get(&key(one)) else { return true };
                taken.insert(key(one));
                uses.add(one, new, Pair { old: (*old_at).clone(), new: one.2.clone() });
                false
            });
            before.retain(|one| !taken.contains(&key(one)));
        }
        uses.gone = before.into_iter().map(|(_, used, at)| (used.clone(), at)).collect();
        uses
    }

    fn add(&mut self, (_, used, at): &One, new: &Version, pair: Pair) {
        let schema = new.documents[at.document].place(&at.pointer).to_string();
        let (operation, part, direction) = (used.operation.clone(), used.part.clone(), used.direction);
        // What several media types have alike is one.
        if self.known.insert((pair.clone(), operation.clone(), part.clone(), direction)) {
            self.of.entry(pair.clone()).or_default().push(self.all.len());
            self.all.push(Used { operation, part, direction, schema, pair, verdicts: None });
        }
    }

    /// The schemas that stand for each other by what they are used for.
    pub fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.all.iter().map(|used| &used.pair)
    }

    /// The old schemas of parts that are gone.
    pub fn gone(&self) -> BTreeSet<Location> {
        self.gone.iter().map(|(_, at)| at.clone()).collect()
    }

    /// Notes what became of a schema.
    pub fn judge(&mut self, pair: &Pair, verdicts: &Verdicts) {
        for index in self.of.get(pair).into_iter().flatten() {
            self.all[*index].verdicts = Some(verdicts.clone());
        }
    }

    /// Reports the operations that use what changed, and the parts that are gone of operations that are not.
    pub fn report(
        self,
        old: &Version,
        operations: &Operations,
        decisions: &mut Decisions,
        report: &mut Report,
    ) {
        for Used { operation, part, direction, schema, verdicts, .. } in self.all {
            let is_request = direction == Direction::Request;
            let Some(verdicts) = verdicts else { continue };
            let judgement = if is_request { &verdicts.old_data } else { &verdicts.old_readers };
            report.add_operation(Operation::new((operation, part), is_request, schema, judgement));
        }
        let mut listed = HashSet::new();
        for (used, at) in self.gone.into_iter().filter(|(used, _)| !operations.is_gone(&used.sign)) {
            let place = old.documents[at.document].place(&at.pointer).to_string();
            let is_request = used.direction == Direction::Request;
            if used.is_relied_on {
                let judgement = decisions.on(&place, Judgement::Told(GONE.to_owned()));
                let names = (used.operation, used.part);
                report.add_operation(Operation::new(names, is_request, place.clone(), &judgement));
            }
            if listed.insert(at) {
                report.list_removed(place);
            }
        }
    }
}

/// What is said of a part that is there no more.
const GONE: &str = "the operation has no such part any more";

/// All uses that the documents of a version say: the file, the use, and the schema.
fn all<'d>(version: &Version<'d>) -> Vec<One<'d>> {
    let uses = holders(version).into_iter().flat_map(|(document, text, holder)| {
        holder.uses.iter().map(move |used| {
            (text.file.as_str(), used, Location { document, pointer: holder.definition(&used.name) })
        })
    });
    uses.collect()
}
