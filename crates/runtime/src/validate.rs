//! Whether a value that was built in Rust is one that its schema accepts.

#[cfg(feature = "value")]
use crate::{bytes, input::Read, refusal::Refusal};

/// Says whether a value, as it stands, would be accepted if it were read: checks and guards, all the way down.
///
/// # Errors
///
/// If not. The message begins with the JSON Pointer of the place.
#[cfg(feature = "value")]
pub fn validate<T: Read + serde::Serialize>(value: &T) -> Result<(), Refusal> {
    // A text, since only in one does a property come twice: as a field, and in the map beside it.
    let text = serde_json::to_string(value).map_err(Refusal::new)?;
    bytes::read_written::<T>(&text).map(drop)
}

/// Gives types a function that says whether a value, as it stands, would be accepted. It is compiled where it is used.
///
/// ```
/// #[derive(serde::Serialize)]
/// struct Port(u16);
///
/// isomorph_runtime::newtype! { Port check |port| { isomorph_runtime::check::minimum(port, 1024)?; } }
/// isomorph_runtime::validate! { Port }
///
/// assert!(Port(8080).validate().is_ok());
/// assert!(Port(80).validate().is_err());
/// ```
#[cfg(feature = "value")]
#[macro_export]
macro_rules! validate {
    ($($type:ident)*) => {$(
        #[allow(deprecated)]
        impl $type {
            /// Whether the value, as it stands, is one that its schema accepts.
            ///
            /// # Errors
            ///
            /// If it is not: why, and where in it.
            #[inline]
            pub fn validate(&self) -> ::core::result::Result<(), $crate::Refusal> {
                $crate::validate(self)
            }
        }
    )*};
}

/// Without values nothing is written to be read again.
#[cfg(not(feature = "value"))]
#[macro_export]
macro_rules! validate {
    ($($type:ident)*) => {};
}
