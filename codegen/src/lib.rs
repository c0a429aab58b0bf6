//! JSON Schemas in, Rust types out that *are* the schema: they parse exactly the JSON that the schema
//! accepts, and `schemars` reads the very same schema back out of them.
//!
//! [`Generator`] is for build scripts and tools; [`generate`] is the same as a pure function. The
//! stages, each in a module of its own and in this order:
//!
//! | stage | job |
//! | --- | --- |
//! | `load` | bytes to a document that is a valid schema |
//! | `model` | references, definitions, names: what the schemas say; read by all later stages |
//! | `lower` | one definition at a time, rewritten to what typify understands |
//! | `shape` | typify makes a struct or an enum of it |
//! | `pair` | every field and variant with the subschema it stands for |
//! | `annotate` | documentation, and the attributes under which `schemars` says what the source says |
//! | `print` | text, and how each type is read |
//! | `write` | files, whole or not at all |
#![warn(missing_docs)]

mod annotate;
mod api;
mod bundle;
mod dialect;
mod error;
mod generator;
mod load;
mod lower;
mod manifest;
mod model;
mod names;
mod pair;
mod pointer;
mod presence;
mod print;
mod report;
mod resolve;
mod settings;
mod shape;
mod validate;
mod write;

pub use api::{Api, ApiItem, ApiMember};
pub use bundle::{Bundle, Bundler, subschemas};
pub use dialect::Dialect;
pub use error::{Error, Place};
pub use generator::{Generated, Generator, generate};
pub use load::{Document, Source};
pub use manifest::Manifest;
pub use model::{binds, binds_in};
pub use names::is_keyword;
pub use pointer::Pointer;
pub use print::File;
pub use report::{Positions, Report, Row, Totals};
pub use settings::{Defaults, Layout, Schemars, Settings, Undeclared, Unresolved};
pub use validate::{validator, validator_at};
pub use write::Difference;
