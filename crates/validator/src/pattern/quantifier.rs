//! How often a pattern wants something.

/// The least and the most of the quantifier that a text begins with, and how long it is.
pub fn quantifier(text: &str) -> Option<(u32, Option<u32>, usize)> {
    let (least, most, length) = match text.as_bytes().first()? {
        b'*' => (0, None, 1),
        b'+' => (1, None, 1),
        b'?' => (0, Some(1), 1),
        _ => counted(text)?,
    };
    // Of those that take as few as they can.
    Some((least, most, length + usize::from(text[length..].starts_with('?'))))
}

/// Whether a text begins with `{2}`, `{2,}` or `{2,3}`.
pub fn is_quantifier(text: &str) -> bool {
    counted(text).is_some()
}

fn counted(text: &str) -> Option<(u32, Option<u32>, usize)> {
    let (least, rest) = number(text.strip_prefix('{')?)?;
    let (most, rest) = match rest.strip_prefix(',') {
        None => (Some(least), rest),
        Some(rest) => number(rest).map_or((None, rest), |(most, rest)| (Some(most), rest)),
    };
    let rest = rest.strip_prefix('}')?;
    Some((least, most, text.len() - rest.len()))
}

/// The number that a text begins with, if need be the greatest there is, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| (text[..digits].parse().unwrap_or(u32::MAX), &text[digits..]))
}
