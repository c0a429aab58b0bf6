use std::path::PathBuf;

use clap::Args;

use super::references::References;

/// Makes a crate of schemas, or adds a module to a crate that is there: a manifest with the configuration, the
/// generated types, and tests with instances that the schemas accept and reject.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph init --schema order.json --crate order-types
  isomorph init --schema schemas/ --crate shop-types crates/shop-types
  isomorph init --schema order.json --module order .      adds src/order/ to the crate here

The crate depends on isomorph-runtime by version. As long as that is in no registry, say
`--runtime-path PATH` with the folder `runtime` of Isomorph's sources.")]
pub struct Init {
    /// The schemas: files, folders, globs, `-`, or `FILE#/POINTER`
    #[arg(long, value_name = "SCHEMA", required = true, num_args = 1..)]
    pub schema: Vec<PathBuf>,

    /// The name of the crate to make
    #[arg(long = "crate", value_name = "NAME", required_unless_present = "module")]
    pub name: Option<String>,

    /// The name of the module to add to the crate in DIR
    #[arg(long, value_name = "NAME", conflicts_with = "name")]
    pub module: Option<String>,

    /// The folder of the crate; a new one is named after the crate
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,

    /// Where isomorph-runtime is, if not in the registry
    #[arg(long, value_name = "PATH")]
    pub runtime_path: Option<PathBuf>,

    #[command(flatten)]
    pub references: References,
}
