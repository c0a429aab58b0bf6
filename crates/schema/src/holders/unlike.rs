//! Objects that are no schemas: none of their keys is a keyword. A validator would accept anything by them.

use serde_json::{Map, Value};

use super::kind::Kind;
use crate::keywords::is_known;
use crate::meant::meant;

/// Why an object is no schema, and what it seems to be; `None` if it may be one. `{}` is one, and so is what has a
/// keyword of any dialect; extensions, `x-…`, say nothing.
pub fn unlike(root: &Value) -> Option<String> {
    let keys = root.as_object()?;
    let mut own = keys.keys().filter(|key| !key.starts_with("x-")).peekable();
    own.peek()?;
    if own.clone().any(|key| is_known(key)) {
        return None;
    }
    let shown: Vec<_> = own.clone().take(3).map(|key| format!("`{}`", key.escape_debug())).collect();
    let more = if own.count() > shown.len() { " …" } else { "" };
    Some(format!("none of its keys ({}{more}) is a keyword; {}", shown.join(", "), seems(root, keys)))
}

/// What it seems to be, and what to do.
fn seems(root: &Value, keys: &Map<String, Value>) -> String {
    let has = |wanted: &[&str]| wanted.iter().all(|key| keys.contains_key(*key));
    let said =
        |key: &str| keys.get(key).and_then(Value::as_str).unwrap_or_default().escape_debug().to_string();
    if let Ok(Some(kind)) = Kind::of(root) {
        return format!("it is {kind}");
    }
    if has(&["apiVersion", "kind"]) {
        return format!("it seems to be a Kubernetes resource of the kind {}, an instance", said("kind"));
    }
    if has(&["components"]) || has(&["paths"]) {
        return "it seems to be a part of an OpenAPI document; name the document itself".to_owned();
    }
    if has(&["tools"]) || has(&["jsonrpc"]) {
        return "it seems to be a message of JSON-RPC".to_owned();
    }
    if let Some((keyword, meant)) = keys.keys().find_map(|keyword| Some((keyword, meant(keyword)?))) {
        return format!("did you mean `{meant}` by `{}`?", keyword.escape_debug());
    }
    if let Some((name, _)) = keys.iter().find(|_| keys.values().all(looks_like_schema)) {
        let name = isomorph_json::escaped(name);
        return format!(
            "it seems to be a map of schemas; name one, as in `FILE#/{name}`, or put them under `$defs`"
        );
    }
    "it seems to be an instance; `--allow-any` takes it for a schema that accepts anything".to_owned()
}

fn looks_like_schema(value: &Value) -> bool {
    let has_keyword = |keys: &Map<String, Value>| !keys.is_empty() && keys.keys().any(|key| is_known(key));
    value.as_object().is_some_and(has_keyword)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::unlike;

    #[test]
    fn what_has_a_keyword_or_nothing_may_be_a_schema() {
        for schema in [
            json!(true),
            json!(false),
            json!({}),
            json!({"type": "object"}),
            json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "x": 1}),
            json!({"title": "A", "foo": 1}),
            json!({"x-a": 1}),
            json!({"$defs": {}}),
            json!({"id": "https://example.com/a"}),
            json!({"contentMediaType": "text/html"}),
            json!(5),
        ] {
            assert_eq!(unlike(&schema), None, "{schema}");
        }
    }

    #[test]
    fn what_has_none_is_told_what_it_seems_to_be() {
        for (object, expected) in [
            (
                json!({"name": "a", "version": 1}),
                "none of its keys (`name`, `version`) is a keyword; it seems to be an instance",
            ),
            (json!({"apiVersion": "v1", "kind": "Pod", "x-a": 1}), "a Kubernetes resource of the kind Pod"),
            (json!({"components": {"schemas": {}}}), "a part of an OpenAPI document"),
            (json!({"Pet": {"type": "object"}, "Owner": {"type": "object"}}), "`FILE#/Pet`"),
            (json!({"proprties": {"a": {"type": "string"}}}), "did you mean `properties` by `proprties`?"),
            (json!({"a": 1, "b": 1, "c": 1, "d": 1}), "(`a`, `b`, `c` …)"),
        ] {
            let said = unlike(&object).unwrap_or_default();
            assert!(said.contains(expected), "{said}");
        }
    }
}
