//! What documents and definitions are called: as the source calls them. One that is a path is called by its end, with more
//! of the path only where two would clash.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::Document;

use super::words::{Words, pascal, same_word, words};
use crate::model::definition::{Definition, Origin};
use crate::model::definition_id::DefinitionId;
use crate::names::{is_taken, led_by_letter};

/// The words of a definition, and its name.
pub type Top = BTreeMap<DefinitionId, (Words, String)>;

/// A type that is called by what the source calls a definition.
#[derive(Debug, Clone, Copy)]
pub struct Called<'d> {
    /// The type.
    pub id: DefinitionId,
    /// The definition.
    pub by: &'d Definition,
    /// What comes in front of its name.
    pub front: &'static str,
}

/// The types that are called by definitions: each by its own, but that one of a value or `null` leaves its name to the type
/// of the value, which `value_of` finds.
pub fn called_by<'d>(
    definitions: &[&'d Definition],
    value_of: &dyn Fn(&Definition) -> Option<DefinitionId>,
) -> Vec<Called<'d>> {
    let types = definitions.iter().flat_map(|by| match value_of(by) {
        // One that says so keeps its name.
        Some(value) if without_null(&words(&named(by))) == words(&named(by)) => {
            vec![Called { id: value, by, front: "" }, Called { id: by.id, by, front: "Nullable" }]
        }
        _ => vec![Called { id: by.id, by, front: "" }],
    });
    types.collect()
}

/// What the source calls a definition.
fn named(definition: &Definition) -> String {
    match &definition.origin {
        Origin::Named(name) => name.clone(),
        _ => definition.location.pointer.last(),
    }
}

/// Words without that it may be `null`, at either end: those of `nullable-simple-user` and `Money-nullable` are of a simple
/// user, and of money.
pub fn without_null(words: &Words) -> Words {
    let is_null = |word: &String| same_word(word, "nullable");
    match words.as_slice() {
        [first, rest @ ..] if is_null(first) && !rest.is_empty() => rest.to_vec(),
        [rest @ .., last] if is_null(last) && !rest.is_empty() => rest.to_vec(),
        _ => words.clone(),
    }
}

/// The names of types that are called by definitions, and of documents, which `roots` calls; `taken` is what was given already.
pub fn top(
    documents: &[Document],
    definitions: &[Called],
    roots: &BTreeMap<usize, String>,
    taken: &mut BTreeSet<String>,
) -> Top {
    let mut top = Top::new();
    // What was asked for does not give way to what is only referred to, and no definition to the name that another leaves.
    let rank = |one: &Called| {
        let is_guest = documents[one.by.location.document].is_guest;
        (is_guest, one.by.origin != Origin::Root, !one.front.is_empty())
    };
    let mut batches: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let folders = folders_apart(documents);
    for one in definitions {
        let document = one.by.location.document;
        let levels = levels(&documents[document], one.by, roots, folders.get(&document));
        batches.entry(rank(one)).or_default().push((*one, levels));
    }
    for batch in batches.into_values() {
        settle(&batch, taken, &mut top);
    }
    top
}

/// Gives each the first of its names that nobody else wants.
fn settle(batch: &[(Called, Vec<Words>)], taken: &mut BTreeSet<String>, top: &mut Top) {
    let mut level = vec![0; batch.len()];
    loop {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, (one, levels)) in batch.iter().enumerate() {
            wanted.entry(one.name(&levels[level[index]])).or_default().push(index);
        }
        let mut moved = false;
        for (name, who) in wanted {
            if who.len() > 1 || taken.contains(&name) {
                for index in who {
                    if level[index] + 1 < batch[index].1.len() {
                        level[index] += 1;
                        moved = true;
                    }
                }
            }
        }
        if !moved {
            break;
        }
    }
    let mut last: Vec<_> = (0..batch.len()).collect();
    last.sort_by_key(|index| &batch[*index].0.by.location);
    for index in last {
        let (one, levels) = &batch[index];
        let words = &levels[level[index]];
        let name = free(one.name(words), taken);
        taken.insert(name.clone());
        top.insert(one.id, (words.clone(), name));
    }
}

impl Called<'_> {
    fn name(&self, words: &Words) -> String {
        let name = format!("{}{}", self.front, led_by_letter(pascal(words), "N"));
        if is_taken(&name) { format!("{name}Type") } else { name }
    }
}

/// The name, or with more behind it where it is taken.
fn free(name: String, taken: &BTreeSet<String>) -> String {
    let other = |tail: &str| Some(format!("{name}{tail}")).filter(|other| !taken.contains(other));
    if !taken.contains(&name) {
        return name;
    }
    // One of more numbers than there are names is free.
    let numbered = || {
        let mut names = (2..=taken.len() + 2).map(|number| format!("{name}Schema{number}"));
        names.find(|other| !taken.contains(other))
    };
    other("Schema").or_else(numbered).unwrap_or_default()
}

