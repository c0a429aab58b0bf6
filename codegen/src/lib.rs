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
//! | `annotate` | documentation, and the entries under which `schemars` says what the source says |
//! | `print` | three files: the types, what their sources say beyond the derive, how each is read |
//! | `write` | files, whole or not at all |
#![warn(missing_docs)]

mod aliases;
mod annotate;
mod api;
mod as_read;
mod by_name;
mod clashing;
mod error;
mod fault;
mod foreign;
mod generator;
mod held;
mod imported;
mod known;
mod leftovers;
mod lower;
mod manifest;
mod mapped;
mod members;
mod model;
mod names;
mod needs;
mod pair;
mod pattern;
mod patterns;
mod presence;
mod preset;
mod print;
mod printed;
mod renames;
mod report;
mod said;
mod setting_words;
mod settings;
mod shape;
mod swap;
mod table;
mod traded;
mod untyped;
mod via;
mod write;

pub use isomorph_json::Pointer;
pub use isomorph_schema::{
    Bundle, Bundler, Dialect, Document, Files, Location, Lock, LockedName, Memory, Opening, Place, Set,
    Source, Store, Unresolved, binds, binds_in, subschemas, validator, validator_at,
};

pub use api::{Api, ApiItem, ApiMember};
pub use by_name::ByName;
pub use error::Error;
pub use foreign::Foreign;
pub use generator::{Generated, Generator, generate};
pub use manifest::Manifest;
pub use mapped::Mapped;
pub use members::Member;
pub use names::is_keyword;
pub use needs::{Need, Needs};
pub use preset::Preset;
pub use print::File;
pub use print::needed::Needed;
pub use report::{Positions, Report, Row, Totals};
pub use settings::{
    AbsentNull, Arrays, Defaults, Formats, Integers, Keys, Layout, MapType, Modules, Schemars, Sets,
    Settings, StringType, Undeclared, UnknownVariants, Untyped,
};
pub use table::{Row as SettingRow, SETTINGS, tables, trades};
pub use traded::Traded;
pub use via::Via;
pub use write::Difference;
