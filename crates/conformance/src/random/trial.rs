//! Schemas with instances, and what became of them.

use std::time::Duration;

use isomorph_codegen::Dialect;
use serde_json::Value;

use super::instances::Judged as Instance;
use super::laws::Difference;
use super::worker::{Made, Wanted};
use crate::settings::Settings;

/// A schema that is to be held against the laws.
#[derive(Debug, Clone)]
pub struct Trial {
    /// What it is called in messages.
    pub name: String,
    /// The schema.
    pub schema: Value,
    /// Its dialect.
    pub dialect: Dialect,
    /// How it is generated.
    pub settings: Settings,
    /// Its instances.
    pub wanted: Wanted,
}

/// What became of it.
#[derive(Debug, Default)]
pub struct Held {
    /// Why it cannot be judged, if it cannot.
    pub unusable: Option<String>,
    /// Whether there was no time for it.
    pub is_not_reached: bool,
    /// Its instances, as the validator truth them.
    pub instances: Vec<Instance>,
    /// What was generated, less its text.
    pub made: Option<Made>,
    /// Whether that compiles.
    pub compiles: bool,
    /// Definitions that come back.
    pub faithful: usize,
    /// Instances that are outside what types can hold.
    pub beyond: usize,
    /// Instances for which a limit was reached.
    pub limits: usize,
    /// Where a law does not hold.
    pub differences: Vec<Difference>,
    /// What verdicts on large instances took.
    pub times: Times,
}

/// What verdicts took.
#[derive(Debug, Default)]
pub struct Times {
    /// By the slowest door of the types.
    pub by_types: Vec<Duration>,
    /// By `isomorph validate`, with the explanation where it refuses, without what it takes for `null`.
    pub by_tool: Vec<Duration>,
}
