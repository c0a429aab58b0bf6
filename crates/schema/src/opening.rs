//! Documents that hold schemas, opened; and objects that are no schemas, refused.

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::error::Error;
use crate::holders::{Lifted, lift, unlike};
use crate::load::{Document, Source, parse_all, validate_all};

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
    let mut opened = Vec::with_capacity(documents.len());
    for document in documents {
        let lifted = lift(&document.root, opening.operations);
        let lifted = lifted.map_err(|fault| Error::NoSchemaHere {
            place: document.place(&fault.pointer),
            message: fault.message,
        })?;
        if let Some(all) = lifted {
            let all = all.into_iter().enumerate();
            opened.extend(all.map(|(index, lifted)| held(&document, lifted, index)));
        } else {
            refuse_unlike(&document, opening)?;
            opened.push(document);
        }
    }
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
        is_guest: document.is_guest,
        root: lifted.root,
        holder: Some(Arc::new(lifted.holder)),
    }
}

fn refuse_unlike(document: &Document, opening: Opening) -> Result<(), Error> {
    // Others may refer to a part of it.
    if opening.allow_any || document.is_guest {
        return Ok(());
    }
    match unlike(&document.root) {
        Some(message) => {
            Err(Error::NoSchemaHere { place: document.place(&isomorph_json::Pointer::root()), message })
        }
        None => Ok(()),
    }
}
