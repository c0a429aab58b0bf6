use std::io::{self, Write};

use super::super::finding::Finding;
use super::tally::Tally;
use super::writer::Report;

/// A line for each problem, `path:line:column: message`, as editors and `grep` have it.
pub struct Line;

impl Report for Line {
    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            write!(out, "{}:", in_one_line(input))?;
            if let Some(place) = &finding.place {
                write!(out, "{}:{}:", place.start.line, place.start.column)?;
            }
            write!(out, " {}", in_one_line(&finding.message))?;
            for help in &finding.help {
                write!(out, "; {}", in_one_line(help))?;
            }
            writeln!(out, " [{}]", in_one_line(&finding.keyword))?;
        }
        Ok(())
    }

    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        let more = tally.problems - tally.reported.min(tally.problems);
        if more > 0 {
            writeln!(out, "{}: {more} more problems", in_one_line(input))?;
        }
        Ok(())
    }
}

/// A text in which nothing ends the line, or commands a terminal.
fn in_one_line(text: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_unicode().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}
