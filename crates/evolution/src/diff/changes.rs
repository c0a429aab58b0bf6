//! What changed between two bundles, place by place.

use std::collections::{HashMap, HashSet};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, binds_in};
use serde_json::Value;

use super::change::Change;
use super::local::{at, definition, is_annotation, reference};
use super::rewritten;
use super::sense::Sense;
use super::step::step;
use super::words;

/// A schema that says something else than before.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The place in the old bundle.
    pub old_at: Pointer,
    /// The place in the new bundle.
    pub new_at: Pointer,
    /// What changed.
    pub changes: Vec<Change>,
    /// What it means for the whole.
    pub sense: Sense,
}

impl Changed {
    /// Whether instances may be concerned.
    pub fn binds(&self) -> bool {
        self.changes.iter().any(|change| change.binds)
    }

    /// Whether a `format` changed.
    pub fn changes_format(&self) -> bool {
        self.changes.iter().any(|change| change.keyword.as_str() == "/format")
    }
}

/// What changed, from the schemas at these places on, in the order of the new schema.
pub fn changes(old: &Bundle, new: &Bundle, from: (Pointer, Pointer)) -> Vec<Changed> {
    changes_beyond(old, new, from, &mut HashSet::new())
}

/// The same, but for what changed at places that were compared before.
pub fn changes_beyond(
    old: &Bundle,
    new: &Bundle,
    from: (Pointer, Pointer),
    seen: &mut HashSet<(Pointer, Pointer)>,
) -> Vec<Changed> {
    let mut found = Vec::new();
    let mut otherwise_called = HashMap::new();
    let mut work = vec![(from.0, from.1, Sense::Along)];
    while let Some((old_at, new_at, sense)) = work.pop() {
        if !seen.insert((old_at.clone(), new_at.clone())) {
            continue;
        }
        let (Some(old_schema), Some(new_schema)) = (at(old, &old_at), at(new, &new_at)) else { continue };
        let references = (reference(old, old_schema), reference(new, new_schema));
        let mut here = own(old, new, old_schema, new_schema);
        match references {
            (Some(old_name), Some(new_name)) => {
                here.iter_mut().filter(|change| is_reference(change)).for_each(|change| change.binds = false);
                // A root is called after its file, which may have another name now.
                let pointer = |bundle: &Bundle, name: &str| Some(bundle.places.get(name)?.pointer.clone());
                let mut is_called_otherwise = || {
                    let asked = || is_called_otherwise((old, old_name), (new, new_name));
                    *otherwise_called.entry((old_name, new_name)).or_insert_with(asked)
                };
                if pointer(old, old_name) == pointer(new, new_name) || is_called_otherwise() {
                    here.retain(|change| !is_reference(change));
                }
                work.push((definition(old, old_name), definition(new, new_name), sense));
            }
            // What stood inline got a name, or the other way round.
            (Some(old_name), None) if is_alone(old, old_schema) => {
                work.push((definition(old, old_name), new_at.clone(), sense));
                keep(only_moved(here), old_at, new_at, sense, &mut found);
                continue;
            }
            (None, Some(new_name)) if is_alone(new, new_schema) => {
                work.push((old_at.clone(), definition(new, new_name), sense));
                keep(only_moved(here), old_at, new_at, sense, &mut found);
                continue;
            }
            _ => {}
        }
        if let Some(change) = rewritten::wrapped(old_schema, new_schema) {
            keep(vec![change], old_at, new_at, sense, &mut found);
            continue;
        }
        let otherwise = match (old_schema, new_schema) {
            (Value::Object(old), Value::Object(new)) => rewritten::called_otherwise(old, new),
            _ => Vec::new(),
        };
        let is_called = |place: &Pointer, is_new: bool| {
            let keyword = place.segments().next().unwrap_or_default();
            otherwise.iter().any(|(before, now, _)| keyword == if is_new { *now } else { *before })
        };
        here.retain(|change| !is_called(&change.keyword, true) && !is_called(&change.keyword, false));
        here.extend(otherwise.iter().map(|(.., change)| change.clone()));
        let mut below = Vec::new();
        let stepped = step(old, new, old_schema, new_schema);
        for pair in
            stepped.both.iter().filter(|pair| !words::is_said_of_rest(pair.keyword, pair.old, pair.new))
        {
            below.push((old_at.append(&pair.old_at), new_at.append(&pair.new_at), sense.of(pair.keyword)));
        }
        here.extend(
            stepped
                .only_old
                .iter()
                .filter(|(place, _)| !is_called(place, false))
                .filter_map(|(place, schema)| words::gone(place, schema, old_schema, new_schema)),
        );
        here.extend(
            stepped
                .only_new
                .iter()
                .filter(|(place, _)| !is_called(place, true))
                .filter_map(|(place, schema)| words::come(place, schema, old_schema, new_schema)),
        );
        keep(here, old_at, new_at, sense, &mut found);
        // The last that is put there is taken first.
        work.extend(below.into_iter().rev());
    }
    found
}

