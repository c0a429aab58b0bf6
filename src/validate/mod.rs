//! `isomorph validate`: are instances what their schema says, and where are they not?
//!
//! | part | job |
//! | --- | --- |
//! | `schemas`, `configured`, `root` | which schema an instance is held against |
//! | `inputs` | files, folders and globs, as files |
//! | `pipeline`, `source`, `worker` | files, and pieces of files, to threads; outcomes back in order |
//! | `read` | what is not JSON, as JSON, with the origin of each token |
//! | `check` | one text: valid or not; only if not, what is wrong |
//! | `finding`, `excerpt` | a problem, with its place in the file and the lines there |
//! | `report` | findings in the formats that people and programs read |

mod arguments;
mod check;
mod configured;
mod excerpt;
mod finding;
mod inputs;
mod pipeline;
mod progress;
mod read;
mod report;
mod root;
mod schemas;
mod source;
mod summary;
mod watch;
mod worker;

pub use arguments::Arguments;

use std::io::{BufWriter, IsTerminal, Write, stdout};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use arguments::Color;
use check::{Checked, Checker};
use inputs::Input;
use pipeline::Outcome;
use progress::Progress;
use read::Format;
use report::{Report, Tally};
use schemas::Schemas;
use summary::Summary;

use crate::failure::Failure;
use crate::say::say;

/// How many threads there are at most.
const THREADS: usize = 256;

/// Checks instances; again and again if it is told to watch.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a handler an interrupt ends the run without a summary, which is no reason not to run. The
    // second interrupt does so in any case.
    _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(2);
        }
    });
    if arguments.watch {
        return Ok(watch::watch(arguments, &stop));
    }
    once(arguments, &stop).map(|(summary, _)| ExitCode::from(summary.exit_code()))
}

/// One run; gives what it came to, and the files and folders to watch, if it is to be watched.
fn once(
    arguments: &Arguments,
    stop: &Arc<AtomicBool>,
) -> Result<(Summary, Vec<std::path::PathBuf>), Failure> {
    let start = Instant::now();
    let schemas = Schemas::new(arguments)?;
    if arguments.inputs.is_empty() && schemas.configured().iter().all(configured::Configured::is_empty) {
        return Err(Failure::NoInput);
    }
    let inputs = Arc::new(inputs::inputs(arguments, &schemas));
    let (max_errors, max_depth) = (arguments.max_errors, arguments.max_depth);
    let checker = Arc::new(Checker { schemas, max_errors, max_depth });
    let mut summary = Run::new(arguments, &inputs).all(&checker, stop)?;
    summary.time = start.elapsed();
    if !(arguments.watch && summary.is_interrupted) {
        say(format_args!("{summary}"));
    }
    if !arguments.watch {
        return Ok((summary, Vec::new()));
    }
    let mut files = checker.schemas.files();
    files.extend(inputs::folders(arguments, &checker.schemas));
    files.extend(inputs.iter().filter(|input| !input.is_stdin).filter_map(|input| input.path.clone()));
    Ok((summary, files))
}

/// A run, as it is reported.
struct Run<'a> {
    inputs: &'a Arc<Vec<Input>>,
    report: Box<dyn Report>,
    progress: Progress,
    summary: Summary,
    /// What the input that is not yet done has come to.
    tally: Tally,
    max_errors: usize,
    threads: usize,
}

impl<'a> Run<'a> {
    fn new(arguments: &Arguments, inputs: &'a Arc<Vec<Input>>) -> Self {
        let threads = arguments.jobs.or_else(|| std::thread::available_parallelism().ok());
        let is_whole = |input: &Input| input.format != Format::Ndjson;
        let most = if inputs.iter().all(is_whole) { inputs.len().clamp(1, THREADS) } else { THREADS };
        Self {
            inputs,
            report: report::report(arguments.format, is_colored(arguments.color)),
            progress: Progress::new(),
            summary: Summary::default(),
            tally: Tally::default(),
            max_errors: arguments.max_errors,
            threads: threads.map_or(1, std::num::NonZeroUsize::get).min(most),
        }
    }

    fn all(mut self, checker: &Arc<Checker>, stop: &Arc<AtomicBool>) -> Result<Summary, Failure> {
        let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
        self.report.begin(&mut out)?;
        let mut outcomes = pipeline::start(checker, self.inputs, self.threads, stop);
        while let Some(done) = outcomes.next(stop) {
            done.into_iter().try_for_each(|outcome| self.outcome(outcome, &mut out))?;
        }
        self.progress.finish();
        self.summary.is_interrupted = stop.load(Ordering::Relaxed);
        if self.summary.files < self.inputs.len() && !self.summary.is_interrupted {
            return Err(Failure::Unfinished);
        }
        self.count();
        self.report.finish(&mut out, &self.summary)?;
        out.flush()?;
        Ok(self.summary)
    }

    fn outcome(&mut self, outcome: Outcome, out: &mut dyn Write) -> Result<(), Failure> {
        let Some(input) = self.inputs.get(outcome.input) else { return Ok(()) };
        let Checked { mut findings, more, valid, invalid, skipped, unjudged, failed } = outcome.checked;
        // What keeps one piece of a file from being checked keeps the others, and is told once.
        let is_told = failed && self.tally.failed;
        if is_told {
            findings.clear();
        }
        let tally = &mut self.tally;
        tally.valid += valid;
        tally.invalid += invalid;
        tally.skipped += skipped;
        tally.unjudged += unjudged;
        tally.failed |= failed;
        tally.problems += findings.len() + more;
        findings.truncate(self.max_errors.saturating_sub(tally.reported));
        tally.reported += findings.len();
        if !findings.is_empty() {
            let report = &mut self.report;
            self.progress.aside(|| {
                report.findings(out, &input.name(), &findings)?;
                out.flush()
            })?;
        }
        self.summary.bytes += outcome.bytes;
        if outcome.is_last {
            self.input(&input.name(), out)?;
        }
        let total = || worker::total_bytes(self.inputs);
        self.progress.advance(outcome.bytes, self.summary.problems, total);
        Ok(())
    }

    fn input(&mut self, name: &str, out: &mut dyn Write) -> Result<(), Failure> {
        self.report.input(out, name, &self.tally)?;
        self.count();
        self.summary.files += 1;
        Ok(())
    }

    /// Adds what an input has come to.
    fn count(&mut self) {
        let tally = std::mem::take(&mut self.tally);
        let summary = &mut self.summary;
        summary.valid += tally.valid;
        summary.invalid += tally.invalid;
        summary.skipped += tally.skipped;
        summary.failed += usize::from(!tally.is_checked());
        summary.problems += tally.problems;
    }
}

fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}
