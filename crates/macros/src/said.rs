//! From what a macro is told to the settings as a manifest has them.

use proc_macro::{Delimiter, TokenStream, TokenTree};

/// The text of a manifest that says the same.
pub fn manifest(said: TokenStream) -> String {
    let mut entries = apart(said).into_iter();
    let mut table = String::from("[package.metadata.isomorph]\nout = \".\"\n");
    let mut entries: Vec<String> = entries.by_ref().map(|entry| text(entry.into_iter())).collect();
    if let Some(first) = entries.first_mut().filter(|first| first.starts_with(['"', '['])) {
        *first = format!("schema = {first}");
    }
    if !entries.iter().any(|entry| entry.starts_with("schemars ")) {
        entries.push("schemars = \"always\"".to_owned());
    }
    table.extend(entries.into_iter().map(|entry| entry + "\n"));
    table
}

/// What stands between commas.
fn apart(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => parts.push(Vec::new()),
            token => {
                if let Some(last) = parts.last_mut() {
                    last.push(token);
                }
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The text of tokens, as TOML has it: in a name hyphens join words.
fn text(tokens: impl Iterator<Item = TokenTree>) -> String {
    let mut text = String::new();
    let mut joins = true;
    for token in tokens {
        let is_hyphen = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '-');
        if !joins && !is_hyphen {
            text.push(' ');
        }
        joins = is_hyphen;
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<_> =
                    apart(group.stream()).into_iter().map(|part| self::text(part.into_iter())).collect();
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                text = text + open + &inner.join(", ") + close;
            }
            token => text.push_str(&token.to_string()),
        }
    }
    text
}
