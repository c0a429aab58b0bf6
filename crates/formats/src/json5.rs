//! JSON with comments (JSONC) and JSON5, as JSON.

use std::ops::Range;

use isomorph_json::{Fault, JsonText, Rule, Transcribed, visible};

/// Reads an instance; `is_json5` says whether all of JSON5 is allowed, or only comments and trailing commas.
///
/// # Errors
///
/// If it is not written so, or is nested deeper than `deepest`.
pub fn read(text: &str, is_json5: bool, deepest: usize) -> Result<Transcribed, Fault> {
    let mut reader = Reader { text, at: 0, is_json5, deepest, json: JsonText::default() };
    if text.starts_with('\u{FEFF}') {
        reader.at = 3;
    }
    reader.value(0)?;
    reader.skip()?;
    if reader.at < text.len() {
        return Err(reader.unexpected("the end of the instance"));
    }
    Ok(reader.json.finish())
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    is_json5: bool,
    deepest: usize,
    json: JsonText,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += if found { expected.len_utf8() } else { 0 };
        found
    }

    /// Skips space and comments.
    fn skip(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.rest();
            let is_space = |c: char| {
                matches!(c, ' ' | '\t' | '\n' | '\r')
                    || self.is_json5 && (c.is_whitespace() || c == '\u{FEFF}')
            };
            let space = rest.len() - rest.trim_start_matches(is_space).len();
            let after = &rest[space..];
            let comment = if after.starts_with("//") {
                after.find(['\n', '\r']).unwrap_or(after.len())
            } else if after.starts_with("/*") {
                let Some(end) = after.find("*/") else {
                    let start = self.at + space;
                    return Err(Fault::syntax(start..start + 2, "this comment does not end"));
                };
                end + 2
            } else {
                0
            };
            self.at += space + comment;
            if comment == 0 {
                return Ok(());
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Fault> {
        self.skip()?;
        let start = self.at;
        match self.peek() {
            Some('{') => self.container(depth, '{', '}')?,
            Some('[') => self.container(depth, '[', ']')?,
            Some(quote @ ('"' | '\'')) if quote == '"' || self.is_json5 => {
                let string = self.string(quote)?;
                self.json.string(&string, start..self.at);
            }
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => self.number()?,
            _ => self.word()?,
        }
        Ok(())
    }

    fn container(&mut self, depth: usize, opening: char, closing: char) -> Result<(), Fault> {
        let start = self.at;
        if depth >= self.deepest {
            let message = format!("nested deeper than {} levels", self.deepest);
            return Err(Fault::new(Rule::Depth, start..start + 1, message));
        }
        self.at += 1;
        let opened = self.json.open(opening);
        loop {
            self.skip()?;
            if self.take(closing) {
                break;
            }
            if opening == '{' {
                self.key()?;
            }
            self.value(depth + 1)?;
            self.skip()?;
            if !self.take(',') && self.peek() != Some(closing) {
                return Err(self.unexpected(&format!("`,` or `{closing}`")));
            }
        }
        self.json.close(opened, closing, start..self.at);
        Ok(())
    }

    fn key(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let key = match self.peek() {
            Some(quote @ ('"' | '\'')) if quote == '"' || self.is_json5 => self.string(quote)?,
            _ if self.is_json5 => self.identifier()?,
            _ => return Err(self.unexpected("a key or `}`")),
        };
        self.json.key(&key, start..self.at);
        self.skip()?;
        if self.take(':') { Ok(()) } else { Err(self.unexpected("`:` after the key")) }
    }

    fn identifier(&mut self) -> Result<String, Fault> {
        let is_start = |c: char| unicode_ident::is_xid_start(c) || matches!(c, '_' | '$');
        let is_part =
            |c: char| unicode_ident::is_xid_continue(c) || matches!(c, '$' | '\u{200C}' | '\u{200D}');
        let mut name = String::new();
        while let Some(c) = self.peek() {
            let start = self.at;
            self.at += c.len_utf8();
            let meant = if c == '\\' && self.take('u') { self.unicode(start)? } else { c };
            if !(if name.is_empty() { is_start(meant) } else { is_part(meant) }) {
                self.at = start;
                break;
            }
            name.push(meant);
        }
        if name.is_empty() { Err(self.unexpected("a key or `}`")) } else { Ok(name) }
    }

    fn string(&mut self, quote: char) -> Result<String, Fault> {
        let start = self.at;
        self.at += 1;
        let mut string = String::new();
        loop {
            let at = self.at;
            let Some(c) = self.peek() else {
                return Err(Fault::syntax(start..at, "this string does not end"));
            };
            self.at += c.len_utf8();
            match c {
                _ if c == quote => return Ok(string),
                '\\' => self.escape(at, &mut string)?,
                '\n' | '\r' => return Err(Fault::syntax(start..at, "this string does not end on its line")),
                '\0'..='\u{1F}' if !self.is_json5 => {
                    return Err(Fault::syntax(at..at + 1, "a control character must be escaped"));
                }
                _ => string.push(c),
            }
        }
    }

    fn escape(&mut self, start: usize, string: &mut String) -> Result<(), Fault> {
        let Some(c) = self.peek() else {
            return Err(Fault::syntax(start..self.at, "this escape is not complete"));
        };
        self.at += c.len_utf8();
        match c {
            'b' => string.push('\u{8}'),
            'f' => string.push('\u{c}'),
            'n' => string.push('\n'),
            'r' => string.push('\r'),
            't' => string.push('\t'),
            '"' | '\\' | '/' => string.push(c),
            'u' => string.push(self.unicode(start)?),
            _ if !self.is_json5 => return Err(Fault::syntax(start..self.at, "there is no such escape")),
            'v' => string.push('\u{b}'),
            '0' => string.push('\0'),
            'x' => {
                let code = self.hexadecimal(start, 2)?;
                string.extend(char::from_u32(code));
            }
            '\r' => _ = self.take('\n'),
            '\n' | '\u{2028}' | '\u{2029}' => {}
            '1'..='9' => return Err(Fault::syntax(start..self.at, "there is no such escape")),
            _ => string.push(c),
        }
        Ok(())
    }

    fn unicode(&mut self, start: usize) -> Result<char, Fault> {
        let first = self.hexadecimal(start, 4)?;
        let mut code = first;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
            self.at += 2;
            let second = self.hexadecimal(start, 4)?;
            if (0xDC00..0xE000).contains(&second) {
                code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            }
        }
        let lone = || Fault::syntax(start..self.at, "half of a surrogate pair is no character");
        char::from_u32(code).ok_or_else(lone)
    }

    fn hexadecimal(&mut self, start: usize, digits: usize) -> Result<u32, Fault> {
        let code = self.rest().get(..digits).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        let code =
            code.ok_or_else(|| Fault::syntax(start..self.at, "this escape needs hexadecimal digits"))?;
        self.at += digits;
        Ok(code)
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let rest = self.rest();
        let length = rest.len()
            - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c)).len();
        let literal = rest[..length].to_owned();
        let origin = start..start + length;
        let Some(json) = as_json(&literal, self.is_json5) else {
            return Err(not_a_number(&literal, origin));
        };
        self.at = origin.end;
        self.json.literal(&json, origin);
        Ok(())
    }

    fn word(&mut self) -> Result<(), Fault> {
        for word in ["true", "false", "null"] {
            let after = self.rest().strip_prefix(word);
            if after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')) {
                let start = self.at;
                self.at += word.len();
                self.json.literal(word, start..self.at);
                return Ok(());
            }
        }
        let origin = self.token();
        match self.text.get(origin.clone()) {
            Some(word @ ("NaN" | "Infinity")) if self.is_json5 => Err(not_a_number(word, origin)),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn token(&self) -> Range<usize> {
        let rest = self.rest();
        let word =
            rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || "_$.+-".contains(c)).len();
        self.at..self.at + word.max(self.peek().map_or(0, char::len_utf8))
    }

    fn unexpected(&self, expected: &str) -> Fault {
        let span = self.token();
        let found = match &self.text[span.clone()] {
            "" => "the end of the text".to_owned(),
            found => format!("`{}`", visible(found.chars().take(40).collect())),
        };
        Fault::syntax(span, format!("expected {expected}, found {found}"))
    }
}

