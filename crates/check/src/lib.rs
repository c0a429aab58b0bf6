//! Files, held against their schemas: what is wrong with them, and where, as a report.
//!
//! ```no_run
//! use std::sync::Arc;
//! use std::sync::atomic::AtomicBool;
//!
//! use isomorph_check::{Check, Options, ReportFormat, report};
//!
//! let mut options = Options::new(std::env::current_dir()?);
//! options.schema("order.json").input("orders/");
//! let check = Check::new(options)?;
//! let mut report = report(ReportFormat::Text, false);
//! let stop = Arc::new(AtomicBool::new(false));
//! let summary = check.run(report.as_mut(), &mut std::io::stdout().lock(), &mut (), &stop)?;
//! println!("{summary}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | part | job |
//! | --- | --- |
//! | `options` | what is to be checked, and how |
//! | `schemas`, `configured`, `root`, `compile` | which schema an instance is held against |
//! | `inputs` | files, folders and globs, as files |
//! | `pipeline`, `queue`, `source`, `worker` | files, and pieces of files, to threads; outcomes back in order |
//! | `read` | what is not JSON, as JSON, with the origin of each token |
//! | `check`, `schema_key` | one text: valid or not; only if not, what is wrong; a `$schema` that is not declared |
//! | `against` | texts in memory against documents that are read already |
//! | `finding` | a problem, with its place in the file and the lines there |
//! | `baseline` | problems that are known, and not reported |
//! | `refusals` | schemas that cannot be used, as what a report says |
//! | `run`, `report` | findings, in the formats that people and programs read |
//!
//! It knows no command line, and prints nothing: who calls it hands the writers in.

#![deny(missing_docs, clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod against;
mod baseline;
mod check;
mod compile;
mod configured;
mod error;
mod finding;
mod inputs;
mod open;
mod options;
mod outcome;
mod pipeline;
mod progress;
mod queue;
mod read;
mod refusals;
mod report;
mod root;
mod run;
mod schema_key;
mod schemas;
mod source;
mod summary;
mod syntax_help;
mod work;
mod worker;

pub use against::{Against, Told};
pub use baseline::Baseline;
pub use error::Error;
pub use finding::{Finding, Place, SchemaFinding};
pub use isomorph_formats::Format;
pub use isomorph_json::Excerpt;
pub use isomorph_validator::Formats;
pub use options::{Options, Stdin};
pub use progress::Progress;
pub use refusals::Refusals;
pub use report::{Report, ReportFormat, Tally, report};
pub use run::Check;
pub use summary::{Summary, Verdict};
