//! Two versions of schemas: what changed, and whom it breaks.

mod accepted;
mod assumed;
mod canonical;
mod change;
mod changes;
mod compare;
mod containment;
mod declared;
mod definitions;
mod holding;
mod linked;
mod local;
mod nothing;
mod offered;
mod operations;
mod pairs;
mod proof;
mod report;
mod rewritten;
mod search;
mod step;
mod unresolved;
mod upgrade;
mod uses;
mod verdict;
mod version;
mod versions;
mod words;

pub use accepted::Accepted;
pub use canonical::{Answer, Canonical, Extent, LONGEST, Silent, Unbounded};
pub use nothing::accepts_nothing;
pub use report::{Change, Data, Definition, Operation, Place, Report, Schema, Told};
pub use verdict::Verdict;
pub use version::Version;
pub use versions::{Options, compare};
