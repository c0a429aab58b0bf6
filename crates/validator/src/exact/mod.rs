//! Numbers by all their digits, where the engine goes by what a double holds of them.

mod keywords;
mod mark;

pub use keywords::exactly;
pub use mark::{mark, marked, unmarked};
