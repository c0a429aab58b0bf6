//! Schemas that cannot be used, as what a report says.

use std::io::{self, Write};

use isomorph_schema::{Flaw, Place as SchemaPlace};

use super::error::Error;
use super::finding::{Finding, Place};
use super::report::{Report, Tally};
use super::summary::Summary;

/// Writes a report of schemas, each of which can be used or not.
pub struct Refusals<'a> {
    report: &'a mut dyn Report,
    out: &'a mut dyn Write,
    summary: Summary,
}

impl<'a> Refusals<'a> {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn new(report: &'a mut dyn Report, out: &'a mut dyn Write) -> io::Result<Self> {
        report.begin(out)?;
        Ok(Self { report, out, summary: Summary::default() })
    }

    /// A schema can be used.
    ///
    /// # Errors
    ///
    /// If that cannot be written.
    pub fn accept(&mut self, name: &str) -> io::Result<()> {
        self.summary.files += 1;
        self.summary.valid += 1;
        self.report.input(self.out, name, &Tally { valid: 1, ..Tally::default() })
    }

    /// The schema of this name cannot be used. The problem is at its place, which may be in a file that it refers to.
    ///
    /// # Errors
    ///
    /// If that cannot be written.
    pub fn refuse(&mut self, name: &str, error: &Error) -> io::Result<()> {
        let findings = findings(name, error);
        let count = findings.len();
        for (file, finding) in findings {
            self.report.findings(self.out, &file, &[finding])?;
        }
        self.summary.files += 1;
        self.summary.failed += 1;
        self.summary.problems += count;
        let tally = Tally { problems: count, reported: count, failed: true, ..Tally::default() };
        self.report.input(self.out, name, &tally)
    }

    /// Ends it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn finish(self) -> io::Result<Summary> {
        self.report.finish(self.out, &self.summary)?;
        self.out.flush()?;
        Ok(self.summary)
    }
}

impl Error {
    /// Whether it is that a schema cannot be used.
    pub fn is_of_a_schema(&self) -> bool {
        matches!(self, Self::NoRoot { .. })
            || matches!(self, Self::Schema(error) if !matches!(error, isomorph_schema::Error::Configuration { .. }))
    }
}

/// What an error says, by file.
fn findings(name: &str, error: &Error) -> Vec<(String, Finding)> {
    let flaws = if let Error::Schema(error) = error { error.flaws() } else { Vec::new() };
    if flaws.is_empty() {
        return vec![(name.to_owned(), Finding::of_file("schema", error.to_string()))];
    }
    flaws.into_iter().map(|flaw| (flaw.place.file.clone(), finding(flaw))).collect()
}

fn finding(Flaw { place, message, help }: Flaw) -> Finding {
    let location = place.pointer.as_str().to_owned();
    let place = placed(&place);
    Finding { instance_location: location, place, help, ..Finding::of_file("schema", message) }
}

/// The place in the text, as far as it is known.
fn placed(place: &SchemaPlace) -> Option<Place> {
    let spot = place.spot.as_deref()?;
    Some(Place {
        start: spot.position,
        end: spot.end,
        offset: spot.span.start as u64,
        length: spot.span.len(),
        excerpt: Some(spot.excerpt.clone()),
    })
}
