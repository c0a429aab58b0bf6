//! Patterns: ECMA-262 with its `u` flag (2020-12, core, section 6.4), in front of an engine that has a syntax of its own.

mod class;
mod engine;
mod escapes;
mod fault;
mod groups;
mod in_documents;
mod loose;
mod properties;
mod quantifier;
mod unset;

pub use engine::{for_automaton, for_engine};
pub use fault::{fault, unmatched};
pub use in_documents::{DATA, MAPS, for_engine_in, pointer_for_engine};
pub use loose::loose;
