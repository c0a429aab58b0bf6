use std::io::{self, Write};

use isomorph_json::visible;

use super::super::finding::Finding;
use super::tally::Tally;
use super::writer::Report;

/// Workflow commands of GitHub Actions, which annotate the lines of a pull request.
pub struct Github;

impl Report for Github {
    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            write!(out, "::error file={}", property(input))?;
            if let Some(place) = &finding.place {
                write!(out, ",line={},endLine={}", place.start.line, place.end.line)?;
                // Columns are for what lies on one line, and the last one counts.
                if place.start.line == place.end.line {
                    let last = place.end.column.saturating_sub(1).max(place.start.column);
                    write!(out, ",col={},endColumn={last}", place.start.column)?;
                }
            }
            let notes = finding.notes(input);
            let schema = finding.schema.as_ref().map(|schema| {
                format!("the schema says so at #{} ({}:{})", schema.pointer, schema.file, schema.start.line)
            });
            let lines = [&finding.message].into_iter().chain(&notes).chain(&finding.help).chain(&schema);
            let message = lines.map(|line| visible(line.clone())).collect::<Vec<_>>().join("\n");
            let title =
                property(&format!("{} {}", finding.keyword, finding.path.as_deref().unwrap_or_default()));
            writeln!(out, ",title={}::{}", title.trim_end(), data(&message))?;
        }
        Ok(())
    }

    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        let more = tally.problems - tally.reported.min(tally.problems);
        if more > 0 {
            writeln!(out, "::error file={}::{more} more problems in this file", property(input))?;
        }
        Ok(())
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&visible(text.to_owned())).replace(':', "%3A").replace(',', "%2C")
}
