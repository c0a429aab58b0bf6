use isomorph_schema::Document;

/// A version of some schemas.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// What it is called.
    pub label: &'a str,
    /// The schemas, and what they refer to.
    pub documents: &'a [Document],
}

impl Version<'_> {
    /// The documents that were asked for, not those that they refer to.
    pub(super) fn roots(&self) -> Vec<usize> {
        (0..self.documents.len()).filter(|index| !self.documents[*index].is_guest).collect()
    }
}
