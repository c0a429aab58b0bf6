//! Errors that point at the line: where in its text an instance differs from its schema.
//!
//! | part | job |
//! | --- | --- |
//! | [`Schema`] | says whether an instance is valid, and where the schema says what |
//! | [`explain`] | everything that is wrong with an instance, each with its place: only when something is |
//! | [`from_json`] | a generated type, or all that is wrong with the text |

mod declared;
mod descent;
#[allow(clippy::module_inception)]
mod explain;
mod from_json;
mod message;
mod node;
mod problem;
mod schema;
mod shell;
mod suggest;
mod target;
mod union;

pub use explain::explain;
pub use from_json::{Explained, FromJson, from_json};
pub use isomorph_json::{Position, Tape, TapeNode};
pub use node::Taped;
pub use problem::{Branch, Problem, SchemaPlace};
pub use schema::{Schema, SchemaText, Verdict};
