use std::path::PathBuf;

use clap::Args;

use super::references::mapping;

/// Serves a page on this machine alone, and prints its address: a schema beside the Rust types that it becomes, an instance
/// with what is wrong with it, samples, and what a change breaks. Whoever opens it has to know the whole address.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph play
  isomorph play order.json --instance monday.json
  isomorph play order.json --before old/order.json --open")]
pub struct Play {
    /// The schema to begin with: a file, or `-`; it is never written
    #[arg(value_name = "SCHEMA")]
    pub schema: Option<PathBuf>,

    /// The instance to begin with
    #[arg(long, value_name = "FILE")]
    pub instance: Option<PathBuf>,

    /// The version of the schema that changes are told from; without it, the schema as it is when the page is opened
    #[arg(long, value_name = "FILE")]
    pub before: Option<PathBuf>,

    /// The port; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,

    /// Open the page in a browser
    #[arg(long)]
    pub open: bool,

    /// How long one answer may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub time: u64,

    /// The file to read where a schema refers to URI, or the folder for all that begins with URI, which then ends in `/`;
    /// nothing is ever fetched
    #[arg(long, value_name = "URI=FILE", value_parser = mapping)]
    pub map: Vec<(String, PathBuf)>,

    /// The folder that references stay in; without it, that of the schema
    #[arg(long, value_name = "FOLDER")]
    pub within: Option<PathBuf>,
}
