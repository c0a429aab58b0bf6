//! Looking for an instance that one schema accepts and another does not.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use serde_json::{Map, Value};

use super::verdict::Witness;
use crate::clock::Deadline;
use crate::judge::Judge;
use crate::sample::{Hints, Prepared, Sampler, edits, plain, shrink};

/// How many instances are made by the sampler.
const SAMPLES: u64 = 24;
/// How many edits of each are tried.
const EDITS: usize = 1500;
/// How many instances that shall break the other schema are made first, and in all.
const FIRST: u64 = 40;
const GUESSES: u64 = 400;
/// How many instances in a row may be made that are none new, before no more are.
const VAIN: usize = 60;
/// How many names and values small instances are made of.
const NAMES: usize = 12;
const VALUES: usize = 24;
/// How many of these values there may be many of.
const MENTIONED: usize = 4;
/// How long a witness is made smaller.
const SHRINKING: Duration = Duration::from_millis(300);
/// How much of what the other schema says is kept, in characters.
const SAID: usize = 200;

/// A search, and how it went.
pub struct Search<'a> {
    /// The schema whose instances are tried, with all that it refers to.
    pub inner: &'a Value,
    /// The schema that shall reject one, with all that it refers to.
    pub outer: &'a Value,
    pub accepts: &'a Judge,
    pub rejects: &'a Judge,
    pub hints: &'a Hints,
    /// When to stop.
    pub deadline: Deadline<'a>,
    pub tried: usize,
}

impl Search<'_> {
    /// The first of these instances that is a witness, made as small as it gets.
    pub fn among(&mut self, instances: impl IntoIterator<Item = Value>) -> Option<Witness> {
        for instance in instances {
            if self.deadline.is_over() {
                return None;
            }
            self.tried += 1;
            if self.is_witness(&instance) {
                return Some(self.smallest(instance));
            }
        }
        None
    }

    /// What is found soon: among the smallest instances, and by what changed.
    pub fn soon(&mut self) -> Option<Witness> {
        let small = small(self.hints);
        self.among(small).or_else(|| self.among(large(self.hints))).or_else(|| self.guessed(true, FIRST))
    }

    /// Instances made to be witnesses, without the edits of others.
    pub fn made(&mut self) -> Option<Witness> {
        self.guessed(true, GUESSES).or_else(|| self.guessed(false, GUESSES))
    }

    /// Instances made to be witnesses; samples of the schema, and edits of them.
    pub fn everywhere(&mut self) -> Option<Witness> {
        let guessed = self.guessed(false, GUESSES);
        guessed.or_else(|| self.guessed(true, GUESSES)).or_else(|| self.edited())
    }

    /// Instances made to be accepted by the one and rejected by the other; by what is not the same, if that is asked for.
    fn guessed(&mut self, anew: bool, count: u64) -> Option<Witness> {
        if self.deadline.is_over() {
            return None;
        }
        let prepared = Prepared::between(self.inner, self.outer, anew);
        let sampler = Sampler::of(prepared, self.accepts, 0, Some(self.deadline));
        // Of what is large there is no room for all.
        let mut known: HashSet<u64> = HashSet::new();
        let mut vain = 0;
        for number in 0..count {
            let guess = sampler.guess(number);
            if known.insert(digest(&guess)) {
                vain = 0;
                if let Some(witness) = self.among([guess]) {
                    return Some(witness);
                }
            } else {
                vain += 1;
            }
            if vain > VAIN || self.deadline.is_over() {
                break;
            }
        }
        None
    }

    /// Samples of the schema, and edits of them.
    fn edited(&mut self) -> Option<Witness> {
        let sampler = Sampler::new(self.inner, self.accepts, 0, Some(self.deadline));
        let mut found: Vec<Value> = Vec::new();
        for number in 0..SAMPLES {
            match sampler.instance(number) {
                Some(sample) if !found.contains(&sample) => found.push(sample),
                None if number > 2 && found.is_empty() => break,
                _ => {}
            }
        }
        if let Some(witness) = self.among(found.iter().cloned()) {
            return Some(witness);
        }
        found.sort_by_cached_key(|sample| sample.to_string().len());
        let hints = self.hints;
        let plain = Value::Null;
        let edited =
            std::iter::once(&plain).chain(&found).flat_map(|sample| edits(sample, hints).take(EDITS));
        self.among(edited)
    }

    fn is_witness(&self, instance: &Value) -> bool {
        self.accepts.accepts(instance) && self.rejects.rejects(instance)
    }

    fn smallest(&self, instance: Value) -> Witness {
        let deadline = self.deadline.within(SHRINKING);
        let instance = shrink(instance, &|smaller| self.is_witness(smaller), &|| deadline.is_over());
        let complaint = self.rejects.complaints(&instance).unwrap_or_default().into_iter().next();
        let error = complaint.map(|complaint| {
            let at = complaint.instance_location;
            let at = if at.is_empty() { at } else { format!("{at}: ") };
            format!("{at}{}", complaint.message.chars().take(SAID).collect::<String>())
        });
        Witness { error: error.unwrap_or_default(), instance }
    }
}

/// What is not the same of different instances, but by chance.
fn digest(instance: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    instance.hash(&mut hasher);
    hasher.finish()
}

/// What is as large as bounds say that are large.
fn large(hints: &Hints) -> impl Iterator<Item = Value> {
    let said = hints.values.iter().take(MENTIONED).cloned();
    let elements: Vec<Value> =
        [Value::Null, 0.into(), "".into(), Map::new().into()].into_iter().chain(said).collect();
    let parts: Vec<(usize, Value)> = hints
        .large
        .iter()
        .flat_map(|count| elements.iter().map(|element| (*count, element.clone())))
        .collect();
    let lists = parts.clone().into_iter().map(|(count, element)| vec![element; count].into());
    let named = |(count, value): (usize, Value)| {
        Value::Object((0..count).map(|number| (format!("key{number}"), value.clone())).collect())
    };
    let texts: Vec<Value> = hints.large.iter().map(|count| "a".repeat(*count).into()).collect();
    texts.into_iter().chain(lists).chain(parts.into_iter().map(named))
}

/// The smallest instances, the smallest first: values; objects and arrays of one; and of one of one.
fn small(hints: &Hints) -> impl Iterator<Item = Value> {
    let values: Vec<Value> = plain().into_iter().chain(hints.values.iter().take(VALUES).cloned()).collect();
    let names: Vec<String> = hints.names.iter().take(NAMES).cloned().chain(["other".to_owned()]).collect();
    let around = move |value: &Value| -> Vec<Value> {
        let object = |name: &String| Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        let mut found: Vec<Value> = names.iter().map(object).collect();
        found.push(vec![value.clone()].into());
        found
    };
    let once: Vec<Value> = values.iter().flat_map(&around).collect();
    let few: Vec<Value> = plain().iter().flat_map(&around).collect();
    let twice = few.into_iter().flat_map(move |value| around(&value));
    values.into_iter().chain(once).chain(twice)
}
