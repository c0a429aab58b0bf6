//! Where the tokens of JSON end, and what they say.

/// Why a text is no JSON, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub expected: &'static str,
}

impl Fault {
    #[cold]
    pub fn new(at: usize, expected: &'static str) -> Self {
        Self { at, expected }
    }
}

/// The first byte from `at` on that ends a run of plain ones in a string: a quote, a backslash or a control character.
#[inline]
pub fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = ONES << 7;
    // Eight at a time: whether a byte is less than another shows in its highest bit, the first such one exactly. What has
    // that bit of itself is no ASCII, and plain.
    while let Some(chunk) = bytes.get(at..at + 8).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let control = word.wrapping_sub(ONES * 0x20);
        let quote = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
        let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let found = (control | quote | backslash) & !word & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    last_plain_end(bytes, at)
}

/// [`plain_end`], where less than eight bytes are left.
#[cold]
#[inline(never)]
fn last_plain_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20)).unwrap_or(rest.len())
}

/// The string whose first byte behind the quote is at `start`, with an escape at `at`, and the byte behind its closing quote.
pub fn escaped_string(text: &str, start: usize, mut at: usize) -> Result<(String, usize), Fault> {
    let bytes = text.as_bytes();
    let mut said = text[start..at].to_owned();
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok((said, at + 1)),
            Some(b'\\') => {
                let (character, after) = escape(bytes, at)?;
                said.push(character);
                at = after;
            }
            Some(_) => return Err(Fault::new(at, "a control character to be escaped in a string")),
            None => return Err(Fault::new(at, "the closing quote of a string")),
        }
        let end = plain_end(bytes, at);
        said.push_str(&text[at..end]);
        at = end;
    }
}

/// The byte behind the closing quote of the string whose first byte behind the quote is at `start`.
#[inline]
pub fn string_end(bytes: &[u8], start: usize) -> Result<usize, Fault> {
    let mut at = plain_end(bytes, start);
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = plain_end(bytes, escape(bytes, at)?.1),
            Some(_) => return Err(Fault::new(at, "a control character to be escaped in a string")),
            None => return Err(Fault::new(at, "the closing quote of a string")),
        }
    }
}

/// The character of the escape whose backslash is at `at`, and the byte behind it.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let character = match bytes.get(at + 1) {
        Some(plain @ (b'"' | b'\\' | b'/')) => char::from(*plain),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(bytes, at),
        _ => return Err(Fault::new(at, "an escape that JSON knows")),
    };
    Ok((character, at + 2))
}

/// The character of `\uXXXX`, or of two of them that are a pair of surrogates.
fn unicode(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let first = code_unit(bytes, at)?;
    let is_pair = (0xD800..0xDC00).contains(&first) && bytes.get(at + 6..at + 8) == Some(b"\\u");
    let second = if is_pair { Some(code_unit(bytes, at + 6)?) } else { None };
    match char::decode_utf16([first].into_iter().chain(second)).next() {
        Some(Ok(character)) => Ok((character, at + if is_pair { 12 } else { 6 })),
        _ => Err(Fault::new(at, "no half of a surrogate pair")),
    }
}

fn code_unit(bytes: &[u8], at: usize) -> Result<u16, Fault> {
    let digits = bytes.get(at + 2..at + 6).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
    let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
    unit.ok_or_else(|| Fault::new(at, "four hexadecimal digits behind `\\u`"))
}

/// A number, by what holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// The number that begins at `start`, with a digit or a minus, and the byte behind it.
#[inline]
pub fn number(text: &str, start: usize) -> Result<(Number, usize), Fault> {
    let bytes = text.as_bytes();
    let is_negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(is_negative);
    let (mut at, mut value, mut fits) = (first, 0_u64, true);
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        let next = value.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit - b'0')));
        fits &= next.is_some();
        value = next.unwrap_or_default();
        at += 1;
    }
    if at == first {
        return Err(Fault::new(at, "a digit"));
    }
    if bytes[first] == b'0' && at > first + 1 {
        return Err(Fault::new(first, "no zero in front of a number"));
    }
    let is_integer = !matches!(bytes.get(at), Some(b'.' | b'e' | b'E'));
    match (is_integer && fits, is_negative) {
        (true, false) => Ok((Number::Unsigned(value), at)),
        // As serde_json has it, minus zero is no integer.
        (true, true) if value > 0 && value <= i64::MIN.unsigned_abs() => {
            Ok((Number::Signed(0_i64.wrapping_sub_unsigned(value)), at))
        }
        _ => float(text, start, at),
    }
}

