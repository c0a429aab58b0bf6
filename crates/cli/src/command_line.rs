//! What can be said on the command line.

mod diff;
mod documentation;
#[cfg(feature = "fetch")]
mod fetch;
mod init;
pub mod mapped;
mod play;
mod references;
mod sample;
mod schema;
mod validate;
mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use isomorph_codegen::{
    AbsentNull, Arrays, Defaults, Integers, Keys, MapType, Modules, Preset, Schemars, Sets, StringType,
    Undeclared, UnknownVariants, Untyped,
};

pub use diff::{Compatibility, Diff, DiffFormat, FailOn};
pub use documentation::{Completions, Man};
#[cfg(feature = "fetch")]
pub use fetch::Fetch;
pub use init::Init;
pub use play::Play;
pub use references::References;
pub use sample::Sample;
pub use schema::SchemaOf;
pub use validate::{Color, Validate};
use words::words;

/// JSON Schemas in, Rust types out that are the schema.
#[derive(Debug, Parser)]
#[command(
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  isomorph generate                                    regenerate what Cargo.toml configures
  isomorph generate --check                            is it fresh? a diff if not
  isomorph generate --schema order.json --out order.rs one module for one schema
  isomorph report --schema order.json                  what became of each definition
  isomorph validate --schema order.json a.json orders/ check instances

Exit codes: 0 all is well, 1 stale or invalid, 2 could not run."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate Rust types from JSON Schemas
    Generate(Generate),
    /// Tell what became of each definition
    Report(Report),
    /// Check instances against a schema
    Validate(Validate),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page, or write those of all commands into a folder
    Man(Man),
    /// Tell what changed between two versions of schemas, and whom it breaks
    Diff(Diff),
    /// Make a crate of schemas, with tests, or add a module to one
    Init(Init),
    /// Print the schema of a type
    Schema(SchemaOf),
    /// Print instances of a schema, or instances that break it
    Sample(Sample),
    /// Serve a page: a schema beside its types, an instance, samples, and what a change breaks
    Play(Play),
    /// Bring the documents that schemas refer to elsewhere
    #[cfg(feature = "fetch")]
    Fetch(Fetch),
    /// Answer what the page of `play` asks: for the tool itself, which bounds what that takes
    #[command(hide = true)]
    PlayWorker,
    /// Say what canonical forms know of schemas: for the tool itself, which bounds what that takes
    #[command(hide = true)]
    Canonical,
}

/// Regenerates what the nearest configuration names ([package.metadata.isomorph] in a Cargo.toml), or
/// generates one module for the schemas that are named.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph generate
  isomorph generate --check
  isomorph generate --diff
  isomorph generate --watch
  isomorph generate --schema order.json --out src/order.rs --root-name Order
  isomorph generate --schema schemas/ > src/models.rs
  curl … | isomorph generate --schema -")]
pub struct Generate {
    /// Write nothing; print a diff and exit with 1 if files are stale, missing or left over
    #[arg(long)]
    pub check: bool,

    /// Write nothing; tell what would change, and whom it breaks
    #[arg(long)]
    pub diff: bool,

    /// Generate again whenever a schema is saved
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    pub watch: bool,

    /// The schemas to make a module of: files, folders, globs, `-` for standard input, or `FILE#/POINTER` for one in a file
    #[arg(long, value_name = "SCHEMA", num_args = 1..)]
    pub schema: Vec<PathBuf>,

    /// The file to write the module to, or a folder (`src/order/`) for one file for each of its readers; without it, or with
    /// `-`, it is printed
    #[arg(long, value_name = "PATH", requires = "schema")]
    pub out: Option<PathBuf>,

    #[command(flatten)]
    pub module: Module,
}

/// How a module is made of a schema file.
#[derive(Debug, Args)]
pub struct Module {
    /// The name of the type of the schema itself
    #[arg(long, value_name = "NAME", requires = "schema")]
    pub root_name: Option<String>,

    /// Whether formats become Rust types (`types`, the default), only annotate strings (`annotate`), or which type one becomes:
    /// `uuid=uuid::Uuid`; may be said again
    #[arg(long, value_name = "HOW|FORMAT=TYPE", requires = "schema", value_parser = mapped::mapped)]
    pub formats: Vec<mapped::Mapped>,

    /// The name of a type, by FILE#POINTER or by a pattern of what it would be called: `order.json#/items=Line`, `Api*=*`
    #[arg(long, value_name = "PLACE=NAME", requires = "schema", value_parser = mapped::told)]
    pub names: Vec<(String, String)>,

    /// The name of a field, by FILE#POINTER of the property or by TYPE.PROPERTY, in which `*` stands for anything
    #[arg(long, value_name = "PLACE=NAME", requires = "schema", value_parser = mapped::told)]
    pub fields: Vec<(String, String)>,

    /// The name of a variant, by FILE#POINTER of the branch or constant or by TYPE.NAME, in which `*` stands for anything
    #[arg(long, value_name = "PLACE=NAME", requires = "schema", value_parser = mapped::told)]
    pub variants: Vec<(String, String)>,

    /// The Rust type of a schema, by FILE#POINTER or by the name of a definition
    #[arg(long, value_name = "PLACE=TYPE", requires = "schema", value_parser = mapped::told)]
    pub types: Vec<(String, String)>,

