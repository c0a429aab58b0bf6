//! Whether what was read comes back.

use std::collections::BTreeSet;

use serde_json::Value;

/// The names of all properties that a schema declares, wherever.
pub fn declared(schema: &Value) -> BTreeSet<String> {
    let (mut names, mut inner) = (BTreeSet::new(), vec![schema]);
    while let Some(value) = inner.pop() {
        match value {
            Value::Object(members) => {
                let properties = members.get("properties").and_then(Value::as_object);
                names.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
                inner.extend(members.values());
            }
            Value::Array(elements) => inner.extend(elements),
            _ => {}
        }
    }
    names
}

/// The first place where what was written is not what was read. A property of a name that the schema
/// declares somewhere must come back, which is a little more than the law asks; one that is `null` may
/// appear.
pub fn lost(declared: &BTreeSet<String>, read: &Value, written: &Value, at: &str) -> Option<String> {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            let in_read = read.iter().find_map(|(name, value)| match written.get(name) {
                Some(back) => lost(declared, value, back, &format!("{at}/{name}")),
                None => declared.contains(name).then(|| format!("{at}/{name} is gone")),
            });
            let appears = |(name, value): &(&String, &Value)| !value.is_null() && !read.contains_key(*name);
            in_read.or_else(|| written.iter().find(appears).map(|(name, _)| format!("{at}/{name} appears")))
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let both = read.iter().zip(written).enumerate();
            both.into_iter().find_map(|(index, (a, b))| lost(declared, a, b, &format!("{at}/{index}")))
        }
        (Value::Number(a), Value::Number(b)) if a == b || a.as_f64() == b.as_f64() => None,
        _ if read == written => None,
        _ => Some(format!("{at} became {written}")),
    }
}
