//! Schemas with instances, held against the laws, many at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::instances::Judged as Instance;
use super::laws::{Difference, Law, Outcome, Truth, has_what_no_type_holds, outcome};
use super::tool::Tool;
use super::trial::{Held, Trial};
use super::worker::{Job, Made, validator};
use super::workers::{Answer, answers};
use crate::corpus::{self, Case, Corpus};
use crate::crates::{self, Crate};
use crate::entrant::{Definition, Entrant, Kind, Module};
use crate::failure::Failure;
use crate::isomorph;
use crate::judge::{self, Judged, Limits};
use crate::lossless::Declared;

/// How many schemas are in one crate, at most. Fewer take longer, as each crate is linked for itself.
const IN_A_CRATE: usize = 40;

/// How many crates there are of few schemas, so that no core is idle.
const CRATES: usize = 4;

/// Where and how long trials are held.
#[derive(Debug)]
pub struct Bench {
    /// What is held, for the names of crates.
    pub name: &'static str,
    /// Where what is generated is put.
    pub out: PathBuf,
    /// When no more is begun.
    pub deadline: Instant,
    /// The tool, if it is to judge as well.
    pub tool: Option<Tool>,
    /// Whether instances are large, and are held to the time that a verdict may take alone.
    pub is_of_large: bool,
}

/// How long a program may think about a small instance.
const PATIENCE: Duration = Duration::from_secs(20);

/// Holds all of them against the laws.
///
/// # Errors
///
/// If a file cannot be written, or cargo not be started.
pub fn hold(trials: &[Trial], bench: &Bench) -> Result<Vec<Held>, Failure> {
    let jobs: Vec<Job> = trials.iter().map(job).collect();
    let mut all: Vec<Held> = Vec::new();
    let mut corpus =
        Corpus { name: "random".into(), cases: Vec::new(), remotes: BTreeMap::new(), is_incomplete: false };
    let mut modules = Vec::new();
    for (index, (trial, answer)) in trials.iter().zip(answers(&jobs)).enumerate() {
        let (mut held, module) = generated(index, answer);
        match &bench.tool {
            Some(tool) if bench.is_of_large => tool.time(trial, &mut held)?,
            Some(tool) => tool.hold(trial, &mut held)?,
            None => {}
        }
        corpus.cases.push(case(trial, &held.instances));
        modules.extend(module);
        all.push(held);
    }
    let judged = judge(&corpus, modules, bench)?;
    for (index, held) in all.iter_mut().enumerate().filter(|(_, held)| held.made.is_some()) {
        if bench.is_of_large {
            add_times(index, &judged, held);
        } else {
            add_verdicts(index, &corpus, &judged, held);
        }
    }
    Ok(all)
}

/// Only generates; what is generated is not compiled.
pub fn generate(trials: &[Trial]) -> Vec<Held> {
    let jobs: Vec<Job> = trials.iter().map(job).collect();
    answers(&jobs).into_iter().enumerate().map(|(index, answer)| generated(index, answer).0).collect()
}

fn job(trial: &Trial) -> Job {
    Job {
        schema: trial.schema.to_string(),
        dialect: trial.dialect.uri().to_owned(),
        settings: trial.settings,
        wanted: trial.wanted.clone(),
    }
}

fn case(trial: &Trial, instances: &[Instance]) -> Case {
    let instance = |one: &Instance| corpus::Instance {
        description: String::new(),
        text: one.text.clone(),
        valid: one.valid,
    };
    Case {
        name: trial.name.clone(),
        schema: trial.schema.to_string().into_bytes(),
        dialect: trial.dialect,
        instances: instances.iter().map(instance).collect(),
        settings: trial.settings,
    }
}

fn generated(index: usize, answer: Answer) -> (Held, Option<Module>) {
    match answer {
        Answer::Unusable(why) => (Held { unusable: Some(why), ..Held::default() }, None),
        Answer::Judged(instances, Ok(made)) => {
            let known = Made { text: String::new(), ..made.clone() };
            (Held { instances, made: Some(known), ..Held::default() }, Some(made.into_module(index)))
        }
        Answer::Judged(instances, Err(why)) => {
            let kind = why.split(':').next().unwrap_or_default();
            let differences = vec![Difference::of_schema(Law::Total, kind, why.clone())];
            (Held { instances, differences, ..Held::default() }, None)
        }
    }
}

