//! What becomes of instances when a schema changes.

use serde_json::Value;

/// Whether every instance of one schema is one of the other.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is; that is proven.
    Compatible,
    /// It is not; that is shown by an instance, or proven without one.
    Breaking(Option<Witness>),
    /// Nobody knows. So many instances were tried in vain.
    Unproven {
        /// How many.
        tried: usize,
    },
}

/// An instance that one schema accepts and the other does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The instance.
    pub instance: Value,
    /// What the other schema says.
    pub error: String,
}

/// Both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdicts {
    /// Whether the new schema accepts every old instance.
    pub old_data: Verdict,
    /// Whether the old schema accepts every new instance.
    pub old_readers: Verdict,
}

impl Verdict {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Breaking(_) => "breaking",
            Self::Unproven { .. } => "unproven",
        }
    }

    /// The instance that shows it.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::Breaking(witness) => witness.as_ref(),
            _ => None,
        }
    }
}

impl Verdicts {
    pub const COMPATIBLE: Self = Self { old_data: Verdict::Compatible, old_readers: Verdict::Compatible };
}
