//! Where a reference leads in the files of a schema.

use isomorph_json::escaped;
use referencing::uri;
use serde_json::{Map, Value};

use super::files::{Files, Place};
use crate::references::decoded;

impl Files {
    /// The place that the `$ref` of a schema leads to, if it has one that leads to one of the files.
    pub(super) fn target(&self, index: usize, pointer: &str, schema: &Map<String, Value>) -> Option<Place> {
        let reference = schema.get("$ref")?.as_str()?;
        let base = uri::from_str(self.base_around(index, pointer)?).ok()?;
        let resolved = uri::resolve_against(&base.borrow(), reference).ok()?;
        let (document, fragment) = resolved.as_str().split_once('#').unwrap_or((resolved.as_str(), ""));
        let (index, resource) = self.bases().get(document)?;
        let inside = decoded(fragment);
        let inside = if inside.is_empty() || inside.starts_with('/') {
            inside
        } else {
            named(self.subschema(*index, resource)?, &inside)?
        };
        let place = (*index, format!("{resource}{inside}"));
        self.subschema(place.0, &place.1)?;
        Some(place)
    }

    /// The base URI of the innermost resource around a place.
    fn base_around(&self, index: usize, pointer: &str) -> Option<&str> {
        let is_around = |resource: &str| {
            pointer.strip_prefix(resource).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let around =
            self.bases().iter().filter(|(_, (file, resource))| *file == index && is_around(resource));
        around.max_by_key(|(_, (_, resource))| resource.len()).map(|(base, _)| base.as_str())
    }
}

/// The pointer of the schema that is called `name` in a resource.
fn named(resource: &Value, name: &str) -> Option<String> {
    let is_called = |keyword: &str| resource.get(keyword).and_then(Value::as_str);
    if ["$anchor", "$dynamicAnchor"].iter().any(|keyword| is_called(keyword) == Some(name))
        || ["$id", "id"]
            .iter()
            .any(|keyword| is_called(keyword).and_then(|id| id.strip_prefix('#')) == Some(name))
    {
        return Some(String::new());
    }
    match resource {
        Value::Object(members) => {
            members.iter().find_map(|(key, value)| Some(format!("/{}{}", escaped(key), named(value, name)?)))
        }
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .find_map(|(index, value)| Some(format!("/{index}{}", named(value, name)?))),
        _ => None,
    }
}
