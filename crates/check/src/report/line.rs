use std::io::{self, Write};

use isomorph_json::visible;

use super::super::finding::Finding;
use super::tally::Tally;
use super::writer::Report;

/// A line for each problem, `path:line:column: message`, as editors and `grep` have it.
pub struct Line;

impl Report for Line {
    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            write!(out, "{}:", visible(input.to_owned()))?;
            if let Some(place) = &finding.place {
                write!(out, "{}:{}:", place.start.line, place.start.column)?;
            }
            write!(out, " {}", visible(finding.message.clone()))?;
            for help in &finding.help {
                write!(out, "; {}", visible(help.clone()))?;
            }
            writeln!(out, " [{}]", finding.keyword)?;
        }
        Ok(())
    }

    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        let more = tally.problems - tally.reported.min(tally.problems);
        if more > 0 {
            writeln!(out, "{}: {more} more problems", visible(input.to_owned()))?;
        }
        Ok(())
    }
}
