//! What operations of APIs use schemas for, in two versions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isomorph_json::Pointer;
use isomorph_schema::holders::Direction;

use super::report::{Operation, Report};
use super::verdict::Verdicts;
use super::version::Version;

/// A schema: the index of its document, and where it stands.
type At = (usize, Pointer);

/// A part of an operation, in two versions.
struct Used {
    operation: String,
    part: String,
    direction: Direction,
    /// The place of the schema in the file of the new version.
    schema: String,
    old: At,
    new: At,
    /// What became of it, if it changed.
    verdicts: Option<Verdicts>,
}

/// The parts of operations that are in both versions.
pub struct Uses {
    all: Vec<Used>,
    /// The indices of those that have these schemas, the old one and the new one.
    of: HashMap<(At, At), Vec<usize>>,
}

impl Uses {
    /// Those that documents say, by the names of operations.
    pub fn of(old: &Version, new: &Version) -> Self {
        let mut before: BTreeMap<((String, String), Direction), At> = BTreeMap::new();
        for (used, direction, at) in all(old) {
            before.entry((used, direction)).or_insert(at);
        }
        let both = all(new).into_iter().filter_map(|(used, direction, at)| {
            let key = (used, direction);
            let old = before.get(&key)?.clone();
            let (operation, part) = key.0;
            let schema = new.documents[at.0].place(&at.1).to_string();
            Some(Used { operation, part, direction, schema, old, new: at, verdicts: None })
        });
        let both: Vec<Used> = both.collect();
        let mut of: HashMap<(At, At), Vec<usize>> = HashMap::new();
        for (index, used) in both.iter().enumerate() {
            of.entry((used.old.clone(), used.new.clone())).or_default().push(index);
        }
        Self { all: both, of }
    }

    /// The schemas that stand for each other by what they are used for, and not by their names.
    pub fn renamed(&self) -> BTreeSet<(At, At)> {
        let renamed = self.all.iter().filter(|used| used.old.1 != used.new.1);
        renamed.map(|used| (used.old.clone(), used.new.clone())).collect()
    }

    /// Notes what became of a schema.
    pub fn judge(&mut self, old: (usize, &Pointer), new: (usize, &Pointer), verdicts: &Verdicts) {
        let schemas = ((old.0, old.1.clone()), (new.0, new.1.clone()));
        for index in self.of.get(&schemas).into_iter().flatten() {
            self.all[*index].verdicts = Some(verdicts.clone());
        }
    }

    /// Reports the operations that use what changed. Where any are known, nobody else counts.
    pub fn report(self, report: &mut Report) {
        let any = !self.all.is_empty();
        for Used { operation, part, direction, schema, verdicts, .. } in self.all {
            let is_request = direction == Direction::Request;
            let Some(verdicts) = verdicts else { continue };
            let judgement = if is_request { &verdicts.old_data } else { &verdicts.old_readers };
            report.add_operation(Operation::new((operation, part), is_request, schema, judgement));
        }
        if any {
            report.judge_by_operations();
        }
    }
}

/// All uses that the documents of a version say: the operation and its part, the direction, and the schema.
fn all(version: &Version) -> Vec<((String, String), Direction, At)> {
    let documents = version
        .roots()
        .into_iter()
        .filter_map(|index| Some((index, version.documents[index].holder.as_ref()?)));
    let uses = documents.flat_map(|(index, holder)| {
        holder.uses.iter().map(move |used| {
            let at = (index, holder.definition(&used.name));
            ((used.operation.clone(), used.part.clone()), used.direction, at)
        })
    });
    uses.collect()
}
