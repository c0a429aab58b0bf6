//! What it means for the whole that a schema inside it accepts more.

/// Whether the whole accepts more then, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// More, or as much.
    Along,
    /// Less, or as much: there is a `not` around the schema, or an odd number of them.
    Turned,
    /// It depends: the schema decides which others apply.
    Either,
}

impl Sense {
    /// That of the schemas that a keyword of a schema of this sense applies.
    #[must_use]
    pub fn of(self, keyword: &str) -> Self {
        match (self, keyword) {
            (Self::Either, _) | (_, "if") => Self::Either,
            (Self::Along, "not") => Self::Turned,
            (Self::Turned, "not") => Self::Along,
            (sense, _) => sense,
        }
    }
}
