//! Instances as large as files that people send: what a small one holds, again and again.

use serde_json::{Map, Value};

/// An instance with as much as this in its largest array, its largest object, and its longest string, each apart.
pub fn grown(instance: &Value, bytes: usize) -> Vec<Value> {
    let kinds: [fn(&Value) -> bool; 3] = [
        |value| value.as_array().is_some_and(|elements| !elements.is_empty()),
        |value| value.as_object().is_some_and(|members| !members.is_empty()),
        |value| value.as_str().is_some_and(|text| !text.is_empty()),
    ];
    kinds.into_iter().filter_map(|is_meant| grown_in(instance, bytes, is_meant)).collect()
}

fn grown_in(instance: &Value, bytes: usize, is_meant: fn(&Value) -> bool) -> Option<Value> {
    let mut instance = instance.clone();
    let pointer = largest(&instance, is_meant)?;
    let part = instance.pointer_mut(&pointer)?;
    *part = match part {
        Value::Array(elements) => elements.iter().cycle().take(times(elements, bytes)).cloned().collect(),
        Value::Object(members) => named_anew(members, bytes).into(),
        Value::String(text) => text.repeat(bytes / text.len() + 1).into(),
        _ => return None,
    };
    Some(instance)
}

/// The place of the largest part of a kind.
fn largest(instance: &Value, is_meant: fn(&Value) -> bool) -> Option<String> {
    let mut found: Option<(usize, String)> = None;
    let mut work = vec![(instance, String::new())];
    while let Some((value, pointer)) = work.pop() {
        let size = value.to_string().len();
        if is_meant(value) && found.as_ref().is_none_or(|(known, _)| *known < size) {
            found = Some((size, pointer.clone()));
        }
        match value {
            Value::Array(elements) => {
                work.extend(elements.iter().enumerate().map(|(at, one)| (one, format!("{pointer}/{at}"))));
            }
            Value::Object(members) => work.extend(
                members
                    .iter()
                    .map(|(name, one)| (one, format!("{pointer}/{}", isomorph_json::escaped(name)))),
            ),
            _ => {}
        }
    }
    found.map(|(_, pointer)| pointer)
}

/// How many elements come to so many bytes.
fn times(elements: &[Value], bytes: usize) -> usize {
    let size: usize = elements.iter().map(|element| element.to_string().len() + 1).sum();
    elements.len() * (bytes / size.max(1) + 1)
}

/// The members, and as many more of other names as come to so many bytes.
fn named_anew(members: &Map<String, Value>, bytes: usize) -> Map<String, Value> {
    let size: usize = members.iter().map(|(name, value)| name.len() + value.to_string().len() + 4).sum();
    let mut more = members.clone();
    for round in 0..=bytes / size.max(1) {
        more.extend(members.iter().map(|(name, value)| (format!("{name}{round}"), value.clone())));
    }
    more
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::grown;

    #[test]
    fn what_grows_is_as_large_as_it_is_to_be_and_the_rest_stays() {
        let instance = json!({"a": [1, {"b": "text"}], "c": {}});
        let all = grown(&instance, 10_000);
        assert_eq!(all.len(), 3);
        for one in &all {
            let size = one.to_string().len();
            assert!((10_000..15_000).contains(&size), "{size}");
            assert_eq!(one["c"], json!({}));
        }
        assert_eq!(grown(&json!(5), 10_000), Vec::<serde_json::Value>::new());
    }
}
