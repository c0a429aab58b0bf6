use std::ops::Deref;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// One value as each of several branches of an `anyOf`: what one does not declare, another keeps.
///
/// It is written as one value again, of all that its parts say.
///
/// ```
/// use isomorph_runtime::Several;
///
/// let parts = [serde_json::json!({"name": "x", "mail": "x@y"}), serde_json::json!({"name": "x", "phone": "1"})];
/// let one = serde_json::to_value(Several::new(parts.into()))?;
/// assert_eq!(one, serde_json::json!({"name": "x", "mail": "x@y", "phone": "1"}));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Several<T>(Vec<T>);

impl<T> Several<T> {
    /// One value, as each of its branches. Where they contradict each other, the first is written.
    pub fn new(parts: Vec<T>) -> Self {
        Self(parts)
    }

    /// The value as each of its branches.
    pub fn into_parts(self) -> Vec<T> {
        self.0
    }
}

impl<T> Deref for Several<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize> Serialize for Several<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = self.0.iter().map(serde_json::to_value);
        let all = parts.collect::<Result<Vec<_>, _>>().map_err(serde::ser::Error::custom)?;
        together(all).serialize(serializer)
    }
}

/// What all of them say. Where they contradict each other, it is the first that counts.
pub fn together(all: impl IntoIterator<Item = Value>) -> Value {
    let mut all = all.into_iter();
    let mut whole = all.next().unwrap_or_default();
    all.for_each(|part| add(&mut whole, part));
    whole
}

fn add(whole: &mut Value, part: Value) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                match whole.get_mut(&name) {
                    Some(known) => add(known, value),
                    None => drop(whole.insert(name, value)),
                }
            }
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.iter_mut().zip(part).for_each(|(known, value)| add(known, value));
        }
        _ => {}
    }
}

/// How much of a value is still there when it is written again: the number of values in it.
pub fn kept(value: &Value, written: &Value) -> usize {
    match (value, written) {
        (Value::Object(value), Value::Object(written)) => {
            let both = value.iter().filter_map(|(name, value)| Some((value, written.get(name)?)));
            1 + both.map(|(value, written)| kept(value, written)).sum::<usize>()
        }
        (Value::Array(value), Value::Array(written)) => {
            1 + value.iter().zip(written).map(|(value, written)| kept(value, written)).sum::<usize>()
        }
        // A number may be written otherwise than it was read.
        (Value::Number(value), Value::Number(written)) => usize::from(value.as_f64() == written.as_f64()),
        _ => usize::from(value == written),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{kept, together};

    #[test]
    fn what_one_part_says_of_an_inner_value_another_adds_to() {
        let parts = [json!({"a": [{"b": 1}, 2]}), json!({"a": [{"c": 3}, 4], "d": null})];
        assert_eq!(together(parts), json!({"a": [{"b": 1, "c": 3}, 2], "d": null}));
    }

    #[test]
    fn what_appears_when_a_value_is_written_does_not_count_as_kept() {
        let value = json!({"a": {"b": 1}});
        assert_eq!(kept(&value, &json!({"a": {"b": 1}, "c": 2})), 3);
        assert_eq!(kept(&value, &json!({"a": {"d": 1}})), 2);
        assert_eq!(kept(&value, &json!({"a": {"b": 1.5}})), 2);
    }

    #[test]
    fn a_number_that_is_written_otherwise_is_kept() {
        assert_eq!(kept(&json!({"a": 5}), &json!({"a": 5.0})), 2);
        assert_eq!(kept(&json!([1.0]), &json!([1])), 2);
    }
}
