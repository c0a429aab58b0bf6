//! What a keyword wanted and what it found, in words.

use isomorph_json::{Kind, TapeNode};
use jsonschema::error::{TypeKind, ValidationErrorKind as Wanted};
use serde_json::Value;

use super::suggest::distance;

/// How many values of an `enum` a message lists.
const LISTED: usize = 12;
/// How many of more than those it lists, where some come nearer to what was found than others.
const NEAREST: usize = 6;
/// How many characters of a value a message shows.
const SHOWN: usize = 60;

/// What was found where something else was wanted.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The value.
    pub node: TapeNode<'a>,
    /// Whether no message may show it.
    pub is_secret: bool,
}

/// Says what is wrong with `found`.
pub fn message(wanted: &Wanted, found: Found) -> String {
    match wanted {
        Wanted::Type { kind } => expected(&types(kind), found),
        Wanted::Enum { options } => {
            let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
            expected(&options_listed(options, found), found)
        }
        Wanted::Constant { expected_value } => expected(&shown(&expected_value.to_string()), found),
        Wanted::FalseSchema => "nothing is allowed here".to_owned(),
        Wanted::Required { property } => format!("the property {} is missing", named(property)),
        Wanted::Not { .. } => format!("{} is what the schema rules out", described(found)),
        Wanted::UniqueItems => "this element is the same as one before it".to_owned(),
        Wanted::Pattern { pattern } => format!("{} does not match `{pattern}`", described(found)),
        Wanted::Format { format } => format!("{} is no `{format}`", described(found)),
        Wanted::MultipleOf { multiple_of } => format!("{} is no multiple of {multiple_of}", described(found)),
        Wanted::Custom { message, .. } => message.clone(),
        Wanted::BacktrackLimitExceeded { .. } | Wanted::RegexEngineFailure { .. } => {
            "the pattern takes too long to match; simplify it".to_owned()
        }
        _ => bound(wanted, found).unwrap_or_else(|| format!("does not satisfy `{}`", wanted.keyword())),
    }
}

/// Says that something else was wanted.
pub fn expected(wanted: &str, found: Found) -> String {
    format!("expected {wanted}, found {}", described(found))
}

/// What a bound says.
fn bound(wanted: &Wanted, found: Found) -> Option<String> {
    let found = described(found);
    Some(match wanted {
        Wanted::Minimum { limit } => format!("{found} is less than {limit}"),
        Wanted::Maximum { limit } => format!("{found} is more than {limit}"),
        Wanted::ExclusiveMinimum { limit } => format!("{found} is not more than {limit}"),
        Wanted::ExclusiveMaximum { limit } => format!("{found} is not less than {limit}"),
        Wanted::MinLength { limit } => format!("{found} is shorter than {}", counted(*limit, "character")),
        Wanted::MaxLength { limit } => format!("{found} is longer than {}", counted(*limit, "character")),
        Wanted::MinItems { limit } => format!("has fewer than {}", counted(*limit, "element")),
        Wanted::MaxItems { limit } => format!("has more than {}", counted(*limit, "element")),
        Wanted::MinProperties { limit } => format!("has fewer than {}", properties(*limit)),
        Wanted::MaxProperties { limit } => format!("has more than {}", properties(*limit)),
        Wanted::Contains => "too few or too many elements are what `contains` asks for".to_owned(),
        Wanted::ContentEncoding { content_encoding } => {
            format!("{found} is not encoded as `{content_encoding}`")
        }
        Wanted::ContentMediaType { content_media_type } => format!("{found} is no `{content_media_type}`"),
        _ => return None,
    })
}

fn counted(count: u64, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

fn properties(count: u64) -> String {
    format!("{count} propert{}", if count == 1 { "y" } else { "ies" })
}

/// The types of a `type`, each with its article.
pub fn type_names(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(one) => vec![with_article(one.as_str())],
        TypeKind::Multiple(set) => set.iter().map(|one| with_article(one.as_str())).collect(),
    }
}

fn types(kind: &TypeKind) -> String {
    alternatives(&type_names(kind))
}

/// The name of a type, with its article.
pub fn with_article(name: &str) -> &'static str {
    match name {
        "null" => "null",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "number" => "a number",
        "string" => "a string",
        "array" => "an array",
        _ => "an object",
    }
}

/// `a, b or c`.
pub fn alternatives<T: AsRef<str>>(all: &[T]) -> String {
    match all {
        [] => "nothing".to_owned(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}

/// The values of an `enum`, not too many of them: of many strings those that come nearest to the one that was found.
pub fn options_listed(options: &[Value], found: Found) -> String {
    let mut first: Vec<&Value> = options.iter().collect();
    let is_near = options.len() > LISTED && found.node.word().kind() == Kind::String && !found.is_secret;
    if is_near {
        let word = found.node.string();
        first.sort_by_cached_key(|option| option.as_str().map_or(usize::MAX, |one| distance(&word, one)));
    }
    first.truncate(if is_near { NEAREST } else { LISTED });
    let mut listed: Vec<_> = first.iter().map(|option| shown(&option.to_string())).collect();
    if options.len() > listed.len() {
        listed.push(format!("{} other values", options.len() - listed.len()));
    }
    alternatives(&listed)
}

/// A value as a message shows it; of a secret one no more than its type.
pub fn described(found: Found) -> String {
    let node = found.node;
    match node.word().kind() {
        Kind::False | Kind::True if found.is_secret => "a boolean".to_owned(),
        Kind::Number if found.is_secret => "a number".to_owned(),
        Kind::String if found.is_secret => "a string".to_owned(),
        Kind::Null => "null".to_owned(),
        Kind::False => "false".to_owned(),
        Kind::True => "true".to_owned(),
        Kind::Number => format!("the number {}", shown(node.number().literal())),
        Kind::String => format!("the string {}", shown(&Value::from(node.string()).to_string())),
        Kind::Array => "an array".to_owned(),
        Kind::Object => "an object".to_owned(),
    }
}

/// The name of a property.
fn named(property: &Value) -> String {
    match property {
        Value::String(name) => format!("`{}`", shown(name)),
        other => format!("`{other}`"),
    }
}

/// A text, or as much of it as a message shows.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
