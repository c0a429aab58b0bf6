use std::path::PathBuf;

use clap::{Args, ValueEnum};
use isomorph_check::Formats;

use super::references::References;

/// Tells what changed between two versions of schemas, whom it breaks, and which release it asks for.
///
/// OLD and NEW are schemas (files, folders, globs, or `FILE#/POINTER`), git revisions, or `REVISION:PATH`. Without NEW, the schemas in the
/// working tree are compared: those that the nearest configuration names, or `--schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph diff old.json new.json
  isomorph diff schemas-1/ schemas-2/
  isomorph diff HEAD~1                              the configured schemas, then and now
  isomorph diff --against main --fail-on breaking   guards a pull request
  isomorph diff v1.0..v2.0 --schema schema --format markdown
  isomorph diff HEAD~1:schema/order.json schema/order.json

compatible  every instance that the one schema accepts the other accepts too: proven
breaking    some are not: an instance shows it, held against both schemas
unproven    no such instance was found, and no proof either
unknown     nothing was compared: something that decides is not here

Exit codes: 0 all is well, 1 what `--fail-on` names, 2 could not run.")]
pub struct Diff {
    /// The old schemas: a file, a folder, a git revision, `REVISION:PATH`, or `A..B` for both
    #[arg(value_name = "OLD", required_unless_present_any = ["against", "history"])]
    pub old: Option<String>,

    /// The new schemas; without it, those in the working tree
    #[arg(value_name = "NEW")]
    pub new: Option<String>,

    /// The git revision with the old schemas: that from which the working tree branched off REVISION
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["old", "new"])]
    pub against: Option<String>,

    /// The earlier versions: git tags of a pattern (`v*`), or a folder that has a file or a folder for each; in the order of
    /// their names as versions. Of a folder the last is the new one, unless `--schema` names it
    #[arg(
        long,
        value_name = "VERSIONS",
        requires = "compatibility",
        conflicts_with_all = ["old", "new", "against"]
    )]
    pub history: Option<String>,

    /// End with exit code 1 if the new version does not keep to this, as registries of schemas ask it; what is not proven
    /// is not kept to
    #[arg(long, value_name = "MODE")]
    pub compatibility: Option<Compatibility>,

    /// The schemas to look at in revisions: files, folders, globs, or `FILE#/POINTER`; without it, what the nearest
    /// configuration names
    #[arg(long, value_name = "SCHEMA")]
    pub schema: Vec<PathBuf>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,

    /// End with exit code 1 if this is found; may be given several times
    #[arg(long, value_name = "WHAT")]
    pub fail_on: Vec<FailOn>,

    /// Let formats be assertions, all or those of these names, as some validators do
    #[arg(long, value_name = "FORMAT,…", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub assert_formats: Option<Formats>,

    /// Take those who write data to send only properties that their schema declares, however open it is: then an optional
    /// property can be added. Verdicts on whole instances rest on that, and say so
    #[arg(long)]
    pub assume_writers_send_only_declared: bool,

    /// Say nothing of the Rust API
    #[arg(long)]
    pub no_api: bool,

    /// The longest time to spend on proofs and searches, in seconds; on each version, where there are several
    #[arg(long, value_name = "SECONDS", default_value_t = 6)]
    pub time: u64,

    #[command(flatten)]
    pub references: References,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Old data that the new schema rejects, or new data that the old one rejects
    Breaking,
    /// Old data that the new schema rejects
    OldData,
    /// New data that the old schema rejects
    NewData,
    /// Data of which nobody can say that it is accepted: no proof, no example, or nothing to compare
    Unproven,
    /// A change of the Rust API that asks for a major release
    ApiMajor,
    /// Any change at all
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Compatibility {
    /// Readers of the new version read data of the latest one
    Backward,
    /// … data of every earlier version
    BackwardTransitive,
    /// Readers of the latest version read data of the new one
    Forward,
    /// Readers of every earlier version do
    ForwardTransitive,
    /// Both, for the latest version
    Full,
    /// Both, for every earlier version
    FullTransitive,
}
