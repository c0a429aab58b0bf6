//! What registries of schemas ask of a new version.

use isomorph_evolution::Verdict;

use super::report::Report;
use crate::command_line::Compatibility;

impl Compatibility {
    /// Whether every earlier version counts, not the latest alone.
    pub fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }

    /// What a version does not keep to, in words; none if it keeps to all. What is not proven is not kept to; what is accepted is.
    pub fn broken(self, report: &Report) -> Vec<String> {
        let data = &report.found.data;
        let backward = ("old data under the new schema", &data.old_data);
        let forward = ("new data under the old schema", &data.new_data);
        let asked = match self {
            Self::Backward | Self::BackwardTransitive => vec![backward],
            Self::Forward | Self::ForwardTransitive => vec![forward],
            Self::Full | Self::FullTransitive => vec![backward, forward],
        };
        let broken = asked
            .into_iter()
            .filter(|(_, told)| ![Verdict::Compatible, Verdict::Accepted].contains(&told.verdict));
        broken.map(|(what, told)| format!("{what}: {}", told.verdict.word())).collect()
    }
}
