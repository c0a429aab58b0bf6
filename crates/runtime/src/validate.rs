//! Whether a value that was built in Rust is one that its schema accepts.

#[cfg(feature = "value")]
use crate::{input::Read, refusal::Refusal, stream::from_deserializer};

/// Says whether a value, as it stands, would be accepted if it were read: checks and guards, all the way down.
///
/// # Errors
///
/// If not. The message begins with the JSON Pointer of the place.
#[cfg(feature = "value")]
pub fn validate<T: Read + serde::Serialize>(value: &T) -> Result<(), Refusal> {
    // A text, since only in one does a property come twice: as a field, and in the map beside it.
    let text = serde_json::to_string(value).map_err(Refusal::new)?;
    let read = from_deserializer::<T, _>(&mut serde_json::Deserializer::from_str(&text));
    read.map(drop).map_err(|error| {
        let message = error.to_string();
        // Where it stands in that text tells nothing.
        let place = format!(" at line {} column {}", error.line(), error.column());
        Refusal::new(message.strip_suffix(&place).unwrap_or(&message))
    })
}

/// Gives types a function that says whether a value, as it stands, would be accepted.
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
