//! Which types were called otherwise in the files that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::api::{Api, ApiItem};
use crate::error::Error;
use crate::generator::Generated;
use crate::print::File;
use crate::write::differences;

impl Generated {
    /// The types whose names are others than in the files in `folder`: what each was called, and what it is called now. A
    /// type is known by where it is used, else by its members.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn renames(&self, folder: &Path) -> Result<BTreeMap<String, String>, Error> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let differences = differences(folder, &self.files)?;
        // What is left over, or another's, says nothing of these.
        for difference in differences.into_iter().filter(|difference| difference.expected.is_some()) {
            let name = difference.path.display().to_string();
            before.extend(difference.found.map(|text| File { name: name.clone(), text }));
            after.extend(difference.expected.map(|text| File { name, text }));
        }
        if !may_rename(&before, &after) {
            return Ok(BTreeMap::new());
        }
        // What is no Rust any more was not of this generator's making.
        let (Ok(before), Ok(after)) = (Api::of(&before), Api::of(&after)) else { return Ok(BTreeMap::new()) };
        Ok(renames(&before, &after))
    }
}

/// Whether a type that was declared is not any more: to see that is a small part of the work of parsing thousands of types.
fn may_rename(before: &[File], after: &[File]) -> bool {
    let are: BTreeSet<&str> = after.iter().flat_map(|file| declared(&file.text)).collect();
    before.iter().flat_map(|file| declared(&file.text)).any(|name| !are.contains(name))
}

/// What a text declares as public types, and perhaps more that looks so.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("pub "));
    lines.filter_map(|line| {
        let name = line.strip_prefix("struct ").or_else(|| line.strip_prefix("enum "))?;
        name.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '#').next()
    })
}

fn renames(before: &Api, after: &Api) -> BTreeMap<String, String> {
    let (were, are): (BTreeSet<&str>, BTreeSet<&str>) = (names(before).collect(), names(after).collect());
    let (olds, news) = (by_name(before), by_name(after));
    let gone: BTreeSet<&str> = were.difference(&are).copied().collect();
    let new: BTreeSet<&str> = are.difference(&were).copied().collect();
    let mut renames: BTreeMap<String, String> = BTreeMap::new();
    let stays = were.intersection(&are);
    let mut work: Vec<(&str, &str)> = stays.map(|name| (*name, *name)).collect();
    loop {
        while let Some((old, now)) = work.pop() {
            let (Some(old), Some(now)) = (olds.get(old), news.get(now)) else { continue };
            for (old, now) in used(old, now) {
                if gone.contains(old) && new.contains(now) && !renames.contains_key(old) {
                    renames.insert(old.to_owned(), now.to_owned());
                    work.push((old, now));
                }
            }
        }
        let known: BTreeSet<&str> = renames.values().map(String::as_str).collect();
        let left = gone.iter().filter(|name| !renames.contains_key(**name));
        let free = new.iter().filter(|name| !known.contains(**name));
        let (left, free) = (by_members(&olds, left), by_members(&news, free));
        let alike = left.into_iter().filter_map(|(members, old)| {
            match (old.as_slice(), free.get(&members)?.as_slice()) {
                ([old], [now]) => Some((*old, *now)),
                _ => None,
            }
        });
        work.extend(alike);
        if work.is_empty() {
            return renames;
        }
        renames.extend(work.iter().map(|(old, now)| ((*old).to_owned(), (*now).to_owned())));
    }
}

/// The kind of an item, and the names of its members.
type Members<'a> = (&'static str, Vec<&'a str>);

/// Items by what they have; those that have nothing are like too many.
fn by_members<'a, 'n>(
    items: &BTreeMap<&'a str, &'a ApiItem>,
    names: impl Iterator<Item = &'n &'n str>,
) -> BTreeMap<Members<'a>, Vec<&'a str>> {
    let mut alike: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for item in names.filter_map(|name| items.get(name)).filter(|item| !item.members.is_empty()) {
        let members = item.members.iter().map(|member| member.name.as_str()).collect();
        alike.entry((item.kind, members)).or_default().push(item.name.as_str());
    }
    alike
}

fn by_name(api: &Api) -> BTreeMap<&str, &ApiItem> {
    api.items.iter().map(|item| (item.name.as_str(), item)).collect()
}

fn names(api: &Api) -> impl Iterator<Item = &str> {
    api.items.iter().map(|item| item.name.as_str())
}

/// The names in the types of members that two items have in common, or that stand at the same place in as many.
fn used<'a>(old: &'a ApiItem, now: &'a ApiItem) -> Vec<(&'a str, &'a str)> {
    let same_count = old.members.len() == now.members.len();
    let mut used = Vec::new();
    let typed = old.members.iter().enumerate().filter(|(_, member)| !member.ty.is_empty());
    for (index, member) in typed {
        let same_name = now.members.iter().find(|other| other.name == member.name);
        let Some(other) = same_name.or_else(|| now.members.get(index).filter(|_| same_count)) else {
            continue;
        };
        let (before, after) = (idents(&member.ty), idents(&other.ty));
        if before.len() == after.len() {
            used.extend(before.into_iter().zip(after));
        }
    }
    used
}

fn idents(ty: &str) -> Vec<&str> {
    let words = ty.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(char::is_uppercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::{may_rename, renames};
    use crate::api::Api;
    use crate::print::File;

    fn file(text: &str) -> [File; 1] {
        [File { name: "model.rs".into(), text: text.into() }]
    }

    fn api(text: &str) -> Api {
        Api::of(&file(text)).expect("it is Rust")
    }

    #[test]
    fn files_are_parsed_only_if_a_type_is_gone() {
        let before =
            file("/// pub struct No;\npub struct A(pub B);\nmod m {\n    pub enum r#B {\n    }\n}\n");
        assert!(!may_rename(&before, &file("pub enum r#B {}\npub struct A {}\npub struct New<T>(T);")));
        assert!(may_rename(&before, &file("pub struct A;")));
    }

    #[test]
    fn a_type_is_known_by_where_it_is_used_else_by_its_members() {
        let before = api("pub struct Root { pub jobs: Option<Vec<RootJobsItem>>, pub old: RootOld }
            pub struct RootJobsItem { pub step: RootJobsItemStep } pub enum RootJobsItemStep { Variant1(A), Variant2(B) }
            pub struct A; pub struct B { pub only: i64 } pub enum Alone { One, Two } pub struct RootOld { pub x: i64 }");
        let after = api("pub struct Root { pub jobs: Option<Vec<Job>> }
            pub struct Job { pub step: Step } pub enum Step { First(A), Second(Bee) }
            pub struct A; pub struct Bee { pub only: i64 } pub enum Lonely { One, Two }");
        let found: Vec<_> = renames(&before, &after).into_iter().collect();
        let expected =
            [("Alone", "Lonely"), ("B", "Bee"), ("RootJobsItem", "Job"), ("RootJobsItemStep", "Step")];
        assert_eq!(found, expected.map(|(old, now)| (old.to_owned(), now.to_owned())));
    }
}
