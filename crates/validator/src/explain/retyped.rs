//! What a value of the wrong type was probably meant to be: the same, written as the type that is wanted.

use isomorph_json::{Kind, TapeNode};
use jsonschema::error::TypeKind;
use serde_json::Value;

use super::message::{Found, type_names};

/// How long a value may be, in bytes, that is shown as it should be.
const SHOWN: usize = 40;

/// How to write a value so that it is of one of these types.
pub fn retyped(kind: &TypeKind, found: Found) -> Option<String> {
    retyped_as(&type_names(kind), found)
}

/// The same of types that are named with their articles.
pub fn retyped_as(names: &[&str], found: Found) -> Option<String> {
    if found.is_secret {
        return None;
    }
    let node = found.node;
    let written = written(node).filter(|written| written.len() <= SHOWN);
    match node.word().kind() {
        Kind::String => {
            let meant = unquoted(names, &node.string());
            meant.or_else(|| listed(names, &written?))
        }
        Kind::Number | Kind::False | Kind::True if names.contains(&"a string") => {
            Some(format!("put quotes around it: `\"{}\"`", written?))
        }
        Kind::Number | Kind::False | Kind::True => listed(names, &written?),
        Kind::Object if names == ["an array"] => Some("put it into a list, as its one element".to_owned()),
        _ => None,
    }
}

/// How to write a string so that it is of one of these types, which are not those of strings.
pub fn without_quotes(names: &[&str], found: Found) -> Option<String> {
    let is_text = found.node.word().kind() == Kind::String && !found.is_secret;
    if is_text { unquoted(names, &found.node.string()) } else { None }
}

/// A scalar as JSON has it.
fn written(node: TapeNode) -> Option<String> {
    match node.word().kind() {
        Kind::False => Some("false".to_owned()),
        Kind::True => Some("true".to_owned()),
        Kind::Number => Some(node.number().literal().to_owned()),
        Kind::String => Some(Value::from(node.string()).to_string()),
        Kind::Null | Kind::Array | Kind::Object => None,
    }
}

/// What a string says, if it is what is wanted but for its quotes.
fn unquoted(names: &[&str], text: &str) -> Option<String> {
    if let Some(meant) = yes_or_no(text).filter(|_| names.contains(&"a boolean")) {
        return Some(format!("write `{meant}`"));
    }
    let meant = serde_json::from_str::<Value>(text).ok()?;
    let name = match &meant {
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "an integer",
        Value::Number(_) => "a number",
        _ => return None,
    };
    let is_wanted = names.contains(&name) || name == "an integer" && names.contains(&"a number");
    (is_wanted && text.len() <= SHOWN).then(|| format!("leave out the quotes: `{text}`"))
}

/// What a word says that other formats, and YAML before 1.2, have for a boolean.
fn yes_or_no(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match (is(["yes", "on", "y"]), is(["no", "off", "n"])) {
        (false, false) => None,
        (yes, _) => Some(yes),
    }
}

/// A list with nothing but a value, if that is what is wanted.
fn listed(names: &[&str], written: &str) -> Option<String> {
    (names == ["an array"]).then(|| format!("put it into a list: `[{written}]`"))
}

#[cfg(test)]
mod tests {
    use isomorph_json::{Tape, TapeNode, parse};

    use super::{Found, retyped_as};

    #[test]
    fn the_same_is_written_as_the_type_that_is_wanted() {
        for (names, text, expected) in [
            (&["an integer"][..], "\"80\"", Some("leave out the quotes: `80`")),
            (&["a number"], "\"80\"", Some("leave out the quotes: `80`")),
            (&["an integer"], "\"8.5\"", None),
            (&["a boolean", "null"], "\"true\"", Some("leave out the quotes: `true`")),
            (&["a boolean"], "\"perhaps\"", None),
            (&["a boolean"], "\"Off\"", Some("write `false`")),
            (&["a string"], "3.10", Some("put quotes around it: `\"3.10\"`")),
            (&["an array"], "\"*\"", Some("put it into a list: `[\"*\"]`")),
            (&["an array"], "{}", Some("put it into a list, as its one element")),
            (&["an array", "an object"], "3", None),
            (&["a string"], "null", None),
        ] {
            let mut tape = Tape::default();
            parse(text, 9, &mut tape).expect("JSON");
            let node = TapeNode::root(text, &tape);
            let told = retyped_as(names, Found { node, is_secret: false });
            assert_eq!(told.as_deref(), expected, "{names:?} {text}");
            assert_eq!(retyped_as(names, Found { node, is_secret: true }), None);
        }
    }
}
