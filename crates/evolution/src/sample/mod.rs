//! Instances that satisfy a schema, or break one keyword of it.

mod coverage;
mod covering;
mod demand;
mod edits;
mod generate;
mod goal;
mod invalid;
mod languages;
mod matches;
mod negate;
mod numbers;
mod object;
mod pattern;
mod prepare;
mod sampler;
mod shrink;
mod strings;
mod turns;

pub use coverage::{Coverage, Kind, Point};
pub use covering::{Covering, covering};
pub use demand::count;
pub use edits::{Hints, edits, plain};
pub use invalid::{Broken, broken};
pub use matches::Matches;
pub use prepare::Prepared;
pub use sampler::Sampler;
pub use shrink::shrink;