    /// The Rust type of strings by their `contentEncoding`
    #[arg(long, value_name = "ENCODING=TYPE", requires = "schema", value_parser = mapped::told)]
    pub encodings: Vec<(String, String)>,

    /// The crates of which schemas may name types by `x-rust-type`
    #[arg(long, value_name = "CRATE", requires = "schema", value_delimiter = ',')]
    pub allow_rust_types: Vec<String>,

    /// The crate or module that has the types of a document already, by the URI or file of that
    #[arg(long, value_name = "URI=CRATE", requires = "schema", value_parser = mapped::told)]
    pub crates: Vec<(String, String)>,

    /// A trait for all types to derive, or for those of a pattern of names: `strum::Display`, `Order*=strum::Display`
    #[arg(long, value_name = "[PATTERN=]TRAIT", requires = "schema", value_parser = mapped::by_name)]
    pub derive: Vec<(String, String)>,

    /// An attribute for all types, or for those of a pattern of names: `#[non_exhaustive]`
    #[arg(long, value_name = "[PATTERN=]ATTRIBUTE", requires = "schema", value_parser = mapped::by_name)]
    pub attributes: Vec<(String, String)>,

    /// When the types implement `schemars::JsonSchema`
    #[arg(long, value_name = "WHEN", requires = "schema", value_parser = words::<Schemars>(), default_value = "always")]
    pub schemars: Schemars,

    /// Whether an absent property reads as its default, or stays absent
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<Defaults>(), default_value = "apply")]
    pub defaults: Defaults,

    /// What becomes of properties that the schema neither declares, types nor forbids
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<Undeclared>(), default_value = "ignore")]
    pub undeclared: Undeclared,

    /// Settings that belong together; what is said of single ones goes before
    #[arg(long, value_name = "WHOSE", requires = "schema", value_parser = words::<Preset>(), default_value = "none")]
    pub preset: Preset,

    /// Which Rust type an integer is; `bounds` unless a preset says otherwise
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<Integers>())]
    pub integers: Option<Integers>,

    /// What a schema is that says something of objects, and no type
    #[arg(long, value_name = "WHAT", requires = "schema", value_parser = words::<Untyped>(), default_value = "any")]
    pub untyped: Untyped,

    /// Whether an absent property and one that is null are told apart, where both may be; `apart` unless a preset says otherwise
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<AbsentNull>())]
    pub absent_null: Option<AbsentNull>,

    /// What holds the elements of an array that have to differ; `Vec` unless a preset says otherwise
    #[arg(long, value_name = "TYPE", requires = "schema", value_parser = words::<Sets>())]
    pub sets: Option<Sets>,

    /// What an array of a certain length is; `numbers` unless a preset says otherwise
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<Arrays>())]
    pub arrays: Option<Arrays>,

    /// What the names of a map's members are, if they have to be integers; `text` unless a preset says otherwise
    #[arg(long, value_name = "WHAT", requires = "schema", value_parser = words::<Keys>())]
    pub keys: Option<Keys>,

    /// The type of maps
    #[arg(long, value_name = "TYPE", requires = "schema", value_parser = words::<MapType>(), default_value = "BTreeMap")]
    pub map_type: MapType,

    /// The type of strings
    #[arg(long, value_name = "TYPE", requires = "schema", value_parser = words::<StringType>(), default_value = "String")]
    pub string_type: StringType,

    /// In which modules types are called as their sources call them
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<Modules>(), default_value = "one")]
    pub modules: Modules,

    /// What becomes of a value that no variant of an enum stands for
    #[arg(long, value_name = "HOW", requires = "schema", value_parser = words::<UnknownVariants>(), default_value = "refuse")]
    pub unknown_variants: UnknownVariants,

    /// Keep what types are called in the files that are there, as deprecated aliases
    #[arg(long, requires = "schema")]
    pub aliases: bool,

    /// Keep the names that `isomorph.lock` has, the nearest around the schemas or in this folder, and write it
    #[arg(long, requires = "schema")]
    pub lock_names: bool,

    /// Give structs builders, which fill in defaults and hold what they make against its schema
    #[arg(long, requires = "schema")]
    pub constructors: bool,

    /// Make types only of the definitions, or files, of these names, and of what they need
    #[arg(long, value_name = "NAME", requires = "schema", value_delimiter = ',')]
    pub only: Vec<String>,

    #[command(flatten)]
    pub references: References,
}

/// Prints a row for each definition: exact by shape or guarded, derived or carried, and how much of it
/// is typed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph report
  isomorph report --schema order.json --format json

checked  the Rust type is wider than the schema; these keywords are checked on the typed value when it is read
guarded  these keywords are left to a validator, which is asked before it is read
carried  schemars' derive cannot say the schema; a copy of it is embedded
typed    subschemas at instance positions that are neither `serde_json::Value` nor a newtype over it")]
pub struct Report {
    /// The schemas: files, folders, globs, `-`, or `FILE#/POINTER`; without it, what the nearest configuration names
    #[arg(long, value_name = "SCHEMA", num_args = 1..)]
    pub schema: Vec<PathBuf>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,

    #[command(flatten)]
    pub references: References,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// A table
    Text,
    /// For programs
    Json,
}
