//! What the type of some places might be called, the best first.

use std::collections::{BTreeMap, BTreeSet};

use super::singular::one;
use super::suggestion::Suggestion;
use super::words::{Words, common_tail, is_generic, is_hollow, join, pascal, same};
use crate::names::led_by_letter;

/// The longest name that is clear.
const LONGEST: usize = 40;

/// The longest of a property's own words, where its owner stands in front.
const LONG_WORDS: usize = 26;

/// What a type is, as far as names go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A struct.
    Struct,
    /// An enum of constants.
    Enum,
    /// A union.
    Union,
    /// A newtype.
    Newtype,
}

/// The names that a type may take.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The names.
    pub names: Vec<String>,
    /// How many of them say more than what the type is.
    pub good: usize,
    /// Those that name one of several places, or one owner.
    pub owned: BTreeSet<String>,
    /// Of a union of plain types, names that say what it joins, and at how many places it is: who has most of them keeps
    /// such a name.
    pub joined: Option<(Vec<String>, usize)>,
}

impl Candidates {
    /// Of a type for these places, the first one first.
    pub fn of(kind: Kind, places: &[&Suggestion]) -> Self {
        let mut all = Self::default();
        let Some(first) = places.first() else { return all };
        if let Some(joined) = first.joined.as_ref().filter(|_| first.is_joined_first) {
            all.add(joined);
            all.joined = first.is_plain.then(|| (vec![pascal(joined)], places.len()));
        }
        let (own, is_of_one) = all.own_words(first, places);
        // An object has properties by which people know it, whatever it is called.
        let is_of_one = is_of_one && kind == Kind::Union;
        let has_title = places.iter().any(|place| !place.title.is_empty());
        let says_little =
            !has_title && (is_generic(&own) || pascal(&own).starts_with(|c: char| c.is_ascii_digit()));
        let source = places.iter().find(|place| place.words().last() == own.last()).unwrap_or(first);
        if is_of_one {
            all.add_other_joined(first);
        }
        if !says_little && length(&own) <= LONGEST {
            all.add(&own);
        }
        if let (Kind::Union, Some(joined)) = (kind, &first.joined) {
            all.add(joined);
        }
        let short = shortened(&own);
        let common = common_owner(places, &short);
        let (chain, is_in_own) = owners(source, &short);
        let owned = with_owners(&chain, &short);
        let start = all.names.len();
        let fits: Vec<_> =
            common.iter().chain(&owned).filter(|one| length(one) <= LONGEST).cloned().collect();
        if length(&own) > LONGEST {
            all.add(&short);
        }
        for fit in &fits {
            all.add(fit);
        }
        all.add_shortened(&chain, &own);
        let common: BTreeSet<_> = common.iter().map(|one| pascal(one)).collect();
        all.owned = all.names[start..].iter().filter(|name| !common.contains(*name)).cloned().collect();
        all.owned.extend(is_of_one.then(|| led_by_letter(pascal(&own), "N")));
        let with_branch: Words = own.iter().chain(&source.branch).cloned().collect();
        let says_more = !source.branch.is_empty() && !same(&source.branch, &own);
        if says_more && length(&with_branch) <= LONGEST {
            all.add(&with_branch);
        }
        all.good = all.names.len();
        let role = source.role.unwrap_or(match kind {
            Kind::Struct => "Details",
            Kind::Enum => "Name",
            Kind::Union => "Choice",
            Kind::Newtype => "Data",
        });
        let with_role = |words: &Words| -> Words { words.iter().cloned().chain([role.to_owned()]).collect() };
        all.add_tail(with_role(&own));
        all.add(&with_role(&short));
        for fit in &fits {
            all.add_tail(with_role(fit));
        }
        if is_in_own {
            // What is around it has no other name.
            all.good = all.names.len();
        }
        if all.names.is_empty() {
            all.names.push("Type".to_owned());
        }
        all
    }

    /// The word that all places have in common at the end, else the most frequent, then the shortest; and whether most
    /// places have another.
    fn own_words(&mut self, first: &Suggestion, places: &[&Suggestion]) -> (Words, bool) {
        let mut counts: BTreeMap<&Words, usize> = BTreeMap::new();
        for place in places {
            *counts.entry(place.words()).or_default() += 1;
        }
        let all: Vec<_> = counts.keys().map(|words| words.as_slice()).collect();
        if all.iter().all(|words| same(words, all[0])) {
            return (first.words().clone(), false);
        }
        let most = all.iter().map(|words| words.len()).min().unwrap_or(0);
        let tail = &all[0][all[0].len() - common_tail(&all, most)..];
        if !tail.is_empty() && !is_generic(tail) {
            return (tail.to_vec(), false);
        }
        if let Some(joined) = &first.joined {
            self.add(joined);
        }
        let best = counts.iter().min_by_key(|(words, count)| (usize::MAX - **count, length(words), **words));
        let is_of_most = best.is_some_and(|(_, count)| *count * 2 > places.len());
        (best.map(|(words, _)| (*words).clone()).unwrap_or_default(), !is_of_most)
    }

