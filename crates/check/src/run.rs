use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::baseline::Baseline;
use super::check::{Checked, Checker};
use super::configured::Configured;
use super::error::Error;
use super::inputs::{self, Input};
use super::options::Options;
use super::outcome::Outcome;
use super::pipeline;
use super::progress::Progress;
use super::report::{Report, Tally};
use super::schemas::Schemas;
use super::summary::Summary;
use super::worker;
use isomorph_formats::Format;

/// How many threads there are at most.
const THREADS: usize = 256;

/// Files that are to be checked, and their schemas.
pub struct Check {
    options: Options,
    checker: Arc<Checker>,
    inputs: Arc<Vec<Input>>,
}

impl Check {
    /// Loads what is named for all files, and finds them.
    ///
    /// # Errors
    ///
    /// If the schema or a configuration cannot be used, or nothing is named to be checked.
    pub fn new(options: Options) -> Result<Self, Error> {
        let schemas = Schemas::new(&options)?;
        if options.inputs.is_empty() && schemas.configured().iter().all(Configured::is_empty) {
            return Err(Error::NoInput);
        }
        let inputs = Arc::new(inputs::inputs(&options, &schemas));
        let Options { max_depth, stdin, is_redacted, .. } = options;
        // What is known has to be found before it is left out.
        let max_errors = if options.baseline.is_some() { usize::MAX } else { options.max_errors };
        let checker = Arc::new(Checker { schemas, max_errors, max_depth, stdin, is_redacted });
        Ok(Self { options, checker, inputs })
    }

    /// What is worth a line about the schema that is named for all files.
    pub fn notes(&self) -> Vec<String> {
        self.checker.schemas.notes().iter().map(isomorph_schema::Note::line).collect()
    }

    /// Checks all of them, until it is told to stop, and writes what it finds.
    ///
    /// # Errors
    ///
    /// If the report cannot be written, or a thread has ended before its time.
    pub fn run(
        &self,
        report: &mut dyn Report,
        out: &mut dyn Write,
        progress: &mut dyn Progress,
        stop: &Arc<AtomicBool>,
    ) -> Result<Summary, Error> {
        let is_whole = |input: &Input| input.format != Format::Ndjson;
        let most =
            if self.inputs.iter().all(is_whole) { self.inputs.len().clamp(1, THREADS) } else { THREADS };
        let run = Run {
            inputs: &self.inputs,
            report,
            progress,
            summary: Summary::default(),
            tally: Tally::default(),
            max_errors: self.options.max_errors,
            baseline: self.options.baseline.clone(),
            threads: self.options.threads.min(most),
        };
        run.all(&self.checker, out, stop)
    }

    /// The files that the outcome depends on, as far as they are known: instances and schemas, and the folders in which
    /// more of them may appear.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = self.checker.schemas.files();
        files.extend(inputs::folders(&self.options, &self.checker.schemas));
        let named = self.inputs.iter().filter(|input| !input.is_stdin);
        files.extend(named.filter_map(|input| input.path.clone()));
        files
    }
}

/// A run, as it is reported.
struct Run<'a> {
    inputs: &'a Arc<Vec<Input>>,
    report: &'a mut dyn Report,
    progress: &'a mut dyn Progress,
    summary: Summary,
    /// What the input that is not yet done has come to.
    tally: Tally,
    max_errors: usize,
    baseline: Option<Baseline>,
    threads: usize,
}

impl Run<'_> {
    fn all(
        mut self,
        checker: &Arc<Checker>,
        out: &mut dyn Write,
        stop: &Arc<AtomicBool>,
    ) -> Result<Summary, Error> {
        self.report.begin(out)?;
        let mut outcomes = pipeline::start(checker, self.inputs, self.threads, stop);
        while let Some(done) = outcomes.next(stop) {
            done.into_iter().try_for_each(|outcome| self.outcome(outcome, out))?;
        }
        self.progress.finish();
        self.summary.is_interrupted = stop.load(Ordering::Relaxed);
        if self.summary.files < self.inputs.len() && !self.summary.is_interrupted {
            return Err(Error::Unfinished);
        }
        self.count();
        self.report.finish(out, &self.summary)?;
        out.flush()?;
        Ok(self.summary)
    }

    fn outcome(&mut self, outcome: Outcome, out: &mut dyn Write) -> Result<(), Error> {
        let Some(input) = self.inputs.get(outcome.input) else { return Ok(()) };
        let Checked { mut findings, more, valid, invalid, skipped, empty, unjudged, failed } =
            outcome.checked;
        // What keeps one piece of a file from being checked keeps the others, and is told once.
        let is_told = failed && self.tally.failed;
        if is_told {
            findings.clear();
        }
        if let Some(baseline) = &mut self.baseline {
            let (before, name) = (findings.len(), input.name());
            findings.retain(|finding| !baseline.takes(&name, finding));
            self.summary.known += before - findings.len();
        }
        let tally = &mut self.tally;
        tally.valid += valid;
        tally.invalid += invalid;
        tally.skipped += skipped;
        tally.empty += empty;
        tally.unjudged += unjudged;
        tally.failed |= failed;
        tally.problems += findings.len() + more;
        findings.truncate(self.max_errors.saturating_sub(tally.reported));
        tally.reported += findings.len();
        if !findings.is_empty() {
            let report = &mut self.report;
            self.progress.aside(&mut || {
                report.findings(out, &input.name(), &findings)?;
                out.flush()
            })?;
        }
        self.summary.bytes += outcome.bytes;
        if outcome.is_last {
            self.input(&input.name(), out)?;
        }
        let total = || worker::total_bytes(self.inputs);
        self.progress.advance(outcome.bytes, self.summary.problems, &total);
        Ok(())
    }

    fn input(&mut self, name: &str, out: &mut dyn Write) -> Result<(), Error> {
        self.report.input(out, name, &self.tally)?;
        if let Some(baseline) = &mut self.baseline {
            baseline.done(name);
            self.summary.gone = baseline.gone();
        }
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
        summary.empty += tally.empty;
        summary.failed += usize::from(!tally.is_checked());
        summary.problems += tally.problems;
    }
}
