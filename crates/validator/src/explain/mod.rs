//! Errors that point at the line: where in its text an instance differs from its schema.
//!
//! | part | job |
//! | --- | --- |
//! | [`Schema`] | says whether an instance is valid, and where the schema says what |
//! | [`explain`] | everything that is wrong with an instance, each with its place: only when something is |

mod asked_for;
mod because;
mod contains;
mod declared;
mod descent;
mod exactly;
#[allow(clippy::module_inception)]
mod explain;
mod files;
mod help;
mod message;
mod once;
mod other_types;
mod problem;
mod retyped;
mod ruled_out;
mod schema;
mod shell;
mod suggest;
mod target;
mod union;

pub use explain::explain;
pub use files::SchemaText;
pub use problem::{Branch, Problem, SchemaPlace};
pub use schema::{Schema, Verdict};
pub use suggest::{distance, near};
