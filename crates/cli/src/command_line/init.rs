use std::path::PathBuf;

use clap::Args;

use super::references::References;

/// Makes a crate of schemas, or adds a module to a crate that is there: a manifest with the configuration, the
/// generated types, and tests with instances that the schemas accept and reject. With `--from-typify` it makes nothing, and
/// prints the settings that say what Rust code tells typify.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph init --schema order.json --crate order-types
  isomorph init --schema schemas/ --crate shop-types crates/shop-types
  isomorph init --schema order.json --module order .      adds src/order/ to the crate here
  isomorph init --from-typify src build.rs                prints the settings that say what typify is told there

The crate depends on isomorph-runtime by version. As long as that is in no registry, say
`--runtime-path PATH` with the folder `runtime` of Isomorph's sources.")]
pub struct Init {
    /// The schemas: files, folders, globs, `-`, or `FILE#/POINTER`
    #[arg(long, value_name = "SCHEMA", required_unless_present = "from_typify", num_args = 1..)]
    pub schema: Vec<PathBuf>,

    /// The name of the crate to make
    #[arg(long = "crate", value_name = "NAME", required_unless_present_any = ["module", "from_typify"])]
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

    /// Rust files, or folders of such, that call typify: print what says the same, and change nothing
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["schema", "name", "module", "folder", "runtime_path"])]
    pub from_typify: Vec<PathBuf>,

    #[command(flatten)]
    pub references: References,
}
