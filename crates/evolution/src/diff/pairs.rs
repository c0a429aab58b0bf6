//! Which schemas of two versions belong together.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::Hash;

use isomorph_json::Pointer;
use isomorph_schema::{Document, Location};

use super::accepted::Accepted;
use super::report::Report;
use super::version::Version;

/// A schema in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    pub old: Location,
    pub new: Location,
}

impl Pair {
    /// Of these places in these documents.
    pub fn of((old, new): (usize, usize), old_at: Pointer, new_at: Pointer) -> Self {
        Self {
            old: Location { document: old, pointer: old_at },
            new: Location { document: new, pointer: new_at },
        }
    }
}

/// The files of which each is the same one in both versions; what is in one version only is reported.
pub fn files(
    (old, new): (&Version, &Version),
    report: &mut Report,
    (accepted, accepted_here): (&[Accepted], &mut BTreeSet<usize>),
) -> Vec<(usize, usize)> {
    let (old_roots, new_roots) = (old.roots(), new.roots());
    if let ([one], [other]) = (old_roots.as_slice(), new_roots.as_slice()) {
        return vec![(*one, *other)];
    }
    let (old_files, new_files) = (inside(old.documents, &old_roots), inside(new.documents, &new_roots));
    let mut left = Left { old: old_roots, new: new_roots, pairs: Vec::new() };
    left.pair(|index| vec![old_files[&index].as_str()], |index| vec![new_files[&index].as_str()]);
    left.pair(|index| vec![old.documents[index].file_name()], |index| vec![new.documents[index].file_name()]);
    let known = left.pairs.len();
    left.pairs.sort_unstable();
    left.pair(|index| signs(&old.documents[index]), |index| signs(&new.documents[index]));
    for (old_index, new_index) in &left.pairs[known..] {
        let (before, now) = (&old.documents[*old_index].file, &new.documents[*new_index].file);
        report.renamed.push((before.clone(), now.clone()));
    }
    for index in &left.old {
        let file = &old.documents[*index].file;
        let index = accepted.iter().position(|one| one.is_at(file));
        accepted_here.extend(index);
        report.remove(file.clone(), index.map(|index| accepted[index].reason.as_str()));
    }
    report.added.extend(left.new.iter().map(|index| new.documents[*index].file.clone()));
    left.pairs
}

/// Documents that are not brought together yet, and those that are.
struct Left {
    old: Vec<usize>,
    new: Vec<usize>,
    pairs: Vec<(usize, usize)>,
}

impl Left {
    /// Brings each old document together with the first new one that has a key of it.
    fn pair<K: Eq + Hash>(&mut self, old_keys: impl Fn(usize) -> Vec<K>, new_keys: impl Fn(usize) -> Vec<K>) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for index in &self.new {
            for key in new_keys(*index) {
                by_key.entry(key).or_default().push_back(*index);
            }
        }
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        self.old.retain(|old_index| {
            let first = |key: K| {
                let indices = by_key.get_mut(&key)?;
                while indices.front().is_some_and(|index| taken.contains(index)) {
                    indices.pop_front();
                }
                indices.front().copied()
            };
            let Some(index) = old_keys(*old_index).into_iter().filter_map(first).min() else { return true };
            taken.insert(index);
            self.pairs.push((*old_index, index));
            false
        });
        self.new.retain(|index| !taken.contains(index));
    }
}

/// What tells that a schema is another file's of before.
#[derive(PartialEq, Eq, Hash)]
enum Sign<'d> {
    Identifier(&'d str),
    Says(&'d serde_json::Value),
}

fn signs(document: &Document) -> Vec<Sign<'_>> {
    let identifier = ["$id", "id"].iter().find_map(|keyword| document.root.get(*keyword)?.as_str());
    std::iter::once(Sign::Says(&document.root)).chain(identifier.map(Sign::Identifier)).collect()
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

/// The definitions that the files have in both versions; what is in one version only is reported.
pub fn definitions(
    (old, new): (&Version, &Version),
    files: &[(usize, usize)],
    (old_definitions, new_definitions): (&[Vec<Pointer>], &[Vec<Pointer>]),
    report: &mut Report,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for &(old_index, new_index) in files {
        let (old_document, new_document) = (&old.documents[old_index], &new.documents[new_index]);
        let (before, now) = (&old_definitions[old_index], &new_definitions[new_index]);
        let known: BTreeSet<_> = now.iter().collect();
        // What stood under `definitions` stands under `$defs` now, or the other way round.
        let mut called: BTreeMap<Pointer, &Pointer> =
            now.iter().map(|place| (by_name(place), place)).collect();
        let (mut moved, mut taken) = (BTreeSet::new(), BTreeSet::new());
        for place in before {
            let same = if known.contains(place) { Some(place) } else { called.remove(&by_name(place)) };
            let Some(same) = same.filter(|same| taken.insert(*same)) else {
                report.removed.push(old_document.place(place).to_string());
                continue;
            };
            if same != place {
                let around = |document: &Document, at: &Pointer| document.place(&around(at)).to_string();
                moved.insert((around(old_document, place), around(new_document, same)));
            }
            pairs.push(Pair::of((old_index, new_index), place.clone(), same.clone()));
        }
        report.renamed.extend(moved);
        let added = now.iter().filter(|place| !taken.contains(place));
        report.added.extend(added.map(|place| new_document.place(place).to_string()));
    }
    pairs
}

/// Where definitions stand.
const DEFINITIONS: [&str; 2] = ["definitions", "$defs"];

/// The place of a definition, whatever the keyword is called that it stands under.
fn by_name(place: &Pointer) -> Pointer {
    let segments: Vec<String> = place.segments().collect();
    let is_under = segments.iter().step_by(2).all(|segment| DEFINITIONS.contains(&segment.as_str()));
    let called = segments
        .into_iter()
        .enumerate()
        .map(|(index, segment)| if is_under && index % 2 == 0 { DEFINITIONS[1].to_owned() } else { segment });
    called.fold(Pointer::root(), |place, segment| place.join(&segment))
}

/// Where what stands at a place stands in.
fn around(place: &Pointer) -> Pointer {
    let segments: Vec<String> = place.segments().collect();
    segments
        .iter()
        .take(segments.len().saturating_sub(1))
        .fold(Pointer::root(), |place, segment| place.join(segment))
}
