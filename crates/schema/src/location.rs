//! Where a schema stands.

use isomorph_json::Pointer;

/// A place in one of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The index of the document in the set of documents.
    pub document: usize,
    /// The place in it.
    pub pointer: Pointer,
}

impl Location {
    /// The place of the member or element `segment` inside this one.
    #[must_use]
    pub fn join(&self, segment: impl std::fmt::Display) -> Self {
        Self { document: self.document, pointer: self.pointer.join(segment) }
    }
}
