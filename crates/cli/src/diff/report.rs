use isomorph_evolution as evolution;
use serde::Serialize;

use super::api::{ApiChange, Release};

/// Everything that is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What changed, and what that does to data.
    #[serde(flatten)]
    pub found: evolution::Report,
    /// What becomes of new data for readers of the old schema that keep unknown variants, where the schema refuses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readers: Option<evolution::Told>,
    pub api: Option<ApiReport>,
    /// The changes that somebody accepts, whatever else breaks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Decided>,
}

/// A break that was decided on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    pub place: String,
    pub reason: String,
}

impl From<&evolution::Accepted> for Decided {
    fn from(accepted: &evolution::Accepted) -> Self {
        Self { place: accepted.place.clone(), reason: accepted.reason.clone() }
    }
}

/// What changes for code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApiReport {
    pub release: Release,
    pub changes: Vec<ApiChange>,
}

impl Report {
    /// Whether nothing changed at all.
    pub fn is_empty(&self) -> bool {
        let is_same = |api: &ApiReport| api.changes.is_empty() && api.release != Release::Unknown;
        self.found.is_empty() && self.api.as_ref().is_none_or(is_same)
    }
}
