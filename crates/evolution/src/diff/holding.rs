//! The documents that hold schemas, and which of their files are the same in two versions.

use std::collections::{BTreeSet, HashMap};

use isomorph_schema::Document;
use isomorph_schema::holders::Holder;

use super::version::Version;

/// The files of which each is the same one in both versions: what the old one is called now. What one file holds may be several
/// documents.
pub struct Files<'d>(HashMap<&'d str, &'d str>);

impl<'d> Files<'d> {
    /// Of documents that are the same ones in both versions.
    pub fn of(both: (&Version<'d>, &Version<'d>), pairs: &[(usize, usize)]) -> Self {
        let name = |version: &Version<'d>, index: usize| version.documents[index].file.as_str();
        Self(pairs.iter().map(|(old, new)| (name(both.0, *old), name(both.1, *new))).collect())
    }

    /// What all of them are called now.
    pub fn all_now(&self) -> BTreeSet<&'d str> {
        self.0.values().copied().collect()
    }

    /// What an old file is called now.
    pub fn now(&self, old: &str) -> Option<&'d str> {
        self.0.get(old).copied()
    }
}

/// The documents of a version that hold schemas.
pub fn holders<'d>(version: &Version<'d>) -> Vec<(usize, &'d Document, &'d Holder)> {
    let one = |index: usize| {
        let document: &'d Document = &version.documents[index];
        Some((index, document, document.holder.as_deref()?))
    };
    version.roots().into_iter().filter_map(one).collect()
}
