//! What makers of instances know from one to the next.

use super::languages::Languages;
use super::matches::Matches;

/// What was asked of patterns.
#[derive(Default)]
pub struct Memory {
    pub matches: Matches,
    pub languages: Languages,
}
