//! Breaks that somebody accepts: what a version means is asked once more, with those changes taken back.

use std::collections::BTreeSet;

use isomorph_json::Pointer;
use isomorph_schema::Bundle;
use serde_json::{Map, Value};

use super::changes::Changed;
use super::compare::{Compare, Comparison, Half, Judged};
use super::local::{at, definition, name_of};
use super::report::place_of;
use super::verdict::{Judgement, Verdicts};
use crate::judge::Judge;

/// A change that may break something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// Where it is, as a report names it: `order.json#/properties/status/enum`; folders in front of the file may be left out. All that is below is accepted too.
    pub place: String,
    /// Why it is.
    pub reason: String,
}

impl Accepted {
    /// What is accepted at a place, and why.
    pub fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }

    /// Whether it accepts what changed at a place.
    pub(super) fn is_at(&self, place: &str) -> bool {
        let (file, pointer) = split(place);
        let below = pointer.strip_prefix(split(&self.place).1);
        self.is_of(file) && below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }

    /// Whether it accepts what changed in a file: one of its name, or of the end of its path.
    pub(super) fn is_of(&self, file: &str) -> bool {
        let around = file.strip_suffix(split(&self.place).0);
        around.is_some_and(|around| around.is_empty() || around.ends_with('/'))
    }
}

/// What is accepted, and which of that was needed.
pub struct Decisions<'a> {
    accepted: &'a [Accepted],
    needed: BTreeSet<usize>,
}

impl<'a> Decisions<'a> {
    /// None of these was needed yet.
    pub fn new(accepted: &'a [Accepted]) -> Self {
        Self { accepted, needed: BTreeSet::new() }
    }

    /// What becomes of what breaks at a place: it may be accepted.
    pub fn on(&mut self, place: &str, judgement: Judgement) -> Judgement {
        let Some(index) = self.accepted.iter().position(|one| one.is_at(place)) else { return judgement };
        self.needed.insert(index);
        judgement.accepted(std::slice::from_ref(&self.accepted[index].reason))
    }

    /// The indices of those that were needed.
    pub fn needed(&mut self) -> &mut BTreeSet<usize> {
        &mut self.needed
    }
}

/// The file and the JSON Pointer of a place.
fn split(place: &str) -> (&str, &str) {
    place.split_once('#').unwrap_or((place, ""))
}

/// The verdicts on whole instances where some breaks are accepted: what breaks by those alone is. Notes which of them were found.
/// `meaning` says what a change means to whole instances.
pub fn judged(
    compare: &Compare,
    comparison: &Comparison,
    accepted: &[Accepted],
    meaning: &dyn Fn(&Compare) -> Verdicts,
    found: &mut BTreeSet<usize>,
) -> Verdicts {
    let data = comparison.data.clone();
    let changes = accepted_changes(&compare.new.bundle, &comparison.places, accepted);
    if changes.is_empty() {
        return data;
    }
    found.extend(changes.iter().map(|(index, ..)| *index));
    let mut reasons: Vec<String> = Vec::new();
    for (index, ..) in &changes {
        if !reasons.contains(&accepted[*index].reason) {
            reasons.push(accepted[*index].reason.clone());
        }
    }
    let Some(without) = without(compare, &changes, meaning) else { return data };
    let one = |is: Judgement, would_be: &Judgement| match would_be {
        Judgement::Compatible => is.accepted(&reasons),
        _ => is,
    };
    Verdicts {
        old_data: one(data.old_data, &without.old_data),
        old_readers: one(data.old_readers, &without.old_readers),
    }
}

/// Says at each place what of it is accepted, and why: where that is all that binds there, the verdicts on the place are. Whatever
/// else breaks.
pub fn mark(new: &Bundle, places: &mut [(Changed, Option<Judged>)], accepted: &[Accepted]) {
    for (changed, judged) in places {
        let around = place_of(new, &changed.new_at);
        let mut reasons: Vec<String> = Vec::new();
        for change in changed.changes.iter_mut().filter(|change| change.binds) {
            let place = format!("{around}{}", change.keyword.as_str());
            let one = accepted.iter().find(|one| one.is_at(&place));
            change.accepted = one.map(|one| one.reason.clone());
            reasons.extend(change.accepted.clone().filter(|reason| !reasons.contains(reason)));
        }
        let is_all = || changed.changes.iter().all(|change| !change.binds || change.accepted.is_some());
        if let Some(judged) = judged.as_mut().filter(|_| !reasons.is_empty() && is_all()) {
            *judged = judged.clone().accepted(&reasons);
        }
    }
}

/// An accepted change: the index of what accepts it, and its keyword's place in both versions.
type Found = (usize, Pointer, Pointer);

fn accepted_changes<T>(new: &Bundle, places: &[(Changed, T)], accepted: &[Accepted]) -> Vec<Found> {
    let mut found = Vec::new();
    for (changed, _) in places {
        let around = place_of(new, &changed.new_at);
        for change in changed.changes.iter().filter(|change| change.binds) {
            let place = format!("{around}{}", change.keyword.as_str());
            if let Some(index) = accepted.iter().position(|one| one.is_at(&place)) {
                found.push((
                    index,
                    changed.old_at.append(&change.keyword),
                    changed.new_at.append(&change.keyword),
                ));
            }
        }
    }
    found
}

/// What the new version would mean without these changes; `None` if that cannot be asked.
fn without(compare: &Compare, changes: &[Found], meaning: &dyn Fn(&Compare) -> Verdicts) -> Option<Verdicts> {
    let (old, new) = (&compare.old.bundle, &compare.new.bundle);
    // Of dynamic references a bundle does not say where they lead.
    if new.is_approximate {
        return None;
    }
    let mut bundle = new.clone();
    for (_, old_at, new_at) in changes {
        put(&mut bundle.schema, new_at, at(old, old_at).cloned())?;
    }
    bring(old, &mut bundle);
    let judge = Judge::alone(&bundle.schema, compare.formats)?;
    let half = Half { bundle, judge: &judge };
    Some(meaning(&Compare { new: &half, ..*compare }))
}

/// Puts a value at a place, or takes what is there away.
fn put(schema: &mut Value, at: &Pointer, value: Option<Value>) -> Option<()> {
    let segments: Vec<_> = at.segments().collect();
    let (last, around) = segments.split_last()?;
    let mut place = schema;
    for segment in around {
        place = match place {
            Value::Object(members) => members.entry(segment.clone()).or_insert_with(|| Map::new().into()),
            Value::Array(elements) => elements.get_mut(segment.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    match (place, value) {
        (Value::Object(members), Some(value)) => drop(members.insert(last.clone(), value)),
        (Value::Object(members), None) => drop(members.remove(last)),
        (Value::Array(elements), Some(value)) => *elements.get_mut(last.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

/// Brings the definitions along that only the old version has, where they are referred to.
fn bring(old: &Bundle, bundle: &mut Bundle) {
    let mut wanted = BTreeSet::new();
    references(bundle, &bundle.schema, &mut wanted);
    while let Some(name) = wanted.pop_first() {
        let target = definition(bundle, &name);
        if at(bundle, &target).is_some() {
            continue;
        }
        let Some(schema) = at(old, &definition(old, &name)).cloned() else { continue };
        references(bundle, &schema, &mut wanted);
        if put(&mut bundle.schema, &target, Some(schema)).is_none() {
            return;
        }
    }
}

fn references(bundle: &Bundle, part: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(|reference| name_of(bundle, reference));
            found.extend(name.map(str::to_owned));
            members.values().for_each(|inner| references(bundle, inner, found));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| references(bundle, inner, found)),
        _ => {}
    }
}
