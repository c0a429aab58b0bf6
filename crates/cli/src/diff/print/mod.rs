//! How a comparison is printed.

mod github;
mod markdown;
mod said;
mod text;

use super::lines::Lines;
use super::report::Report;
use crate::command_line::DiffFormat;

/// The text of a report.
pub fn print(report: &Report, format: DiffFormat, lines: &Lines) -> Result<String, serde_json::Error> {
    let text = match format {
        DiffFormat::Text => text::text(report),
        DiffFormat::Json => return Ok(serde_json::to_string_pretty(report)? + "\n"),
        DiffFormat::Markdown => markdown::markdown(report),
        DiffFormat::Github => github::github(report, lines),
    };
    Ok(text.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect())
}

/// Whether a character of a schema would steer a terminal, or turn text around.
fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n'
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}
