//! What became of all of it, for people.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::laws::Law;
use super::shrink::Found;
use super::trial::{Held, Trial};
use crate::crates::put;
use crate::failure::Failure;

/// Figures.
#[derive(Debug, Default)]
pub struct Summary {
    /// Schemas for which there was no time.
    pub not_reached: usize,
    schemas: usize,
    unusable: BTreeMap<String, usize>,
    generated: usize,
    compiled: usize,
    definitions: usize,
    faithful: usize,
    guarded: usize,
    types: usize,
    typed: usize,
    positions: usize,
    instances: usize,
    valid: usize,
    beyond: usize,
    limits: usize,
    /// By law and kind: how many differences, and how many schemas that have one.
    differences: BTreeMap<(Law, String), (usize, usize)>,
    /// Schemas that have any.
    different: usize,
    by_types: Vec<Duration>,
    by_tool: Vec<Duration>,
}

impl Summary {
    /// Adds a schema.
    pub fn add(&mut self, held: &Held) {
        if held.is_not_reached {
            self.not_reached += 1;
            return;
        }
        self.schemas += 1;
        if let Some(why) = &held.unusable {
            *self.unusable.entry(why.clone()).or_default() += 1;
        }
        self.generated += usize::from(held.made.is_some());
        self.compiled += usize::from(held.compiles);
        if let Some(made) = held.made.as_ref().filter(|_| held.compiles) {
            self.definitions += made.definitions.len();
            self.guarded += made.guarded;
            self.types += made.types;
            self.typed += made.typed;
            self.positions += made.positions;
        }
        self.faithful += held.faithful;
        self.instances += held.instances.len();
        self.valid += held.instances.iter().filter(|instance| instance.valid).count();
        self.beyond += held.beyond;
        self.limits += held.limits;
        self.different += usize::from(!held.differences.is_empty());
        self.by_types.extend(&held.times.by_types);
        self.by_tool.extend(&held.times.by_tool);
        let mut of_this: BTreeMap<(Law, String), usize> = BTreeMap::new();
        for difference in &held.differences {
            *of_this.entry((difference.law, difference.kind.clone())).or_default() += 1;
        }
        for (kind, count) in of_this {
            let all = self.differences.entry(kind).or_default();
            all.0 += count;
            all.1 += 1;
        }
    }

    /// How many schemas differ, so far.
    pub fn different(&self) -> usize {
        self.different
    }

    /// Whether everything was judged as far as there was time, and nothing differs.
    pub fn is_right(&self) -> bool {
        self.differences.is_empty() && self.unusable.is_empty()
    }

    /// Prints them.
    pub fn print(&self) {
        println!();
        println!(
            "{:7} schemas, {} generated, {} compile without a warning",
            self.schemas, self.generated, self.compiled
        );
        println!("{:7} instances, {} of them valid", self.instances, share(self.valid, self.instances));
        println!("{:7} definitions, {} come back", self.definitions, self.faithful);
        println!(
            "        {} of {} types guarded, {} of positions typed",
            self.guarded,
            self.types,
            share(self.typed, self.positions)
        );
        println!("        apart: {} instances beyond 64 bits, {} limits reached", self.beyond, self.limits);
        print_times("types", &self.by_types);
        print_times("validate", &self.by_tool);
        for (why, count) in &self.unusable {
            println!("{count:7} schemas not judged: {why}");
        }
        if self.not_reached > 0 {
            println!("{:7} schemas were not reached in time, and are not counted", self.not_reached);
        }
        println!("{:7} schemas differ", self.different);
        for law in Law::ALL {
            let kinds: Vec<_> = self.differences.iter().filter(|((of, _), _)| *of == law).collect();
            let all: usize = kinds.iter().map(|(_, (count, _))| count).sum();
            println!("{all:7} {}", law.name());
            for ((_, kind), (count, schemas)) in kinds {
                println!("        {count:7} {kind}, in {schemas} schemas");
            }
        }
    }
}

/// How long a verdict may take.
const BAR: Duration = Duration::from_millis(200);

fn print_times(by: &str, times: &[Duration]) {
    let Some(slowest) = times.iter().max() else { return };
    let late = times.iter().filter(|time| **time > BAR).count();
    println!("        {} verdicts by {by}, the slowest {slowest:.1?}; {late} above {BAR:?}", times.len());
}

fn share(part: usize, all: usize) -> String {
    // Of so few the share is exact.
    let of = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if all == 0 { "none".to_owned() } else { format!("{:.1} %", 100.0 * of(part) / of(all)) }
}

/// How many characters are shown of an instance.
const LONGEST: usize = 4_000;

/// Prints a schema, and everything in which it differs.
pub fn print_one(trial: &Trial, held: &Held) {
    println!("\n{} {:?} {} {}", trial.name, trial.dialect, trial.settings.arguments(), trial.schema);
    if let Some(why) = &held.unusable {
        println!("    not judged: {why}");
    }
    for instance in &held.instances {
        let text: String = instance.text.chars().take(LONGEST).collect();
        println!("    {} {text}", if instance.valid { "valid  " } else { "invalid" });
    }
    for (by, times) in [("types", &held.times.by_types), ("validate", &held.times.by_tool)] {
        if let Some(slowest) = times.iter().max() {
            println!("    slowest by {by}: {slowest:.1?}");
        }
    }
    for difference in &held.differences {
        let instance = difference.instance.and_then(|index| held.instances.get(index));
        let instance = instance.map(|instance| instance.text.as_str()).unwrap_or_default();
        println!("    {}: {}: {instance} {}", difference.law.name(), difference.kind, difference.detail);
    }
}

/// Prints something that differs, to be pasted.
pub fn print_small(found: &Found) {
    let Found { trial, difference, .. } = found;
    println!("\n{}: {} ({})", difference.law.name(), difference.kind, trial.name);
    println!("  {}", written(found));
}

fn written(found: &Found) -> Value {
    let Found { trial, difference, instance, is_valid } = found;
    let instance: Option<Value> = instance.as_ref().and_then(|text| serde_json::from_str(text).ok());
    let mut schema = trial.schema.clone();
    if let Value::Object(keywords) = &mut schema
        && trial.dialect != Dialect::default()
        && !keywords.contains_key("$schema")
    {
        keywords.shift_insert(0, "$schema".into(), trial.dialect.uri().into());
    }
    let mut written = json!({
        "schema": schema,
        "law": difference.law,
        "kind": difference.kind,
        "detail": difference.detail,
        "args": trial.settings.arguments(),
    });
    let others: Vec<Value> =
        trial.wanted.these.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    if instance.is_none() && !others.is_empty() {
        written["instances"] = Value::Array(others);
    }
    if let Some(instance) = instance {
        written[if *is_valid { "valid" } else { "invalid" }] = json!([instance]);
    }
    written
}

/// Writes what differs, each into a file of its own.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write_small(folder: &Path, all: &[Found]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Output { path: folder.to_owned(), source })?;
    for found in all {
        let name = format!("{}-{}-{}", found.difference.law.name(), found.difference.kind, found.trial.name);
        let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let text = serde_json::to_string_pretty(&written(found)).map_err(Failure::Write)?;
        put(&folder.join(format!("{name}.json")), &text)?;
    }
    Ok(())
}
