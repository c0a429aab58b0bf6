use serde::de::Error;

use crate::{Read, Refusal};

/// The elements of an array, in order.
pub trait Elements {
    /// The error of the source.
    type Error: Error;

    /// Reads the next element; `None` behind the last.
    ///
    /// # Errors
    ///
    /// If the element is no `T`.
    fn next_element<T: Read>(&mut self) -> Result<Option<T>, Self::Error>;

    /// How many elements are left, where the source knows.
    fn size_hint(&self) -> Option<usize> {
        None
    }

    /// The error that says why the array is not accepted.
    fn refuse(&self, refusal: Refusal) -> Self::Error;
}
