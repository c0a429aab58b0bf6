//! Whether schemas look as schemars prints them.

use isomorph_schema::{Document, inside_any};
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

/// Whether a schema in it is of an integer with one of the formats, and the least value that schemars says beside it.
fn is_printed(root: &Value) -> bool {
    let mut work = vec![root];
    while let Some(schema) = work.pop() {
        let format = schema.get("format").and_then(Value::as_str);
        let is_unsigned = format.is_some_and(|format| FORMATS.contains(&format));
        if is_unsigned && schema.get("minimum").is_some_and(|least| least == 0) {
            return true;
        }
        work.extend(inside_any(schema).into_iter().map(|inner| inner.schema));
    }
    false
}
