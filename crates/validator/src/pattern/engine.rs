//! A pattern of ECMA-262, as the engine takes it: what that would take for something else, or not at all, is written
//! another way. The rest it is told by the `jsonschema` crate, but for patterns that look around or back, which that
//! leaves as they are.

use std::borrow::Cow;
use std::fmt::Write;

use super::loose::{is_cut_short, is_quantifier, octal};
use super::unset::with_unset_groups;

/// A pattern that the engine matches as ECMA-262 does; what is none stays as it is.
pub fn for_engine(pattern: &str) -> Cow<'_, str> {
    // It has no word for the end of a word of ASCII.
    let end = |word: &str, other: &str| {
        format!("(?:(?<=[{WORD}])(?{word}[{WORD}])|(?<![{WORD}])(?{other}[{WORD}]))")
    };
    match with_unset_groups(pattern) {
        Cow::Borrowed(pattern) => translated(pattern, &end("!", "="), &end("=", "!")),
        Cow::Owned(pattern) => Cow::Owned(translated(&pattern, &end("!", "="), &end("=", "!")).into_owned()),
    }
}

/// The same for automata, which look neither around nor back, but know the end of a word of ASCII.
pub fn for_automaton(pattern: &str) -> Cow<'_, str> {
    translated(pattern, r"(?-u:\b)", r"(?-u:\B)")
}

/// With these for what is, and what is not, the beginning or the end of a word.
fn translated<'p>(pattern: &'p str, boundary: &str, inside: &str) -> Cow<'p, str> {
    let plain = |c: char| c.is_ascii() && !matches!(c, '\\' | '[' | '{');
    if pattern.chars().all(plain) && !pattern.contains("(?") {
        return Cow::Borrowed(pattern);
    }
    let mut translation = Translation {
        rest: pattern,
        looks: looks(pattern),
        groups: names_of_groups(pattern),
        ends: (boundary, inside),
        written: String::new(),
    };
    translation.pattern();
    if translation.written == pattern { Cow::Borrowed(pattern) } else { Cow::Owned(translation.written) }
}

/// Whether a pattern looks around or back: nobody else translates it then. So does what ends a word: the engine's own
/// end of one is that of all letters, and ECMA-262's that of those of ASCII.
fn looks(pattern: &str) -> bool {
    let is_back = |pair: &[u8]| pair[0] == b'\\' && matches!(pair[1], b'k' | b'b' | b'B' | b'1'..=b'9');
    ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| pattern.contains(look))
        || pattern.as_bytes().windows(2).any(is_back)
}

/// The groups that capture, in their order, by their names.
fn names_of_groups(pattern: &str) -> Vec<Option<&str>> {
    let (mut names, mut in_class, mut is_escaped) = (Vec::new(), false, false);
    for (at, c) in pattern.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => match pattern[at + 1..].strip_prefix('?') {
                None => names.push(None),
                Some(rest) => names.extend(name_of_group(rest).map(Some)),
            },
            _ => {}
        }
    }
    names
}

/// The name of a group, behind its `(?`.
fn name_of_group(rest: &str) -> Option<&str> {
    let (name, _) = rest.strip_prefix('<')?.split_once('>')?;
    (!name.starts_with(['=', '!'])).then_some(name)
}

const WORD: &str = "A-Za-z0-9_";
const SPACE: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

const NOT_DIGIT: &str = r"\x00-/:-\u{10ffff}";
const NOT_WORD: &str = r"\x00-/:-@\[-\^`\{-\u{10ffff}";
const NOT_SPACE: &str = concat!(
    r"\x00-\x08\x0e-\x1f!-\u{9f}\u{a1}-\u{167f}\u{1681}-\u{1fff}\u{200b}-\u{2027}\u{202a}-\u{202e}",
    r"\u{2030}-\u{205e}\u{2060}-\u{2fff}\u{3001}-\u{fefe}\u{ff00}-\u{10ffff}",
);

/// What a class in a pattern that looks around holds for one of these escapes.
fn in_class(escape: &str) -> Option<&'static str> {
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

struct Translation<'p, 'e> {
    rest: &'p str,
    /// What is, and what is not, the beginning or the end of a word.
    ends: (&'e str, &'e str),
    looks: bool,
    groups: Vec<Option<&'p str>>,
    written: String,
}

