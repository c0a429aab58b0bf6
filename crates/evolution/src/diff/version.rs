use isomorph_schema::{Document, Location};

/// A version of some schemas.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// What it is called.
    pub label: &'a str,
    /// The schemas, and what they refer to.
    pub documents: &'a [Document],
    /// The schemas in them that alone are compared, if any are named: in the same order on both sides.
    pub selected: &'a [Location],
}

impl Version<'_> {
    /// The documents that were asked for, not those that they refer to.
    pub(super) fn roots(&self) -> Vec<usize> {
        (0..self.documents.len()).filter(|index| !self.documents[*index].is_guest).collect()
    }
}
