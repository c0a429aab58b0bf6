//! Where nodes stand: the parser knows about where, and not always where they begin and end.

use std::ops::Range;

/// Where a scalar stands that the parser finds there: up to its closing quote, and without the space at its end.
pub fn of_scalar(text: &str, found: Range<usize>) -> Range<usize> {
    let rest = text.get(found.start..).unwrap_or_default();
    let length = match rest.as_bytes().first() {
        Some(b'"') => closing(rest, |byte| byte == b'\\', |_| false),
        Some(b'\'') => closing(rest, |_| false, |after| after == Some(b'\'')),
        _ => None,
    };
    match length {
        Some(length) if found.start + length <= found.end => found.start..found.start + length,
        _ => trimmed(text, found),
    }
}

/// The length of a quoted text, with its quotes.
fn closing(text: &str, escapes: impl Fn(u8) -> bool, doubles: impl Fn(Option<u8>) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        if escapes(byte) || byte == quote && doubles(bytes.get(at + 1).copied()) {
            at += 2;
        } else if byte == quote {
            return Some(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

/// A range without the space at its end.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + inside.trim_end().len()
}

/// Where a collection begins that the parser finds there. Of a sequence that is indented as the key before it, it finds the first
/// element, behind its dash.
pub fn start(text: &str, found: usize, is_mapping: bool) -> usize {
    let before = text.get(..found).unwrap_or_default().trim_end_matches([' ', '\t', '\n', '\r']);
    if !is_mapping && !matches!(text.as_bytes().get(found), Some(b'[' | b'-')) && before.ends_with('-') {
        before.len() - 1
    } else {
        found
    }
}

/// Where a collection ends whose end the parser finds there: behind its bracket, if it has one.
pub fn end(text: &str, found: &Range<usize>) -> usize {
    let is_bracket = matches!(text.as_bytes().get(found.start), Some(b']' | b'}'));
    if is_bracket { found.start + 1 } else { found.end }
}

/// Whether a collection that begins there has brackets around it.
pub fn is_flow(text: &str, start: usize) -> bool {
    matches!(text.as_bytes().get(start), Some(b'[' | b'{'))
}
