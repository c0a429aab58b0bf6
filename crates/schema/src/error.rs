use std::io;
use std::path::PathBuf;

use crate::missing::{All, Missing};
use crate::place::{Place, Spot};

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

    /// Of the files in a folder of schemas none is one.
    #[error("{}: none of its files is a schema; {first}", path.display())]
    NoneIsASchema {
        /// The folder.
        path: PathBuf,
        /// What is said of the first.
        first: String,
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
    #[error(
        "{}: {}{}", flaw.place, flaw.message, flaw.help.iter().flat_map(|help| ["; ", help]).collect::<String>()
    )]
    Configuration {
        /// What is wrong, in the manifest that holds it.
        flaw: Box<Flaw>,
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
        /// What may help.
        help: Option<Box<str>>,
    },

    /// An object has two members of one name.
    #[error("{place}: the key `{key}` comes twice{}; remove one", came_first(.first.as_deref()))]
    DuplicateKey {
        /// The object, and in the text the second of them.
        place: Place,
        /// The name.
        key: String,
        /// The first of them.
        first: Option<Box<Spot>>,
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

    /// A schema is written as OpenAPI 3.0 has schemas, and stands in no document of it.
    #[error(
        "{place}: a schema of OpenAPI 3.0, whose `nullable` and the like no other dialect has; put it into a document of it: \
         `{{\"openapi\": \"3.0.3\", \"components\": {{\"schemas\": {{\"Name\": …}}}}}}`"
    )]
    SchemaOfOpenApi {
        /// The `$schema`.
        place: Place,
    },

    /// A schema is not valid in its dialect.
    #[error("{}: not a valid schema: {}", first.place, first.message)]
    InvalidSchema {
        /// What is not valid first.
        first: Box<Flaw>,
        /// What else is not.
        others: Vec<Flaw>,
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

/// Something that is wrong with a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where.
    pub place: Place,
    /// What.
    pub message: String,
    /// What may help.
    pub help: Vec<String>,
}

impl Flaw {
    /// What an error says of a place, without saying the place.
    fn new(place: &Place, said: &str) -> Self {
        let message = said.strip_prefix(&format!("{place}: ")).unwrap_or(said).to_owned();
        Self { place: place.clone(), message, help: Vec::new() }
    }
}

impl Error {
    /// A schema is not valid in its dialect, at one place.
    pub fn invalid_schema(place: Place, message: String) -> Self {
        Self::InvalidSchema { first: Box::new(Flaw { place, message, help: Vec::new() }), others: Vec::new() }
    }

    /// A configuration cannot be used, at one place.
    pub fn configuration(place: Place, message: String, help: Vec<String>) -> Self {
        Self::Configuration { flaw: Box::new(Flaw { place, message, help }) }
    }

    /// A schema is not valid in its dialect, as these say; `None` if they are none.
    pub fn of_flaws(flaws: impl IntoIterator<Item = Flaw>) -> Option<Self> {
        let mut flaws = flaws.into_iter();
        let first = Box::new(flaws.next()?);
        Some(Self::InvalidSchema { first, others: flaws.collect() })
    }

    /// All that is wrong with schemas, each with its place, if it is about places in schemas.
    pub fn flaws(&self) -> Vec<Flaw> {
        if let Self::Missing { missing } = self {
            return missing.iter().map(|one| Flaw::new(&one.place, &one.to_string())).collect();
        }
        if let Self::Configuration { flaw } = self {
            return vec![Flaw::clone(flaw)];
        }
        let Some(place) = self.place() else { return Vec::new() };
        let (help, others) = match self {
            Self::InvalidSchema { first, others } => (first.help.clone(), others.as_slice()),
            Self::Syntax { help, .. } => (help.iter().map(ToString::to_string).collect(), [].as_slice()),
            _ => (Vec::new(), [].as_slice()),
        };
        let other =
            |flaw: &Flaw| Flaw { message: format!("not a valid schema: {}", flaw.message), ..flaw.clone() };
        let first = Flaw { help, ..Flaw::new(place, &self.to_string()) };
        std::iter::once(first).chain(others.iter().map(other)).collect()
    }

    /// The place in a schema that it is about, if it is about one.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Syntax { place, .. }
            | Self::NoSchemaHere { place, .. }
            | Self::DuplicateKey { place, .. }
            | Self::TooDeep { place, .. }
            | Self::Dialect { place, .. }
            | Self::OldDialect { place, .. }
            | Self::SchemaOfOpenApi { place }
            | Self::Reference { place, .. }
            | Self::ReferenceCycle { place } => Some(place),
            Self::InvalidSchema { first, .. } => Some(&first.place),
            Self::Configuration { flaw } => Some(&flaw.place),
            Self::Missing { missing } if missing.len() == 1 => missing.first().map(|one| &one.place),
            _ => None,
        }
    }
}

/// Where a key came first.
fn came_first(first: Option<&Spot>) -> String {
    first
        .map(|first| format!(", first at {}:{}", first.position.line, first.position.column))
        .unwrap_or_default()
}
