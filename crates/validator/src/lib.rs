//! How validators of JSON Schemas are built: nothing is fetched, formats annotate, and references are found among the
//! documents that are handed in. It knows no Rust type, and reads no file.

#![warn(missing_docs)]

mod build;
mod references;
mod ways;

pub use build::{
    judges_by_pattern, options, registry, validator, validator_of, validator_of_all, verdict_on,
};
pub use references::{encode_references, encoded};
