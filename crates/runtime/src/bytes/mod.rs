//! Reading JSON text in one pass: no deserializer and no value in between.

mod cursor;
mod error;
mod input;
mod scan;
#[cfg(feature = "value")]
mod value;

pub use error::ReadError;

use crate::input::Read;
#[cfg(feature = "value")]
use crate::refusal::Refusal;
use cursor::Cursor;
use input::Bytes;

/// Reads a type from JSON text, all of which is one value.
///
/// It says what `serde_json::from_str` says, takes a part of the time, and its error knows the place of what is refused: the
/// pointer, and the line and column where that value begins.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Cat {
///     lives: i64,
/// }
///
/// isomorph_runtime::object! { Cat { 0 lives: required "lives", } }
///
/// assert_eq!(isomorph_runtime::from_str(r#"{"lives": 9}"#), Ok(Cat { lives: 9 }));
/// let error = isomorph_runtime::from_str::<Cat>("{\n  \"lives\": \"nine\"\n}").unwrap_err();
/// assert_eq!((error.pointer(), error.line(), error.column()), ("/lives", 2, 12));
/// ```
///
/// # Errors
///
/// If the text is no JSON, or its value no `T`.
pub fn from_str<T: Read>(text: &str) -> Result<T, ReadError> {
    let mut cursor = Cursor::new(text);
    let refusal = match T::read(Bytes::<false>(&mut cursor)) {
        Ok(read) => match cursor.end() {
            Ok(()) => return Ok(read),
            Err(refusal) => refusal,
        },
        Err(refusal) => refusal,
    };
    Err(ReadError::new(refusal, text, &cursor))
}

/// The same of a text whose places nobody asks for, since it was written only to be read.
#[cfg(feature = "value")]
pub(crate) fn read_written<T: Read>(text: &str) -> Result<T, Refusal> {
    let mut cursor = Cursor::new(text);
    let read = T::read(Bytes::<false>(&mut cursor))?;
    cursor.end().map(|()| read)
}

/// Reads a type from JSON text in UTF-8, all of which is one value: [`from_str`], of bytes.
///
/// # Errors
///
/// If the bytes are not UTF-8 or no JSON, or their value is no `T`.
pub fn from_slice<T: Read>(bytes: &[u8]) -> Result<T, ReadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => Err(ReadError::not_text(&bytes[..error.valid_up_to()])),
    }
}
