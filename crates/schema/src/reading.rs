//! From what is named to a set of documents.

use crate::dialect::Dialect;
use crate::error::Error;
use crate::files::Files;
use crate::gather::gather;
use crate::linked::linked;
use crate::load::validate_all;
use crate::set::Set;
use crate::unresolved::Unresolved;

impl Files {
    /// All documents, those that they refer to included.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is not what its name says; or if a document is not here, where that is an error.
    pub fn read(&self, dialect: Dialect, unresolved: Unresolved) -> Result<Set, Error> {
        let mut set = gather(self, dialect)?;
        if unresolved == Unresolved::Refuse && !set.missing.is_empty() {
            return Err(Error::Missing { missing: set.missing });
        }
        set.nowhere.take().map_or(Ok(set), Err)
    }

    /// All documents, as they are validated against: with what stands for those that are not here.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read, is none, or refers to what is not there where that is an error.
    pub fn linked(&self, dialect: Dialect, unresolved: Unresolved) -> Result<Set, Error> {
        let set = self.read(dialect, unresolved)?;
        validate_all(&set.documents)?;
        Ok(Set { documents: linked(set.documents, unresolved)?, ..set })
    }
}
