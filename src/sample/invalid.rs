//! Instances that break exactly one keyword.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::Value;

use super::edits::{Hints, edits};
use super::sampler::Sampler;
use super::shrink::shrink;

/// An instance, and what it breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    pub instance: Value,
    /// The place in the instance.
    pub instance_location: String,
    /// The keyword's place in the schema.
    pub keyword_location: String,
}

/// Up to `count` instances, each of which breaks one keyword, another one each as long as there are others.
pub fn broken(bundle: &Value, validator: &Validator, count: usize, seed: u64) -> Vec<Broken> {
    /// How many valid instances are edited.
    const VALID: u64 = 12;
    /// How many edits of each are looked at.
    const EDITS: usize = 3000;
    let mut hints = Hints::default();
    hints.add(bundle);
    let sampler = Sampler::new(bundle, validator);
    let mut found: Vec<Broken> = Vec::new();
    let mut known = BTreeSet::new();
    for number in 0..VALID {
        let Some(valid) = sampler.instance(seed.wrapping_add(number)) else { continue };
        for edited in edits(&valid, &hints).take(EDITS) {
            let Some(broken) = breaks_one(validator, &edited) else { continue };
            if known.insert(broken.keyword_location.clone()) {
                let same = |other: &Value| {
                    breaks_one(validator, other)
                        .is_some_and(|other| other.keyword_location == broken.keyword_location)
                };
                let small = shrink(edited, &same);
                found.extend(breaks_one(validator, &small));
            }
            if found.len() >= count {
                return found;
            }
        }
    }
    found
}

/// What an instance breaks, if that is one keyword.
fn breaks_one(validator: &Validator, instance: &Value) -> Option<Broken> {
    let mut errors = validator.iter_errors(instance);
    let (first, None) = (errors.next()?, errors.next()) else { return None };
    Some(Broken {
        instance: instance.clone(),
        instance_location: first.instance_path().as_str().to_owned(),
        keyword_location: first.schema_path().as_str().to_owned(),
    })
}
