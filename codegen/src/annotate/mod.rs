//! What typify lost: documentation, and the entries under which schemars' derive says exactly what the source says. Where
//! none do, the schema is carried: embedded, and counted apart.

mod annotated;
mod annotator;
mod asserted;
mod beside;
mod bounds;
mod candidates;
mod derived;
mod described;
mod docs;
mod documentation;
mod entry;
mod every;
mod fit;
mod here;
mod links;
mod listed;
mod notes;
mod only;
mod order;
mod parts;
mod references;
mod selected;
mod spelling;
mod structure;
mod variants;
mod whole;

pub use annotated::{Annotated, SchemaSource};
pub use annotator::annotate;
pub use docs::{Documentation, lines};
pub use entry::{Entry, Saying, Step};
pub use references::definitions_keyword;
pub use spelling::{Arguments, OnePart, Simple, Spelling};
