use std::path::PathBuf;

use clap::Args;
use isomorph_check::Formats;

use super::references::References;

/// Prints instances of a schema, one JSON text a line. Each is held against the schema before it is printed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph sample order.json
  isomorph sample order.json -n 20 --seed 7
  isomorph sample order.json#/$defs/Item
  isomorph sample order.json --invalid -n 10     each breaks one keyword, which stderr names

Exit codes: 0 as many as asked for, 1 fewer (or none) were found, 2 could not run. Of a schema that is known to
accept everything, or nothing, stderr says so.")]
pub struct Sample {
    /// The schema: a file, `FILE#/POINTER` for one in it, or `-`
    #[arg(value_name = "SCHEMA", required_unless_present = "named")]
    pub schema: Option<PathBuf>,

    /// The schema, said as to the other commands
    #[arg(long = "schema", id = "named", value_name = "SCHEMA", conflicts_with = "schema")]
    pub named: Option<PathBuf>,

    /// Print instances that break exactly one keyword, another one each as long as there are others
    #[arg(long)]
    pub invalid: bool,

    /// Let formats be assertions, all or those of these names, so that what is printed is of them
    #[arg(long, value_name = "FORMAT,…", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub assert_formats: Option<Formats>,

    /// Say on stderr what of the schema the instances show: values, branches, bounds, types, properties
    #[arg(long, conflicts_with = "invalid")]
    pub coverage: bool,

    /// How many instances
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1)]
    pub number: usize,

    /// Which instances; the same seed gives the same ones
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,

    /// The longest time to look for instances, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub time: u64,

    #[command(flatten)]
    pub references: References,
}
