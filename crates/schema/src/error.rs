use std::io;
use std::path::PathBuf;

use crate::place::Place;

/// Why schemas cannot be used. Every message names the place and, where it is not obvious, what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("{}: cannot read: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// A folder of schemas has none in it.
    #[error("{}: no schema here; put at least one `.json` file into it", path.display())]
    NoSchema {
        /// The folder.
        path: PathBuf,
    },

    /// A document is no schema, and holds none.
    #[error("{place}: no schema: {message}")]
    NoSchemaHere {
        /// The document, or the part of it.
        place: Place,
        /// What it is, and what to do.
        message: String,
    },

    /// A configuration cannot be used.
    #[error("{}: {message}", path.display())]
    Configuration {
        /// The manifest that holds it.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },

    /// A file is not JSON.
    #[error("{file}: not JSON: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong, with the line and the column.
        message: String,
    },

    /// An object has two members of one name.
    #[error("{place}: the key `{key}` comes twice; remove one")]
    DuplicateKey {
        /// The object.
        place: Place,
        /// The name.
        key: String,
    },

    /// A schema is nested too deeply.
    #[error("{place}: nested deeper than {limit} levels; move inner schemas to `$defs`")]
    TooDeep {
        /// The first place that is too deep.
        place: Place,
        /// How deep a schema may be.
        limit: usize,
    },

    /// `$schema` names no dialect that is known.
    #[error("{place}: unknown dialect `{uri}`; known are draft-04, draft-06, draft-07, 2019-09 and 2020-12")]
    Dialect {
        /// The `$schema`.
        place: Place,
        /// What it says.
        uri: String,
    },

    /// A schema is not valid in its dialect.
    #[error("{place}: not a valid schema: {message}")]
    InvalidSchema {
        /// The value that is not valid.
        place: Place,
        /// Why.
        message: String,
    },

    /// An `$id` or a `$ref` is no URI.
    #[error("an identifier or a reference in the schemas is no URI: {message}")]
    Identifier {
        /// What is wrong with it.
        message: String,
    },

    /// A `$ref` leads nowhere, or out of the schema folder.
    #[error("{place}: cannot follow `{reference}`: {reason}")]
    Reference {
        /// The `$ref`.
        place: Place,
        /// What it says.
        reference: String,
        /// Why it cannot be followed, and what to do.
        reason: String,
    },

    /// A schema refers to itself without a property or an element in between.
    #[error("{place}: refers to itself, so that no instance could ever be judged; break the cycle")]
    ReferenceCycle {
        /// A schema in the cycle.
        place: Place,
    },
}
