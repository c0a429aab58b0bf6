//! JSON to a tape, strictly: RFC 8259, no key twice, no deeper than is said.

use std::ops::Range;

use crate::fault::{Fault, Faults, Rule};
use crate::tape::Tape;
use crate::text::character_at;
use crate::token;
use crate::unfinished::{Open, Unfinished};
use crate::visible::visible;
use crate::word::{Kind, Word};

/// How deep an instance may be nested, unless something else is said.
pub const DEEPEST: usize = 512;

/// The largest text whose places a tape holds, in bytes.
const LARGEST: usize = u32::MAX as usize - 4096;

/// Reads an instance onto an empty tape.
///
/// # Errors
///
/// If the text is not JSON, has a key twice or a number out of range, or is nested deeper than `deepest`. If
/// only keys come twice the tape is complete; after any other fault it is of no use but to be cleared.
pub fn parse(text: &str, deepest: usize, tape: &mut Tape) -> Result<(), Faults> {
    let mut faults = Vec::new();
    let result = read(text, deepest, tape, &mut faults);
    let is_read = result.is_ok();
    faults.extend(result.err().map(|fault| *fault));
    if faults.is_empty() { Ok(()) } else { Err(Faults { faults, is_read }) }
}

/// Reads an instance; keys that come twice are added to `twice`.
fn read(text: &str, deepest: usize, tape: &mut Tape, twice: &mut Vec<Fault>) -> Result<(), Box<Fault>> {
    if text.len() > LARGEST {
        let message = "the instance is larger than 4 GiB; as NDJSON it could be of any size";
        return Err(Fault::syntax(0..0, message).into());
    }
    if text.starts_with('\u{FEFF}') {
        return Err(Fault::syntax(0..3, "a byte order mark; save the file without").into());
    }
    let unfinished = std::mem::take(&mut tape.unfinished);
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, deepest, tape, unfinished, twice };
    let result = parser.instance();
    let mut unfinished = parser.unfinished;
    unfinished.clear();
    tape.unfinished = unfinished;
    result
}

struct Parser<'t, 'b> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    deepest: usize,
    tape: &'b mut Tape,
    unfinished: Unfinished,
    twice: &'b mut Vec<Fault>,
}

impl Parser<'_, '_> {
    fn instance(&mut self) -> Result<(), Box<Fault>> {
        loop {
            // A value is expected; if it was a container, its first member or element is.
            if !self.value()? {
                self.next()?;
            }
            if self.unfinished.open.is_empty() {
                break;
            }
        }
        self.skip_space();
        match self.bytes.get(self.at) {
            None => Ok(()),
            Some(_) => self.unexpected("the end of the instance"),
        }
    }

    /// Reads a value, but of a container only its beginning; says whether that is what it is.
    fn value(&mut self) -> Result<bool, Box<Fault>> {
        self.skip_space();
        match self.bytes.get(self.at) {
            Some(b'"') => self.string()?,
            Some(b'{') => return self.container(Kind::Object, b'}'),
            Some(b'[') => return self.container(Kind::Array, b']'),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.literal("true", Kind::True)?,
            Some(b'f') => self.literal("false", Kind::False)?,
            Some(b'n') => self.literal("null", Kind::Null)?,
            _ => return self.unexpected("a value"),
        }
        Ok(false)
    }

    /// Begins a container; an empty one is complete at once. Says whether a value is expected.
    fn container(&mut self, kind: Kind, closing: u8) -> Result<bool, Box<Fault>> {
        if self.unfinished.open.len() >= self.deepest {
            let message = format!("nested deeper than {} levels", self.deepest);
            return Err(Fault::new(Rule::Depth, self.at..self.at + 1, message).into());
        }
        let index = self.tape.open(kind, self.at);
        self.at += 1;
        self.skip_space();
        let is_object = kind == Kind::Object;
        if self.bytes.get(self.at) == Some(&closing) {
            self.at += 1;
            self.tape.close(index, 0);
            return Ok(false);
        }
        self.unfinished.open.push(Open { index, count: 0, is_object, first_key: self.unfinished.keys.len() });
        if is_object {
            self.key("a key or `}`")?;
        }
        Ok(true)
    }

