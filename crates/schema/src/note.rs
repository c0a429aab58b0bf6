use std::fmt;

use crate::place::Place;

/// Something about schemas that is worth a line, and no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A file begins with a byte order mark.
    ByteOrderMark {
        /// The file.
        file: String,
    },
    /// A file in a folder is no schema.
    LeftOut {
        /// The file.
        file: String,
        /// What it seems to be, and what to do.
        message: String,
    },
    /// No document has the `$id` that a reference leads to, and a file of its name was taken.
    Sibling {
        /// The reference.
        place: Place,
        /// The URI that it leads to.
        uri: String,
        /// The file.
        file: String,
    },
    /// A pattern is one only without the `u` flag.
    LoosePattern {
        /// Where it stands.
        place: Place,
        /// The pattern.
        pattern: String,
        /// What only such a pattern may have.
        loose: String,
    },
    /// A keyword is none, and nearly one.
    Misspelt {
        /// Where it stands.
        place: Place,
        /// The keyword.
        keyword: String,
        /// The one that was probably meant.
        meant: &'static str,
    },
}

impl Note {
    /// The line that it is worth.
    pub fn line(&self) -> String {
        let level = if matches!(self, Self::Misspelt { .. } | Self::LoosePattern { .. }) {
            "warning"
        } else {
            "note"
        };
        format!("{level}: {self}")
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::ByteOrderMark { file } => {
                write!(f, "{file}: begins with a byte order mark, which is left out")
            }
            Self::LoosePattern { place, pattern, loose } => {
                let pattern = pattern.escape_debug();
                write!(
                    f,
                    "{place}: `{pattern}` is a pattern only without the `u` flag, which not everybody reads so"
                )?;
                match (loose.strip_prefix("\\x"), loose.strip_prefix("\\u")) {
                    (Some(rest), _) if rest.len() > 2 => {
                        write!(f, ": `{loose}` is `x{rest}` there; the character is `\\u{rest}`")
                    }
                    (Some(_), _) => write!(f, ": `{loose}` is `x` there; a character is `\\x41`"),
                    (_, Some(rest)) => write!(f, ": `{loose}` is `u{rest}` there; a character is `\\u0041`"),
                    _ => Ok(()),
                }
            }
            Self::Misspelt { place, keyword, meant } => {
                let keyword = keyword.escape_debug();
                write!(f, "{place}: `{keyword}` is no keyword, and says nothing; did you mean `{meant}`?")
            }
            Self::LeftOut { file, message } => write!(f, "{file}: left out: {message}"),
            Self::Sibling { place, uri, file } => {
                match uri.strip_prefix("isomorph:///") {
                    Some(path) => write!(f, "{place}: there is no file {path}")?,
                    None => write!(f, "{place}: no document here has the `$id` {uri}")?,
                }
                write!(f, "; {file} is taken for it, by its name")
            }
        }
    }
}
