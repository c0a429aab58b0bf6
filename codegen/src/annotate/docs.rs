//! From a description, which may hold anything, to documentation that compiles without a warning.

use isomorph_runtime::spelling::is_hidden;

use super::links;

/// What people are told of a type or a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documentation {
    /// The description in the schema.
    pub description: Option<String>,
    /// What the schema says besides, in words.
    pub notes: Option<String>,
    /// Whether it is `#[deprecated]`.
    pub is_deprecated: bool,
}

/// What schemars reads of a field besides its type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The documentation.
    pub documentation: Option<String>,
    /// Whether it is `#[deprecated]`.
    pub is_deprecated: bool,
}

impl Told {
    /// Whether there is anything that schemars reads.
    pub fn says_something(&self) -> bool {
        self.is_deprecated || self.documentation.as_ref().is_some_and(|text| !text.is_empty())
    }
}

impl Documentation {
    /// The lines, each as it stands behind `///`: those of the description, and the notes behind them.
    pub fn lines(&self) -> Vec<String> {
        let mut all = lines(self.description.as_deref().unwrap_or_default());
        if let Some(notes) = &self.notes {
            if !all.is_empty() {
                all.push(String::new());
            }
            all.push(notes.clone());
        }
        all
    }

    /// What schemars reads of a field or a variant.
    pub fn told(&self) -> Told {
        Told { documentation: self.text(), is_deprecated: self.is_deprecated }
    }

    /// The text that schemars reads, if there is any.
    pub fn text(&self) -> Option<String> {
        let lines = self.lines();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Whether schemars reads another text than the description.
    pub fn is_read_back(&self) -> bool {
        self.text().as_deref().unwrap_or_default() != self.description.as_deref().unwrap_or_default()
    }

    /// The description, if schemars reads it as it is.
    pub fn as_it_is(&self) -> Option<&str> {
        self.description.as_deref().filter(|text| lines(text).join("\n") == **text)
    }
}

/// The lines of documentation for `description`, each as it stands behind `///`.
///
/// Text from a schema is data. What rustdoc would take for code to test, a link to resolve or HTML is
/// escaped, so that people read what the author wrote; control characters and characters that change
/// the direction of text are shown by their number.
pub fn lines(description: &str) -> Vec<String> {
    let normalized = description.replace("\r\n", "\n").replace('\r', "\n");
    let text = normalized.trim();
    // The cells of a table cut code that spans them.
    let in_table = text.lines().any(is_below_a_header);
    text.lines().map(|text| line(text, in_table)).collect()
}

/// Whether a line is the one that makes a table of the line before it.
fn is_below_a_header(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.bytes().all(|byte| b"|-: ".contains(&byte))
}

fn line(text: &str, in_table: bool) -> String {
    // Four spaces begin a code block, and so does a tab.
    let mut rest = text.trim();
    let code_may = rest.matches('`').count().is_multiple_of(2) && !rest.contains("``") && !in_table;
    let mut line = Line { escaped: String::new(), code_may, in_code: false };
    while let Some(link) = links::next(rest, line.in_code) {
        line.add(&rest[..link.start]);
        line.escaped.push_str(&rest[link.clone()]);
        rest = &rest[link.end..];
    }
    line.add(rest);
    line.escaped
}

/// A line of documentation, as far as it is written.
struct Line {
    escaped: String,
    /// Whether a backtick begins or ends code.
    code_may: bool,
    in_code: bool,
}

impl Line {
    /// Adds text that is no link of Markdown.
    fn add(&mut self, text: &str) {
        for (index, word) in text.split([' ', '\t']).enumerate() {
            // Several spaces behind the mark of a list would begin a code block as well.
            if word.is_empty() && self.escaped.split(' ').all(is_mark) {
                continue;
            }
            if index > 0 {
                self.escaped.push(' ');
            }
            let (around, url) = word.split_at(word.len() - word.trim_start_matches(['(', '\'', '"']).len());
            if is_plain(word) {
                self.escaped.push_str(word);
            } else if is_url(url) && !self.in_code {
                self.escaped.push_str(around);
                self.escaped.push_str(&linked(url));
            } else {
                escape(&mut self.escaped, word, self.code_may, &mut self.in_code);
            }
        }
    }
}

/// Adds a word that is not plain. A backtick begins or ends code only if it `may` on this line.
fn escape(escaped: &mut String, word: &str, code_may: bool, in_code: &mut bool) {
    let mut before = "";
    for (at, c) in word.char_indices() {
        match c {
            '`' if code_may => *in_code = !*in_code,
            '`' => escaped.push('\\'),
            '~' | '[' | ']' | '<' | '>' | '\\' if !*in_code => escaped.push('\\'),
            '#' if !*in_code && escaped.is_empty() => escaped.push('\\'),
            // rustdoc takes `://` for a link.
            '/' if !*in_code && before.ends_with(':') && word[at..].starts_with("//") => escaped.push('\\'),
            _ => {}
        }
        if is_hidden(c) {
            escaped.extend(c.escape_unicode());
        } else {
            escaped.push(c);
        }
        before = &word[..at + c.len_utf8()];
    }
}

/// Whether a word begins an item of a list.
fn is_mark(word: &str) -> bool {
    ["-", "*", "+"].contains(&word)
        || word
            .strip_suffix(['.', ')'])
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether there is nothing in a word that could be markup, as in most words.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".,;-()'\"".contains(&byte))
}

