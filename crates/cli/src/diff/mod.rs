//! `isomorph diff`: what changed between two versions of schemas, and whom it breaks.
//!
//! `isomorph-evolution` says it of the data; here are the revisions of git, the Rust API, and what is printed.

mod accepted;
mod api;
mod command;
mod compatibility;
mod data;
mod git;
mod history;
mod lines;
mod print;
mod readers;
mod regenerate;
mod report;
mod revision;
mod side;
mod tree;
mod types;
mod version_order;

pub use api::{ApiChange, changes as api_changes};
pub use command::run;
pub use regenerate::{Regenerated, told};
