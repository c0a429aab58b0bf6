//! What schemas accept, shown by instances: made for one schema, and told of two versions of one.
//!
//! | part | job |
//! | --- | --- |
//! | [`Sampler`], [`broken`] | instances that satisfy a schema, or break one keyword of it |
//! | [`compare`] | what changed between two versions of schemas, and what that does to old and new data |
//! | [`Canonical`], [`Clock`] | what a caller may bound, and what only it knows |
//!
//! It prints nothing, reads nothing and knows no Rust type: documents come in, values go out. The same arguments give the
//! same answers, as far as there is time.

#![deny(missing_docs, clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod clock;
mod diff;
mod error;
mod judge;
mod language;
mod looks;
mod reference;
mod repeated;
mod same;
mod sample;

pub use clock::{Clock, Deadline};
pub use diff::{
    Accepted, Answer, Canonical, Change, Data, Definition, Extent, Instance, LONGEST, Operation, Options,
    Place, Report, Schema, Silent, Told, Unbounded, Verdict, Version, accepts_nothing, compare,
};
pub use error::Error;
pub use judge::{Complaint, Judge};
pub use sample::{Broken, Coverage, Covering, Kind, Point, Sampler, Tally, broken, covering};
