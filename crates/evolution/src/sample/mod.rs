//! Instances that satisfy a schema, or break one keyword of it.

mod demand;
mod edits;
mod generate;
mod goal;
mod invalid;
mod object;
mod pattern;
mod reference;
mod sampler;
mod scalars;
mod shrink;

pub use edits::{Hints, edits};
pub use goal::Goal;
pub use invalid::{Broken, broken};
pub use sampler::Sampler;
pub use shrink::shrink;