impl Translation<'_, '_> {
    fn pattern(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.escape(),
                '[' => self.class(),
                '.' if self.looks => self.put(1, r"[^\n\r\u{2028}\u{2029}]"),
                '(' => self.group(),
                // Without the flag a brace that repeats nothing is one.
                '{' if !is_quantifier(self.rest) => self.put(1, r"\{"),
                _ => self.copy(c.len_utf8()),
            }
        }
    }

    /// Takes so many bytes, and writes these instead.
    fn put(&mut self, taken: usize, written: &str) {
        self.rest = &self.rest[taken..];
        self.written.push_str(written);
    }

    fn copy(&mut self, taken: usize) {
        let (copied, rest) = self.rest.split_at(taken);
        self.written.push_str(copied);
        self.rest = rest;
    }

    /// A group that is referred to by its name is so by its number: the engine knows names of another kind.
    fn group(&mut self) {
        let name = self.rest.strip_prefix("(?").and_then(name_of_group);
        match name {
            Some(name) if self.looks => self.put("(?<>".len() + name.len(), "("),
            _ => self.copy(1),
        }
    }

    fn escape(&mut self) {
        let Some(escaped) = self.rest[1..].chars().next() else { return self.copy(1) };
        let both = 1 + escaped.len_utf8();
        match escaped {
            'b' => self.put(2, self.ends.0),
            'B' => self.put(2, self.ends.1),
            'k' => self.back_reference(),
            // So is a letter that says nothing.
            'p' | 'P' | 'x' | 'u' if is_cut_short(self.rest) => self.put(2, &escaped.to_string()),
            'p' | 'P' | 'u' if self.rest[2..].starts_with('{') => {
                let end = self.rest.find('}').map_or(both, |end| end + 1);
                self.copy(end);
            }
            'u' => match code_unit(self.rest) {
                Some((unit, taken)) => match char::from_u32(unit) {
                    Some(_) if unit < 0x1_0000 => self.copy(taken),
                    Some(_) => self.put(taken, &format!("\\u{{{unit:x}}}")),
                    // Half a pair is in no text.
                    None => self.put(taken, r"[^\s\S]"),
                },
                None => self.copy(both),
            },
            '0' => {
                let (point, taken) = octal(self.rest).unwrap_or((0, 2));
                self.put(taken, &format!(r"\x{point:02x}"));
            }
            'd' | 'D' | 'w' | 'W' | 's' | 'S' if self.looks => {
                let class = format!("[{}]", in_class(&self.rest[..2]).unwrap_or_default());
                self.put(2, &class);
            }
            'c' if self.looks => match self.rest[2..].chars().next().filter(char::is_ascii_alphabetic) {
                Some(letter) => self.put(3, &format!("\\u{{{:x}}}", u32::from(letter) % 32)),
                None => self.copy(both),
            },
            _ if is_escaped_for_nothing(escaped) => {
                self.rest = &self.rest[1..];
                self.copy(escaped.len_utf8());
            }
            _ => self.copy(both),
        }
    }

    fn back_reference(&mut self) {
        let name =
            self.rest[2..].strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(name, _)| name);
        let number = name.and_then(|name| self.groups.iter().position(|group| *group == Some(name)));
        match (name, number) {
            // In a group of its own, so that no digit behind it belongs to the number.
            (Some(name), Some(number)) => {
                self.put(r"\k<>".len() + name.len(), &format!(r"(?:\{})", number + 1));
            }
            _ => self.copy(2),
        }
    }

    fn class(&mut self) {
        if self.rest.starts_with("[^]") {
            return self.put(3, r"[\s\S]");
        }
        if self.rest.starts_with("[]") {
            return self.put(2, r"[^\s\S]");
        }
        let Some(class) = Class::of(self.rest) else { return self.copy(1) };
        if class.needs_translation(self.looks) {
            self.put(class.length, &class.written(self.looks));
        } else {
            self.copy(class.length);
        }
    }
}

/// A range in the class that a text begins with that begins behind its end.
pub fn backwards(text: &str) -> Option<&str> {
    let mut items = Class::of(text)?.items.into_iter();
    items.find_map(|item| match item {
        Item::Range(from, to, text) => (from > to).then_some(text),
        Item::Named(_) => None,
    })
}

