//! What could be done about a problem.

use jsonschema::error::ValidationErrorKind as Wanted;
use serde_json::Value;

use super::message::Found;
use super::retyped::retyped;
use super::suggest::near;

/// The length, in bytes, of the shortest word that says of which it is the beginning.
const SHORTEST: usize = 3;

/// What is known in an object, if that is not too much to say.
pub fn known(declared: &[(&str, &Value)], schema: Option<&Value>) -> Option<String> {
    let names = declared.iter().map(|(known, _)| format!("`{known}`"));
    let patterns = schema.and_then(|schema| schema.get("patternProperties")?.as_object());
    let patterns = patterns.into_iter().flatten().map(|(pattern, _)| format!("what matches `{pattern}`"));
    let known: Vec<_> = names.chain(patterns).collect();
    (!known.is_empty() && known.len() <= 12).then(|| format!("known are {}", known.join(", ")))
}

/// What was probably meant where something else was wanted.
pub fn suggestions(wanted: &Wanted, found: Found) -> Vec<String> {
    let strings = |value: &Value| value.as_str().map(str::to_owned);
    match wanted {
        Wanted::Enum { options } => {
            let options: Vec<_> = options.as_array().into_iter().flatten().filter_map(strings).collect();
            meant(found, &options)
        }
        Wanted::Constant { expected_value } => meant(found, strings(expected_value).as_slice()),
        Wanted::Type { kind } => retyped(kind, found).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Which of these strings was probably meant.
pub fn meant(found: Found, options: &[String]) -> Vec<String> {
    if found.is_secret || !jsonschema::json::Node::is_string(&found.node) {
        return Vec::new();
    }
    let word = found.node.string();
    let options = options.iter().map(String::as_str);
    let meant = near_or_longer(&word, options);
    meant.into_iter().map(|option| format!("did you mean {}?", Value::from(option))).collect()
}

/// The words that were probably meant by another: those that are nearly it, or else the only one that begins with it, as
/// `integer` with `int`.
pub fn near_or_longer<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
    let mut meant = near(word, known.clone());
    if meant.is_empty() && word.len() >= SHORTEST {
        meant = known.filter(|known| known.starts_with(word)).collect();
        meant.truncate(usize::from(meant.len() == 1));
    }
    meant
}

/// What a text says first.
pub fn first_paragraph(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
