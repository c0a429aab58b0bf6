use std::path::PathBuf;

use clap::Args;

use super::references::References;

/// Prints the schema of a type, with all that it refers to.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph schema UploadedEntry
  isomorph schema Order --schema order.json

Exit codes: 0 it is printed, 2 there is no such type, or could not run.")]
pub struct SchemaOf {
    /// The name of the Rust type
    #[arg(value_name = "TYPE")]
    pub name: String,

    /// The schemas: files, folders, globs, `-`, or `FILE#/POINTER`; without it, what the nearest configuration names
    #[arg(long, value_name = "SCHEMA")]
    pub schema: Vec<PathBuf>,

    #[command(flatten)]
    pub references: References,
}
