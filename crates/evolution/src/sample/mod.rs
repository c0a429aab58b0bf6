//! Instances that satisfy a schema, or break one keyword of it.

mod coverage;
mod covering;
mod demand;
mod edits;
mod generate;
mod goal;
mod graph;
mod invalid;
mod languages;
mod lead;
mod matches;
mod memory;
mod negate;
mod numbers;
mod object;
mod pattern;
mod points;
mod prepare;
mod sampler;
mod shrink;
mod strings;
mod turns;
mod wanted;

pub use coverage::{Coverage, Tally};
pub use covering::{Covering, covering};
pub use demand::count;
pub use edits::{Hints, edits, plain};
pub use invalid::{Broken, broken};
pub use matches::Matches;
pub use points::{Kind, Point};
pub use prepare::Prepared;
pub use sampler::Sampler;
pub use shrink::shrink;
