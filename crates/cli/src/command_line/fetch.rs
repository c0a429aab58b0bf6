use std::path::PathBuf;

use clap::Args;

use super::references::References;

/// Brings the documents that schemas refer to elsewhere into a folder, and writes down which these are in `isomorph.lock`.
/// Every other command reads them there, and opens no connection.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph fetch                                  what the configured schemas refer to
  isomorph fetch --dry-run
  isomorph fetch --locked                         is all there, and as it was fetched?
  isomorph fetch --schema schemas/ --vendor elsewhere

Exit codes: 0 all is there, 1 lock and folder disagree, 2 could not run.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Fetch {
    /// The schemas: files, folders, globs, or `FILE#/POINTER`; without it, what the nearest configuration names
    #[arg(long, value_name = "SCHEMA", num_args = 1..)]
    pub schema: Vec<PathBuf>,

    /// The folder to bring them into, from that of `isomorph.lock`; else what the configuration says, or `vendor`
    #[arg(long, value_name = "FOLDER")]
    pub vendor: Option<String>,

    /// Open no connection and write nothing; print what would be fetched
    #[arg(long)]
    pub dry_run: bool,

    /// Open no connection and write nothing; exit with 1 where lock, folder and schemas disagree
    #[arg(long, conflicts_with = "dry_run")]
    pub locked: bool,

    /// Fetch what is there too, and take it as it is now
    #[arg(long, conflicts_with_all = ["dry_run", "locked"])]
    pub update: bool,

    /// Ask this machine, and those of its network, too
    #[arg(long)]
    pub allow_local: bool,

    #[command(flatten)]
    pub references: References,
}
