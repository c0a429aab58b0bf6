//! Titles that are names.

use serde_json::Value;

use super::words::{Words, same_word, words};

/// A title with one of these words is a sentence, and no name.
const STOP: &str = "a an the of for to is are be if in on at by as and or not with whether when which that this it its from all \
     any each one only your you may must should can will use used uses enable enables disable set sets specify specifies define \
     defines list determines controls";

/// Words that only say that it is a schema.
const TAILS: [&str; 3] = ["schema", "specification", "definition"];

/// How files end that schemas are for.
const FILES: [&str; 5] = [".json", ".yaml", ".yml", ".toml", ".xml"];

/// The longest title that is a name, in characters and in words.
const LONGEST: (usize, usize) = (32, 3);

/// The words of a schema's title, if that is a name; else none.
pub fn title(schema: &Value) -> Words {
    schema.get("title").and_then(Value::as_str).map(of_text).unwrap_or_default()
}

/// The same of a constant, of which a single word is a name, whatever it is.
pub fn of_constant(schema: &Value) -> Words {
    let found = title(schema);
    let text = schema.get("title").and_then(Value::as_str).unwrap_or_default();
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
        && text.len() <= LONGEST.0;
    if found.is_empty() && is_word { words(text) } else { found }
}

/// What a document is called by its title, if that is a name, and says more than that it is a schema. A title that names the file
/// that it is for is less than the schema's own file says.
pub fn of_document(title: &str) -> Option<String> {
    let words = of_text(title);
    let is_of_file = FILES.iter().any(|end| title.trim().to_ascii_lowercase().ends_with(end));
    let says_something =
        !words.is_empty() && !is_of_file && !matches!(words.as_slice(), [only] if same_word(only, "json"));
    says_something.then(|| words.join(" "))
}

/// The words of a title, if it is a name; else none.
pub fn of_text(text: &str) -> Words {
    let text = without_schema(text.trim());
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " _-./".contains(c));
    let spaced: Vec<_> = text.split_whitespace().collect();
    let is_stop = |word: &&str| STOP.split_whitespace().any(|stop| word.eq_ignore_ascii_case(stop));
    if !is_name || text.len() > LONGEST.0 || spaced.len() > LONGEST.1 || spaced.iter().any(is_stop) {
        return Words::new();
    }
    words(text)
}

/// Without what only says that it is a schema, at the end: `Widget JSON Schema`, `WidgetSchema`.
fn without_schema(text: &str) -> &str {
    let low = text.to_ascii_lowercase();
    let Some(tail) = TAILS.into_iter().find(|tail| low.ends_with(tail)) else { return text };
    let before = &text[..text.len() - tail.len()];
    let begins_a_word = before.ends_with(' ')
        || (before.ends_with(|c: char| c.is_ascii_lowercase())
            && text[before.len()..].starts_with(char::is_uppercase));
    if !begins_a_word {
        return text;
    }
    let before = before.trim_end();
    let without_json = before.len().checked_sub(4).filter(|at| before.is_char_boundary(*at));
    let without_json = without_json.filter(|at| before[*at..].eq_ignore_ascii_case("json"));
    match without_json.map(|at| before[..at].trim_end()) {
        Some(rest) if !rest.is_empty() => rest,
        _ => before,
    }
}

#[cfg(test)]
mod tests {
    use super::{of_document, of_text};
    use crate::model::called::words::pascal;

    #[test]
    fn a_title_that_is_a_file_calls_no_document() {
        assert_eq!(of_document("buf.yaml"), None);
        assert_eq!(of_document("package.json"), None);
        assert_eq!(of_document("Order Request").as_deref(), Some("Order Request"));
    }

    #[test]
    fn a_title_is_a_name_or_none() {
        let cases = [
            ("Server", "Server"),
            ("Branch Protection Rule", "BranchProtectionRule"),
            ("Widget JSON Schema", "Widget"),
            ("WidgetSchema", "Widget"),
            ("JSON Schema", "Json"),
            ("jsonschema", "Jsonschema"),
            ("The name of the thing", ""),
            ("One two three four", ""),
            ("Whether it runs", ""),
            ("a title of more than thirty-two characters", ""),
            ("1st", ""),
            ("What?", ""),
            ("", ""),
            ("Definition", "Definition"),
        ];
        for (text, expected) in cases {
            assert_eq!(pascal(&of_text(text)), expected, "{text:?}");
        }
    }
}
