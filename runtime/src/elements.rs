use serde::de::Error;

#[cfg(feature = "value")]
use crate::Input;
#[cfg(feature = "value")]
use crate::buffered::ArrayInput;
use crate::{At, Read, Refusal};

/// The elements of an array, in order.
pub trait Elements {
    /// The error of the source.
    type Error: Error;

    /// The place of the array, for refusals.
    type At: At<Self::Error>;

    /// Whether a guard around the array has checked all that is in it.
    const TRUSTED: bool = false;

    /// The place of the array.
    fn at(&self) -> Self::At;

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

    /// The array, as the value that it is.
    #[cfg(feature = "value")]
    fn into_input(self) -> impl Input<Error = Self::Error, At = Self::At>
    where
        Self: Sized,
    {
        ArrayInput(self)
    }

    /// The whole array, where it is in memory and nothing of it has been read.
    #[cfg(feature = "value")]
    fn whole(&self) -> Option<&serde_json::Value> {
        None
    }

    /// The error that says why the array is not accepted.
    fn refuse(&self, refusal: Refusal) -> Self::Error {
        self.at().refuse(refusal)
    }
}