/// Whether a backslash before this says nothing, and the engine takes it for something or refuses it.
fn is_escaped_for_nothing(c: char) -> bool {
    matches!(c, '<' | '>') || !c.is_ascii()
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

/// A class of characters.
struct Class<'p> {
    is_negated: bool,
    items: Vec<Item<'p>>,
    length: usize,
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
    fn of(pattern: &'p str) -> Option<Self> {
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

    fn needs_translation(&self, looks: bool) -> bool {
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

    fn written(&self, looks: bool) -> String {
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
            Self::Named(name) => looks && in_class(name).is_some(),
            Self::Range(from, to, text) => {
                let is_odd = |point: &u32| (0xd800..0xe000).contains(point) || *point >= 0x1_0000;
                (text.contains("\\u") && (is_odd(from) || is_odd(to)))
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
            Self::Named(name) => written.push_str(in_class(name).filter(|_| looks).unwrap_or(name)),
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
        'p' | 'P' => match text.find('}') {
            Some(end) => (None, end + 1),
            None => (None, length),
        },
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
        'u' if text[2..].starts_with('{') => {
            let end = text.find('}')?;
            (Some(hexadecimal(3, end)?), end + 1)
        }
        'u' => code_unit(text).map(|(unit, taken)| (Some(unit), taken))?,
        other => (Some(other.into()), length),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::for_engine;

    fn matches(pattern: &str, text: &str) -> bool {
        let schema = json!({"pattern": for_engine(pattern)});
        let validator = jsonschema::validator_for(&schema);
        let validator =
            validator.unwrap_or_else(|error| panic!("{pattern}: {} ({error})", for_engine(pattern)));
        validator.is_valid(&json!(text))
    }

    #[test]
    fn patterns_match_as_in_ecma_262() {
        for (pattern, text, expected) in [
            (r"^\<a\>$", "<a>", true),
            (r"^\<a\>$", "a", false),
            (r"^[\<\>]$", "<", true),
            (r"\bfoo\b", "fooé", true),
            (r"\bfoo\b", "foob", false),
            (r"foo\B", "fooé", false),
            (r"foo\B", "foob", true),
            ("^[^]$", "a", true),
            ("^[^]$", "\n", true),
            ("^[^]$", "", false),
            ("[]", "a", false),
            ("^[]?$", "", true),
            (r"^\0$", "\0", true),
            (r"^[\0-\x1f]$", "\t", true),
            (r"^[\b]$", "\u{8}", true),
            (r"^[\b]$", "b", false),
            (r"^\uD83D\uDE00$", "😀", true),
            (r"^[\uD83D\uDE00-\uD83D\uDE05]$", "😁", true),
            (r"^[\uD83D\uDE00-\uD83D\uDE05]$", "🚀", false),
            (r"[\uD800-\uDFFF]", "😀", false),
            (r"^[^\uD800-\uDFFF]$", "😀", true),
            (r"\uD83D", "😀", false),
            (r"^\u{1F600}$", "😀", true),
            (r"^(?<y>\d\d)\k<y>$", "2020", true),
            (r"^(?<y>\d\d)\k<y>$", "2021", false),
            (r"^(a)(?<y>b)\k<y>1$", "abb1", true),
            (r"^(?=.)\d$", "٣", false),
            (r"^(?=.)\d$", "3", true),
            (r"^(?!a)[\w-]+$", "é", false),
            (r"^(?!a)[\w-]+$", "b-", true),
            (r"^(?=a)a.$", "a\r", false),
            (r"(?<!a)\s", "\u{feff}", true),
            (r"^é\é$", "éé", true),
            (r"^[a\]b]+$", "a]", true),
            (r"^[[]$", "[", true),
            (r"^[\w-.]$", ".", true),
            (r"^[\cA]$", "\u{1}", true),
            // These are patterns only without the flag.
            (r"^\x{3}$", "xxx", true),
            (r"^\x{3}$", "\u{3}", false),
            (r"^[^\x{2028}]$", "\u{2028}", true),
            (r"^[^\x{2028}]$", "8", false),
            (r"^[\x41-\x43]$", "B", true),
            (r"^\x1$", "x1", true),
            (r"^\pL$", "pL", true),
            (r"^\pL$", "é", false),
            (r"^[\pL]$", "L", true),
            (r"^[\00]$", "\0", true),
            (r"^[\00]$", "0", false),
            (r"^[\1]$", "\u{1}", true),
            (r"^\012$", "\n", true),
            (r"^\u12$", "u12", true),
            (r"^[\u]$", "u", true),
            ("^a{$", "a{", true),
            ("^{a}$", "{a}", true),
            (r"^\u{3}\p{L}{2}$", "\u{3}ab", true),
            (r"^(?=x)\x{2}$", "xx", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text:?}: {}", for_engine(pattern));
        }
    }

    #[test]
    fn what_is_written_is_a_pattern_of_ecma_262() {
        for pattern in [
            "^(?!a$).+$",
            r"(?=a)\s\S\w\W\d\D",
            r"(?=a)[\s\W\cA]\cB",
            r"^[\uD83D\uDE00-\uD83D\uDE05\b\0]$",
            r"\bé\B",
        ] {
            let written = for_engine(pattern);
            assert!(jsonschema_regex::is_valid_ecma_regex(&written), "{pattern}: {written}");
        }
    }

    #[test]
    fn what_the_engine_takes_alike_stays_as_it_is() {
        for pattern in [
            "^[a-z]+$",
            r"^\d{3}\.\w+$",
            r"^\p{L}[\p{N}_]*$",
            "(a|b)",
            "(?<y>a)",
            "é",
            r"[\d\-]",
            "",
            "(",
            "[",
            r"\",
        ] {
            assert_eq!(for_engine(pattern), pattern);
        }
    }
}