fn keep(changes: Vec<Change>, old_at: Pointer, new_at: Pointer, sense: Sense, found: &mut Vec<Changed>) {
    if !changes.is_empty() {
        found.push(Changed { old_at, new_at, changes, sense });
    }
}

/// Whether a definition has another name now and says the same, to itself too. That is told once, and not wherever it is referred to.
fn is_called_otherwise((old, old_name): (&Bundle, &str), (new, new_name): (&Bundle, &str)) -> bool {
    let is_gone = |bundle: &Bundle, other: &Bundle, name: &str| {
        let place = bundle.places.get(name);
        place.is_some_and(|place| other.places.values().all(|known| known.pointer != place.pointer))
    };
    let says = |bundle: &Bundle, name: &str| {
        let place = definition(bundle, name);
        let text = at(bundle, &place).map(ToString::to_string).unwrap_or_default();
        text.replace(&format!("\"#{}\"", place.as_str()), "\"#*\"")
    };
    is_gone(old, new, old_name) && is_gone(new, old, new_name) && says(old, old_name) == says(new, new_name)
}

fn is_reference(change: &Change) -> bool {
    change.keyword.as_str() == "/$ref"
}

/// What stands elsewhere now is compared there.
fn only_moved(changes: Vec<Change>) -> Vec<Change> {
    let moved = changes.into_iter().filter(is_reference);
    moved.map(|change| Change { binds: false, ..change }).collect()
}

/// Whether a schema is a reference and says nothing else that binds.
fn is_alone(bundle: &Bundle, schema: &Value) -> bool {
    bundle.dialect.reference_stands_alone()
        || schema
            .as_object()
            .is_some_and(|keywords| keywords.keys().all(|key| key == "$ref" || is_annotation(key, true)))
}

/// Changes of the keywords themselves, not of the schemas inside.
fn own(old_bundle: &Bundle, new_bundle: &Bundle, old: &Value, new: &Value) -> Vec<Change> {
    let (old_keywords, new_keywords) = (old.as_object(), new.as_object());
    let (Some(old_keywords), Some(new_keywords)) = (old_keywords, new_keywords) else {
        return words::whole(old, new).into_iter().collect();
    };
    let mut names: Vec<&String> = new_keywords.keys().collect();
    names.extend(old_keywords.keys().filter(|name| !new_keywords.contains_key(*name)));
    let of_dialect = new_keywords.keys().filter(|name| {
        old_keywords.get(*name) == new_keywords.get(*name)
            && binds_in(name, old_bundle.dialect) != binds_in(name, new_bundle.dialect)
    });
    let of_dialect: Vec<_> = of_dialect.map(|name| words::of_dialect(name, new_bundle.dialect)).collect();
    let is_place = |name: &str| ["$schema", old_bundle.keyword(), new_bundle.keyword()].contains(&name);
    let changed = names
        .into_iter()
        .filter(|name| !is_place(name) && old_keywords.get(*name) != new_keywords.get(*name));
    changed
        .flat_map(|name| words::keyword(name, (old, old_keywords.get(name)), (new, new_keywords.get(name))))
        .chain(of_dialect)
        .collect()
}
