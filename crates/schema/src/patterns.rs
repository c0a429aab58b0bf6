//! Patterns that are none, or some only as few read them, at their places.

use isomorph_json::Pointer;
use isomorph_validator::{fault, judges_by_pattern, loose, unmatched};
use serde_json::{Map, Value};

use crate::document::Document;
use crate::error::{Error, Flaw};
use crate::note::Note;
use crate::place::Place;
use crate::subschemas::inside;

/// What is wrong with the patterns of some documents, for which no validator can be built; `None` if it is not the patterns.
pub fn refused_patterns(documents: &[Document]) -> Option<Error> {
    Error::of_flaws(documents.iter().flat_map(flaws_in))
}

/// The patterns that are some only without the `u` flag of ECMA-262, by which the specification has them read.
pub fn loose_patterns(documents: &[Document]) -> Vec<Note> {
    let own = documents.iter().filter(|document| !document.is_guest);
    let notes = own.flat_map(|document| {
        let all = patterns_in(document).into_iter().filter_map(|found| Some((loose(found.pattern)?, found)));
        let read = all.filter(|(_, found)| judges_by_pattern(found.pattern).is_some());
        read.map(|(loose, found)| Note::LoosePattern {
            place: found.place(document),
            pattern: found.pattern.to_owned(),
            loose: loose.to_owned(),
        })
    });
    notes.collect()
}

fn flaws_in(document: &Document) -> Vec<Flaw> {
    let all = patterns_in(document).into_iter();
    let wrong = all.filter_map(|found| Some((wrong_with(found.pattern)?, found)));
    wrong.map(|(fault, found)| flaw(found.place(document), found.pattern, &fault)).collect()
}

/// A pattern in a document.
struct Found<'a> {
    pattern: &'a str,
    at: Pointer,
    /// Whether it is the name of a member.
    is_key: bool,
}

impl Found<'_> {
    fn place(&self, document: &Document) -> Place {
        if self.is_key { document.place_of_key(&self.at) } else { document.place_in_text(&self.at) }
    }
}

fn patterns_in(document: &Document) -> Vec<Found<'_>> {
    let (mut found, mut work) = (Vec::new(), vec![(Pointer::root(), &document.root)]);
    while let Some((at, schema)) = work.pop() {
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            found.push(Found { pattern, at: at.join("pattern"), is_key: false });
        }
        let names = schema.get("patternProperties").and_then(Value::as_object);
        for pattern in names.into_iter().flat_map(Map::keys) {
            found.push(Found { pattern, at: at.join("patternProperties").join(pattern), is_key: true });
        }
        for inner in inside(schema, document.dialect).into_iter().rev() {
            work.push((at.append(&inner.place()), inner.schema));
        }
    }
    found
}

/// Why a pattern is none, if it is none.
fn wrong_with(pattern: &str) -> Option<String> {
    let is_none = || judges_by_pattern(pattern).is_none();
    fault(pattern).or_else(|| is_none().then(|| unmatched(pattern).to_owned()))
}

fn flaw(place: Place, pattern: &str, fault: &str) -> Flaw {
    // What is behind the semicolon says what to write.
    let (wrong, help) =
        fault.split_once("; ").map_or((fault, None), |(wrong, help)| (wrong, Some(help.to_owned())));
    let message = format!("`{}` is no pattern: {wrong}", isomorph_json::visible(pattern.to_owned()));
    Flaw { place, message, help: help.into_iter().collect() }
}
