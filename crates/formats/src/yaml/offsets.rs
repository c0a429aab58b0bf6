use std::ops::Range;

use saphyr_parser::Span;

/// From the characters that the parser counts to bytes.
pub struct Offsets {
    /// The byte of every [`Self::STEP`]th character; empty where characters are bytes.
    steps: Vec<usize>,
    text: String,
}

impl Offsets {
    const STEP: usize = 64;

    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { steps: Vec::new(), text: String::new() };
        }
        let steps = text.char_indices().step_by(Self::STEP).map(|(byte, _)| byte).collect();
        Self { steps, text: text.to_owned() }
    }

    pub fn byte(&self, character: usize) -> usize {
        if self.steps.is_empty() {
            return character;
        }
        let start = self.steps.get(character / Self::STEP).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(character % Self::STEP).map_or(rest.len(), |(byte, _)| byte)
    }

    pub fn range(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}
