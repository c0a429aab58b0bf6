//! Rust text as trees of tokens, each with its line. Comments are no tokens.

/// A token, or what stands in brackets.
#[derive(Debug, Clone)]
pub struct Token {
    pub line: usize,
    /// Whether white space stands before it.
    pub is_apart: bool,
    pub kind: Kind,
}

#[derive(Debug, Clone)]
pub enum Kind {
    /// A name or a keyword.
    Word(String),
    /// A string, without quotes and escapes.
    Text(String),
    /// Another literal, or a lifetime, as it is written.
    Other(String),
    Mark(char),
    /// What stands in brackets, by the one that opens.
    Group(char, Vec<Token>),
}

/// Why text has no tokens.
#[derive(Debug)]
pub struct Broken {
    pub line: usize,
    pub message: String,
}

impl Token {
    pub fn is_mark(&self, mark: char) -> bool {
        matches!(self.kind, Kind::Mark(found) if found == mark)
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn group(&self, open: char) -> Option<&[Token]> {
        match &self.kind {
            Kind::Group(found, inside) if *found == open => Some(inside),
            _ => None,
        }
    }
}

/// The tokens of a text.
///
/// # Errors
///
/// If a bracket, a string or a comment has no end.
pub fn tokens(text: &str) -> Result<Vec<Token>, Broken> {
    let mut reader = Reader { rest: text, line: 1 };
    let tokens = reader.group(None)?;
    Ok(tokens)
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
}

impl Reader<'_> {
    /// What stands up to the bracket that closes; to the end of the text if none has to.
    fn group(&mut self, open: Option<(char, usize)>) -> Result<Vec<Token>, Broken> {
        let mut tokens = Vec::new();
        loop {
            let is_apart = self.skip()?;
            let line = self.line;
            let Some(first) = self.rest.chars().next() else {
                return match open {
                    None => Ok(tokens),
                    Some((open, line)) => Err(broken(line, format!("`{open}` is never closed"))),
                };
            };
            let kind = match first {
                '(' | '[' | '{' => {
                    self.take(1);
                    Kind::Group(first, self.group(Some((first, line)))?)
                }
                ')' | ']' | '}' => {
                    if open.map(|(open, _)| closing(open)) != Some(first) {
                        return Err(broken(line, format!("`{first}` closes nothing")));
                    }
                    self.take(1);
                    return Ok(tokens);
                }
                _ => self.token(first)?,
            };
            tokens.push(Token { line, is_apart, kind });
        }
    }

    fn token(&mut self, first: char) -> Result<Kind, Broken> {
        if let Some(raw) = self.raw() {
            return self.raw_text(raw);
        }
        match first {
            '"' => {
                self.take(1);
                self.text().map(Kind::Text)
            }
            '\'' => Ok(Kind::Other(self.quoted())),
            'b' | 'c' if self.rest[1..].starts_with('"') => {
                self.take(2);
                Ok(Kind::Other(format!("{first}\"{}\"", self.text()?)))
            }
            'b' if self.rest[1..].starts_with('\'') => {
                self.take(1);
                Ok(Kind::Other(format!("b{}", self.quoted())))
            }
            first if first.is_ascii_digit() => Ok(Kind::Other(self.number())),
            first if is_of_word(first) => {
                let word = self.while_in(is_of_word);
                // `r#type` is called `type`.
                let is_raw = word == "r" && self.rest.starts_with('#');
                if is_raw && self.rest[1..].starts_with(is_of_word) {
                    self.take(1);
                    return Ok(Kind::Word(self.while_in(is_of_word)));
                }
                Ok(Kind::Word(word))
            }
            first => {
                self.take(first.len_utf8());
                Ok(Kind::Mark(first))
            }
        }
    }

