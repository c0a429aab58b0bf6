//! Documents that hold schemas, opened; and objects that are no schemas, refused.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use crate::dialect::Dialect;
use crate::document::Document;
use crate::error::Error;
use crate::holders::{Holder, Lifted, lift, unlike};
use crate::inherit::inherit;
use crate::load::{parse_all, validate_all};
use crate::source::Source;

/// What is taken for a schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Opening {
    /// The schemas of operations too: of their parameters, bodies and responses.
    pub operations: bool,
    /// Objects of which no key is a keyword: they accept anything.
    pub allow_any: bool,
}

/// Reads schemas and holds each against its dialect's meta-schema. `default` is the dialect of a file
/// without `$schema`.
///
/// # Errors
///
/// If a text is no JSON, has a key twice, names an unknown dialect, or is no valid schema.
pub fn load(sources: &[Source], default: Dialect) -> Result<Vec<Document>, Error> {
    let documents = opened(parse_all(sources, default)?, Opening::default())?;
    validate_all(&documents)?;
    Ok(documents)
}

/// Puts the schemas that a document holds in the place of the document.
///
/// # Errors
///
/// If one holds none, or a document that was asked for is an object of which no key is a keyword, and that is not
/// allowed.
pub fn opened(documents: Vec<Document>, opening: Opening) -> Result<Vec<Document>, Error> {
    let mut all = Vec::with_capacity(documents.len());
    for document in documents {
        let lifted = lift(&document.root, opening.operations);
        let lifted = lifted.map_err(|fault| Error::NoSchemaHere {
            place: document.place_in_text(&fault.pointer),
            message: fault.message,
        })?;
        all.push((document, lifted));
    }
    // A file may have others beside those that hold schemas: what is deployed beside its definition.
    let holding =
        all.iter().filter(|(_, lifted)| lifted.is_some()).map(|(document, _)| document.file.clone());
    let holding: HashSet<String> = holding.collect();
    let parts: HashSet<String> =
        all.iter().flat_map(|(document, _)| files_of_parts(&document.root)).collect();
    let mut opened = Vec::with_capacity(all.len());
    for (document, lifted) in all {
        match lifted {
            Some(all) => {
                let all = all.into_iter().enumerate();
                opened.extend(all.map(|(index, lifted)| held(&document, lifted, index)));
            }
            None if holding.contains(&document.file) && unlike(&document.root).is_some() => {}
            None if parts.contains(document.file_name()) && unlike(&document.root).is_some() => {
                opened.push(Document { holder: Some(Arc::new(Holder::of_parts())), ..document });
            }
            None => {
                refuse_unlike(&document, opening)?;
                opened.push(document);
            }
        }
    }
    inherit(&mut opened);
    Ok(opened)
}

fn held(document: &Document, lifted: Lifted, index: usize) -> Document {
    // Those of a second dialect are another document.
    let uri = if index == 0 { document.uri.clone() } else { format!("{}?{index}", document.uri) };
    Document {
        file: document.file.clone(),
        uri,
        dialect: lifted.dialect,
        is_custom: false,
        is_assumed: false,
        is_guest: document.is_guest,
        aliases: Vec::new(),
        path: document.path.clone(),
        text: Arc::clone(&document.text),
        root: lifted.root,
        holder: Some(Arc::new(lifted.holder)),
    }
}

/// The names of the files that references lead to a part of. Such a file may be no schema, and hold some.
fn files_of_parts(root: &Value) -> Vec<String> {
    let (mut found, mut inner) = (Vec::new(), vec![root]);
    while let Some(value) = inner.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref")
                    && let Some((file, _)) = reference.split_once("#/").filter(|(file, _)| !file.is_empty())
                {
                    let name = file.rsplit('/').next().unwrap_or(file);
                    found.push(percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned());
                }
                inner.extend(members.values());
            }
            Value::Array(elements) => inner.extend(elements),
            _ => {}
        }
    }
    found
}

fn refuse_unlike(document: &Document, opening: Opening) -> Result<(), Error> {
    // Others may refer to a part of it.
    if opening.allow_any || document.is_guest {
        return Ok(());
    }
    match unlike(&document.root) {
        Some(message) => Err(Error::NoSchemaHere {
            place: document.place_in_text(&isomorph_json::Pointer::root()),
            message,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::load;
    use crate::dialect::Dialect;
    use crate::source::Source;

    /// What is said of these files, and how many documents they are.
    fn loaded(files: &[(&str, Value)]) -> Result<usize, String> {
        let source = |(file, text): &(&str, Value)| Source {
            file: (*file).to_owned(),
            uri: None,
            text: text.to_string().into_bytes(),
        };
        let sources: Vec<_> = files.iter().map(source).collect();
        load(&sources, Dialect::default()).map(|all| all.len()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_of_parts_may_have_no_keyword() {
        let parts = ("parts.json", json!({"pet": {"type": "object"}}));
        assert!(loaded(std::slice::from_ref(&parts)).is_err());
        let whole = ("a.json", json!({"items": {"$ref": "parts.json"}}));
        assert!(loaded(&[whole, parts.clone()]).is_err());
        let part = ("a.json", json!({"items": {"$ref": "parts.json#/pet"}}));
        assert_eq!(loaded(&[part, parts]), Ok(2));
    }

    #[test]
    fn a_document_is_as_many_as_its_schemas_have_dialects() {
        let tool = |schema: Value| json!({"name": "a", "inputSchema": schema});
        let old = json!({"$schema": "http://json-schema.org/draft-07/schema#"});
        let tools = json!({"tools": [tool(json!({})), tool(old), tool(json!({}))]});
        assert_eq!(loaded(&[("tools.json", tools)]), Ok(2));
    }
}
