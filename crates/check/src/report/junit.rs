use std::fmt::Write as _;
use std::io::{self, Write};

use isomorph_json::is_hidden;

use super::super::finding::Finding;
use super::super::summary::Summary;
use super::tally::Tally;
use super::writer::Report;

/// JUnit XML: a test case for each file.
#[derive(Default)]
pub struct Junit {
    /// The problems of the file that is not yet done.
    problems: Vec<String>,
}

impl Report for Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"isomorph validate\">\n")
    }

    fn findings(&mut self, _: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let place =
                finding.place.as_ref().map(|place| format!(":{}:{}", place.start.line, place.start.column));
            let path = finding.path.as_ref().map(|path| format!(" ({path})")).unwrap_or_default();
            let mut problem = format!("{input}{}: {}{path}", place.unwrap_or_default(), finding.message);
            let schema = finding.schema.as_ref().map(|schema| {
                format!("the schema says so at #{} ({}:{})", schema.pointer, schema.file, schema.start.line)
            });
            for more in finding.notes(input).iter().chain(&finding.help).chain(&schema) {
                problem += "; ";
                problem += more;
            }
            self.problems.push(format!("[{}] {problem}", finding.keyword));
        }
        Ok(())
    }

    fn input(&mut self, out: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        let (failures, errors) =
            (usize::from(tally.problems > 0 && tally.is_checked()), usize::from(!tally.is_checked()));
        let name = escaped(input);
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"1\" failures=\"{failures}\" errors=\"{errors}\">"
        )?;
        writeln!(out, "    <testcase name=\"{name}\" classname=\"isomorph\">")?;
        let problems = std::mem::take(&mut self.problems);
        if let Some(first) = problems.first() {
            let element = if tally.is_checked() { "failure" } else { "error" };
            let message = escaped(first);
            writeln!(
                out,
                "      <{element} message=\"{message}\">{}</{element}>",
                escaped(&problems.join("\n"))
            )?;
        } else if tally.valid + tally.invalid == 0 {
            writeln!(out, "      <skipped/>")?;
        }
        writeln!(out, "    </testcase>\n  </testsuite>")
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        writeln!(out, "</testsuites>")
    }
}

/// Text in XML 1.0, which has no way to write most control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' | '\t' => escaped.push(character),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            hidden if is_hidden(hidden) => _ = write!(escaped, "&#{};", u32::from(hidden)),
            _ => escaped.push(character),
        }
    }
    escaped
}
