//! Tokens as text again.

use super::tokens::{Kind, Token};

/// The text of tokens: as it was, with a space for any white space, and none for comments.
pub fn rendered(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && token.is_apart {
            text.push(' ');
        }
        match &token.kind {
            Kind::Word(word) | Kind::Other(word) => text.push_str(word),
            Kind::Text(inside) => text.push_str(&quoted(inside)),
            Kind::Mark(mark) => text.push(*mark),
            Kind::Group(open, inside) => {
                let close = if *open == '(' {
                    ')'
                } else if *open == '[' {
                    ']'
                } else {
                    '}'
                };
                text.push(*open);
                text.push_str(&rendered(inside));
                text.push(close);
            }
        }
    }
    text
}

/// The path of a Rust type, without white space and without `::` in front.
pub fn path(tokens: &[Token]) -> String {
    plain_path(&rendered(tokens))
}

/// The same of a text.
pub fn plain_path(text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    text.strip_prefix("::").unwrap_or(&text).replace("<::", "<").replace(",::", ",")
}

/// A string as both Rust and TOML write it.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
