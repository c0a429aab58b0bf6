//! Keywords that are none, and nearly one that binds: what a schema wants to say and does not.

use std::collections::HashMap;

use isomorph_json::Pointer;
use serde_json::Map;

use crate::document::Document;
use crate::error::Flaw;
use crate::location::Location;
use crate::meant::meant;
use crate::note::Note;
use crate::place::Place;
use crate::subschemas::inside;
use crate::ways::Ways;

/// A keyword that is none.
pub struct Misspelt {
    place: Place,
    keyword: String,
    /// The one that was probably meant.
    meant: &'static str,
}

impl Misspelt {
    /// As what is worth a line.
    fn note(self) -> Note {
        Note::Misspelt { place: self.place, keyword: self.keyword, meant: self.meant }
    }

    /// As what is wrong with a schema.
    pub fn flaw(self) -> Flaw {
        let message = format!("`{}` is no keyword, and says nothing", self.keyword.escape_debug());
        Flaw { place: self.place, message, help: vec![format!("did you mean `{}`?", self.meant)] }
    }
}

/// The keywords in some documents that are misspelt.
pub fn misspelt(documents: &[Document]) -> Vec<Note> {
    let own = documents.iter().filter(|document| !document.is_guest && !document.is_custom);
    let mut known = HashMap::new();
    own.flat_map(|document| below(document, &mut known)).map(Misspelt::note).collect()
}

/// The keywords in a document that are misspelt.
pub fn misspelt_in(document: &Document) -> Vec<Misspelt> {
    below(document, &mut HashMap::new())
}

/// The same; what was meant by each keyword is kept, as there are many schemas and few keywords.
fn below<'a>(document: &'a Document, known: &mut HashMap<&'a str, Option<&'static str>>) -> Vec<Misspelt> {
    let (mut found, mut ways) = (Vec::new(), Ways::default());
    let mut work = vec![(ways.start(Location { document: 0, pointer: Pointer::root() }), &document.root)];
    while let Some((way, schema)) = work.pop() {
        for keyword in schema.as_object().into_iter().flat_map(Map::keys) {
            if let Some(meant) = *known.entry(keyword).or_insert_with(|| meant(keyword)) {
                let place = document.place_of_key(&ways.location(way).pointer.join(keyword));
                found.push(Misspelt { place, keyword: keyword.clone(), meant });
            }
        }
        let inner = inside(schema, document.dialect).into_iter().rev();
        work.extend(inner.map(|inner| (ways.inside(way, &inner), inner.schema)));
    }
    found
}