    /// Of a union of plain types at several places, a name for where another union has the one that joins the same.
    fn add_other_joined(&mut self, first: &Suggestion) {
        let (Some(joined), Some((names, _))) = (&first.joined, &mut self.joined) else { return };
        let other: Words = joined.iter().cloned().chain(["Value".to_owned()]).collect();
        names.push(pascal(&other));
        self.add(&other);
    }

    fn add(&mut self, words: &[String]) {
        let name = led_by_letter(pascal(words), "N");
        if !words.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// Without the first words, as far as that is too long.
    fn add_tail(&mut self, mut words: Words) {
        // A word has a letter at least, so that more are too long in any case.
        words.drain(..words.len().saturating_sub(LONGEST + 2));
        while length(&words) > LONGEST && words.len() > 2 {
            words.remove(0);
        }
        let begins_with_digit =
            words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        if !begins_with_digit && length(&words) <= LONGEST {
            self.add(&words);
        }
    }

    /// With owners in front: without the words that come twice, then without the first ones.
    fn add_shortened(&mut self, chain: &[Words], own: &Words) {
        let mut before = Words::new();
        for owner in chain.iter().rev() {
            before = owner.iter().cloned().chain(before).collect();
            let (mut once, mut seen) = (Words::new(), BTreeSet::new());
            let count = before.len() + own.len();
            for (index, word) in before.iter().chain(own).enumerate() {
                if seen.insert(word.to_lowercase()) || index + 1 == count {
                    once.push(word.clone());
                }
            }
            self.add_tail(once);
        }
        self.add_tail(own.clone());
    }
}

fn length(words: &[String]) -> usize {
    pascal(words).chars().count()
}

/// Words without the last ones, as far as they are too long to have an owner in front.
fn shortened(own: &Words) -> Words {
    let mut short = own.clone();
    // A word has a letter at least, so that more are too long in any case.
    short.truncate(LONG_WORDS + 1);
    while length(&short) > LONG_WORDS && short.len() > 1 {
        short.pop();
    }
    short
}

/// What encloses a place and says something of it, and whether it is a branch of what is called as it is.
fn owners(source: &Suggestion, short: &Words) -> (Vec<Words>, bool) {
    let mut chain: Vec<Words> = source.chain.iter().filter(|owner| !owner.is_empty()).cloned().collect();
    let is_part = source.role == Some("Entry");
    let is_branch = !is_part && source.role.is_some();
    let mut is_in_own = false;
    // `networks` is no owner of a `Network`.
    while let Some(last) = chain.last()
        && (pascal(short) == pascal(&one(last)) && (last != short || is_part)
            || is_branch && pascal(short) == pascal(last))
    {
        chain.pop();
        is_in_own |= is_branch;
    }
    let says_something = |(index, owner): &(usize, Words)| *index == 0 || !is_hollow(owner);
    let chain = chain.into_iter().enumerate().filter(says_something).map(|(_, owner)| owner).collect();
    (chain, is_in_own)
}

/// Words with an owner in front: the nearest, a farther one alone, all between.
fn with_owners(chain: &[Words], short: &Words) -> Vec<Words> {
    let (mut names, mut weak, mut full) = (Vec::new(), Vec::new(), short.clone());
    for (depth, owner) in chain.iter().rev().enumerate() {
        full = join(owner, &full);
        if depth > 0 && !is_generic(owner) && !is_generic(short) {
            names.push(join(owner, short));
        }
        let is_weak = is_generic(owner) && depth + 1 < chain.len();
        if is_weak { &mut weak } else { &mut names }.push(full.clone());
    }
    names.extend(weak);
    names
}

/// What all owners of a shared type end in: InitializedNotification, ToolListChangedNotification … → Notification.
fn common_owner(places: &[&Suggestion], short: &Words) -> Option<Words> {
    let owners: Vec<_> = places.iter().map(|place| place.chain.last()).collect::<Option<_>>()?;
    let owners: BTreeSet<&Words> = owners.into_iter().collect();
    let all: Vec<_> = owners.iter().map(|owner| owner.as_slice()).collect();
    if all.len() < 2 {
        return None;
    }
    let most = all.iter().map(|owner| owner.len()).min().unwrap_or(0);
    let tail = &all[0][all[0].len() - common_tail(&all, most)..];
    (!tail.is_empty() && !is_generic(tail)).then(|| join(tail, short))
}
