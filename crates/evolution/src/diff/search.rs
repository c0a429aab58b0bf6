//! Looking for an instance that one schema accepts and another does not.

use std::time::Duration;

use jsonschema::Validator;
use serde_json::Value;

use super::verdict::Witness;
use crate::clock::Clock;
use crate::sample::{Hints, Sampler, edits, shrink};

/// How many instances are made by the sampler.
const SAMPLES: u64 = 24;
/// How many edits of each are tried.
const EDITS: usize = 1500;

/// A search, and how it went.
pub struct Search<'a> {
    /// The schema whose instances are tried, with all that it refers to.
    pub schema: &'a Value,
    pub accepts: &'a Validator,
    pub rejects: &'a Validator,
    pub hints: &'a Hints,
    /// When to stop.
    pub until: Duration,
    pub clock: &'a dyn Clock,
    pub tried: usize,
}

impl Search<'_> {
    /// The first of these instances that is a witness, made as small as it gets.
    pub fn among(&mut self, instances: impl IntoIterator<Item = Value>) -> Option<Witness> {
        for instance in instances {
            if self.clock.now() > self.until {
                return None;
            }
            self.tried += 1;
            if self.is_witness(&instance) {
                return Some(self.smallest(instance));
            }
        }
        None
    }

    /// Samples of the schema, and edits of them.
    pub fn everywhere(&mut self) -> Option<Witness> {
        let sampler = Sampler::new(self.schema, self.accepts);
        let mut found: Vec<Value> = Vec::new();
        for number in 0..SAMPLES {
            // Making them takes time too.
            if self.clock.now() > self.until {
                break;
            }
            match sampler.instance(number) {
                Some(sample) if !found.contains(&sample) => found.push(sample),
                None if number > 2 && found.is_empty() => break,
                _ => {}
            }
        }
        if let Some(witness) = self.among(found.iter().cloned()) {
            return Some(witness);
        }
        found.sort_by_key(|sample| sample.to_string().len());
        let hints = self.hints;
        let plain = Value::Null;
        let edited =
            std::iter::once(&plain).chain(&found).flat_map(|sample| edits(sample, hints).take(EDITS));
        self.among(edited)
    }

    fn is_witness(&self, instance: &Value) -> bool {
        self.accepts.is_valid(instance) && !self.rejects.is_valid(instance)
    }

    fn smallest(&self, instance: Value) -> Witness {
        let until = self.clock.now() + Duration::from_millis(500);
        let instance = shrink(instance, &|smaller| self.clock.now() < until && self.is_witness(smaller));
        let error = self.rejects.iter_errors(&instance).next().map(|error| {
            let at = error.instance_path().as_str();
            let at = if at.is_empty() { String::new() } else { format!("{at}: ") };
            let message: String = error.to_string().chars().take(200).collect();
            format!("{at}{message}")
        });
        Witness { error: error.unwrap_or_default(), instance }
    }
}
