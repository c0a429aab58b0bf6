//! `isomorph init --from-typify`: what Rust code tells typify, as settings of ours. It changes nothing.

mod arguments;
mod call;
mod chain;
mod command;
mod import;
mod literal;
mod notes;
mod print;
mod render;
mod schema_text;
mod tokens;
mod translate;

pub use command::run;
