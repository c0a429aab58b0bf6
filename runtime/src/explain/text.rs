//! Lines and columns.

use std::ops::Range;

/// A place in a text, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode code points, from 1.
    pub column: usize,
}

/// The position of the byte `offset` of a text; that of its end if it is shorter.
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    Position { line, column: 1 + characters(&before[start..]) }
}

/// The positions of the first byte of a span and of the one after its last.
pub fn positions(text: &str, span: &Range<usize>) -> (Position, Position) {
    let start = position(text, span.start);
    let inside = text.as_bytes().get(span.start.min(text.len())..span.end.min(text.len())).unwrap_or_default();
    let lines = inside.iter().filter(|&&byte| byte == b'\n').count();
    let end = match inside.iter().rposition(|&byte| byte == b'\n') {
        Some(newline) => {
            Position { line: start.line + lines, column: 1 + characters(&inside[newline + 1..]) }
        }
        None => Position { line: start.line, column: start.column + characters(inside) },
    };
    (start, end)
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
    use super::{Position, position, positions};

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
                    assert_eq!(positions(text, &(start..end)), (position(text, start), position(text, end)));
                }
            }
        }
    }
}