    /// Takes white space and comments, and tells whether there was any.
    fn skip(&mut self) -> Result<bool, Broken> {
        let before = self.rest.len();
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.take(blank);
            if self.rest.starts_with("//") {
                self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.comment()?;
            } else if blank == 0 {
                return Ok(self.rest.len() < before);
            }
        }
    }

    /// Takes a comment, which may hold comments.
    fn comment(&mut self) -> Result<(), Broken> {
        let (line, mut depth) = (self.line, 0);
        loop {
            let (by, length) = match self.rest {
                rest if rest.starts_with("/*") => (1, 2),
                rest if rest.starts_with("*/") => (-1, 2),
                rest => (0, rest.chars().next().map_or(0, char::len_utf8)),
            };
            if length == 0 {
                return Err(broken(line, "a comment never ends".to_owned()));
            }
            self.take(length);
            depth += by;
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// How long the start of a raw string is, and how many `#` it has, if one stands here.
    fn raw(&self) -> Option<(usize, usize)> {
        let after = ["br", "cr", "r"].into_iter().find_map(|start| self.rest.strip_prefix(start))?;
        let hashes = after.len() - after.trim_start_matches('#').len();
        after[hashes..].starts_with('"').then(|| (self.rest.len() - after.len() + hashes + 1, hashes))
    }

    fn raw_text(&mut self, (start, hashes): (usize, usize)) -> Result<Kind, Broken> {
        let line = self.line;
        self.take(start);
        let end = format!("\"{}", "#".repeat(hashes));
        let Some(length) = self.rest.find(&end) else {
            return Err(broken(line, "a string never ends".to_owned()));
        };
        let text = self.rest[..length].to_owned();
        self.take(length + end.len());
        Ok(Kind::Text(text))
    }

    /// Takes the rest of a string.
    fn text(&mut self) -> Result<String, Broken> {
        let (line, mut text) = (self.line, String::new());
        loop {
            let Some(c) = self.rest.chars().next() else {
                return Err(broken(line, "a string never ends".to_owned()));
            };
            self.take(c.len_utf8());
            match c {
                '"' => return Ok(text),
                '\\' => text.extend(self.escape()),
                c => text.push(c),
            }
        }
    }

    /// What stands for itself behind a backslash; none at the end of a line.
    fn escape(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.take(c.len_utf8());
        match c {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            '0' => Some('\0'),
            'x' => self.code(2),
            'u' => {
                let length = self.rest.find('}')?;
                let code = u32::from_str_radix(self.rest.get(1..length)?, 16).ok()?;
                self.take(length + 1);
                char::from_u32(code)
            }
            '\n' => {
                self.take(self.rest.len() - self.rest.trim_start().len());
                None
            }
            c => Some(c),
        }
    }

    fn code(&mut self, length: usize) -> Option<char> {
        let code = u32::from_str_radix(self.rest.get(..length)?, 16).ok()?;
        self.take(length);
        char::from_u32(code)
    }

    /// Takes a character or a lifetime.
    fn quoted(&mut self) -> String {
        let mut inside = self.rest[1..].chars();
        let (first, second) = (inside.next(), inside.next());
        let length = match (first, second) {
            (Some('\\'), Some(escaped)) => {
                let before = 2 + escaped.len_utf8();
                self.rest[before..].find('\'').map_or(1, |end| before + end + 1)
            }
            (Some(only), Some('\'')) => 2 + only.len_utf8(),
            _ => 1 + self.rest[1..].find(|c| !is_of_word(c)).unwrap_or(self.rest.len() - 1),
        };
        let text = self.rest[..length].to_owned();
        self.take(length);
        text
    }

    /// Takes a number. A point belongs to it if a digit follows.
    fn number(&mut self) -> String {
        let mut number = self.while_in(is_of_word);
        if self.rest.starts_with('.') && self.rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
            self.take(1);
            number = number + "." + &self.while_in(is_of_word);
        }
        number
    }

    fn while_in(&mut self, is_in: fn(char) -> bool) -> String {
        let length = self.rest.find(|c| !is_in(c)).unwrap_or(self.rest.len());
        let text = self.rest[..length].to_owned();
        self.take(length);
        text
    }

    fn take(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn broken(line: usize, message: String) -> Broken {
    Broken { line, message }
}

#[cfg(test)]
mod tests {
    use super::super::render::rendered;
    use super::tokens;

    #[test]
    fn strings_characters_lifetimes_and_comments_hide_brackets() {
        let text = "f(\"(\\\"\\u{41}\", r#\"\"(\"#, '(', '\\'', b'[', b\"{\", /* ( /* */ */ x: &'a u8) // )\n.g(1.5)";
        let read = tokens(text).expect("it is Rust");
        let expected = "f(\"(\\\"A\", \"\\\"(\", '(', '\\'', b'[', b\"{\", x: &'a u8) .g(1.5)";
        assert_eq!(rendered(&read), expected);
        assert_eq!(read.last().map(|token| token.line), Some(2));
    }

    #[test]
    fn what_never_ends_is_told_with_its_line() {
        for (text, line, message) in [
            ("a\n(b", 2, "`(` is never closed"),
            ("a\n\n)", 3, "`)` closes nothing"),
            ("(a]", 1, "`]` closes nothing"),
            ("\n\"a\n", 2, "a string never ends"),
            ("r##\"a\"#", 1, "a string never ends"),
            ("\n/* /* */", 2, "a comment never ends"),
        ] {
            let broken = tokens(text).expect_err(text);
            assert_eq!((broken.line, broken.message.as_str()), (line, message), "{text}");
        }
    }
}
