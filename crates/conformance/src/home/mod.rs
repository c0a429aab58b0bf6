//! Rust items, printed by schemars and read back: are they the same?

mod attributes;
mod compared;
mod items;
mod printed;
mod read_back;
mod run;
mod types;
mod unsaid;
mod written;

pub use run::{Arguments, run};
