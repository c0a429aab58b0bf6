//! Whether schemas look as schemars prints them.

use isomorph_schema::Document;
use serde_json::Value;

use crate::settings::{Integers, Settings};

/// Formats that schemars gives integers, and hardly anybody else.
const FORMATS: [&str; 5] = ["uint", "uint8", "uint16", "uint32", "uint64"];

/// What is worth a line where a schema looks so, and the settings are not those under which its types come back.
pub fn note(documents: &[Document], settings: &Settings) -> Option<String> {
    if settings.integers == Integers::Format {
        return None;
    }
    let printed = documents.iter().find(|document| !document.is_guest && is_printed(&document.root))?;
    Some(format!(
        "{} looks as schemars prints types: `preset = \"schemars\"` (`--preset schemars`) brings those back",
        printed.file
    ))
}

/// Whether a schema of an integer has one of the formats, and the least value that schemars says beside it.
fn is_printed(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => {
            let format = members.get("format").and_then(Value::as_str);
            let is_unsigned = format.is_some_and(|format| FORMATS.contains(&format));
            (is_unsigned && members.get("minimum").is_some_and(|least| least == 0))
                || members.values().any(is_printed)
        }
        Value::Array(elements) => elements.iter().any(is_printed),
        _ => false,
    }
}
