//! Pointers that lead nowhere, and where they were probably meant to lead.

use isomorph_json::{escaped, unescaped};
use isomorph_validator::explain::near;
use serde_json::Value;

use crate::keywords::DEFINITIONS;

/// The reference that was probably meant where `reference` leads nowhere in its own document.
pub fn meant(root: &Value, reference: &str) -> Option<String> {
    let pointer = reference.strip_prefix("#/")?;
    let segments: Vec<_> = pointer.split('/').map(unescaped).collect();
    let (mut here, mut before) = (root, String::new());
    for (index, segment) in segments.iter().enumerate() {
        if let Some(inner) = inside(here, segment) {
            here = inner;
            before = format!("{before}/{}", escaped(segment));
            continue;
        }
        let rest = &segments[index + 1..];
        let leads =
            |name: &str| rest.iter().try_fold(inside(here, name)?, |here, one| inside(here, one)).map(drop);
        let names = here.as_object()?.keys().map(String::as_str);
        // One is what newer dialects call the other.
        let renamed = DEFINITIONS.contains(&segment.as_ref()).then_some(DEFINITIONS).into_iter().flatten();
        let name = renamed.chain(near(segment, names)).find(|name| leads(name).is_some())?;
        let after = rest.iter().fold(String::new(), |after, one| format!("{after}/{}", escaped(one)));
        return Some(format!("#{before}/{}{after}", escaped(name)));
    }
    None
}

fn inside<'a>(value: &'a Value, segment: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(segment),
        Value::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::meant;

    #[test]
    fn a_reference_is_meant_for_what_is_nearly_called_so() {
        let root = json!({"$defs": {"address": {"properties": {"a/b": {}}}, "list": [{}]}});
        for (reference, expected) in [
            ("#/$defs/adress", Some("#/$defs/address")),
            ("#/definitions/address", Some("#/$defs/address")),
            ("#/$defs/adress/properties/a~1b", Some("#/$defs/address/properties/a~1b")),
            ("#/$defs/adress/properties/c", None),
            ("#/$defs/list/1", None),
            ("#/$defs/nobody", None),
            ("#anchor", None),
            ("other.json#/$defs/adress", None),
        ] {
            assert_eq!(meant(&root, reference).as_deref(), expected, "{reference}");
        }
    }
}
