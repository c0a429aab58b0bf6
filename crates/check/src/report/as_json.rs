use isomorph_json::is_hidden;
use serde_json::Value;

/// A value as JSON text in which every character shows itself: what JSON lets stand and a terminal does not is escaped.
pub fn as_json(value: &Value) -> String {
    let text = value.to_string();
    if !text.chars().any(is_hidden) {
        return text;
    }
    let shown = |c: char| if is_hidden(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::as_json;

    #[test]
    fn what_hides_is_escaped_and_comes_back() {
        let value = serde_json::json!({"a\u{9b}": "\u{202e}x\u{1b}\u{feff}ü"});
        let text = as_json(&value);
        assert_eq!(text, r#"{"a\u009b":"\u202ex\u001b\ufeffü"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(value));
    }
}
