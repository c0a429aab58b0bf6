//! What a string of JSON says.

use std::borrow::Cow;

use crate::token;
use crate::word::{LONGEST, Word};

/// The bytes between the quotes.
pub fn raw(text: &str, word: Word) -> &str {
    let start = word.start();
    let length = match word.length() {
        LONGEST => token::string(text.as_bytes(), start).map_or(0, |token| token.range.len()),
        length => length,
    };
    text.get(start..start + length).unwrap_or_default()
}

/// What the string says.
pub fn unescaped(text: &str, word: Word) -> Cow<'_, str> {
    let raw = raw(text, word);
    if word.is_marked() { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) }
}

/// Replaces escapes, which were found to be right when they were parsed.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text += plain;
        let mut characters = escaped.chars();
        match characters.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => {
                let (character, length) = unicode(escaped);
                text.push(character);
                rest = escaped.get(length..).unwrap_or_default();
                continue;
            }
            Some(character) => text.push(character),
            None => {}
        }
        rest = characters.as_str();
    }
    text + rest
}

/// The character of an escape without its backslash, and the bytes that it takes.
fn unicode(escape: &str) -> (char, usize) {
    let unit = |at: usize| escape.get(at..at + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let first = unit(1).unwrap_or_default();
    let second = unit(7).filter(|_| (0xD800..0xDC00).contains(&first));
    let units = std::iter::once(first).chain(second);
    let character = char::decode_utf16(units).next().and_then(Result::ok).unwrap_or('\u{FFFD}');
    (character, if second.is_some() { 11 } else { 5 })
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_say_what_serde_json_reads() {
        for raw in
            [r"a\nb", r#"\"\\\/\b\f\n\r\t"#, r"\u00e9\u0000x", r"\ud83d\ude00!", r"ü\\u0041", r"\u0041\u0042"]
        {
            let expected: String = serde_json::from_str(&format!("\"{raw}\"")).unwrap();
            assert_eq!(unescape(raw), expected, "{raw}");
        }
    }
}
