//! The smallest instance with some property.

use serde_json::{Value, json};

/// How often the property is asked for.
const QUESTIONS: usize = 3000;

/// Makes `instance` smaller as long as `holds` still holds, and there is time.
pub fn shrink(mut instance: Value, holds: &dyn Fn(&Value) -> bool, is_late: &dyn Fn() -> bool) -> Value {
    let mut left = QUESTIONS;
    loop {
        let now = size(&instance);
        // Of what is large each smaller one is large as well.
        let in_time = smaller(&instance).take_while(|_| {
            left = left.saturating_sub(1);
            left > 0 && !is_late()
        });
        let smaller = in_time.into_iter().find(|smaller| size(smaller) < now && holds(smaller));
        match smaller {
            Some(smaller) => instance = smaller,
            None => return instance,
        }
    }
}

/// How large an instance is to a reader.
fn size(value: &Value) -> usize {
    match value {
        Value::Bool(false) => 1,
        Value::Null | Value::Bool(true) => 2,
        Value::Number(number) => number.to_string().len() + usize::from(number.to_string() != "0"),
        Value::String(text) => {
            2 + 2 * text.chars().count() + text.chars().filter(|c| !c.is_ascii_alphanumeric()).count()
        }
        Value::Array(elements) => 2 + elements.iter().map(|element| 1 + size(element)).sum::<usize>(),
        Value::Object(members) => {
            2 + members.iter().map(|(name, value)| 3 + name.len() + size(value)).sum::<usize>()
        }
    }
}

/// Instances that are simpler in one place, the outermost place first.
fn smaller(instance: &Value) -> Box<dyn Iterator<Item = Value> + '_> {
    let here = simple(instance).into_iter();
    match instance {
        Value::Object(members) => {
            let less = members.keys().map(move |name| {
                let mut less = members.clone();
                less.shift_remove(name);
                less.into()
            });
            // A part may do for the whole, where schemas are recursive.
            let parts = members.values().cloned();
            let inner = members.iter().flat_map(move |(name, value)| {
                smaller(value).map(move |value| {
                    let mut members = members.clone();
                    members.insert(name.clone(), value);
                    members.into()
                })
            });
            Box::new(here.chain(parts).chain(less).chain(inner))
        }
        Value::Array(elements) => {
            let half = (elements.len() > 3).then(|| elements[..elements.len() / 2].to_vec().into());
            let less = (0..elements.len()).map(move |index| {
                let mut less = elements.clone();
                less.remove(index);
                less.into()
            });
            let inner = elements.iter().enumerate().flat_map(move |(index, value)| {
                smaller(value).map(move |value| {
                    let mut elements = elements.clone();
                    elements[index] = value;
                    elements.into()
                })
            });
            Box::new(here.chain(half).chain(elements.iter().cloned()).chain(less).chain(inner))
        }
        _ => Box::new(here),
    }
}

/// Simpler values instead of one.
fn simple(value: &Value) -> Vec<Value> {
    let mut found =
        vec![json!({}), json!([]), json!(0), json!(""), json!(null), json!(false), json!("a"), json!(1)];
    match value {
        Value::String(text) => {
            let characters: Vec<char> = text.chars().collect();
            let part = |part: &[char]| Value::from(part.iter().collect::<String>());
            let length = characters.len();
            if length > 1 {
                found.extend([part(&characters[..length / 2]), part(&characters[length / 2..])]);
                found.extend([part(&characters[..length - 1]), part(&characters[1..])]);
            }
        }
        Value::Number(number) => {
            if let Some(number) = number.as_f64() {
                found.extend(
                    [(number / 2.0).trunc(), number.trunc()].map(|n| super::numbers::of_float(n, true)),
                );
            }
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::shrink;

    #[test]
    fn what_is_left_still_has_the_property_and_nothing_besides() {
        let instance = json!({"a": [1, 2, {"b": "long text"}], "c": 12345});
        let holds = |value: &serde_json::Value| {
            value
                .pointer("/a")
                .and_then(|a| a.as_array())
                .is_some_and(|a| a.iter().any(|e| e["b"].is_string()))
        };
        assert_eq!(shrink(instance, &holds, &|| false), json!({"a": [{"b": ""}]}));
    }
}