fn is_url(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://")
}

/// `https://example.com/a.` → `<https://example.com/a>.`
fn linked(word: &str) -> String {
    let end = word.trim_end_matches(['.', ',', ';', ':', ')', '\'', '"', '!', '?']);
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`' | '[' | ']' | '\\' | '|');
    if end.chars().all(plain) {
        format!("<{end}>{}", &word[end.len()..])
    } else {
        word.chars().map(|c| if plain(c) { c } else { '?' }).collect::<String>().replace("://", ":\\//")
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(lines("The ID. Set if reason is 'duplicate'."), ["The ID. Set if reason is 'duplicate'."]);
        assert_eq!(lines("a `code` b\n\nc"), ["a `code` b", "", "c"]);
        assert_eq!(lines(""), Vec::<String>::new());
    }

    #[test]
    fn what_rustdoc_would_act_on_is_escaped() {
        let cases = [
            ("```rust\npanic!()\n```", vec!["\\`\\`\\`rust", "panic!()", "\\`\\`\\`"]),
            ("    code();", vec!["code();"]),
            ("\tcode();", vec!["code();"]),
            ("see [Option] and <T>", vec!["see \\[Option\\] and \\<T\\>"]),
            ("# Title", vec!["\\# Title"]),
            ("~~~\nx", vec!["\\~\\~\\~", "x"]),
            ("see https://a.b/c.", vec!["see <https://a.b/c>."]),
            ("a\rb", vec!["a", "b"]),
            ("-     panic!()", vec!["- panic!()"]),
            ("1.     panic!()  a", vec!["1. panic!()  a"]),
            ("- -     panic!()", vec!["- - panic!()"]),
            ("\\` [x] `", vec!["\\\\` [x] `"]),
            ("`~/.config` ~a", vec!["`~/.config` \\~a"]),
            ("a | b\n--|--\n`a | [b]`", vec!["a | b", "--|--", "\\`a | \\[b\\]\\`"]),
            ("(https://a.b) x:https://c", vec!["(<https://a.b>) x:https:\\//c"]),
            ("a [b c](https://d.e/f#g), [h]", vec!["a [b c](https://d.e/f#g), \\[h\\]"]),
            ("`[a](https://b)` [`c`](d) [`e`](/f#g)", vec!["`[a](https://b)` \\[`c`\\](d) [`e`](/f#g)"]),
            ("[a[b]](https://c) ![d](https://e)", vec!["\\[a\\[b\\]\\](https:\\//c) !\\[d\\](https:\\//e)"]),
            ("a\0\u{202e}b", vec!["a\\u{0}\\u{202e}b"]),
        ];
        for (text, expected) in cases {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }
}
