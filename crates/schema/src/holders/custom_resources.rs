//! The schemas of custom resource definitions of Kubernetes.

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, elements, joined};
use super::kind::is_definition;

/// The schema of each version: called as the kind, and where there are several, with the version behind it.
pub fn schemas(root: &Value) -> Vec<Found> {
    let mut found = Vec::new();
    if is_definition(root) {
        add(root, root, &Pointer::root(), &mut found);
    }
    for (at, definition) in elements(root, &Pointer::root().join("items")) {
        if is_definition(definition) {
            add(root, definition, &at, &mut found);
        }
    }
    found
}

fn add(root: &Value, definition: &Value, at: &Pointer, found: &mut Vec<Found>) {
    let said = |pointer: &str| definition.pointer(pointer).and_then(Value::as_str);
    let kind = said("/spec/names/kind").unwrap_or("Resource");
    // A version is the same one whatever it is called here, which goes by how many there are.
    let sign = |version: &str| format!("{} {kind} {version}", said("/spec/group").unwrap_or_default());
    let spec = at.join("spec");
    let (mut versions, mut without) = (Vec::new(), Vec::new());
    for (at, version) in elements(root, &spec.join("versions")) {
        let schema = at.join("schema").join("openAPIV3Schema");
        let name = version.get("name").and_then(Value::as_str).unwrap_or_default();
        if schema.find(root).is_some() {
            versions.push((name, schema));
        } else {
            without.push(sign(name));
        }
    }
    if without.is_empty() {
        without.extend(said("/spec/version").map(sign));
    }
    // Before v1 all versions could have one.
    let shared = spec.join("validation").join("openAPIV3Schema");
    let shared = shared.find(root).map(|_| Found { offered: without, ..Found::named(kind, shared.clone()) });
    found.extend(shared);
    let is_one = versions.len() == 1;
    found.extend(versions.into_iter().map(|(version, schema)| {
        let name = if is_one { kind.to_owned() } else { joined(&format!("{kind} {version}")) };
        Found { offered: vec![sign(version)], ..Found::named(name, schema) }
    }));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::schemas;

    fn definition(versions: &[&str]) -> Value {
        let version = |name: &&str| json!({"name": name, "schema": {"openAPIV3Schema": {"type": "object"}}});
        json!({
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "spec": {"names": {"kind": "Widget"}, "versions": versions.iter().map(version).collect::<Vec<_>>()}
        })
    }

    #[test]
    fn a_version_has_its_name_where_there_are_several() {
        let names = |root: &Value| schemas(root).into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(&definition(&["v1"])), ["Widget"]);
        assert_eq!(names(&definition(&["v1beta1", "v1"])), ["WidgetV1beta1", "WidgetV1"]);
        let list = json!({"kind": "List", "items": [definition(&["v1"]), {"kind": "Service"}]});
        assert_eq!(names(&list), ["Widget"]);
        assert_eq!(schemas(&list)[0].pointer.to_string(), "#/items/0/spec/versions/0/schema/openAPIV3Schema");
        let old = json!({
            "apiVersion": "apiextensions.k8s.io/v1beta1",
            "kind": "CustomResourceDefinition",
            "spec": {"names": {"kind": "Widget"}, "validation": {"openAPIV3Schema": {}}, "versions": [{"name": "v1"}]}
        });
        assert_eq!(names(&old), ["Widget"]);
    }
}
