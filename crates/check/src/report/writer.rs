use std::io::{self, Write};

use super::super::finding::Finding;
use super::super::summary::Summary;
use super::tally::Tally;

/// Writes a report while the run goes on. Findings come in the order of the inputs and of their texts.
pub trait Report {
    /// Before everything else.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Findings in an input.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()>;

    /// An input is done.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()>;

    /// After everything else.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}
