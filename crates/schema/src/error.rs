use std::io;
use std::path::PathBuf;

use crate::missing::{All, Missing};
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
    #[error("{}: no schema here; put at least one `.json` or `.yaml` file into it", path.display())]
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

    /// A glob is none, or matches nothing.
    #[error("{glob}: {message}")]
    Glob {
        /// The glob.
        glob: String,
        /// What is wrong.
        message: String,
    },

    /// What was named inside a file is no schema.
    #[error("{place}: there is no schema")]
    NotASchema {
        /// Where it should be.
        place: Place,
    },

    /// A file is not in the folder that references stay in.
    #[error("{}: is not within {}", path.display(), within.display())]
    NotWithin {
        /// The file.
        path: PathBuf,
        /// The folder.
        within: PathBuf,
    },

    /// Documents that schemas refer to are not here.
    #[error("{}", All(missing))]
    Missing {
        /// The documents, in the order of the references to them.
        missing: Vec<Missing>,
    },

    /// A configuration cannot be used.
    #[error("{}: {message}", path.display())]
    Configuration {
        /// The manifest that holds it.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },

    /// A file is not what its name says.
    #[error("{place}: not {format}: {message}")]
    Syntax {
        /// Where it is not.
        place: Place,
        /// What it should be written in.
        format: String,
        /// What is wrong.
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
    #[error(
        "{place}: unknown dialect `{uri}`; known are draft-04, draft-06, draft-07, 2019-09 and 2020-12, and what has its \
         meta-schema among the schemas; or say which one to take it for: `--dialect 2020-12`"
    )]
    Dialect {
        /// The `$schema`.
        place: Place,
        /// What it says.
        uri: String,
    },

    /// A schema is written in a dialect before draft-04.
    #[error(
        "{place}: draft-0{version} is too old; where the schema says nothing that draft-04 does not, take it for that: \
         `--dialect 4`; else rewrite `extends` as `allOf`, `divisibleBy` as `multipleOf`, `disallow` as `not`, and `required` \
         as a list beside `properties`"
    )]
    OldDialect {
        /// The `$schema`.
        place: Place,
        /// The number of the draft.
        version: u32,
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

impl Error {
    /// The place in a schema that it is about, if it is about one.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Syntax { place, .. }
            | Self::NoSchemaHere { place, .. }
            | Self::DuplicateKey { place, .. }
            | Self::TooDeep { place, .. }
            | Self::Dialect { place, .. }
            | Self::OldDialect { place, .. }
            | Self::InvalidSchema { place, .. }
            | Self::Reference { place, .. }
            | Self::ReferenceCycle { place } => Some(place),
            Self::Missing { missing } if missing.len() == 1 => missing.first().map(|one| &one.place),
            _ => None,
        }
    }
}
