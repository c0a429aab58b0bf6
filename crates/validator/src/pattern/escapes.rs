//! What stands behind a backslash, as far as that is a character.

/// The character that an escape says by octal digits, and how long it is.
pub fn octal(text: &str) -> Option<(u32, usize)> {
    let digits = text.strip_prefix('\\')?;
    let most = if digits.starts_with(['0', '1', '2', '3']) { 3 } else { 2 };
    let count = digits.bytes().take(most).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    Some((u32::from_str_radix(digits.get(..count)?, 8).ok()?, 1 + count))
}

/// Whether a text begins with `\x` or `\u`, and not with the digits that belong there, or with `\p` and not with braces: then
/// it is that letter.
pub fn is_cut_short(text: &str) -> bool {
    let digits = |text: &str, count: usize| {
        text.get(..count).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    if text.starts_with("\\p") || text.starts_with("\\P") {
        return !text[2..].starts_with('{');
    }
    if let Some(rest) = text.strip_prefix("\\x") {
        return !digits(rest, 2);
    }
    let Some(rest) = text.strip_prefix("\\u") else { return false };
    let is_point = |inside: &str| u32::from_str_radix(inside, 16).is_ok_and(|point| point <= 0x10_ffff);
    !digits(rest, 4) && !in_braces(rest).is_some_and(is_point)
}

/// The character that `\uXXXX` stands for, or half a one where its other half is not there; with how long it is.
fn code_unit(text: &str) -> Option<(u32, usize)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let first = unit(text)?;
    let second = text.get(6..).and_then(unit).filter(|second| (0xdc00..0xe000).contains(second));
    Some(match second {
        Some(second) if (0xd800..0xdc00).contains(&first) => {
            (0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00), 12)
        }
        _ => (first, 6),
    })
}

/// The code point that `\uXXXX`, a pair of them, or `\u{X}` stands for, or half of one; with how long it is.
pub fn code_point(text: &str) -> Option<(u32, usize)> {
    match in_braces(text.strip_prefix("\\u")?) {
        Some(digits) => Some((u32::from_str_radix(digits, 16).ok()?, r"\u{}".len() + digits.len())),
        None => code_unit(text),
    }
}

/// The hexadecimal digits in the braces that a text begins with.
pub fn in_braces(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let digits = inside.bytes().take_while(u8::is_ascii_hexdigit).count();
    (digits > 0 && inside[digits..].starts_with('}')).then(|| &inside[..digits])
}
