use std::io;
use std::path::PathBuf;

/// Why files could not be checked. What is wrong with the files themselves is no error but a finding.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A schema or a configuration cannot be used.
    #[error(transparent)]
    Schema(#[from] isomorph_schema::Error),

    /// A schema, or a definition in it, cannot be used or is not there.
    #[error("{message}")]
    NoRoot {
        /// Which, and what there is.
        message: String,
    },

    /// A glob in a configuration is none.
    #[error("`{glob}`, under `validate` in the configuration, is no glob: {message}")]
    BadGlob {
        /// The glob.
        glob: String,
        /// What is wrong with it.
        message: String,
    },

    /// What should be a baseline is none.
    #[error("{}: no baseline: {message}", path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },

    /// Nothing is named to be checked.
    #[error(
        "name a file, a folder or a glob to check, `-` for standard input, or configure some in `isomorph.toml` \
         or [package.metadata.isomorph.validate]"
    )]
    NoInput,

    /// A thread has ended before its work was done.
    #[error("not everything was checked; this is a bug in isomorph")]
    Unfinished,

    /// The report cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}
