//! Makes what differs small: the schema, its instance and its settings, as long as it differs in the same way.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;

use super::bench::{Bench, generate, hold};
use super::edits::{edited, of_instance, of_schema};
use super::instances::Judged;
use super::laws::{Difference, Law};
use super::trial::{Held, Trial};
use super::worker::Wanted;
use crate::failure::Failure;

/// How often what is left is tried to be made smaller.
const ROUNDS: usize = 14;

/// How many smaller schemas are tried of one in a round, at most.
const CANDIDATES: usize = 14;

/// How many smaller instances are tried with each.
const INSTANCES: usize = 40;

/// Something that differs.
#[derive(Debug, Clone)]
pub struct Found {
    /// The schema and how it is generated. Of its instances, only the one, if it is about one.
    pub trial: Trial,
    /// How it differs.
    pub difference: Difference,
    /// The instance, if it is about one.
    pub instance: Option<String>,
    /// Whether the instance is valid.
    pub is_valid: bool,
}

/// Everything that differs, by how it does.
#[derive(Debug, Default)]
pub struct Shrinking {
    found: BTreeMap<(Law, String), Vec<Found>>,
}

impl Shrinking {
    /// Adds what differs: of a schema one difference of each kind.
    pub fn add(&mut self, trial: &Trial, held: &Held) {
        let mut seen = Vec::new();
        for difference in &held.differences {
            let kind = (difference.law, difference.kind.clone());
            if !seen.contains(&kind) {
                seen.push(kind.clone());
                self.found.entry(kind).or_default().push(found(trial, held, difference));
            }
        }
    }

    /// Makes at most so many of them small, some of each kind, and hands on what they are before and between.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or cargo not be started.
    pub fn shrink(
        self,
        most: usize,
        bench: &Bench,
        mut each: impl FnMut(&[Found]) -> Result<(), Failure>,
    ) -> Result<Vec<Found>, Failure> {
        let mut chosen = self.chosen(most);
        let mut offsets = vec![0; chosen.len()];
        for _ in 0..ROUNDS {
            let open: Vec<usize> = (0..chosen.len()).filter(|one| offsets[*one] != usize::MAX).collect();
            if open.is_empty() || Instant::now() > bench.deadline {
                break;
            }
            each(&chosen)?;
            eprintln!("shrinking {} differences", open.len());
            round(&mut chosen, &mut offsets, &open, bench)?;
            close_twins(&chosen, &mut offsets);
        }
        Ok(distinct(chosen))
    }

    /// Of every kind the smallest, in turns.
    fn chosen(self, most: usize) -> Vec<Found> {
        let mut kinds: Vec<Vec<Found>> = self.found.into_values().collect();
        for kind in &mut kinds {
            kind.sort_by_key(|found| std::cmp::Reverse(size(&found.trial, found.instance.as_deref())));
        }
        let mut chosen = Vec::new();
        while chosen.len() < most && kinds.iter().any(|kind| !kind.is_empty()) {
            chosen.extend(kinds.iter_mut().filter_map(Vec::pop));
        }
        chosen.truncate(most);
        chosen
    }
}

fn found(trial: &Trial, held: &Held, difference: &Difference) -> Found {
    let instance = difference.instance.and_then(|index| held.instances.get(index));
    let text = |instance: &Judged| instance.text.clone();
    // What a program did with all of them, one of them did; which, it did not say.
    let is_of_all = difference.kind.ends_with("validate");
    let kept = if is_of_all { held.instances.iter().collect() } else { Vec::from_iter(instance) };
    Found {
        trial: Trial { wanted: Wanted::these(kept.into_iter().map(text)), ..trial.clone() },
        difference: difference.clone(),
        instance: instance.map(text),
        is_valid: instance.is_some_and(|instance| instance.valid),
    }
}

fn size(trial: &Trial, instance: Option<&str>) -> usize {
    trial.schema.to_string().len() + trial.settings.arguments().len() + instance.map_or(0, str::len)
}