/// The words of a definition, the fewest first.
fn levels(
    document: &Document,
    definition: &Definition,
    roots: &BTreeMap<usize, String>,
    folder: Option<&Words>,
) -> Vec<Words> {
    let stem = || words(document.stem());
    let root = roots.get(&definition.location.document).map(|root| words(root)).unwrap_or_default();
    let mut levels = match &definition.origin {
        Origin::Root => vec![root],
        Origin::Named(name) => of_path(name, definition, &root),
        Origin::Referred | Origin::Inline => of_path(&definition.location.pointer.last(), definition, &root),
    };
    levels.retain(|words| !words.is_empty());
    if levels.is_empty() {
        levels.push(vec!["Type".to_owned()]);
    }
    let own = levels[0].clone();
    let with = |front: Words| -> Words { front.into_iter().chain(own.clone()).collect() };
    // A document that is called by its file is not called so twice.
    if definition.origin != Origin::Root || pascal(&stem()) != pascal(&own) {
        levels.push(with(stem()));
    }
    levels.extend(folder.cloned().map(with));
    levels
}

/// How many folders are looked at for what tells two files of one name apart.
const FOLDERS: usize = 4;

/// Of each document that another has the file name of: the words of the fewest folders around it, from the nearest, that no
/// other of that name lies in.
fn folders_apart(documents: &[Document]) -> BTreeMap<usize, Words> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        alike.entry(pascal(&words(document.stem()))).or_default().push(index);
    }
    let mut apart = BTreeMap::new();
    for mut left in alike.into_values().filter(|alike| alike.len() > 1) {
        let all = left.clone();
        for count in 1..=FOLDERS {
            let around = |index: &usize| folders(&documents[*index], count);
            let mut seen: BTreeMap<Words, usize> = BTreeMap::new();
            for index in &all {
                *seen.entry(around(index)).or_default() += 1;
            }
            left.retain(|index| {
                let around = around(index);
                let is_apart = seen.get(&around) == Some(&1) && !around.is_empty();
                is_apart.then(|| apart.insert(*index, around));
                !is_apart
            });
        }
    }
    apart
}

/// The words of so many folders around a document, those of the nearest last.
fn folders(document: &Document, count: usize) -> Words {
    let mut parts: Vec<&str> = document.file.rsplit('/').skip(1).take(count).collect();
    parts.reverse();
    parts.into_iter().flat_map(words).collect()
}

/// How much of the end of a path is looked at part by part: behind that comes the whole of it.
const PARTS: usize = 16;

/// `io.k8s.api.core.v1.Pod` and `http://x/y/Pod.json` are paths to a Pod.
fn of_path(name: &str, definition: &Definition, root: &Words) -> Vec<Words> {
    let stem = without_suffixes(name.trim_end_matches(['#', '/']));
    let is_path = stem.matches('.').count() > 1 || stem.contains(['/', ':']);
    let mut parts: Vec<String> = split(stem, is_path);
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    if parts.is_empty() {
        // A name of nothing but punctuation is spelled out.
        return vec![words(name)];
    }
    // A folder of definitions comes in front.
    let segments: Vec<_> = definition.location.pointer.segments().collect();
    if let [.., keyword, folder, _] = segments.as_slice()
        && ["definitions", "$defs"].contains(&keyword.as_str())
    {
        parts.insert(0, folder.clone());
    }
    let mut levels: Vec<Words> = Vec::new();
    let counts = (1..=parts.len()).filter(|count| *count <= PARTS || *count == parts.len());
    for count in counts {
        let last = &parts[parts.len() - count..];
        let mut all: Words = last.iter().flat_map(|part| words(part)).collect();
        if all.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
            let front = if is_version(&last[0]) {
                vec!["V".to_owned()]
            } else {
                root[root.len().saturating_sub(1)..].to_vec()
            };
            all = front.into_iter().chain(all).collect();
        }
        if !levels.contains(&all) {
            levels.push(all);
        }
    }
    levels
}

/// The name of a file without what says that it is one of a schema: `acme.v1.Child.jsonschema.json`.
fn without_suffixes(name: &str) -> &str {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    [".schema", ".jsonschema"].into_iter().find_map(|suffix| stem.strip_suffix(suffix)).unwrap_or(stem)
}

fn split(stem: &str, is_path: bool) -> Vec<String> {
    let letters: Vec<char> = stem.chars().collect();
    let mut parts = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let ends = matches!(letter, '/' | '#')
            || is_path && (*letter == ':' || *letter == '.' && next.is_some_and(char::is_ascii_alphabetic));
        match parts.last_mut() {
            Some(part) if !ends => part.push(*letter),
            _ => parts.push(String::new()),
        }
    }
    parts
}

fn is_version(part: &str) -> bool {
    let mut numbers = part.split(['.', '_']);
    numbers.all(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}
