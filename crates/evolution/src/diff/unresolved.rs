//! References that lead to what is not here.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Document, Resolver, Unresolved};
use serde_json::Value;

use crate::error::Error;

/// For each file, the references in it that lead to what is not here.
#[derive(PartialEq)]
pub struct Missing {
    by_file: BTreeMap<String, BTreeSet<String>>,
}

impl Missing {
    /// Of these documents.
    ///
    /// # Errors
    ///
    /// If an identifier is no URI.
    pub fn of(documents: &[Document]) -> Result<Self, Error> {
        let mut missing = Resolver::new(documents, Unresolved::Accept)?.asked();
        // Where they were accepted something stands for them, which is called as they are.
        let stand_ins =
            documents.iter().filter(|document| document.is_guest && document.file == document.uri);
        missing.extend(stand_ins.filter(|one| is_stand_in(&one.root)).map(|one| one.uri.clone()));
        let of_document = |document: &Document| {
            let all = references(&document.root).into_iter();
            let lost = all.filter(|reference| is_lost(reference, document, &missing)).map(str::to_owned);
            (document.file.clone(), lost.collect())
        };
        Ok(Self { by_file: documents.iter().map(of_document).collect() })
    }

    /// Those that a bundle may lead through.
    pub fn from(&self, bundle: &Bundle) -> BTreeSet<&String> {
        let files = bundle.places.values().chain([&bundle.root]).map(|place| &place.file);
        files.filter_map(|file| self.by_file.get(file)).flatten().collect()
    }
}

fn is_stand_in(root: &Value) -> bool {
    let comment = root.get("$comment").and_then(Value::as_str);
    comment.is_some_and(|comment| comment.starts_with("Not here"))
}

fn references(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut work = vec![schema];
    while let Some(value) = work.pop() {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                work.extend(members.values());
            }
            Value::Array(elements) => work.extend(elements),
            _ => {}
        }
    }
    found
}

fn is_lost(reference: &str, document: &Document, missing: &BTreeSet<String>) -> bool {
    let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if uri.is_empty() {
        // An anchor may be anywhere; a pointer leads somewhere or nowhere.
        return fragment.starts_with('/')
            && Pointer::parse(&isomorph_validator::decoded(fragment))
                .is_some_and(|pointer| pointer.find(&document.root).is_none());
    }
    let last = |uri: &str| uri.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    missing.iter().any(|one| one == uri || last(one) == last(uri))
}
