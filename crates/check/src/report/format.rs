use isomorph_schema::{Setting, Word};

use super::github::Github;
use super::json::Json;
use super::junit::Junit;
use super::line::Line;
use super::list::List;
use super::sarif::Sarif;
use super::text::Text;
use super::writer::Report;

/// How findings are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// As a compiler does, for people
    Text,
    /// One JSON object; docs/validate.md lists its fields
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// JUnit XML, for test reports
    Junit,
    /// A line for each problem, for editors and `grep`
    Line,
    /// The basic output of JSON Schema 2020-12 (core, section 12): a list of output units
    List,
}

impl Setting for ReportFormat {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Text, "text", "As a compiler does, for people"),
        Word::new(Self::Json, "json", "One JSON object; docs/validate.md lists its fields"),
        Word::new(Self::Sarif, "sarif", "SARIF 2.1.0, for code scanning"),
        Word::new(Self::Github, "github", "Workflow commands of GitHub Actions"),
        Word::new(Self::Junit, "junit", "JUnit XML, for test reports"),
        Word::new(Self::Line, "line", "`path:line:column: message`, for editors and `grep`"),
        Word::new(
            Self::List,
            "list",
            "The basic output of JSON Schema 2020-12 (core, section 12), as one list",
        ),
    ];
}

/// A report in a format; `is_colored` matters to the one for people.
pub fn report(format: ReportFormat, is_colored: bool) -> Box<dyn Report> {
    match format {
        ReportFormat::Text => Box::new(Text::new(is_colored)),
        ReportFormat::Json => Box::new(Json::default()),
        ReportFormat::Sarif => Box::new(Sarif::default()),
        ReportFormat::Github => Box::new(Github),
        ReportFormat::Junit => Box::new(Junit::default()),
        ReportFormat::Line => Box::new(Line),
        ReportFormat::List => Box::new(List::default()),
    }
}
