//! Random schemas, and instances near them, held against the laws.

mod bench;
mod cases;
pub mod dice;
mod edits;
mod grown;
mod instances;
mod laws;
mod schema;
mod shrink;
mod summary;
mod tool;
mod trial;
mod worker;
mod workers;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::failure::Failure;
use bench::{Bench, hold};
use dice::Dice;
use shrink::{Found, Shrinking};
use summary::Summary;
use trial::Trial;
use worker::Wanted;

pub use worker::work;

/// Random schemas.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How many schemas
    #[arg(long, default_value_t = 100)]
    schemas: usize,

    /// What they are made from; printed, and by default another one every time
    #[arg(long)]
    seed: Option<u64>,

    /// How many instances a schema
    #[arg(long, default_value_t = 20)]
    instances: usize,

    /// The share of schemas of the kinds that are hard for types
    #[arg(long, default_value_t = 0.4)]
    hard: f64,

    /// Only the schemas of these numbers
    #[arg(long, value_delimiter = ',')]
    only: Vec<usize>,

    /// Only from this number on: what is left of a run that was ended
    #[arg(long, default_value_t = 0)]
    from: usize,

    #[command(flatten)]
    common: Common,
}

/// Cases that somebody wrote.
#[derive(Debug, Args)]
pub struct CasesArguments {
    /// Lists of `{"schema", "valid": […], "invalid": […], "args": "…"}`
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// How many random instances beside theirs
    #[arg(long, default_value_t = 0)]
    instances: usize,

    #[command(flatten)]
    common: Common,
}

/// What both have.
#[derive(Debug, Args)]
struct Common {
    /// Where to put what is generated
    #[arg(long, default_value = "target/conformance")]
    out: PathBuf,

    /// Stop after so many minutes; what is not reached is counted as such
    #[arg(long, default_value_t = 600)]
    minutes: u64,

    /// How many kinds of differences are made small, at most
    #[arg(long, default_value_t = 12)]
    shrink: usize,

    /// Where to write what differs, a file each
    #[arg(long, value_name = "FOLDER")]
    failures: Option<PathBuf>,

    /// Hold instances of so many kilobytes to the time that a verdict may take, in optimised programs
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    kilobytes: usize,

    /// The tool, so that it validates all instances as well
    #[arg(long, value_name = "PROGRAM")]
    tool: Option<PathBuf>,

    /// Print every schema and what became of it
    #[arg(long)]
    verbose: bool,
}

/// How many schemas are held at once: enough to keep the cores busy, and few enough to see how it goes.
const AT_ONCE: usize = 160;

/// What one process may take. Everything that is started has the same limit.
const MEMORY: u64 = 12 << 30;

/// Makes schemas and holds them against the laws; fails if one differs.
///
/// # Errors
///
/// If a file cannot be written, or cargo not be started.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let seed = arguments.seed.unwrap_or_else(|| fastrand::u64(..));
    println!("seed {seed}");
    let all = (arguments.from..arguments.schemas)
        .filter(|number| arguments.only.is_empty() || arguments.only.contains(number));
    let trials: Vec<Trial> = all.map(|number| trial(arguments, seed, number)).collect();
    finish("random", trials, &arguments.common)
}

/// The schema of a number; the same whatever the others are.
fn trial(arguments: &Arguments, seed: u64, number: usize) -> Trial {
    let own = u64::try_from(number).unwrap_or_default().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut dice = Dice::new(seed.wrapping_add(own));
    let is_hard = f64::from(u32::try_from(dice.below(1000)).unwrap_or_default()) < arguments.hard * 1000.0;
    let dialect = schema::dialect(&mut dice);
    let schema = schema::schema(dialect, is_hard, &mut dice);
    Trial {
        name: format!("{}{number}", if is_hard { "hard " } else { "" }),
        schema,
        dialect,
        settings: crate::settings::Settings::random(&mut dice),
        wanted: Wanted { these: Vec::new(), random: arguments.instances, seed: dice.seed(), bytes: 0 },
    }
}

/// Holds cases against the laws; fails if one differs.
///
/// # Errors
///
/// If a file cannot be read or written, or cargo not be started.
pub fn run_cases(arguments: &CasesArguments) -> Result<ExitCode, Failure> {
    let mut trials = Vec::new();
    for file in &arguments.files {
        trials.extend(cases::read(file, arguments.instances)?);
    }
    finish("cases", trials, &arguments.common)
}

fn finish(name: &'static str, mut trials: Vec<Trial>, common: &Common) -> Result<ExitCode, Failure> {
    for trial in &mut trials {
        trial.wanted.bytes = 1000 * common.kilobytes;
    }
    // Where there is no such limit, there is none.
    let _ = setrlimit(Resource::As, Rlimit { current: Some(MEMORY), maximum: None });
    let out = std::path::absolute(&common.out)
        .map_err(|source| Failure::Output { path: common.out.clone(), source })?;
    let bench = Bench {
        name,
        deadline: Instant::now() + Duration::from_secs(60 * common.minutes),
        tool: common.tool.as_ref().map(|program| tool::tool(program, &out.join(name))),
        out,
        is_of_large: common.kilobytes > 0,
    };
    let mut summary = Summary::default();
    let mut shrinking = Shrinking::default();
    for (index, batch) in trials.chunks(AT_ONCE).enumerate() {
        if Instant::now() > bench.deadline {
            summary.not_reached += batch.len();
            continue;
        }
        let held = hold(batch, &bench)?;
        for (trial, held) in batch.iter().zip(&held) {
            if common.verbose {
                summary::print_one(trial, held);
            }
            summary.add(held);
            shrinking.add(trial, held);
        }
        // A run of thousands takes an hour.
        let (reached, different) = (index * AT_ONCE + batch.len(), summary.different());
        eprintln!("{reached} of {} schemas, {different} differ", trials.len());
    }
    let write = |some: &[Found]| match &common.failures {
        Some(folder) => summary::write_small(folder, some),
        None => Ok(()),
    };
    let small = shrinking.shrink(common.shrink, &bench, write)?;
    write(&small)?;
    small.iter().for_each(summary::print_small);
    summary.print();
    Ok(if summary.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
