use std::path::PathBuf;

use crate::document::Document;
use crate::error::Error;
use crate::location::Location;
use crate::missing::Missing;
use crate::note::Note;

/// Documents that belong together: what was named, and all that it refers to.
#[derive(Debug, Default)]
pub struct Set {
    /// The documents.
    pub documents: Vec<Document>,
    /// The schemas in them that were named by themselves; of all others nothing was.
    pub selected: Vec<Location>,
    /// The documents that are not here, in the order of their first references.
    pub missing: Vec<Missing>,
    /// What is worth a line.
    pub notes: Vec<Note>,
    /// Why a reference leads nowhere though its document is here, if one does.
    pub(crate) nowhere: Option<Error>,
    /// The folders that were named.
    pub folders: Vec<PathBuf>,
}

impl Set {
    /// The schema that is meant where there is one: the one that was named by itself, or the first document.
    pub fn first(&self) -> Option<Location> {
        let whole = || Location { document: 0, pointer: isomorph_json::Pointer::root() };
        self.selected.first().cloned().or_else(|| (!self.documents.is_empty()).then(whole))
    }

    /// The files that were read.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.documents.iter().filter_map(|document| document.path.as_ref())
    }
}
