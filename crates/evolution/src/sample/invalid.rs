//! Instances that break exactly one keyword.

use std::collections::{BTreeSet, VecDeque};

use isomorph_json::escaped;
use isomorph_schema::subschemas;

use serde_json::Value;

use super::edits::{Hints, edits};
use super::prepare::Prepared;
use super::rounded::Rounded;
use super::sampler::Sampler;
use super::shrink::shrink;
use crate::clock::Deadline;
use crate::judge::Judge;

/// An instance, and what it breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// The instance.
    pub instance: Value,
    /// The place in the instance.
    pub instance_location: String,
    /// The keyword's place in the schema.
    pub keyword_location: String,
}

/// How many valid instances are edited.
const VALID: u64 = 12;
/// How many edits of each are looked at.
const EDITS: usize = 3000;
/// How much is copied for the edits of one, in bytes: of what is large fewer edits are looked at.
const COPIED: usize = 10_000_000;

/// How often each way to break a keyword is tried.
const TRIES: u64 = 6;
/// How often all ways are gone through.
const ROUNDS: u64 = 40;
/// Which part of the time is for breaking keywords one by one: one of so many.
const SHARE: u32 = 2;
/// Keywords that are broken by what they have inside, where that is broken by itself.
const BY_PARTS: [&str; 13] = [
    "properties",
    "patternProperties",
    "items",
    "prefixItems",
    "additionalItems",
    "allOf",
    "$ref",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "$defs",
    "definitions",
];

/// Up to `count` different instances, each of which breaks one keyword: another one each as long as there are others, and
/// then in another way.
pub fn broken(bundle: &Value, judge: &Judge, count: usize, seed: u64, deadline: Deadline) -> Vec<Broken> {
    let (known, rounded) = (BTreeSet::new(), Rounded::of(bundle));
    let mut found = Found { deadline, known, rounded, broken: Vec::new(), more: Vec::new(), count };
    let (hints, edited) = (Hints::of(bundle), deadline.within(deadline.left() / SHARE));
    let sampler = Sampler::new(bundle, judge, seed, Some(edited));
    'wholes: for whole in wholes(&sampler, seed) {
        let most = EDITS.min(COPIED / whole.to_string().len());
        for instance in edits(&whole, &hints).take(most) {
            if found.is_enough() || edited.is_over() {
                break 'wholes;
            }
            found.add(instance, judge);
        }
    }
    if found.broken.len() < count {
        one_by_one(bundle, judge, seed, deadline, &mut found);
    }
    let Found { broken, more, .. } = found;
    broken.into_iter().chain(more).take(count).collect()
}

/// What was found: of each keyword the first, and others.
struct Found<'c> {
    deadline: Deadline<'c>,
    known: BTreeSet<String>,
    rounded: Rounded,
    broken: Vec<Broken>,
    more: Vec<Broken>,
    count: usize,
}

impl Found<'_> {
    fn is_enough(&self) -> bool {
        self.broken.len() >= self.count
    }

    fn all(&self) -> usize {
        self.broken.len() + self.more.len()
    }

    fn add(&mut self, instance: Value, judge: &Judge) -> bool {
        let Some(broken) = self.breaks_one(judge, &instance) else { return false };
        if !self.known.insert(broken.keyword_location.clone()) {
            return false;
        }
        let same = |other: &Value| {
            self.breaks_one(judge, other)
                .is_some_and(|other| other.keyword_location == broken.keyword_location)
        };
        let small = shrink(instance, &same, &|| self.deadline.is_over());
        self.broken.extend(self.breaks_one(judge, &small));
        true
    }

    /// What an instance breaks, if that is one keyword, and not by a number that may be another than it was read as.
    fn breaks_one(&self, judge: &Judge, instance: &Value) -> Option<Broken> {
        let broken = breaks_one(judge, instance)?;
        (!self.rounded.are_near(instance.pointer(&broken.instance_location))).then_some(broken)
    }

    /// Adds what breaks a keyword in a way of its own, as it is: smaller it might break it in another.
    fn add_way(&mut self, instance: &Value, judge: &Judge) -> bool {
        let Some(broken) = self.breaks_one(judge, instance) else { return false };
        let is_new = |known: &[Broken]| known.iter().all(|known| known.instance != *instance);
        if self.known.insert(broken.keyword_location.clone()) {
            self.broken.push(broken);
        } else if is_new(&self.broken) && is_new(&self.more) {
            self.more.push(broken);
        } else {
            return false;
        }
        true
    }
}

/// Breaks each keyword in each way that it has; and again, otherwise, while there are to be more.
fn one_by_one(bundle: &Value, judge: &Judge, seed: u64, deadline: Deadline, found: &mut Found) {
    let keywords = keywords(bundle);
    for round in 0..ROUNDS {
        let before = found.all();
        for (at, keyword) in &keywords {
            for prepared in Prepared::breaking(bundle, at, keyword) {
                let is_enough = if round == 0 { found.is_enough() } else { found.all() >= found.count };
                if is_enough || deadline.is_over() {
                    return;
                }
                let sampler = Sampler::of(prepared, judge, seed, Some(deadline));
                let Some(goal) = sampler.goal(at, None) else { break };
                let mut tries = round * TRIES..(round + 1) * TRIES;
                tries.any(|number| found.add_way(&sampler.led(&goal, number), judge));
            }
        }
        if round > 0 && found.all() == before {
            return;
        }
    }
}

/// The keywords of a bundle's schemas, each with the place of its schema, the outermost first.
fn keywords(bundle: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut work = VecDeque::from([String::new()]);
    for keyword in ["$defs", "definitions"] {
        let names = bundle.get(keyword).and_then(Value::as_object).into_iter().flat_map(|all| all.keys());
        work.extend(names.map(|name| format!("/{keyword}/{}", escaped(name))));
    }
    while let Some(at) = work.pop_front() {
        let Some(schema @ Value::Object(keywords)) = bundle.pointer(&at) else { continue };
        let own = keywords
            .keys()
            .filter(|keyword| isomorph_schema::binds(keyword) && !BY_PARTS.contains(&keyword.as_str()));
        found.extend(own.map(|keyword| (at.clone(), keyword.clone())));
        let inner = subschemas(schema).into_iter().filter(|(place, _)| !place.as_str().starts_with("/not"));
        work.extend(inner.map(|(place, _)| format!("{at}{}", place.as_str())));
    }
    found
}

/// Valid instances, one with only what is required first; anything, where there are none. Each is made when it is
/// asked for: of a large schema that takes long.
fn wholes<'a>(sampler: &'a Sampler, seed: u64) -> Box<dyn Iterator<Item = Value> + 'a> {
    let bare = sampler.bare(seed);
    if bare.is_none() && sampler.instance(seed).is_none() {
        return Box::new(std::iter::once(Value::Null));
    }
    let known = bare.clone();
    let others = (0..VALID).filter_map(move |number| sampler.instance(seed.wrapping_add(number)));
    Box::new(bare.into_iter().chain(others.filter(move |instance| Some(instance) != known.as_ref())))
}

/// What an instance breaks, if that is one keyword.
fn breaks_one(judge: &Judge, instance: &Value) -> Option<Broken> {
    let complaints = judge.complaints(instance)?;
    let [only] = complaints.as_slice() else { return None };
    Some(Broken {
        instance: instance.clone(),
        instance_location: only.instance_location.clone(),
        keyword_location: only.keyword_location.clone(),
    })
}
