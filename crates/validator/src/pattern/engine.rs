//! A pattern of ECMA-262, as the engine takes it: what that would take for something else, or not at all, is written
//! another way. The rest it is told by the `jsonschema` crate, but for patterns that look around or back, which that
//! leaves as they are.

use std::borrow::Cow;

use super::class::{Class, WORD, in_class};
use super::escapes::{code_point, in_braces, is_cut_short, octal};
use super::groups::{name_of_group, names, read_name};
use super::properties;
use super::quantifier::is_quantifier;
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
        groups: names(pattern),
        is_unclosed: false,
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

struct Translation<'p, 'e> {
    rest: &'p str,
    /// What is, and what is not, the beginning or the end of a word.
    ends: (&'e str, &'e str),
    looks: bool,
    groups: Vec<Option<String>>,
    /// Whether a class has begun that nothing ends.
    is_unclosed: bool,
    written: String,
}

impl Translation<'_, '_> {
    fn pattern(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.escape(),
                '[' if !self.is_unclosed => self.class(),
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

    /// A group that is referred to by its name is so by its number: the engine knows names of another kind, and each once.
    fn group(&mut self) {
        match name_of_group(self.rest) {
            Some(name) if self.looks || !self.is_name(name) => self.put("(?<>".len() + name.len(), "("),
            _ => self.copy(1),
        }
    }

    /// Whether the engine takes this for the name of one group.
    fn is_name(&self, name: &str) -> bool {
        let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_plain && self.groups.iter().filter(|known| known.as_deref() == Some(name)).count() == 1
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
            'p' | 'P' => self.property(escaped == 'P'),
            'u' => match code_point(self.rest) {
                Some((unit, taken)) => match char::from_u32(unit) {
                    Some(_)
                        if !is_padded(&self.rest[..taken])
                            && (unit < 0x1_0000 || self.rest[2..].starts_with('{')) =>
                    {
                        self.copy(taken);
                    }
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

    fn property(&mut self, is_negated: bool) {
        let Some(name) = properties::name(self.rest) else { return self.copy(2) };
        let taken = r"\p{}".len() + name.len();
        match properties::for_engine(name, is_negated) {
            Some("") => self.put(taken, r"[^\s\S]"),
            Some(class) => self.put(taken, &format!("[{class}]")),
            None => self.copy(taken),
        }
    }

    fn back_reference(&mut self) {
        let name =
            self.rest[2..].strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(name, _)| name);
        let wanted = name.map(read_name);
        let number = self.groups.iter().position(|group| group.is_some() && *group == wanted);
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
        let Some(class) = Class::of(self.rest) else {
            self.is_unclosed = true;
            return self.copy(1);
        };
        if class.needs_translation(self.looks) {
            self.put(class.length, &class.written(self.looks));
        } else {
            self.copy(class.length);
        }
    }
}

/// Whether a code point in braces has more digits than it needs: the engine has a limit for them.
fn is_padded(escape: &str) -> bool {
    in_braces(&escape[2..]).is_some_and(|digits| digits.len() > 6)
}

/// Whether a backslash before this says nothing, and the engine takes it for something or refuses it.
fn is_escaped_for_nothing(c: char) -> bool {
    matches!(c, '<' | '>') || !c.is_ascii()
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
            (r"^\u{0000000041}$", "A", true),
            (r"^[\u{0000000041}-\u{000000000043}]$", "B", true),
            (r"^[\u{0000000041}-\u{000000000043}]$", "D", false),
            (r"\u{d83d}\u{de00}", "😀", false),
            (r"^(?<$>a)$", "a", true),
            (r"^(?<\u0061>a)\k<a>$", "aa", true),
            (r"^(?<a>a)\k<\u{61}>$", "ab", false),
            (r"^(?:(?<a>x)|(?<a>y))$", "y", true),
            (r"^(?:(?<a>x)|(?<a>y))\k<a>$", "yy", true),
            (r"^(?:(?<a>x)|(?<a>y))\k<a>$", "yx", false),
            (r"^(?:(?<a>x)|(?<a>y))+\k<a>$", "xyy", true),
            (r"^(?:(?<a>x)|(?<a>y))+\k<a>$", "xy", false),
            (r"^\p{sc=Zzzz}$", "\u{e000}", true),
            (r"^\p{sc=Zzzz}$", "a", false),
            (r"^[\P{Script=Unknown}]$", "a", true),
            (r"^[\P{Script=Unknown}]$", "\u{e000}", false),
            (r"\p{Cs}", "a", false),
            (r"^[\P{Cs}]$", "a", true),
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
            r"\u{1F600}\u{000041}",
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