/// A number that no integer holds, whose whole part ends at `at`.
fn float(text: &str, start: usize, at: usize) -> Result<(Number, usize), Fault> {
    let end = fraction_end(text.as_bytes(), at)?;
    match text[start..end].parse::<f64>() {
        Ok(number) if number.is_finite() => Ok((Number::Float(number), end)),
        _ => Err(Fault::new(start, "a number that is not out of range")),
    }
}

/// The byte behind a number whose whole part ends at `at`.
fn fraction_end(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = digits_end(bytes, at)?;
    }
    Ok(at)
}

fn digits_end(bytes: &[u8], start: usize) -> Result<usize, Fault> {
    let rest = bytes.get(start..).unwrap_or_default();
    match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 => Err(Fault::new(start, "a digit")),
        count => Ok(start + count),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Number, escaped_string, number, plain_end, string_end};

    fn string(text: &str) -> Result<(String, usize), Fault> {
        escaped_string(text, 1, plain_end(text.as_bytes(), 1))
    }

    #[test]
    fn a_string_says_what_serde_json_reads() {
        for length in 0..20 {
            let plain = "aü".repeat(length);
            for (inside, rest) in [
                ("", ""),
                (r#"\"\\\/\b\f\n\r\t"#, "x"),
                (r"\u00e9\u0000", ""),
                (r"\ud83d\ude00!", "ü"),
                ("\u{7f}\u{80}", "end"),
            ] {
                let text = format!("\"{plain}{inside}{plain}\"{rest}");
                let end = text.len() - rest.len();
                let expected: String = serde_json::from_str(&text[..end]).unwrap();
                assert_eq!(string(&text), Ok((expected, end)), "{text}");
                assert_eq!(string_end(text.as_bytes(), 1), Ok(end), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_string_is_refused_as_serde_json_does() {
        for text in [
            "\"",
            "\"a",
            "\"a\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12G4\"",
            "\"\\ud83d\"",
            "\"\\ud83d\\n\"",
            "\"\\ud83d\\ud83d\"",
            "\"\\udc00\"",
            "\"a\nb\"",
            "\"1234567\u{1f}\"",
        ] {
            assert!(serde_json::from_str::<String>(text).is_err(), "{text}");
            assert!(string(text).is_err(), "{text}");
            assert!(string_end(text.as_bytes(), 1).is_err(), "{text}");
        }
    }

    #[test]
    fn every_byte_ends_a_plain_run_where_it_has_to() {
        for byte in 0..0x80_u8 {
            for place in 0..20 {
                let mut bytes = [b'a'; 20];
                bytes[place] = byte;
                let is_special = byte < 0x20 || byte == b'"' || byte == b'\\';
                assert_eq!(plain_end(&bytes, 0), if is_special { place } else { 20 }, "{byte}");
            }
        }
    }

    #[test]
    fn a_number_is_what_serde_json_reads() {
        for text in [
            "0",
            "-0",
            "1",
            "10",
            "-1",
            "01",
            "-",
            "1.",
            "1.5",
            "-0.0",
            "1e5",
            "1E+5",
            "1e-5",
            "1e",
            "1e+",
            "1e400",
            "-1e400",
            "1e-400",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "123456789012345678901234567890",
            "99999999999999999999.5",
        ] {
            let read =
                number(text, 0).ok().filter(|(_, end)| *end == text.len()).map(|(number, _)| match number {
                    Number::Unsigned(number) => serde_json::Value::from(number),
                    Number::Signed(number) => number.into(),
                    Number::Float(number) => number.into(),
                });
            // As numbers: where a feature of serde_json has it so, it keeps their texts, and also of such as no double holds.
            let known =
                serde_json::from_str(text).ok().filter(|value: &serde_json::Value| value.as_f64().is_some());
            let said = |value: serde_json::Value| {
                (value.as_f64(), value.as_u64(), value.as_i64().unwrap_or_default())
            };
            assert_eq!(read.map(said), known.map(said), "{text}");
        }
    }
}
