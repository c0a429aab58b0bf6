//! Which definition.

/// The index of a definition in [`Model::definitions`](super::definitions::Model::definitions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefinitionId(pub usize);
