//! Documents that are not here.

use serde::Deserialize;

use crate::setting::{Setting, Word};

/// What becomes of a reference that cannot be followed because its document is not here, and of a schema
/// that refers to itself with no step into the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unresolved {
    /// It is an error.
    #[default]
    Refuse,
    /// Types are generated all the same, and reject every instance that reaches it. Nothing is accepted
    /// that could not be judged.
    Reject,
    /// Types are generated all the same, and accept any value there.
    Accept,
}

impl Setting for Unresolved {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Refuse, "refuse", "They are an error"),
        Word::new(
            Self::Reject,
            "reject",
            "Types are made all the same, and reject every instance that reaches them",
        ),
        Word::new(Self::Accept, "accept", "Types are made all the same, and accept any value there"),
    ];
}
