use serde_json::{Map, Number as Known, Value};

use crate::bytes::cursor::{Begin, Cursor};
use crate::refusal::Refusal;

/// Reads any value into memory.
///
/// # Errors
///
/// If what comes next is no JSON.
pub fn value(cursor: &mut Cursor) -> Result<Value, Refusal> {
    Ok(match cursor.begin()? {
        Begin::Null => cursor.word("null").map(|()| Value::Null)?,
        Begin::False => cursor.word("false").map(|()| Value::Bool(false))?,
        Begin::True => cursor.word("true").map(|()| Value::Bool(true))?,
        Begin::Number => number(cursor)?,
        Begin::String => Value::String(cursor.string()?.into_owned()),
        Begin::Array => {
            let mut elements = Vec::new();
            cursor.enter()?;
            while cursor.next_element(elements.is_empty())? {
                elements.push(value(cursor)?);
            }
            Value::Array(elements)
        }
        Begin::Object => {
            let mut members = Map::new();
            cursor.enter()?;
            let mut is_first = true;
            while let Some(name) = cursor.next_name(is_first)? {
                members.insert(name.into_owned(), value(cursor)?);
                is_first = false;
            }
            Value::Object(members)
        }
    })
}

/// The number as serde_json reads it, which depends on features of it that any crate of a build can turn on.
fn number(cursor: &mut Cursor) -> Result<Value, Refusal> {
    let start = cursor.offset();
    cursor.number()?;
    cursor.since(start).parse::<Known>().map(Value::Number).map_err(Refusal::new)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::value;
    use crate::bytes::cursor::Cursor;

    #[test]
    fn a_value_is_what_serde_json_reads() {
        for text in [
            "null",
            "[]",
            "{}",
            r#"{"a": [1, -1, 1.5, 1e2, -0, 18446744073709551616, true, false, null], "b\n": {"c": "\u00e9"}}"#,
            r#"{"a": 1, "a": 2}"#,
        ] {
            assert_eq!(value(&mut Cursor::new(text)).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn it_is_nested_as_deep_as_serde_json_has_it() {
        for depth in [1, 126, 127, 128, 200] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let is_read = value(&mut Cursor::new(&text)).is_ok();
            assert_eq!(is_read, serde_json::from_str::<Value>(&text).is_ok(), "{depth}");
        }
    }
}
