//! JSON texts in attributes.

use proc_macro2::Literal;
use serde_json::Value;

use super::docs::is_hidden;

/// A value as JSON, in a string that reads as it is, if it can.
pub fn json_text(value: &Value) -> Literal {
    let text = value.to_string();
    let is_plain = text.contains('"') && !text.contains("\"#") && !text.contains(is_hidden);
    let raw = is_plain.then(|| format!("r#\"{text}\"#").parse().ok()).flatten();
    raw.unwrap_or_else(|| Literal::string(&text))
}
