//! Errors that point at the line: where in its text an instance differs from its schema.
//!
//! | part | job |
//! | --- | --- |
//! | [`parse`], [`Tape`], [`TapeNode`] | JSON, strictly, onto a tape that is validated as it is |
//! | [`Schema`] | says whether an instance is valid, and where the schema says what |
//! | [`explain`] | everything that is wrong with an instance, each with its place: only when something is |
//! | [`from_json`] | a generated type, or all that is wrong with the text |

mod declared;
mod descent;
#[allow(clippy::module_inception)]
mod explain;
mod fault;
mod from_json;
mod keys;
mod locate;
mod message;
mod node;
mod parse;
mod problem;
mod schema;
mod shell;
mod string;
mod suggest;
mod tape;
mod target;
mod text;
mod token;
mod union;

pub use explain::explain;
pub use fault::{Fault, Faults, Rule};
pub use from_json::{Explained, FromJson, from_json};
pub use locate::{Located, Locator, locate, span};
pub use node::{TapeNode, Taped};
pub use parse::{DEEPEST, parse};
pub use problem::{Branch, Problem, SchemaPlace};
pub use schema::{Schema, SchemaText, Verdict};
pub use tape::Tape;
pub use text::{Cursor, Position, position};
