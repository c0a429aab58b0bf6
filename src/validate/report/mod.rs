//! Reports, in the formats that people and programs read.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use std::io::{self, Write};

use super::arguments::ReportFormat;
use super::finding::Finding;
use super::summary::Summary;

/// What an input came to.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub valid: usize,
    pub invalid: usize,
    pub skipped: usize,
    /// Problems, whether they are reported or not.
    pub problems: usize,
    /// How many of them are reported.
    pub reported: usize,
    /// How many instances it would take too much work to judge.
    pub unjudged: usize,
    /// Whether something kept it from being checked to its end.
    pub failed: bool,
}

impl Tally {
    /// Whether all of it was checked.
    pub fn is_checked(&self) -> bool {
        !self.failed && self.unjudged == 0
    }
}

/// Writes a report while the run goes on. Findings come in the order of the inputs and of their texts.
pub trait Report {
    /// Before everything else.
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Findings in an input.
    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()>;

    /// An input is done.
    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()>;

    /// After everything else.
    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}

/// A report in a format; `is_colored` matters to the one for people.
pub fn report(format: ReportFormat, is_colored: bool) -> Box<dyn Report> {
    match format {
        ReportFormat::Text => Box::new(text::Text::new(is_colored)),
        ReportFormat::Json => Box::new(json::Json::default()),
        ReportFormat::Sarif => Box::new(sarif::Sarif::default()),
        ReportFormat::Github => Box::new(github::Github),
        ReportFormat::Junit => Box::new(junit::Junit::default()),
    }
}
