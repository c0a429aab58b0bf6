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

/// Up to `count` instances, each of which breaks one keyword, another one each as long as there are others.
pub fn broken(bundle: &Value, validator: &Validator, count: usize, seed: u64) -> Vec<Broken> {
    let hints = Hints::of(bundle);
    let mut found: Vec<Broken> = Vec::new();
    let mut known = BTreeSet::new();
    let sampler = Sampler::new(bundle, validator);
    for whole in wholes(&sampler, seed) {
        let most = EDITS.min(COPIED / whole.to_string().len());
        for edited in edits(&whole, &hints).take(most) {
            if found.len() >= count {
                return found;
            }
            let Some(broken) = breaks_one(validator, &edited) else { continue };
            if known.insert(broken.keyword_location.clone()) {
                let same = |other: &Value| {
                    breaks_one(validator, other)
                        .is_some_and(|other| other.keyword_location == broken.keyword_location)
                };
                let small = shrink(edited, &same);
                found.extend(breaks_one(validator, &small));
            }
        }
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
fn breaks_one(validator: &Validator, instance: &Value) -> Option<Broken> {
    let mut errors = validator.iter_errors(instance);
    let (first, None) = (errors.next()?, errors.next()) else { return None };
    Some(Broken {
        instance: instance.clone(),
        instance_location: first.instance_path().as_str().to_owned(),
        keyword_location: first.schema_path().as_str().to_owned(),
    })
}
