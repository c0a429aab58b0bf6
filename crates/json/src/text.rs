//! Lines and columns.

use std::ops::Range;

/// A place in a text, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode code points, from 1.
    pub column: usize,
}

/// The position of the byte `offset` of a text; that of its end if it is shorter.
pub fn position(text: &str, offset: usize) -> Position {
    Cursor::new(text).position(offset)
}

/// Finds positions in a text. Those that are asked for from first to last cost one way through it.
#[derive(Debug)]
pub struct Cursor<'t> {
    text: &'t str,
    at: usize,
    position: Position,
}

impl<'t> Cursor<'t> {
    /// At the beginning of a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, position: Position { line: 1, column: 1 } }
    }

    /// The position of a byte.
    pub fn position(&mut self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        if offset < self.at {
            *self = Self::new(self.text);
        }
        self.position = moved(self.position, &self.text.as_bytes()[self.at..offset]);
        self.at = offset;
        self.position
    }

    /// The positions of the first byte of a span and of the one after its last.
    pub fn positions(&mut self, span: &Range<usize>) -> (Position, Position) {
        let start = self.position(span.start);
        let end = span.end.clamp(self.at, self.text.len());
        (start, moved(start, &self.text.as_bytes()[self.at..end]))
    }
}

/// The position after these bytes.
fn moved(start: Position, bytes: &[u8]) -> Position {
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    match memchr::memrchr(b'\n', bytes) {
        Some(last) => Position { line: start.line + lines, column: 1 + characters(&bytes[last + 1..]) },
        None => Position { line: start.line, column: start.column + characters(bytes) },
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// How many bytes the character at `at` has; 0 at the end of the text.
pub fn character_at(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take(1).count() + rest.iter().skip(1).take_while(|&&byte| byte & 0xC0 == 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Position, position};

    #[test]
    fn columns_count_characters_and_lines_newlines() {
        let text = "{\"ü\":\n 1}";
        assert_eq!(position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(position(text, text.find(':').unwrap()), Position { line: 1, column: 5 });
        assert_eq!(position(text, text.find('1').unwrap()), Position { line: 2, column: 2 });
        assert_eq!(position(text, 1000), Position { line: 2, column: 4 });
    }

    #[test]
    fn the_end_of_a_span_is_found_from_its_start() {
        let text = "[ü,\n  [ä\n]]";
        for start in 0..text.len() {
            for end in start..text.len() {
                if text.is_char_boundary(start) && text.is_char_boundary(end) {
                    let found = Cursor::new(text).positions(&(start..end));
                    assert_eq!(found, (position(text, start), position(text, end)));
                }
            }
        }
    }
}