/// Tries smaller ones of all that are open. Those of which all were tried in vain are no longer.
fn round(chosen: &mut [Found], offsets: &mut [usize], open: &[usize], bench: &Bench) -> Result<(), Failure> {
    let mut compiled: Vec<(usize, Trial)> = Vec::new();
    let mut generated: Vec<(usize, Trial)> = Vec::new();
    for one in open {
        let (smaller, is_last) = smaller(&chosen[*one], offsets[*one]);
        let into = if is_of_generation(&chosen[*one].difference) { &mut generated } else { &mut compiled };
        into.extend(smaller.into_iter().map(|trial| (*one, trial)));
        offsets[*one] = if is_last { usize::MAX } else { offsets[*one] + CANDIDATES };
    }
    let trials = |some: &[(usize, Trial)]| some.iter().map(|(_, trial)| trial.clone()).collect::<Vec<_>>();
    let held = hold(&trials(&compiled), bench)?.into_iter().zip(compiled);
    let made = generate(&trials(&generated)).into_iter().zip(generated);
    for (held, (one, trial)) in held.chain(made) {
        let wanted = chosen[one].difference.clone();
        let is_same =
            |difference: &&Difference| (difference.law, &difference.kind) == (wanted.law, &wanted.kind);
        for difference in held.differences.iter().filter(is_same) {
            let smaller = found(&trial, &held, difference);
            if weight(&smaller) < weight(&chosen[one]) {
                chosen[one] = smaller;
                offsets[one] = 0;
            }
        }
    }
    Ok(())
}

fn weight(found: &Found) -> usize {
    size(&found.trial, found.instance.as_deref())
}

/// Whether nothing was generated, so that there is nothing to compile.
fn is_of_generation(difference: &Difference) -> bool {
    let kinds = ["refused", "panicked", "crashed", "hung"];
    difference.law == Law::Total && kinds.contains(&difference.kind.as_str())
}

/// Smaller ones from a place in the list of all of them, and whether those are the last.
fn smaller(found: &Found, offset: usize) -> (Vec<Trial>, bool) {
    let edits = of_schema(&found.trial.schema);
    let mut schemas = vec![found.trial.schema.clone()];
    // Halves, quarters and so on first: most of a random schema has nothing to do with it.
    for parts in [2, 4, 8, 16] {
        let part = edits.len().div_ceil(parts);
        if part > 1 {
            schemas.extend(edits.chunks(part).map(|some| edited(&found.trial.schema, some)));
        }
    }
    schemas.extend(edits.iter().map(|edit| edited(&found.trial.schema, std::slice::from_ref(edit))));
    let wanted = match &found.instance {
        Some(instance) => Wanted::these(smaller_instances(instance)),
        None => found.trial.wanted.clone(),
    };
    let of_schema =
        |schema: &Value| Trial { schema: schema.clone(), wanted: wanted.clone(), ..found.trial.clone() };
    let of_settings = |settings| Trial { settings, wanted: wanted.clone(), ..found.trial.clone() };
    let mut all: Vec<Trial> = found.trial.settings.simpler().into_iter().map(of_settings).collect();
    all.extend(schemas.iter().map(of_schema));
    let is_last = all.len() <= offset + CANDIDATES;
    (all.into_iter().skip(offset).take(CANDIDATES).collect(), is_last)
}

/// The instance, and smaller ones.
fn smaller_instances(text: &str) -> Vec<String> {
    let instance: Value = serde_json::from_str(text).unwrap_or_default();
    let smaller = of_instance(&instance).into_iter().map(|edit| edited(&instance, &[edit]).to_string());
    std::iter::once(text.to_owned()).chain(smaller).take(INSTANCES).collect()
}

/// Goes on with only one of those that became the same.
fn close_twins(chosen: &[Found], offsets: &mut [usize]) {
    for one in 0..chosen.len() {
        if chosen[..one].iter().any(|before| is_twin(before, &chosen[one])) {
            offsets[one] = usize::MAX;
        }
    }
}

fn is_twin(one: &Found, other: &Found) -> bool {
    one.difference.law == other.difference.law && one.trial.schema == other.trial.schema
}

/// Without those that became the same.
fn distinct(all: Vec<Found>) -> Vec<Found> {
    let mut distinct: Vec<Found> = Vec::new();
    for found in all {
        if !distinct.iter().any(|known| is_twin(known, &found)) {
            distinct.push(found);
        }
    }
    distinct
}
