//! The one way to the `jsonschema` crate. It knows no Rust type, and reads no file.
//!
//! | part | job |
//! | --- | --- |
//! | `build` | validators: nothing is fetched, formats annotate, references are found among what is handed in |
//! | `ways` | how many ways lead from a schema to judgements of one value: not more than a validator could go |
//! | `expansion`, `places` | how much a validator holds beyond what a schema says once, and where that stands |
//! | `dialects`, `formats` | what dialects are called, and which formats assert |
//! | `exact` | numbers that are judged by all their digits |
//! | `pattern` | patterns of ECMA-262, as the engine takes them |
//! | `references` | references as URIs have them |
//! | `counted`, `taped` | what validators look at, each look counted: values in memory, and the tape of a text |
//! | [`explain`] | everything that is wrong with an instance, each with its place in the text |

#![warn(missing_docs)]

mod build;
mod counted;
mod dialects;
mod exact;
mod expansion;
pub mod explain;
mod formats;
mod pattern;
mod places;
mod references;
mod taped;
mod ways;

pub use build::{
    judges_by_pattern, options, registry, validator, validator_alone, validator_alone_of, validator_of,
    validator_of_all, validator_with, verdict_on,
};
pub use counted::{Counted, ValueNode};
pub use dialects::{known_dialect, name_dialects};
pub use formats::Formats;
pub use pattern::{fault, for_automaton, loose, unmatched};
pub use references::{decoded, encode_references, encoded};
pub use taped::Taped;
pub use ways::deepest;
