use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why nothing was generated. Every message names the place and, where it is not obvious, what to do.
///
/// It is shown for people by [`Debug`](fmt::Debug) too: that is what `main` of a build script prints of an error that
/// it returns.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A schema cannot be used.
    #[error(transparent)]
    Schema(#[from] isomorph_schema::Error),

    /// A file or folder could not be read.
    #[error("{}: cannot read: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// A file could not be written. The one that was there before is untouched.
    #[error("{}: cannot write: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// A configured name belongs to no type.
    #[error("the name `{name}` is configured for `{place}`, where no type is made; {help}")]
    UnusedName {
        /// The configured place.
        place: String,
        /// The configured name.
        name: String,
        /// What may be meant.
        help: String,
    },

    /// Nothing has a name that alone is to be generated.
    #[error("`{name}` is neither a definition nor a document here; {help}")]
    UnknownOnly {
        /// The name.
        name: String,
        /// What may be meant, or the names that there are.
        help: String,
    },

    /// A configured name cannot be a type's.
    #[error("`{name}` cannot name a type; use a Rust identifier that is no keyword and no prelude name")]
    BadName {
        /// The configured name.
        name: String,
    },

    /// A format of numbers is mapped to a type that they cannot be read as.
    #[error(
        "{place}: numbers of the format `{format}` cannot be read as `{path}`: say an integer type of at most 64 bits for \
         integers, or `{{ type = \"{path}\", via = \"serde\" }}`"
    )]
    NoNumber {
        /// The schema.
        place: String,
        /// The format.
        format: String,
        /// The type.
        path: String,
    },

    /// A type that is read from strings is said for a schema of something else.
    #[error(
        "{place}: `{path}` is read from strings, and the schema is of something else: say `via = \"serde\"` or `with`"
    )]
    NoString {
        /// The schema.
        place: String,
        /// The type.
        path: String,
    },

    /// A setting cannot be used.
    #[error("{message}")]
    Setting {
        /// What is wrong.
        message: String,
        /// The settings that may say so, and the word of them that it is about, if it is about one.
        said: Option<(&'static [&'static str], String)>,
    },

    /// A type cannot derive a trait, since a part of it has it not.
    #[error("`{name}` cannot derive `{derive}`: {part}")]
    NoDerive {
        /// The type.
        name: String,
        /// The trait.
        derive: String,
        /// The part, and what of it lacks the trait.
        part: String,
    },

    /// The configuration cannot be used.
    #[error("{}: {message}", path.display())]
    Config {
        /// The manifest that holds it.
        path: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },

    /// The generated text is not Rust: a mistake of the generator.
    #[error("the generated code for {place} is not Rust ({message}); this is a bug in isomorph")]
    Print {
        /// The schema.
        place: String,
        /// What the parser said.
        message: String,
    },
}

impl Error {
    /// The word of the settings that it is about, and the settings that may have it.
    pub(crate) fn word(&self) -> Option<(&'static [&'static str], &str)> {
        match self {
            Self::UnusedName { place, .. } => Some((&["names", "fields", "variants", "types"], place)),
            Self::UnknownOnly { name, .. } => Some((&["only"], name)),
            Self::BadName { name } => Some((&["names"], name)),
            Self::NoNumber { path, .. } | Self::NoString { path, .. } => {
                Some((&["formats", "encodings", "types"], path))
            }
            Self::NoDerive { derive, .. } => Some((&["derive"], derive)),
            Self::Setting { said: Some((tables, word)), .. } => Some((tables, word)),
            _ => None,
        }
    }

    /// What a word of one of these settings says cannot be used.
    pub(crate) fn of_setting(tables: &'static [&'static str], word: &str, message: String) -> Self {
        Self::Setting { message, said: Some((tables, word.to_owned())) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
