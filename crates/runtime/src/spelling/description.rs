//! What documentation says otherwise than the schema: notes, and markup that is escaped.

use std::borrow::Cow;

use schemars::Schema;
use serde_json::{Map, Value};

/// Reads the descriptions of a schema and of its properties back out of documentation.
///
/// The generator puts into its last paragraph, if that is set in italics, in words what the schema says in
/// keywords: that goes. And it escapes what rustdoc would act on: `\[a\]` → `[a]`, `<https://a.b>` → `https://a.b`.
pub fn plain_descriptions(schema: &mut Schema) {
    let Some(keywords) = schema.as_object_mut() else { return };
    read_back(keywords);
    if let Some(Value::Object(properties)) = keywords.get_mut("properties") {
        properties.values_mut().filter_map(Value::as_object_mut).for_each(read_back);
    }
}

/// The description as in `text`, which says the same in the same words: with other spaces and lines, and with characters
/// that documentation does not hold. A description in other words stays as it is.
pub fn described(text: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if let Some(Value::String(said)) = schema.get_mut("description")
            && words(said) == words(text)
        {
            text.clone_into(said);
        }
    }
}

/// The letters and digits of a text; of another character that shows nothing, its number.
fn words(text: &str) -> String {
    let mut words = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            words.push(c);
        } else if !c.is_whitespace() && is_hidden(c) {
            words.extend(c.escape_unicode().filter(|c| c.is_alphanumeric()));
        }
    }
    words
}

/// Control characters, and those that rustc refuses in comments because they reorder text.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// What documentation says is called `title`: the source has no description.
pub fn titled(schema: &mut Schema) {
    call(schema, "title");
}

/// What documentation says is called `markdownDescription`: the source has no description.
pub fn markdown(schema: &mut Schema) {
    call(schema, "markdownDescription");
}

fn call(schema: &mut Schema, keyword: &str) {
    if schema.get(keyword).is_none()
        && let Some(description) = schema.remove("description")
    {
        schema.insert(keyword.to_owned(), description);
    }
}

/// Leaves the description out: it is that of what is around the type.
pub fn undescribed(schema: &mut Schema) {
    schema.remove("description");
}

fn read_back(keywords: &mut Map<String, Value>) {
    let Some(Value::String(description)) = keywords.get_mut("description") else { return };
    let start = description.rfind("\n\n").map_or(0, |blank| blank + 2);
    let last = &description[start..];
    if last.starts_with('_') && last.ends_with("._") {
        description.truncate(start.saturating_sub(2));
    }
    if let Cow::Owned(unescaped) = unescaped(description) {
        *description = unescaped;
    }
    if description.is_empty() {
        keywords.remove("description");
    }
}

/// The text that was escaped to become documentation. A text that reads like an escaped one does not come back.
pub fn unescaped(documentation: &str) -> Cow<'_, str> {
    if !documentation.contains(['\\', '<']) {
        return documentation.into();
    }
    let lines: Vec<_> = documentation.split('\n').map(unescaped_line).collect();
    lines.join("\n").into()
}

fn unescaped_line(line: &str) -> String {
    let (mut text, mut rest, mut in_code) = (String::new(), line, false);
    while let Some(at) = rest.find(['\\', '<', '`']) {
        text.push_str(&rest[..at]);
        let (mark, behind) = rest[at..].split_at(1);
        rest = behind;
        let url = (mark == "<").then(|| behind.split_once('>')).flatten();
        let url = url.map(|(url, _)| url).filter(|url| is_url(url));
        match (mark, url) {
            ("\\", _) if !in_code && behind.starts_with(['\\', '`', '~', '[', ']', '<', '>', '#', '/']) => {
                let (escaped, behind) = behind.split_at(1);
                text.push_str(escaped);
                rest = behind;
            }
            ("<", Some(url)) if !in_code => {
                text.push_str(url);
                rest = &behind[url.len() + 1..];
            }
            _ => {
                in_code ^= mark == "`";
                text.push_str(mark);
            }
        }
    }
    text + rest
}

fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{described, plain_descriptions};

    #[test]
    fn a_description_is_laid_out_and_never_said_anew() {
        let cases = [
            ("a b c", "  a\n  b\tc\n", true),
            ("a \\u{0}b", "a \0b", true),
            ("\\[a\\]", "[a]", true),
            ("a b", "a c", false),
            ("a", "a b", false),
        ];
        for (said, text, is_same) in cases {
            let mut schema = json!({"description": said}).try_into().expect("a schema");
            described(text)(&mut schema);
            assert_eq!(Value::from(schema)["description"] == text, is_same, "{said:?} {text:?}");
        }
    }

    #[test]
    fn notes_and_escapes_go_and_descriptions_stay() {
        let cases = [
            (json!({"description": "A.\n\n_At least 1._"}), json!({"description": "A."})),
            (json!({"description": "_At least 1._"}), json!({})),
            (json!({"description": "A _b._"}), json!({"description": "A _b._"})),
            (
                json!({"properties": {"a": {"description": "_A._"}, "b": true}}),
                json!({"properties": {"a": {}, "b": true}}),
            ),
            (
                json!({"description": "see <https://a.b/c>, \\[d\\] and `\\[e\\] <https://f>`\n\\# \\`g\\`"}),
                json!({"description": "see https://a.b/c, [d] and `\\[e\\] <https://f>`\n# `g`"}),
            ),
            (json!({"description": "a\\b <c \\\\"}), json!({"description": "a\\b <c \\"})),
        ];
        for (before, after) in cases {
            let mut schema = before.try_into().expect("a schema");
            plain_descriptions(&mut schema);
            assert_eq!(Value::from(schema), after);
        }
    }
}
