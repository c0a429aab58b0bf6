//! Which schemas of two versions belong together.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::Hash;

use isomorph_json::Pointer;
use isomorph_schema::{Document, Location};

use super::accepted::Decisions;
use super::called::called;
use super::report::Report;
use super::verdict::Judgement;
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
    decisions: &mut Decisions,
) -> Vec<(usize, usize)> {
    let (old_roots, new_roots) = (old.roots(), new.roots());
    let (old_files, new_files) = called((old.documents, &old_roots), (new.documents, &new_roots));
    let is_one_file = |version: &Version, roots: &[usize]| {
        let mut files = roots.iter().map(|index| &version.documents[*index].file);
        files.next().is_some_and(|first| files.all(|file| file == first))
    };
    // Of one file on each side it does not matter what it is called.
    let are_two = is_one_file(old, &old_roots) && is_one_file(new, &new_roots);
    let mut left = Left { old: old_roots, new: new_roots, pairs: Vec::new() };
    if are_two {
        left.pair(|_| vec![()], |_| vec![()]);
    }
    left.pair(|index| vec![old_files[&index].as_str()], |index| vec![new_files[&index].as_str()]);
    left.pair(|index| vec![old.documents[index].file_name()], |index| vec![new.documents[index].file_name()]);
    let known = left.pairs.len();
    left.pairs.sort_unstable();
    left.pair(|index| signs(&old.documents[index]), |index| signs(&new.documents[index]));
    for (old_index, new_index) in &left.pairs[known..] {
        let (before, now) = (&old.documents[*old_index].file, &new.documents[*new_index].file);
        report.renamed.push((before.clone(), now.clone()));
    }
    // A file that holds schemas may be several documents, of which those that belong together are found by what they hold.
    let files = |(one, other): &(usize, usize)| {
        (old.documents[*one].file.as_str(), new.documents[*other].file.as_str())
    };
    let known: (BTreeSet<&str>, BTreeSet<&str>) = left.pairs.iter().map(files).unzip();
    let is_told = |document: &Document, known: &BTreeSet<&str>| {
        document.holder.is_some() && known.contains(&*document.file)
    };
    let gone = left.old.iter().map(|index| &old.documents[*index]);
    gone.filter(|one| !is_told(one, &known.0)).for_each(|one| remove(&one.file, report, decisions));
    let come = left.new.iter().map(|index| &new.documents[*index]);
    report.added.extend(come.filter(|one| !is_told(one, &known.1)).map(|one| one.file.clone()));
    left.pairs
}

fn remove(file: &str, report: &mut Report, decisions: &mut Decisions) {
    let judgement = decisions.on(file, Judgement::Told("the schema was removed".to_owned()));
    report.remove(file.to_owned(), &judgement);
}

/// Those of which both are schemas, or both hold some. A schema that is none any more, but holds some, is gone.
pub fn of_one_kind(
    (old, new): (&Version, &Version),
    pairs: &mut Vec<(usize, usize)>,
    report: &mut Report,
    decisions: &mut Decisions,
) {
    let is_schema = |document: &Document| document.holder.is_none();
    let is_kept = |(one, other): &(usize, usize)| {
        let (before, now) = (&old.documents[*one], &new.documents[*other]);
        if is_schema(before) && !is_schema(now) {
            remove(&before.file, report, decisions);
            report.added.push(now.file.clone());
        } else if !is_schema(before) && is_schema(now) {
            report.added.push(now.file.clone());
        }
        // What a document held is looked for in whatever is there now.
        !is_schema(before) || is_schema(now)
    };
    pairs.retain(is_kept);
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
