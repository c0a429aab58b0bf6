use std::time::Duration;

use isomorph_codegen::Api;
use isomorph_evolution::{Canonical, Clock};
use serde::Serialize;

/// What answers need of the outside.
pub struct Outside<'o> {
    /// Says how long it is that something began.
    pub clock: &'o dyn Clock,
    /// What knows canonical forms, for so long.
    pub canonical: &'o dyn Fn(Duration) -> Box<dyn Canonical>,
    /// What changed between two versions of the types, the worst first.
    pub api: &'o dyn Fn(&Api, &Api) -> Vec<ApiChange>,
}

/// A change of the types, for code that uses them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiChange {
    /// The item, or the item and the member.
    pub item: String,
    /// What happened.
    pub change: String,
    /// The release that it asks for: `major`, `minor`, `patch`.
    pub release: &'static str,
}
