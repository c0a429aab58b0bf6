//! What becomes of instances when a schema changes.

use serde::Serialize;
use serde_json::Value;

/// Whether every instance of one schema is one of the other: the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is; that is proven.
    Compatible,
    /// It is but for changes that somebody accepts; that is proven.
    Accepted,
    /// No instance that is not was found, and no proof either.
    Unproven,
    /// Nothing was compared: a part of what decides is not here.
    Unknown,
    /// It is not; that is shown or proven.
    Breaking,
}

/// A verdict, and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Judgement {
    /// It is; that is proven.
    Compatible,
    /// It is but for changes that somebody accepts, for these reasons; an instance may show what they break.
    Accepted(Vec<String>, Option<Witness>),
    /// It is not; that is shown by an instance, or proven without one.
    Breaking(Option<Witness>),
    /// Nobody knows. So many instances were tried in vain.
    Unproven {
        /// How many.
        tried: usize,
    },
    /// What decides is not here, and what that is.
    Unknown(String),
    /// It is not, whatever the schemas say, and why.
    Told(String),
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
    pub old_data: Judgement,
    /// Whether the old schema accepts every new instance.
    pub old_readers: Judgement,
}

impl Verdict {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Accepted => "accepted",
            Self::Unproven => "unproven",
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
        }
    }
}

impl Judgement {
    /// The verdict alone.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Compatible => Verdict::Compatible,
            Self::Accepted(..) => Verdict::Accepted,
            Self::Unproven { .. } => Verdict::Unproven,
            Self::Unknown(_) => Verdict::Unknown,
            Self::Breaking(_) | Self::Told(_) => Verdict::Breaking,
        }
    }

    /// The same, accepted for these reasons, where it is not compatible anyhow.
    #[must_use]
    pub fn accepted(self, reasons: &[String]) -> Self {
        match self {
            Self::Compatible => Self::Compatible,
            Self::Breaking(witness) | Self::Accepted(_, witness) => {
                Self::Accepted(reasons.to_owned(), witness)
            }
            _ => Self::Accepted(reasons.to_owned(), None),
        }
    }

    /// The instance that shows it.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::Breaking(witness) | Self::Accepted(_, witness) => witness.as_ref(),
            _ => None,
        }
    }
}

impl Verdicts {
    pub const COMPATIBLE: Self = Self { old_data: Judgement::Compatible, old_readers: Judgement::Compatible };

    /// Both the same.
    pub fn both(judgement: Judgement) -> Self {
        Self { old_data: judgement.clone(), old_readers: judgement }
    }

    /// Both, accepted for these reasons, where they are not compatible anyhow.
    #[must_use]
    pub fn accepted(self, reasons: &[String]) -> Self {
        Self { old_data: self.old_data.accepted(reasons), old_readers: self.old_readers.accepted(reasons) }
    }

    /// As seen from outside a `not`: what was accepted is rejected.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { old_data: self.old_readers, old_readers: self.old_data }
    }

    /// The verdicts on a place in the light of those on the whole: where nothing breaks, no part of it does.
    #[must_use]
    pub fn in_light_of(self, whole: &Self) -> Self {
        let lit = |here: Judgement, whole: &Judgement| {
            if *whole == Judgement::Compatible { Judgement::Compatible } else { here }
        };
        Self {
            old_data: lit(self.old_data, &whole.old_data),
            old_readers: lit(self.old_readers, &whole.old_readers),
        }
    }
}
