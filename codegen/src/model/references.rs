//! Where a `$ref` leads.

use serde_json::Value;

use super::Location;
use crate::load::Document;
use crate::{Error, Pointer};

/// Follows `reference`, which stands at `from`. Only documents that were loaded are looked at.
///
/// # Errors
///
/// If nothing is there.
pub fn follow(documents: &[Document], from: &Location, reference: &str) -> Result<Location, Error> {
    let failed = |reason: String| Error::Reference {
        place: documents[from.document].place(&from.pointer.join("$ref")),
        reference: reference.to_owned(),
        reason,
    };
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let document = match file {
        "" => from.document,
        file => find(documents, file).ok_or_else(|| failed(not_here(file)))?,
    };
    let fragment = decode(fragment).ok_or_else(|| failed("its percent-encoding is broken".into()))?;
    let pointer = Pointer::parse(&fragment)
        .ok_or_else(|| failed("its fragment is neither empty nor a JSON Pointer".into()))?;
    let target = documents[document].root.pointer(pointer.as_str());
    match target {
        Some(Value::Object(_) | Value::Bool(_)) => Ok(Location { document, pointer }),
        Some(_) => Err(failed("what is there is no schema".into())),
        None => Err(failed(format!("there is nothing at {}{pointer}", documents[document].file))),
    }
}

fn not_here(file: &str) -> String {
    if file.contains(':') {
        "nothing is fetched; put the document beside this one and give it that `$id`".into()
    } else {
        "no such file in the schema folder".into()
    }
}

/// The document with that `$id`, or with that name beside the others.
fn find(documents: &[Document], file: &str) -> Option<usize> {
    let identified = |document: &Document| {
        let id = document.root.get("$id").or_else(|| document.root.get("id"));
        id.and_then(Value::as_str).is_some_and(|id| id.trim_end_matches('#') == file)
    };
    let named = |document: &Document| document.file_name() == file.strip_prefix("./").unwrap_or(file);
    documents.iter().position(identified).or_else(|| documents.iter().position(named))
}

/// Decodes `%25` and the like.
fn decode(fragment: &str) -> Option<String> {
    let mut bytes = fragment.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            decoded.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn percent_encoding_is_decoded_or_refused() {
        assert_eq!(decode("/a%25b%C3%A9").as_deref(), Some("/a%bé"));
        assert_eq!(decode("%"), None);
        assert_eq!(decode("%4"), None);
        assert_eq!(decode("%zz"), None);
        assert_eq!(decode("%FF"), None);
    }
}