    /// Reads what follows a value up to where the next one is expected, or to the end of all containers.
    fn next(&mut self) -> Result<(), Box<Fault>> {
        while let Some(open) = self.unfinished.open.last_mut() {
            open.count += 1;
            let is_object = open.is_object;
            self.skip_space();
            match (self.bytes.get(self.at), is_object) {
                (Some(b','), true) => {
                    self.at += 1;
                    self.skip_space();
                    return self.key("a key");
                }
                (Some(b','), false) => {
                    self.at += 1;
                    return Ok(());
                }
                (Some(b'}'), true) | (Some(b']'), false) => {
                    self.at += 1;
                    self.close();
                }
                (_, true) => return self.unexpected("`,` or `}`"),
                (_, false) => return self.unexpected("`,` or `]`"),
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        if let Some(open) = self.unfinished.open.pop() {
            self.tape.close(open.index, open.count);
            if open.is_object {
                let sorted = self.unfinished.keys.close(self.text, open.first_key, self.twice);
                if let Some(sorted) = sorted {
                    self.tape.keep_sorted(open.index, sorted);
                }
            }
        }
    }

    fn key(&mut self, expected: &str) -> Result<(), Box<Fault>> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return self.unexpected(expected);
        }
        let index = self.tape.end();
        self.string()?;
        self.unfinished.keys.push(self.tape.word(index), index);
        self.skip_space();
        if self.bytes.get(self.at) != Some(&b':') {
            return self.unexpected("`:` after the key");
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), Box<Fault>> {
        let token = token::string(self.bytes, self.at + 1)?;
        self.at = token.range.end + 1;
        self.tape.push(Word::new(Kind::String, &token.range, token.has_escapes));
        Ok(())
    }

    fn number(&mut self) -> Result<(), Box<Fault>> {
        let token = token::number(self.bytes, self.at)?;
        self.at = token.range.end;
        self.tape.push(Word::new(Kind::Number, &token.range, token.is_float));
        Ok(())
    }

    fn literal(&mut self, name: &str, kind: Kind) -> Result<(), Box<Fault>> {
        let range = self.at..self.at + name.len();
        if self.bytes.get(range.clone()) != Some(name.as_bytes()) {
            return self.unexpected("a value");
        }
        self.at = range.end;
        self.tape.push(Word::new(kind, &range, false));
        Ok(())
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// A fault at the token that stands where something else should.
    #[cold]
    fn unexpected<T>(&self, expected: &str) -> Result<T, Box<Fault>> {
        let span = self.token();
        let fault = match self.text.get(span.clone()).filter(|found| !found.is_empty()) {
            Some(found) => {
                Fault::syntax(span.clone(), format!("expected {expected}, found {}", shown(found)))
            }
            None => Fault::syntax(span, format!("expected {expected}, found the end of the text")),
        };
        Err(fault.into())
    }

    /// The bytes of what stands here: a word, or one character.
    fn token(&self) -> Range<usize> {
        let is_word =
            |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'_' | b'.' | b'+' | b'-');
        let word = self.bytes[self.at.min(self.bytes.len())..].iter().take_while(is_word).count();
        self.at..self.at + word.max(character_at(self.bytes, self.at))
    }
}

/// A token in a message, not too long.
fn shown(token: &str) -> String {
    match token.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &token[..end]),
        None => format!("`{}`", visible(token.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, parse};
    use crate::fault::Rule;
    use crate::tape::Tape;

    fn rule(text: &str) -> Result<(), (Rule, std::ops::Range<usize>)> {
        let result = parse(text, DEEPEST, &mut Tape::default());
        result.map_err(|faults| (faults.faults[0].rule, faults.faults[0].span.clone()))
    }

    #[test]
    fn what_serde_json_reads_is_read_and_nothing_else() {
        for text in [
            "1",
            " [ ] ",
            "{}",
            "[1,]",
            "[,1]",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "[1 2]",
            "tru",
            "nul",
            "",
            " ",
            "1 2",
            "[",
            "{",
            "[}",
            "{\"a\":}",
            "\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\u{1}\"",
            "'a'",
            "// a\n1",
            "[[[[]]]]",
            "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"d\":[]}",
            "truex",
            "-",
            "\u{a0}1",
        ] {
            let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(rule(text).is_ok(), is_json, "{text}");
        }
    }

    #[test]
    fn a_fault_stands_where_it_is() {
        assert_eq!(rule("[1, x2]"), Err((Rule::Syntax, 4..6)));
        assert_eq!(rule("{\"a\": 1, \"a\": 2}"), Err((Rule::DuplicateKey, 9..12)));
        assert_eq!(rule("{\"a\": 1, \"\\u0061\": 2}"), Err((Rule::DuplicateKey, 9..17)));
        assert_eq!(rule("[1"), Err((Rule::Syntax, 2..2)));
        assert_eq!(rule("[1e999]"), Err((Rule::Number, 1..6)));
        assert_eq!(rule("[ü]"), Err((Rule::Syntax, 1..3)));
    }

    #[test]
    fn an_instance_with_keys_that_come_twice_is_read_all_the_same() {
        let faults =
            parse(r#"{"a": {"b": 1, "b": 2}, "c": 1, "c": 2, "c": 3}"#, DEEPEST, &mut Tape::default());
        let faults = faults.unwrap_err();
        assert_eq!((faults.faults.len(), faults.is_read), (3, true));
        let faults = parse(r#"{"a": 1, "a": 2} x"#, DEEPEST, &mut Tape::default()).unwrap_err();
        assert_eq!((faults.faults.len(), faults.is_read), (2, false));
    }

    #[test]
    fn depth_is_bounded_without_recursion() {
        let text = "[".repeat(1_000_000);
        assert_eq!(rule(&text), Err((Rule::Depth, DEEPEST..DEEPEST + 1)));
        let text = format!("{}1{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert_eq!(rule(&text), Ok(()));
    }

    #[test]
    fn a_key_that_comes_twice_among_many_is_found() {
        let members: Vec<_> = (0..1000).map(|index| format!("\"k{}\":1", index * 7919 % 1000)).collect();
        assert_eq!(rule(&format!("{{{}}}", members.join(","))), Ok(()));
        let text = format!("{{{},\"k500\":2}}", members.join(","));
        let end = text.len() - 3;
        assert_eq!(rule(&text), Err((Rule::DuplicateKey, end - 6..end)));
    }
}
