use std::io;
use std::path::PathBuf;

use isomorph_schema::{Flaw, marked};

/// Why a command could not run. It ends with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A schema or a configuration cannot be used.
    #[error(transparent)]
    Codegen(#[from] isomorph_codegen::Error),

    /// A schema cannot be used.
    #[error(transparent)]
    Schema(#[from] isomorph_schema::Error),

    /// No configuration was found.
    #[error(
        "no configuration found from {} upwards; add [package.metadata.isomorph] to a Cargo.toml, \
         or say --schema FILE", folder.display()
    )]
    NoConfiguration {
        /// Where the search began.
        folder: PathBuf,
    },

    /// It is not said which schema of a document is meant.
    #[error("{file}: {message}")]
    NoRoot {
        /// The document.
        file: String,
        /// What it holds, and what to do.
        message: String,
    },

    /// `--out` names no file.
    #[error("{}: `--out` must name a file", path.display())]
    NotAFile {
        /// What it names.
        path: PathBuf,
    },

    /// What is printed is nowhere to be held against.
    #[error("`--check` and `--diff` hold a file against what would be written; say it with `--out FILE`")]
    NothingToCheck,

    /// Files cannot be checked.
    #[error(transparent)]
    Check(#[from] isomorph_check::Error),

    /// Schemas cannot be compared.
    #[error(transparent)]
    Evolution(#[from] isomorph_evolution::Error),

    /// A file cannot be read.
    #[error("{}: cannot read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// A file or a folder cannot be written.
    #[error("{}: cannot write: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// The output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),

    /// It is not said where the baseline is.
    #[error(
        "`--write-baseline` needs a file: say `--baseline FILE`, or `baseline = \"FILE\"` in the configuration"
    )]
    NoBaseline,

    /// There is no baseline yet.
    #[error("{}: there is no such baseline; `isomorph validate --write-baseline` writes it", path.display())]
    BaselineNotThere {
        /// Where it should be.
        path: PathBuf,
    },

    /// Something is neither a file, nor a folder, nor a revision.
    #[error("{name}: neither a file, nor a folder, nor a git revision here{help}")]
    NotThere {
        /// What was named.
        name: String,
        /// What may help.
        help: &'static str,
    },

    /// There are no earlier versions.
    #[error("{name}: neither a folder of versions nor a pattern of git tags that there are here{help}")]
    NoVersions {
        /// What was named.
        name: String,
        /// What may help.
        help: &'static str,
    },

    /// Arguments contradict each other.
    #[error("`--no-api` says nothing of the API, and `--fail-on api-major` asks for it")]
    NoApi,

    /// A revision has nothing at the path that was named with it.
    #[error(
        "{name}: the revision has nothing there: paths are counted from the top of the repository, or with `./` from here"
    )]
    NotInRevision {
        /// The revision and the path.
        name: String,
    },

    /// git cannot give the schemas of a revision.
    #[error("{revision}: git cannot say what the schemas were: {message}")]
    Revision {
        /// The revision.
        revision: String,
        /// What git said.
        message: String,
    },

    /// A crate cannot be made, or a module not be added.
    #[error("{0}")]
    Init(String),

    /// Documents cannot be fetched.
    #[cfg(feature = "fetch")]
    #[error("{0}")]
    Fetch(String),

    /// Documents did not come.
    #[cfg(feature = "fetch")]
    #[error(
        "{} documents cannot be fetched, so that nothing is written (`--unresolved reject` goes on without them):{}",
        failed.len(), lines(failed)
    )]
    NotFetched {
        /// Their URIs, and why.
        failed: std::collections::BTreeMap<String, String>,
    },

    /// A page cannot be served.
    #[error(transparent)]
    Play(#[from] isomorph_play::Error),

    /// No type has that name.
    #[error("there is no type `{name}`; there are {known}")]
    NoSuchType {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },

    /// There are several schemas where one is asked for, or none.
    #[error("{name}: there are {count} schemas; say which by `FILE#/POINTER`")]
    WhichSchema {
        /// What was named.
        name: String,
        /// How many there are.
        count: usize,
    },

    /// The report cannot be written as JSON.
    #[error("cannot write the report: {0}")]
    Report(#[from] serde_json::Error),
}

#[cfg(feature = "fetch")]
fn lines(failed: &std::collections::BTreeMap<String, String>) -> String {
    failed.iter().flat_map(|(uri, message)| ["\n  ", uri, ": ", message]).collect()
}

/// One thing that is wrong with a schema, with its lines.
fn told(flaw: &Flaw) -> String {
    let lines = flaw.place.spot.as_deref().map(|spot| format!("\n{}", marked(spot))).unwrap_or_default();
    let help: String = flaw.help.iter().flat_map(|help| ["\n  = help: ", help.as_str()]).collect();
    format!("error: {}: {}{lines}{help}", flaw.place, flaw.message)
}

impl Failure {
    /// What is said of it: with the lines of a schema that it is about.
    pub fn told(&self) -> String {
        let flaws = match self.schema() {
            // Several have a line each, under one message.
            Some(isomorph_schema::Error::Missing { missing }) if missing.len() > 1 => Vec::new(),
            schema => schema.map(isomorph_schema::Error::flaws).unwrap_or_default(),
        };
        if flaws.is_empty() {
            return format!("error: {self}");
        }
        flaws.iter().map(told).collect::<Vec<_>>().join("\n")
    }

    fn schema(&self) -> Option<&isomorph_schema::Error> {
        match self {
            Self::Schema(error)
            | Self::Codegen(isomorph_codegen::Error::Schema(error))
            | Self::Check(isomorph_check::Error::Schema(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether whoever reads the output has read enough, as `head` does.
    pub fn is_closed_pipe(&self) -> bool {
        let (Self::Output(error) | Self::Check(isomorph_check::Error::Output(error))) = self else {
            return false;
        };
        error.kind() == io::ErrorKind::BrokenPipe
    }
}