fn not_a_number(literal: &str, origin: Range<usize>) -> Fault {
    let is_word = literal.ends_with("NaN") || literal.ends_with("Infinity");
    let message = if is_word { "JSON has no such number" } else { "this is no number" };
    let fault = Fault::syntax(origin, message);
    if is_word { Fault { rule: Rule::Number, ..fault } } else { fault }
}

/// A number of JSON5, as JSON writes it.
fn as_json(literal: &str, is_json5: bool) -> Option<String> {
    let is_json = |text: &str| serde_json::from_str::<serde_json::Number>(text).is_ok();
    if is_json(literal) {
        return Some(literal.to_owned());
    }
    let (sign, unsigned) = match literal.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", literal.strip_prefix('+').unwrap_or(literal)),
    };
    if !is_json5 {
        return None;
    }
    if let Some(digits) = unsigned.strip_prefix("0x").or(unsigned.strip_prefix("0X")) {
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return u128::from_str_radix(digits, 16)
            .ok()
            .filter(|_| is_plain)
            .map(|number| format!("{sign}{number}"));
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    let mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => format!("0.{fraction}"),
        Some((whole, "")) => whole.to_owned(),
        _ => mantissa.to_owned(),
    };
    Some(format!("{sign}{mantissa}{exponent}")).filter(|json| is_json(json))
}

#[cfg(test)]
mod tests {
    use super::read;

    fn json(text: &str, is_json5: bool) -> Option<String> {
        read(text, is_json5, 64).ok().map(|read| read.json)
    }

    #[test]
    fn jsonc_is_json_with_comments_and_trailing_commas() {
        let text = "// a\n{\"a\": [1, /* b */ 2,], \"c\": \"//\",}\n";
        assert_eq!(json(text, false).as_deref(), Some(r#"{"a":[1,2],"c":"//"}"#));
        for text in ["{a: 1}", "['a']", "[+1]", "[0x1]", "[1 2]", "[,]", "/* ", "[\"\\x41\"]", "[1", "1 1"] {
            assert_eq!(json(text, false), None, "{text}");
        }
    }

    #[test]
    fn json5_is_read() {
        let text =
            "{a: 'x\\'y\\\nz', $b_1: [+1, .5, 5., 0xFF, -0x1, 1e3,], \"c\": \"\\x41\\v\\ud83d\\ude00\"}";
        let expected = r#"{"a":"x'yz","$b_1":[1,0.5,5,255,-1,1e3],"c":"A\u000b😀"}"#;
        assert_eq!(json(text, true).as_deref(), Some(expected));
        assert_eq!(json("{\\u0061\u{301}b: 0x1_0}", true), None);
        assert_eq!(
            json("{\\u0061\u{301}b: 0x10000000000000000}", true).as_deref(),
            Some("{\"a\u{301}b\":18446744073709551616}")
        );
        for text in [
            "{\\u0031: 1}",
            "{\\u12: 1}",
            "{a\\x: 1}",
            "[NaN]",
            "[-Infinity]",
            "{1a: 1}",
            "[01]",
            "[1.e]",
            "[.]",
            "[tru]",
            "['a]",
            "\u{a0}",
        ] {
            assert_eq!(json(text, true), None, "{text}");
        }
    }
}
