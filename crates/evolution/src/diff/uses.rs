//! What operations of APIs use schemas for, in two versions.

use std::collections::BTreeSet;

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
pub struct Uses(Vec<Used>);

impl Uses {
    /// Those that documents say, by the names of operations.
    pub fn of(old: &Version, new: &Version) -> Self {
        let (old_uses, new_uses) = (all(old), all(new));
        let both = new_uses.into_iter().filter_map(|(used, direction, at)| {
            let is_same = |(other, way, _): &&(_, Direction, At)| *other == used && *way == direction;
            let (_, _, old_at) = old_uses.iter().find(is_same)?;
            let (operation, part) = used;
            let place = new.documents[at.0].place(&at.1);
            let schema = place.to_string();
            Some(Used { operation, part, direction, schema, old: old_at.clone(), new: at, verdicts: None })
        });
        Self(both.collect())
    }

    /// The schemas that stand for each other by what they are used for, and not by their names.
    pub fn renamed(&self) -> BTreeSet<(At, At)> {
        let renamed = self.0.iter().filter(|used| used.old.1 != used.new.1);
        renamed.map(|used| (used.old.clone(), used.new.clone())).collect()
    }

    /// Notes what became of a schema.
    pub fn judge(&mut self, old: (usize, &Pointer), new: (usize, &Pointer), verdicts: &Verdicts) {
        let is = |at: &At, (document, pointer): (usize, &Pointer)| at.0 == document && at.1 == *pointer;
        for used in self.0.iter_mut().filter(|used| is(&used.old, old) && is(&used.new, new)) {
            used.verdicts = Some(verdicts.clone());
        }
    }

    /// Reports the operations that use what changed. Where any are known, nobody else counts.
    pub fn report(self, report: &mut Report) {
        let any = !self.0.is_empty();
        for Used { operation, part, direction, schema, verdicts, .. } in self.0 {
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