fn judge(corpus: &Corpus, modules: Vec<Module>, bench: &Bench) -> Result<Judged, Failure> {
    let entrant = Entrant { kind: Kind::Isomorph, modules };
    let folder = bench.out.join(bench.name);
    let write = |(number, modules): (usize, &[Module])| {
        let modules: Vec<&Module> = modules.iter().collect();
        crates::write_crate(corpus, &entrant, &modules, &folder.join(format!("{}-{number}", bench.name)))
    };
    let size = entrant.modules.len().div_ceil(CRATES).clamp(1, IN_A_CRATE);
    let crates: Vec<Crate> = entrant.modules.chunks(size).enumerate().map(write).collect::<Result<_, _>>()?;
    judge::judge(
        &crates,
        &folder,
        Path::new("Cargo.lock"),
        Limits { deadline: bench.deadline, patience: PATIENCE, is_optimised: bench.is_of_large },
    )
}

fn add_verdicts(index: usize, corpus: &Corpus, judged: &Judged, held: &mut Held) {
    held.is_not_reached = judged.not_reached.contains(&index);
    held.compiles = judged.compiles(index);
    if let Some(said) = judged.not_compiled.get(&index) {
        let kind =
            if said.contains("warning") || said.contains("implied by") { "warning" } else { "not compiled" };
        held.differences.push(Difference::of_schema(Law::Total, kind, said.clone()));
    }
    if !held.compiles {
        return;
    }
    let case = &corpus.cases[index];
    let schema: Value = serde_json::from_slice(&case.schema).unwrap_or_default();
    let Ok(validator) = validator(&schema, case.dialect) else { return };
    let declared = Declared::of(&isomorph::generator(corpus, case).documents().unwrap_or_default());
    let truth =
        Truth { validator: &validator, declared: &declared, settings: case.settings, dialect: case.dialect };
    add_instances(index, &truth, judged, held);
    add_definitions(index, judged, held);
}

/// What the verdicts on large instances took.
fn add_times(index: usize, judged: &Judged, held: &mut Held) {
    held.is_not_reached = judged.not_reached.contains(&index);
    held.compiles = judged.compiles(index);
    for (number, instance) in held.instances.iter().enumerate().filter(|_| held.compiles) {
        let Some(found) = judged.verdicts.get(&(index, number)) else { continue };
        held.times.by_types.push(Duration::from_micros(found.micros));
        if found.is_limited() {
            held.limits += 1;
        } else if found.accepted != instance.valid && !(instance.valid && has_what_no_type_holds(instance)) {
            let kind = if instance.valid { "false reject" } else { "false accept" };
            let detail: String = found.error.iter().flat_map(|error| error.chars()).take(200).collect();
            held.differences.push(Difference {
                instance: Some(number),
                ..Difference::of_schema(Law::Exact, kind, detail)
            });
        }
    }
}

fn add_instances(index: usize, truth: &Truth, judged: &Judged, held: &mut Held) {
    for (number, instance) in held.instances.iter().enumerate() {
        let Some(found) = judged.verdicts.get(&(index, number)) else {
            let ended =
                if judged.hung.contains(&index) { "hung while reading" } else { "crashed while reading" };
            let difference = Difference::of_schema(Law::Total, ended, "");
            held.differences.push(Difference { instance: Some(number), ..difference });
            return;
        };
        match outcome(truth, number, instance, found) {
            Outcome::Right => {}
            Outcome::Beyond => held.beyond += 1,
            Outcome::Limit => held.limits += 1,
            Outcome::Different(difference) => held.differences.push(difference),
        }
    }
}

fn add_definitions(index: usize, judged: &Judged, held: &mut Held) {
    let Some(made) = &held.made else { return };
    for Definition { pointer, is_derived, .. } in &made.definitions {
        let said = judged.said.get(&(index, pointer.clone()));
        if said.is_some_and(|said| said.faithful) {
            held.faithful += 1;
            continue;
        }
        let kind = if *is_derived { "derived" } else { "carried" };
        let instead = said.and_then(|said| said.instead.as_deref()).unwrap_or("nothing");
        let detail = format!("{pointer} says {instead}");
        held.differences.push(Difference::of_schema(Law::Faithful, kind, detail));
    }
}
