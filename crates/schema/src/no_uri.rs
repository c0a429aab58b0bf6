//! Identifiers and references that are no URIs (RFC 3986, section 4.1), or lead nowhere from where they stand.

use std::fmt::Write as _;

use isomorph_json::Pointer;
use referencing::uri::{from_str, resolve_against};
use serde_json::Value;

use crate::document::Document;
use crate::error::Flaw;
use crate::location::Location;
use crate::subschemas::inside;
use crate::ways::Ways;

/// The identifiers and references in schemas that are no URIs.
pub fn no_uris(documents: &[Document]) -> impl Iterator<Item = Flaw> {
    documents.iter().flat_map(below)
}

fn below(document: &Document) -> Vec<Flaw> {
    let (mut found, mut ways) = (Vec::new(), Ways::default());
    let root = ways.start(Location { document: 0, pointer: Pointer::root() });
    let mut work = vec![(root, &document.root, document.uri.clone())];
    while let Some((way, schema, mut base)) = work.pop() {
        for keyword in ["$id", "id", "$ref"] {
            let Some(said) = schema.get(keyword).and_then(Value::as_str) else { continue };
            // A fragment is looked up as it is written.
            let uri = said.split('#').next().unwrap_or_default();
            match resolved(&base, uri) {
                Ok(resolved) if keyword != "$ref" && !uri.is_empty() => base = resolved,
                Ok(_) => {}
                Err((message, help)) => {
                    let place = document.place_in_text(&ways.location(way).pointer.join(keyword));
                    found.push(Flaw { place, message, help });
                }
            }
        }
        let inner = inside(schema, document.dialect).into_iter().rev();
        work.extend(inner.map(|inner| (ways.inside(way, &inner), inner.schema, base.clone())));
    }
    found
}

/// Where a URI leads from a base; else why it leads nowhere, and what may help.
fn resolved(base: &str, uri: &str) -> Result<String, (String, Vec<String>)> {
    let Ok(base) = from_str(base) else { return Ok(uri.to_owned()) };
    if let Ok(resolved) = resolve_against(&base.borrow(), uri) {
        return Ok(resolved.as_str().to_owned());
    }
    let shown = uri.escape_debug();
    let encoded = encoded(uri);
    if from_str(&encoded).is_err() {
        return Err((format!("`{shown}` is no URI"), Vec::new()));
    }
    if encoded != uri {
        return Err((
            format!("`{shown}` is no URI: it holds what has to be percent-encoded in one"),
            vec![format!("write `{encoded}`")],
        ));
    }
    Err((
        format!("`{shown}` leads nowhere from `{base}`, which has no path that it could be relative to"),
        vec!["write the whole URI, or an `$id` that begins like `https://example.com/`".to_owned()],
    ))
}

/// The same with everything percent-encoded that no URI may hold.
fn encoded(uri: &str) -> String {
    let mut encoded = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"{}|\\^`[]".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
