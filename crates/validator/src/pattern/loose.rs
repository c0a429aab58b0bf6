//! What is a pattern of ECMA-262 only without the `u` flag, by which the specification has patterns read (2020-12, core, section
//! 6.4). It means there what it says (annex B.1.2), which is seldom what another engine has it mean.

use super::escapes::{code_point, is_cut_short, octal};
use super::properties;
use super::quantifier::is_quantifier;

/// What a pattern has that only patterns without the flag may have: escapes of what needs none, and braces and brackets that
/// are none.
pub fn loose(pattern: &str) -> Option<&str> {
    // How many characters stand in the class so far.
    let (mut in_class, mut rest, mut inside) = (false, pattern, 0);
    while let Some(first) = rest.chars().next() {
        let mut taken = first.len_utf8();
        match first {
            '\\' => {
                let escaped = rest[1..].chars().next()?;
                taken += escaped.len_utf8();
                if is_cut_short(rest) || is_loose(escaped, in_class) || is_octal(rest, in_class) {
                    return Some(through_brace(rest, taken));
                }
                if in_class && is_class(escaped) && is_range(&rest[taken..]) {
                    return Some(&rest[..=taken]);
                }
                if let Some(name) = properties::name(rest) {
                    taken = r"\p{}".len() + name.len();
                }
                if escaped == 'u'
                    && let Some((_, length)) = code_point(rest)
                {
                    taken = length;
                }
            }
            '[' if !in_class => {
                (in_class, inside) = (true, 0);
                // What follows is the first character, whatever it is.
                taken += usize::from(rest[1..].starts_with('^'));
                rest = &rest[taken..];
                continue;
            }
            '-' if in_class && inside > 0 && rest[1..].starts_with('\\') => {
                let escaped = rest[2..].chars().next()?;
                if is_class(escaped) {
                    return Some(&rest[..2 + escaped.len_utf8()]);
                }
            }
            ']' if in_class => in_class = false,
            '{' if !in_class && is_quantifier(rest) => taken = rest.find('}').map_or(1, |end| end + 1),
            '{' | '}' | ']' if !in_class => return Some(&rest[..1]),
            _ => {}
        }
        inside += 1;
        rest = &rest[taken..];
    }
    None
}

/// Whether a letter stands for a class behind a backslash.
fn is_class(escaped: char) -> bool {
    "dDwWsS".contains(escaped)
}

/// Whether a hyphen stands here that would make a range of what is around it.
fn is_range(text: &str) -> bool {
    text.starts_with('-') && !text.starts_with("-]")
}

/// Whether an escape says a character by octal digits.
fn is_octal(text: &str, in_class: bool) -> bool {
    octal(text).is_some_and(|(_, length)| {
        length > 2 && text.starts_with("\\0") || in_class && !text.starts_with("\\0")
    })
}

/// The characters that mean something in patterns, and `/`: all that may be escaped anywhere with the flag.
const SYNTAX: &str = "^$\\.*+?()[]{}|/";

fn is_loose(escaped: char, in_class: bool) -> bool {
    !(escaped.is_ascii_alphanumeric() || SYNTAX.contains(escaped) || in_class && escaped == '-')
}

/// An escape, and what stands in braces behind it: that is meant to belong to it.
fn through_brace(rest: &str, taken: usize) -> &str {
    let braces = rest[taken..].strip_prefix('{').and_then(|inside| inside.find('}'));
    &rest[..taken + braces.map_or(0, |end| end + 2)]
}

#[cfg(test)]
mod tests {
    use super::loose;

    #[test]
    fn what_is_a_pattern_only_without_the_flag_is_told_from_the_rest() {
        for (pattern, expected) in [
            (r"^\<a\>$", Some(r"\<")),
            (r"\-", Some(r"\-")),
            (r"\@", Some(r"\@")),
            (r"\x{2028}", Some(r"\x{2028}")),
            (r"[^\x{2028}a]", Some(r"\x{2028}")),
            (r"a\x1", Some(r"\x")),
            (r"\u12", Some(r"\u")),
            (r"\u{110000}", Some(r"\u{110000}")),
            ("a{", Some("{")),
            ("a}", Some("}")),
            ("a]", Some("]")),
            ("a{b}", Some("{")),
            (r"\pL", Some(r"\p")),
            (r"[\pL]", Some(r"\p")),
            (r"[\00]", Some(r"\0")),
            (r"[\1]", Some(r"\1")),
            (r"[\w-a]", Some(r"\w-")),
            (r"[a-\w]", Some(r"-\w")),
            (r"[-\w]", None),
            (r"[^-\w]", None),
            (r"[\w-]", None),
            (r"\0(a)\1", None),
            (r"[\w\-]", None),
            (r"\/\.\\\d", None),
            (r"\x41\u0041\u{41}\p{Lu}\cA", None),
            ("a{2}b{2,}c{2,3}[{}]", None),
            ("ü", None),
            ("", None),
            (r"\", None),
        ] {
            assert_eq!(loose(pattern), expected, "{pattern}");
        }
    }
}
