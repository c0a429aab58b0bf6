use std::path::PathBuf;

use clap::{Args, ValueEnum};
use isomorph_check::{Format, Formats, ReportFormat};

use super::references::References;
use super::words::words;

/// Checks instances against a schema: JSON, NDJSON, JSON5, YAML and TOML, also compressed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph validate --schema schema/UploadResult.json result.json
  isomorph validate --schema order.json orders/ 'more/**/*.yaml'
  isomorph validate --schema order.json --root Item - < item.json
  isomorph validate --schema order.json --format sarif orders.ndjson.gz
  isomorph validate --as-schema schemas/*.json
  isomorph validate --baseline known.json --write-baseline
  isomorph validate                    what isomorph.toml or Cargo.toml configures

Exit codes: 0 all are valid, 1 some are invalid, 2 could not run.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Validate {
    /// The schema: a file, `FILE#/POINTER` for one in it, a folder or glob of which `--root` names one, `-`, or a URI that is
    /// mapped to a file; without it, what each instance names as its `$schema`, or the configuration for its path
    #[arg(long, value_name = "SCHEMA")]
    pub schema: Vec<String>,

    /// The definition to check against, instead of the whole schema: a name, or a pointer such as `#/$defs/a`; or of several
    /// schemas the file
    #[arg(long, value_name = "NAME", requires = "schema")]
    pub root: Option<String>,

    /// Let formats be assertions, all or those of these names; without it they only annotate, but where a meta-schema says
    /// otherwise
    #[arg(long, value_name = "FORMAT,…", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub assert_formats: Option<Formats>,

    /// Let instances name their schema by `$schema`, though that is closed and does not declare it
    #[arg(long)]
    pub allow_schema_key: bool,

    /// Show no value in reports, and no line that one stands in; those of `writeOnly` schemas are not shown anyway
    #[arg(long)]
    pub redact: bool,

    /// Report only problems that are not in this file, which `--write-baseline` writes; by default that of the configuration
    #[arg(long, value_name = "FILE", conflicts_with = "as_schema")]
    pub baseline: Option<PathBuf>,

    /// Write the problems that there are to the baseline, instead of reporting them
    #[arg(long, conflicts_with_all = ["watch", "as_schema"])]
    pub write_baseline: bool,

    /// Check whether the files are schemas that can be used, each with what it refers to
    #[arg(long, conflicts_with_all = ["schema", "input", "watch"])]
    pub as_schema: bool,

    /// What the instances are written in; by default their extensions say it
    #[arg(long, value_name = "FORMAT", value_parser = words::<Format>())]
    pub input: Option<Format>,

    /// The file that standard input stands for: its name in reports, its format, its schema
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,

    /// How problems are reported
    #[arg(long, value_name = "FORMAT", value_parser = words::<ReportFormat>(), default_value = "text")]
    pub format: ReportFormat,

    /// How many problems of a file are reported; the others are counted
    #[arg(long, value_name = "COUNT", default_value_t = 1000)]
    pub max_errors: usize,

    /// How deep instances may be nested
    #[arg(long, value_name = "LEVELS", default_value_t = isomorph_json::DEEPEST,
          value_parser = depth)]
    pub max_depth: usize,

    /// How many threads to use; by default, as many as there are processors
    #[arg(long, value_name = "COUNT")]
    pub jobs: Option<std::num::NonZeroUsize>,

    /// Do not sum up at the end
    #[arg(short, long)]
    pub quiet: bool,

    /// End with 0 where there was nothing to check; without it that is 2
    #[arg(long)]
    pub allow_empty: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Check again whenever an instance or a schema changes
    #[arg(long)]
    pub watch: bool,

    #[command(flatten)]
    pub references: References,

    /// Files, folders, globs, or `-` for standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
}

fn depth(text: &str) -> Result<usize, String> {
    let depth = text.parse().map_err(|_| "say a number".to_owned())?;
    if (1..=10_000).contains(&depth) { Ok(depth) } else { Err("say a number from 1 to 10000".to_owned()) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}
