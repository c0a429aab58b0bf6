use crate::check::Checked;
use crate::input::{At, Input};

/// A struct around one value.
pub trait ReadNewtype: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// If it is not of the type.
    fn read_newtype<I: Input>(input: I) -> Result<Self, I::Error>;

    /// Checks what the type of the value does not say.
    ///
    /// # Errors
    ///
    /// If an assertion does not hold.
    fn check(&self) -> Checked {
        Ok(())
    }
}

/// Reads a struct around one value.
///
/// # Errors
///
/// If the value is not of the type, or a check refuses it.
#[doc(hidden)]
pub fn read_newtype<T: ReadNewtype, I: Input>(input: I) -> Result<T, I::Error> {
    let at = input.at();
    // It may be large: nothing here moves it.
    let mut read = T::read_newtype(input);
    if !I::TRUSTED
        && let Ok(newtype) = &read
        && let Err(refusal) = newtype.check()
    {
        read = Err(at.refuse(refusal));
    }
    read
}
