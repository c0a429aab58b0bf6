use std::io;

/// Why there is no answer, or no server. What is wrong with a schema or an instance is no error, but an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What is asked cannot be read.
    #[error("what is asked cannot be read: {0}")]
    Ask(#[from] serde_json::Error),

    /// A text that an answer needs is not there.
    #[error("there is no `{what}` in what is asked")]
    Lacks {
        /// What is not there.
        what: &'static str,
    },

    /// There is no such setting, or it has no such value.
    #[error("there is no setting `{key} = {value:?}`")]
    Setting {
        /// The setting.
        key: String,
        /// Its value.
        value: String,
    },

    /// There is no such format.
    #[error("there is no format `{word}`")]
    Format {
        /// The word for it.
        word: String,
    },

    /// Nothing can be served.
    #[error("cannot listen on the loopback: {0}")]
    Listen(#[source] io::Error),
}
