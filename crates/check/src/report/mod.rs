//! Reports, in the formats that people and programs read.

mod as_json;
mod format;
mod github;
mod json;
mod junit;
mod line;
mod list;
mod sarif;
mod tally;
mod text;
mod uri;
mod writer;

pub use format::{ReportFormat, report};
pub use tally::Tally;
pub use writer::Report;
