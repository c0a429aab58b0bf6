//! In which line of a schema file a place is.

use std::collections::BTreeMap;

use isomorph_json::{DEEPEST, Tape, TapeNode, locate, parse, position};

/// The texts of schema files, by what they are called.
#[derive(Debug, Default)]
pub struct Lines {
    texts: BTreeMap<String, String>,
}

impl Lines {
    /// Adds a file.
    pub fn add(&mut self, file: String, text: String) {
        self.texts.insert(file, text);
    }

    /// The line of `keyword` at a place, a file and a JSON Pointer; if it is not there, that of what is nearest around it.
    pub fn of(&self, place: &str, keyword: &str) -> Option<usize> {
        let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
        let text = self.texts.get(file)?;
        let tape = tape(text)?;
        let whole = format!("{pointer}{keyword}");
        let mut pointer = whole.as_str();
        loop {
            if let Some(located) = locate(TapeNode::root(text, &tape), pointer) {
                return Some(position(text, located.handle().start).line);
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
    }
}

/// The text as JSON; `None` if it is written in another way.
fn tape(text: &str) -> Option<Tape> {
    let mut tape = Tape::default();
    parse(text, DEEPEST, &mut tape).ok().map(|()| tape)
}
