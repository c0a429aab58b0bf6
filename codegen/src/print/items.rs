//! What is printed, and what other crates have.

use crate::annotate::Annotated;
use crate::imported::Import;

/// The types of a model.
pub struct Items<'a, 'm> {
    /// Those to print.
    pub own: &'a [Annotated<'m>],
    /// Those that other crates have.
    pub elsewhere: &'a [Annotated<'m>],
    /// Those of them that these mention.
    pub imports: &'a [Import],
}

impl<'a, 'm> Items<'a, 'm> {
    /// All of them.
    pub fn all(&self) -> Vec<&'a Annotated<'m>> {
        self.own.iter().chain(self.elsewhere).collect()
    }
}
