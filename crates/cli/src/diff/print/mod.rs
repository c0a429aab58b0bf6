//! How a comparison is printed.

mod github;
mod markdown;
mod text;

use super::report::{Report, Told};
use crate::command_line::DiffFormat;

/// The text of a report.
pub fn print(report: &Report, format: DiffFormat) -> Result<String, serde_json::Error> {
    let text = match format {
        DiffFormat::Text => text::text(report),
        DiffFormat::Json => return Ok(serde_json::to_string_pretty(report)? + "\n"),
        DiffFormat::Markdown => markdown::markdown(report),
        DiffFormat::Github => github::github(report),
    };
    Ok(text.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect())
}

/// Whether a character of a schema would steer a terminal, or turn text around.
fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n'
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// Text of a schema on one line.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// A verdict in a sentence's part.
fn verdict(told: &Told, accepted_by: &str, rejected_by: &str) -> String {
    match (told.verdict, &told.witness) {
        ("breaking", Some(witness)) => {
            format!(
                "breaking: the {accepted_by} schema accepts {}, the {rejected_by} one does not",
                quoted(witness)
            )
        }
        ("breaking", None) => format!(
            "breaking: proven, though no short example was found that the {rejected_by} schema rejects"
        ),
        ("unproven", _) => format!(
            "unproven: none of {} instances tried is rejected by the {rejected_by} schema",
            told.tried.unwrap_or_default()
        ),
        (word, _) => word.to_owned(),
    }
}

/// A witness as code; one that is too long is cut.
fn quoted(witness: &serde_json::Value) -> String {
    const LONGEST: usize = 400;
    // A backtick would end the code; in JSON it can be written otherwise.
    let text = witness.to_string().replace('`', "\\u0060");
    if text.chars().count() <= LONGEST {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(LONGEST).collect::<String>())
}
