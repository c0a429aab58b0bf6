//! Where the tokens of JSON end.

use std::ops::Range;

use crate::fault::{Fault, Rule};
use crate::text::character_at;

/// A string, as it was found: the bytes between its quotes, and whether it has escapes.
pub struct StringToken {
    pub range: Range<usize>,
    pub has_escapes: bool,
}

/// Reads a string whose first quote is the byte before `start`.
pub fn string(bytes: &[u8], start: usize) -> Result<StringToken, Box<Fault>> {
    let mut at = start;
    let mut has_escapes = false;
    loop {
        at = plain_until(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(StringToken { range: start..at, has_escapes }),
            Some(b'\\') => {
                has_escapes = true;
                at = escape(bytes, at)?;
            }
            Some(b'\n' | b'\r') => {
                return Err(Fault::syntax(start - 1..at, "this string does not end on its line").into());
            }
            Some(_) => return Err(Fault::syntax(at..at + 1, "a control character must be escaped").into()),
            None => return Err(Fault::syntax(start - 1..at, "this string does not end").into()),
        }
    }
}

/// The first byte from `at` on that is a quote, a backslash or a control character.
fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..at + 8) {
        let special = special_bytes(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|&byte| byte != b'"' && byte != b'\\' && byte >= 0x20) {
        at += 1;
    }
    at
}

/// The highest bit of each byte of `word` that is special; those above the first may be wrong.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let quotes = zero(word ^ (ONES * u64::from(b'"')));
    let backslashes = zero(word ^ (ONES * u64::from(b'\\')));
    let controls = word.wrapping_sub(ONES * 0x20) & !word;
    (quotes | backslashes | controls) & HIGH
}

/// The end of the escape at `at`.
fn escape(bytes: &[u8], at: usize) -> Result<usize, Box<Fault>> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => unicode_escape(bytes, at),
        Some(_) => {
            let end = at + 1 + character_at(bytes, at + 1);
            Err(Fault::syntax(at..end, "there is no such escape").into())
        }
        None => Err(Fault::syntax(at..at + 1, "this escape is not complete").into()),
    }
}

fn unicode_escape(bytes: &[u8], at: usize) -> Result<usize, Box<Fault>> {
    let first = code_unit(bytes, at)?;
    let lone = || Box::new(Fault::syntax(at..at + 6, "half of a surrogate pair is no character"));
    match first {
        0xDC00..=0xDFFF => Err(lone()),
        0xD800..=0xDBFF => match bytes.get(at + 6..at + 8) {
            Some(br"\u") if matches!(code_unit(bytes, at + 6)?, 0xDC00..=0xDFFF) => Ok(at + 12),
            _ => Err(lone()),
        },
        _ => Ok(at + 6),
    }
}

fn code_unit(bytes: &[u8], at: usize) -> Result<u32, Box<Fault>> {
    let digits = bytes.get(at + 2..at + 6).and_then(|digits| std::str::from_utf8(digits).ok());
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or_else(|| {
        let found = bytes[at + 2..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
        Fault::syntax(at..at + 2 + found, "`\\u` needs four hexadecimal digits").into()
    })
}

/// A number, as it was found: its bytes, and whether it has a fraction or an exponent.
pub struct NumberToken {
    pub range: Range<usize>,
    pub is_float: bool,
}

/// Reads a number at `start`, where a minus or a digit stands.
pub fn number(bytes: &[u8], start: usize) -> Result<NumberToken, Box<Fault>> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    let integer = at;
    at = digits(bytes, at);
    if at == integer {
        return Err(Fault::syntax(start..at, "a number needs a digit after its minus").into());
    }
    if bytes[integer] == b'0' && at > integer + 1 {
        return Err(Fault::syntax(start..at, "a number must not begin with a zero").into());
    }
    let mut is_float = false;
    if bytes.get(at) == Some(&b'.') {
        is_float = true;
        at = some_digits(bytes, start, at + 1, "a number needs a digit after its point")?;
    }
    let mut has_exponent = false;
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        (is_float, has_exponent) = (true, true);
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = some_digits(bytes, start, at, "a number needs a digit in its exponent")?;
    }
    if has_exponent || at - start > 300 {
        finite(bytes, start..at)?;
    }
    Ok(NumberToken { range: start..at, is_float })
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn some_digits(bytes: &[u8], start: usize, at: usize, otherwise: &str) -> Result<usize, Box<Fault>> {
    let end = digits(bytes, at);
    if end == at { Err(Fault::syntax(start..at, otherwise).into()) } else { Ok(end) }
}

fn finite(bytes: &[u8], range: Range<usize>) -> Result<(), Box<Fault>> {
    let number = std::str::from_utf8(&bytes[range.clone()]).ok().and_then(|text| text.parse::<f64>().ok());
    if number.is_some_and(f64::is_finite) {
        return Ok(());
    }
    Err(Fault::new(Rule::Number, range, "this number is out of range").into())
}

#[cfg(test)]
mod tests {
    use super::{number, plain_until, string};

    #[test]
    fn a_string_ends_at_the_first_quote_that_is_not_escaped() {
        for length in 0..40 {
            let plain = "ü".repeat(length);
            let text = format!("\"{plain}\\\"{plain}\\u00e9\" \"");
            let token = string(text.as_bytes(), 1).unwrap();
            assert_eq!(token.range, 1..text.len() - 3);
            assert!(token.has_escapes);
        }
    }

    #[test]
    fn every_special_byte_is_found_and_no_other() {
        for byte in 0..=255_u8 {
            for place in 0..20 {
                let mut bytes = [b'a'; 20];
                bytes[place] = byte;
                let is_special = byte < 0x20 || byte == b'"' || byte == b'\\';
                assert_eq!(plain_until(&bytes, 0), if is_special { place } else { 20 }, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn a_number_is_what_serde_json_reads_as_one() {
        for text in [
            "0",
            "-0",
            "1",
            "10",
            "01",
            "-",
            "1.",
            "1.5",
            ".5",
            "1e5",
            "1E+5",
            "1e-5",
            "1e",
            "1e+",
            "1e400",
            "-1e400",
            "1e-400",
            "123456789012345678901234567890",
        ] {
            let read = number(text.as_bytes(), 0);
            let is_whole = read.is_ok_and(|token| token.range.len() == text.len());
            assert_eq!(is_whole, serde_json::from_str::<f64>(text).is_ok(), "{text}");
        }
    }
}
