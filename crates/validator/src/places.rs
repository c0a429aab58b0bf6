//! Where a schema stands, of which only the schema itself is at hand.

use isomorph_json::escaped;
use referencing::Resolver;
use serde_json::Value;

/// The URI and the JSON Pointer of a schema in the resource that a resolver stands in.
pub fn place_of(resolver: &Resolver, schema: &Value) -> String {
    let base = resolver.base_uri();
    let Ok(root) = resolver.lookup("#") else { return base.as_str().to_owned() };
    let pointer = pointer_to(root.contents(), schema).unwrap_or_default();
    format!("{}#{pointer}", base.as_str())
}

fn pointer_to(root: &Value, schema: &Value) -> Option<String> {
    let mut work = vec![(root, String::new())];
    while let Some((value, pointer)) = work.pop() {
        if std::ptr::eq(value, schema) {
            return Some(pointer);
        }
        work.extend(inside(value, &pointer));
    }
    None
}

/// What may hold schemas in a value at a place, one level down, with where it stands.
pub fn inside<'v>(value: &'v Value, pointer: &str) -> Vec<(&'v Value, String)> {
    match value {
        Value::Object(members) => {
            let inner = members.iter().filter(|(_, value)| value.is_object() || value.is_array());
            inner.map(|(name, value)| (value, format!("{pointer}/{}", escaped(name)))).collect()
        }
        Value::Array(elements) => {
            let inner = elements.iter().enumerate().filter(|(_, value)| value.is_object());
            inner.map(|(index, value)| (value, format!("{pointer}/{index}"))).collect()
        }
        _ => Vec::new(),
    }
}
