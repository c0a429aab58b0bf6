//! All schemas of two versions that are compared, each version linked together once: so it is seen in linear work which of them are
//! the same, and what changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Bundler, Dialect, Location, Place};
use serde_json::Value;

use super::changes::{Changed, changes_beyond};
use super::local::{at, definition, name_of};
use super::pairs::Pair;
use super::version::Version;
use crate::error::Error;
use crate::same::Same;

/// The schemas of both versions that are of the same two dialects.
struct Group {
    old: Bundle,
    new: Bundle,
    /// What each is called in the bundles.
    names: HashMap<Pair, (String, String)>,
    /// The definitions that are the same in both, with all that they refer to.
    same: HashSet<String>,
    /// The places that were compared.
    seen: HashSet<(Pointer, Pointer)>,
}

/// All of them.
pub struct Linked {
    groups: Vec<Group>,
    of: HashMap<Pair, usize>,
}

impl Linked {
    /// Of these schemas.
    ///
    /// # Errors
    ///
    /// If one is not there, or a reference leads nowhere.
    pub fn of<'p>(
        (old, new): (&Version, &Version),
        (old_bundler, new_bundler): (&Bundler, &Bundler),
        pairs: impl IntoIterator<Item = &'p Pair>,
    ) -> Result<Self, Error> {
        let mut by_dialects: Vec<((Dialect, Dialect), Vec<&Pair>)> = Vec::new();
        for pair in pairs {
            let dialect = |version: &Version, at: &Location| version.documents[at.document].dialect;
            let dialects = (dialect(old, &pair.old), dialect(new, &pair.new));
            match by_dialects.iter_mut().find(|(known, _)| *known == dialects) {
                Some((_, pairs)) => pairs.push(pair),
                None => by_dialects.push((dialects, vec![pair])),
            }
        }
        let mut linked = Self { groups: Vec::new(), of: HashMap::new() };
        for ((old_dialect, new_dialect), pairs) in by_dialects {
            let (olds, news): (Vec<_>, Vec<_>) =
                pairs.iter().map(|pair| (pair.old.clone(), pair.new.clone())).unzip();
            let (old, old_names) = old_bundler.bundle_all(old_dialect, &olds)?;
            let (new, new_names) = new_bundler.bundle_all(new_dialect, &news)?;
            let (old, new) = (old.without_foreign_keywords(), new.without_foreign_keywords());
            linked.of.extend(pairs.iter().map(|pair| ((*pair).clone(), linked.groups.len())));
            let names = pairs.into_iter().cloned().zip(old_names.into_iter().zip(new_names)).collect();
            linked.groups.push(Group::new(old, new, names));
        }
        Ok(linked)
    }

    /// Whether a schema is the same in both versions, with all that it refers to.
    pub fn is_same(&self, pair: &Pair) -> bool {
        let Some(group) = self.of.get(pair).map(|index| &self.groups[*index]) else { return false };
        // Of dynamic references a bundle does not say where they lead.
        let is_known = !group.old.is_approximate && !group.new.is_approximate;
        let names = group.names.get(pair);
        is_known && names.is_some_and(|(old, new)| old == new && group.same.contains(new))
    }

    /// What changed of a schema that was not told of another one before, and the bundle in which that is.
    pub fn changes(&mut self, pair: &Pair) -> Option<(&Bundle, Vec<Changed>)> {
        let group = &mut self.groups[*self.of.get(pair)?];
        let (old_name, new_name) = group.names.get(pair)?;
        let from = (definition(&group.old, old_name), definition(&group.new, new_name));
        let changes = changes_beyond(&group.old, &group.new, from, &mut group.seen);
        Some((&group.new, changes))
    }

    /// Where all stands that these schemas refer to, in both versions.
    pub fn reached(&self, pairs: &[Pair]) -> (BTreeSet<Place>, BTreeSet<Place>) {
        let mut reached = (BTreeSet::new(), BTreeSet::new());
        for group in &self.groups {
            let names: Vec<_> = pairs.iter().filter_map(|pair| group.names.get(pair)).collect();
            reached.0.extend(reached_in(&group.old, names.iter().map(|(old, _)| old.as_str())));
            reached.1.extend(reached_in(&group.new, names.iter().map(|(_, new)| new.as_str())));
        }
        reached
    }
}

impl Group {
    fn new(old: Bundle, new: Bundle, names: HashMap<Pair, (String, String)>) -> Self {
        let same = Same::of(&old.schema, &new.schema).names().map(str::to_owned).collect();
        Self { same, old, new, names, seen: HashSet::new() }
    }
}

/// Where all stands that these definitions refer to, and what those do.
fn reached_in<'b>(bundle: &'b Bundle, names: impl Iterator<Item = &'b str>) -> BTreeSet<Place> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut work: Vec<&Value> = names.filter_map(|name| at(bundle, &definition(bundle, name))).collect();
    while let Some(part) = work.pop() {
        match part {
            Value::Object(members) => {
                let target = members.get("$ref").and_then(|reference| name_of(bundle, reference));
                if let Some(name) = target.filter(|name| seen.insert(name)) {
                    work.extend(at(bundle, &definition(bundle, name)));
                }
                work.extend(members.values());
            }
            Value::Array(elements) => work.extend(elements),
            _ => {}
        }
    }
    seen.into_iter().filter_map(|name| bundle.places.get(name).cloned()).collect()
}
