//! Classes of characters, as ECMA-262 has them and as the engine takes them.

use std::fmt::Write;

use super::escapes::{code_point, is_cut_short, octal};
use super::properties;

pub const WORD: &str = "A-Za-z0-9_";
const SPACE: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

const NOT_DIGIT: &str = r"\x00-/:-\u{10ffff}";
const NOT_WORD: &str = r"\x00-/:-@\[-\^`\{-\u{10ffff}";
const NOT_SPACE: &str = concat!(
    r"\x00-\x08\x0e-\x1f!-\u{9f}\u{a1}-\u{167f}\u{1681}-\u{1fff}\u{200b}-\u{2027}\u{202a}-\u{202e}",
    r"\u{2030}-\u{205e}\u{2060}-\u{2fff}\u{3001}-\u{fefe}\u{ff00}-\u{10ffff}",
);

/// What a class in a pattern that looks around holds for one of these escapes.
pub fn in_class(escape: &str) -> Option<&'static str> {
    Some(match escape {
        r"\d" => "0-9",
        r"\w" => WORD,
        r"\s" => SPACE,
        r"\D" => NOT_DIGIT,
        r"\W" => NOT_WORD,
        r"\S" => NOT_SPACE,
        _ => return None,
    })
}

/// A range in the class that a text begins with that begins behind its end.
pub fn backwards(text: &str) -> Option<&str> {
    let mut items = Class::of(text)?.items.into_iter();
    items.find_map(|item| match item {
        Item::Range(from, to, text) => (from > to).then_some(text),
        Item::Named(_) => None,
    })
}

/// A class of characters.
pub struct Class<'p> {
    is_negated: bool,
    items: Vec<Item<'p>>,
    /// How long it is, in bytes.
    pub length: usize,
}

/// What stands in a class.
enum Item<'p> {
    /// The characters from one code point to another, and how they are written.
    Range(u32, u32, &'p str),
    /// What is none, such as `\d`.
    Named(&'p str),
}

impl<'p> Class<'p> {
    /// The class that a pattern begins with.
    pub fn of(pattern: &'p str) -> Option<Self> {
        let is_negated = pattern.starts_with("[^");
        let mut rest = &pattern[1 + usize::from(is_negated)..];
        let mut items = Vec::new();
        while !rest.starts_with(']') {
            let (first, taken) = atom(rest)?;
            let behind = &rest[taken..];
            let range = behind.strip_prefix('-').filter(|end| !end.starts_with(']')).and_then(atom);
            let (item, taken) = match (first, range) {
                (Some(from), Some((Some(to), length))) => {
                    let taken = taken + 1 + length;
                    (Item::Range(from, to, &rest[..taken]), taken)
                }
                (Some(point), _) => (Item::Range(point, point, &rest[..taken]), taken),
                (None, _) => (Item::Named(&rest[..taken]), taken),
            };
            items.push(item);
            rest = &rest[taken..];
        }
        Some(Self { is_negated, items, length: pattern.len() - rest.len() + 1 })
    }

    pub fn needs_translation(&self, looks: bool) -> bool {
        // Without the flag a hyphen beside `\w` is one, and no range.
        let is_beside_named = |pair: &[Item]| {
            matches!(
                pair,
                [Item::Named(_), Item::Range(_, _, "-")] | [Item::Range(_, _, "-"), Item::Named(_)]
            )
        };
        self.items.iter().any(|item| item.needs_translation(looks))
            || self.items.windows(2).any(is_beside_named)
    }

    pub fn written(&self, looks: bool) -> String {
        let mut written = String::from(if self.is_negated { "[^" } else { "[" });
        for item in &self.items {
            item.write(&mut written, looks);
        }
        match (written.len(), self.is_negated) {
            (1, false) => r"[^\s\S]".to_owned(),
            (2, true) => r"[\s\S]".to_owned(),
            _ => written + "]",
        }
    }
}

impl Item<'_> {
    fn needs_translation(&self, looks: bool) -> bool {
        match self {
            Self::Named(name) => (looks && in_class(name).is_some()) || property(name).is_some(),
            Self::Range(from, to, text) => {
                let is_odd = |point: &u32| (0xd800..0xe000).contains(point) || *point >= 0x1_0000;
                (text.contains("\\u") && (is_odd(from) || is_odd(to)))
                    // The engine has a limit for how many digits a character may have.
                    || text.contains("\\u{0")
                    || text.contains(r"\b")
                    || text.match_indices('\\').any(|(at, _)| octal(&text[at..]).is_some())
                    || text.contains(r"\<")
                    || text.contains(r"\>")
                    || text.match_indices('\\').any(|(at, _)| is_cut_short(&text[at..]))
                    || (text.contains('\\') && !text.is_ascii())
            }
        }
    }

    fn write(&self, written: &mut String, looks: bool) {
        match self {
            Self::Named(name) => {
                let otherwise = in_class(name).filter(|_| looks).or_else(|| property(name));
                written.push_str(otherwise.unwrap_or(name));
            }
            Self::Range(_, _, "-") => written.push_str(r"\-"),
            Self::Range(_, _, text) if !self.needs_translation(looks) => {
                written.push_str(text);
            }
            // Halves of pairs are in no text.
            Self::Range(from, to, _) => {
                for (from, to) in [(*from, (*to).min(0xd7ff)), ((*from).max(0xe000), *to)] {
                    if from <= to {
                        // Writing to a string does not fail.
                        let _ = write!(written, r"\u{{{from:x}}}-\u{{{to:x}}}");
                    }
                }
            }
        }
    }
}

/// What a class holds for a property that the engine does not know by this name.
fn property(escape: &str) -> Option<&'static str> {
    properties::for_engine(properties::name(escape)?, escape.starts_with("\\P"))
}

/// The code point at the beginning of a class, if it is one, and how long it is.
fn atom(text: &str) -> Option<(Option<u32>, usize)> {
    let first = text.chars().next()?;
    if first != '\\' {
        return Some((Some(first.into()), first.len_utf8()));
    }
    let escaped = text[1..].chars().next()?;
    let hexadecimal = |from: usize, to: usize| u32::from_str_radix(text.get(from..to)?, 16).ok();
    let length = 1 + escaped.len_utf8();
    Some(match escaped {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' => (None, length),
        'p' | 'P' | 'x' | 'u' if is_cut_short(text) => (Some(escaped.into()), length),
        'p' | 'P' => (None, properties::name(text).map_or(length, |name| r"\p{}".len() + name.len())),
        'b' => (Some(8), length),
        '0'..='7' => octal(text).map(|(point, length)| (Some(point), length))?,
        't' => (Some(9), length),
        'n' => (Some(10), length),
        'v' => (Some(11), length),
        'f' => (Some(12), length),
        'r' => (Some(13), length),
        'c' => match text[length..].chars().next().filter(char::is_ascii_alphabetic) {
            Some(letter) => (Some(u32::from(letter) % 32), length + 1),
            None => (Some('\\'.into()), 1),
        },
        'x' => (Some(hexadecimal(2, 4)?), 4),
        'u' => code_point(text).map(|(point, taken)| (Some(point), taken))?,
        other => (Some(other.into()), length),
    })
}
