//! Which types were called otherwise in the files that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::api::{Api, ApiItem};
use crate::error::Error;
use crate::generator::Generated;
use crate::print::File;

impl Generated {
    /// The types whose names are others than in the files in `folder`: what each was called, and what it is called now. A
    /// type is known by where it is used, else by its members.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn renames(&self, folder: &Path) -> Result<BTreeMap<String, String>, Error> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let differences = self.differences(folder)?;
        // What is left over, or another's, says nothing of these.
        for difference in differences.into_iter().filter(|difference| difference.expected.is_some()) {
            let name = difference.path.display().to_string();
            before.extend(difference.found.map(|text| File { name: name.clone(), text }));
            after.extend(difference.expected.map(|text| File { name, text }));
        }
        // What is no Rust any more was not of this generator's making.
        let (Ok(before), Ok(after)) = (Api::of(&before), Api::of(&after)) else { return Ok(BTreeMap::new()) };
        Ok(renames(&before, &after))
    }
}

fn renames(before: &Api, after: &Api) -> BTreeMap<String, String> {
    let gone: BTreeSet<&str> = names(before).filter(|name| after.item(name).is_none()).collect();
    let new: BTreeSet<&str> = names(after).filter(|name| before.item(name).is_none()).collect();
    let mut renames: BTreeMap<String, String> = BTreeMap::new();
    let stays = names(before).filter(|name| !gone.contains(name));
    let mut work: Vec<(&str, &str)> = stays.map(|name| (name, name)).collect();
    loop {
        while let Some((old, now)) = work.pop() {
            let (Some(old), Some(now)) = (before.item(old), after.item(now)) else { continue };
            for (old, now) in used(old, now) {
                if gone.contains(old) && new.contains(now) && !renames.contains_key(old) {
                    renames.insert(old.to_owned(), now.to_owned());
                    work.push((old, now));
                }
            }
        }
        let left = gone.iter().filter(|name| !renames.contains_key(**name));
        let known = |now: &str| renames.values().any(|other| other == now);
        let free: Vec<_> = new.iter().filter(|name| !known(name)).collect();
        let found = left.filter_map(|old| {
            let mut alike = free.iter().filter(|now| are_alike(before.item(old), after.item(now)));
            match (alike.next(), alike.next()) {
                (Some(only), None) => Some((*old, **only)),
                _ => None,
            }
        });
        let Some((old, now)) = found.into_iter().next() else { return renames };
        renames.insert(old.to_owned(), now.to_owned());
        work.push((old, now));
    }
}

fn names(api: &Api) -> impl Iterator<Item = &str> {
    api.items.iter().map(|item| item.name.as_str())
}

/// The names in the types of members that two items have in common, or that stand at the same place in as many.
fn used<'a>(old: &'a ApiItem, now: &'a ApiItem) -> Vec<(&'a str, &'a str)> {
    let same_count = old.members.len() == now.members.len();
    let mut used = Vec::new();
    for (index, member) in old.members.iter().enumerate() {
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

/// Whether two items are of one kind, with members of the same names.
fn are_alike(old: Option<&ApiItem>, now: Option<&ApiItem>) -> bool {
    let (Some(old), Some(now)) = (old, now) else { return false };
    let names = |item: &'_ ApiItem| item.members.iter().map(|member| member.name.clone()).collect::<Vec<_>>();
    old.kind == now.kind && !old.members.is_empty() && names(old) == names(now)
}

#[cfg(test)]
mod tests {
    use super::renames;
    use crate::api::Api;
    use crate::print::File;

    fn api(text: &str) -> Api {
        Api::of(&[File { name: "model.rs".into(), text: text.into() }]).expect("it is Rust")
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
