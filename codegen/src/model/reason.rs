//! Why values are checked by a validator.

use std::fmt;

/// What a form does not say, so that a validator checks the values of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// What a keyword asserts.
    Keyword(String),
    /// There is no value that its schema accepts.
    Never,
    /// It lies in more inline schemas than types can lie in each other.
    TooDeep,
}

impl Reason {
    /// What this keyword asserts.
    pub fn keyword(name: &str) -> Self {
        Self::Keyword(name.to_owned())
    }

    /// The keyword, if it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Keyword(name) => Some(name),
            Self::Never | Self::TooDeep => None,
        }
    }

    /// Whether it is this keyword.
    pub fn is(&self, keyword: &str) -> bool {
        self.name() == Some(keyword)
    }
}

/// As reports tell it.
impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Self::Keyword(name) => name,
            Self::Never => "false",
            Self::TooDeep => "(nested too deeply)",
        })
    }
}
