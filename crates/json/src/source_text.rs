//! A text that is JSON, or that JSON was made of, and the places in it.

use std::ops::Range;
use std::sync::OnceLock;

use crate::locate::{Located, locate, span};
use crate::node::TapeNode;
use crate::origins::Transcribed;
use crate::parse::{DEEPEST, parse};
use crate::pointer::Pointer;
use crate::tape::Tape;

/// A text as it was read, without a byte order mark.
#[derive(Debug, Default)]
pub struct SourceText {
    /// What the file holds.
    pub text: String,
    /// What it says as JSON, if it is written in something else.
    pub json: Option<Transcribed>,
    /// The JSON as it was parsed, when a place was first asked for.
    tape: OnceLock<Option<Tape>>,
}

impl SourceText {
    /// A text, and what it says as JSON if it is none.
    pub fn new(text: String, json: Option<Transcribed>) -> Self {
        Self { text, json, tape: OnceLock::new() }
    }

    /// The text that is JSON: the text itself, or what was made of it.
    pub fn as_json(&self) -> &str {
        self.json.as_ref().map_or(self.text.as_str(), |json| json.json.as_str())
    }

    /// What a pointer leads to in the JSON.
    pub fn located(&self, pointer: &str) -> Option<Located<'_>> {
        let json = self.as_json();
        let read = || {
            let mut tape = Tape::default();
            match parse(json, DEEPEST, &mut tape) {
                Err(faults) if !faults.is_read => None,
                _ => Some(tape),
            }
        };
        locate(TapeNode::root(json, self.tape.get_or_init(read).as_ref()?), pointer)
    }

    /// The bytes of the text that a span of the JSON came from.
    pub fn origin(&self, span: Range<usize>) -> Range<usize> {
        self.json.as_ref().map_or(span.clone(), |json| json.origin(&span))
    }

    /// The bytes that a place is shown by: those of the value where they are on one line, else those of its key, or
    /// its first one. `None` if nothing is there.
    pub fn span(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let located = self.located(pointer.as_str())?;
        let value = self.origin(span(located.value));
        let is_short = !self.text.get(value.clone()).unwrap_or_default().contains('\n');
        Some(if is_short && !value.is_empty() { value } else { self.origin(located.handle()) })
    }
}

impl From<String> for SourceText {
    fn from(text: String) -> Self {
        Self::new(text, None)
    }
}
