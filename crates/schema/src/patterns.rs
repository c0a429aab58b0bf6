//! Patterns that are none, at their places.

use isomorph_json::Pointer;
use isomorph_validator::{fault, judges_by_pattern};
use serde_json::Value;

use crate::document::Document;
use crate::error::{Error, Flaw};
use crate::subschemas::inside;

/// What is wrong with the patterns of some documents, for which no validator can be built; `None` if it is not the patterns.
pub fn refused_patterns(documents: &[Document]) -> Option<Error> {
    Error::of_flaws(documents.iter().flat_map(flaws_in))
}

fn flaws_in(document: &Document) -> Vec<Flaw> {
    let (mut found, mut work) = (Vec::new(), vec![(Pointer::root(), &document.root)]);
    while let Some((at, schema)) = work.pop() {
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            let place = || document.place_in_text(&at.join("pattern"));
            found.extend(wrong_with(pattern).map(|fault| flaw(place(), pattern, &fault)));
        }
        let names = schema.get("patternProperties").and_then(Value::as_object);
        for pattern in names.into_iter().flat_map(serde_json::Map::keys) {
            let place = || document.place_of_key(&at.join("patternProperties").join(pattern));
            found.extend(wrong_with(pattern).map(|fault| flaw(place(), pattern, &fault)));
        }
        for inner in inside(schema, document.dialect).into_iter().rev() {
            let around = at.join(inner.keyword);
            work.push((inner.key.as_ref().map_or(around.clone(), |key| around.join(key)), inner.schema));
        }
    }
    found
}

/// Why a pattern is none, if it is none.
fn wrong_with(pattern: &str) -> Option<String> {
    let is_none = || judges_by_pattern(pattern).is_none();
    fault(pattern).or_else(|| is_none().then(|| "ECMA-262 cannot read it".to_owned()))
}

fn flaw(place: crate::place::Place, pattern: &str, fault: &str) -> Flaw {
    // What is behind the semicolon says what to write.
    let (wrong, help) =
        fault.split_once("; ").map_or((fault, None), |(wrong, help)| (wrong, Some(help.to_owned())));
    let message = format!("`{}` is no pattern: {wrong}", isomorph_json::visible(pattern.to_owned()));
    Flaw { place, message, help: help.into_iter().collect() }
}
