//! What an expression is, if it can be told without running it.

use super::tokens::{Kind, Token};

/// Words around a string that leave it what it is.
const AROUND: [&str; 14] = [
    "Some",
    "String",
    "MapType",
    "as_ref",
    "as_str",
    "clone",
    "from",
    "into",
    "new",
    "parse",
    "serde_json",
    "to_owned",
    "to_string",
    "unwrap",
];

/// The string that an expression is: `"a"`, `"a".to_string()`, `String::from("a")` …
pub fn text(expression: &[Token]) -> Option<&str> {
    let mut found = None;
    is_around(expression, &mut found).then_some(found).flatten()
}

fn is_around<'t>(tokens: &'t [Token], found: &mut Option<&'t str>) -> bool {
    tokens.iter().all(|token| match &token.kind {
        Kind::Text(text) => found.replace(text).is_none(),
        Kind::Word(word) => AROUND.contains(&word.as_str()),
        Kind::Mark(mark) => ['&', '.', ':'].contains(mark),
        Kind::Group('(', inside) => is_around(inside, found),
        Kind::Group(..) | Kind::Other(_) => false,
    })
}

/// The last word of a path: `Allow` of `typify::UnknownPolicy::Allow`.
pub fn last_word(expression: &[Token]) -> Option<&str> {
    let is_path = |token: &Token| token.word().is_some() || token.is_mark(':');
    expression.iter().all(is_path).then(|| expression.last()?.word()).flatten()
}

/// What stands between commas.
pub fn apart(tokens: &[Token]) -> Vec<&[Token]> {
    tokens.split(|token| token.is_mark(',')).filter(|part| !part.is_empty()).collect()
}
