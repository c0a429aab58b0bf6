//! Errors that point at the line: where in the text of an instance it differs from its schema.

mod fault;
mod keys;
mod node;
mod parse;
mod string;
mod tape;
mod text;
mod token;

pub use fault::{Fault, Rule};
pub use node::{TapeNode, Taped};
pub use parse::{DEEPEST, parse};
pub use tape::Tape;
pub use text::{Position, position, positions};
