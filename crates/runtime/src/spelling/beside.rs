//! Properties that all branches of a union have, and that the source says beside it.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// `{"anyOf": [{"properties": {"a": A, "b": B}}, {"properties": {"a": A, "c": C}}]}` →
/// `{"properties": {"a": A}, "anyOf": [{"properties": {"b": B}}, {"properties": {"c": C}}]}`: these properties move out of
/// the branches, if each has them all, and says the same of them; of what they say otherwise, and all require, that it is
/// required. Otherwise all stays as it is.
pub fn beside(names: &[&str]) -> impl FnMut(&mut Schema) {
    move |schema| {
        let Some(keywords) = schema.as_object_mut() else { return };
        let Some(keyword) = union_of(keywords).filter(|_| !keywords.contains_key("properties")) else {
            return;
        };
        let Some(Value::Array(branches)) = keywords.get_mut(keyword) else { return };
        let Some((properties, required)) = common(branches, names) else { return };
        for branch in branches {
            leave(branch, &properties, &required);
        }
        if !properties.is_empty() {
            keywords.insert("properties".to_owned(), properties.into());
        }
        if !required.is_empty() {
            keywords.insert("required".to_owned(), required.into());
        }
    }
}

/// `{"oneOf": [{"properties": {"kind": {"const": "a"}}}, …]}` → the same, and `{"properties": {"kind": {"type": "string"}}}` beside
/// it: the type of the strings by which a property tells the branches apart, if it does so in all of them.
pub fn tag_beside(name: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if tags(schema, name).is_some() {
            declare_beside(schema, name, json!({"type": "string"}));
        }
    }
}

/// The same, with `{"properties": {"kind": {"enum": ["a", …]}}}`: those strings.
pub fn listed_beside(name: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if let Some(all) = tags(schema, name) {
            declare_beside(schema, name, json!({ "enum": all }));
        }
    }
}

/// The strings that the branches of a union list for a property.
fn tags(schema: &Schema, name: &str) -> Option<Vec<Value>> {
    let keywords = schema.as_object()?;
    let mut all = Vec::new();
    for branch in keywords.get(union_of(keywords)?)?.as_array()? {
        let property = branch.get("properties")?.get(name)?;
        let listed = property.get("const").map(std::slice::from_ref);
        all.extend_from_slice(listed.or_else(|| Some(property.get("enum")?.as_array()?.as_slice()))?);
    }
    all.iter().all(Value::is_string).then_some(all)
}

fn declare_beside(schema: &mut Schema, name: &str, property: Value) {
    let properties = schema.ensure_object().entry("properties").or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        properties.entry(name).or_insert(property);
    }
}

/// The keyword of the union that a schema is.
fn union_of(keywords: &Map<String, Value>) -> Option<&'static str> {
    ["anyOf", "oneOf"].into_iter().find(|keyword| keywords.contains_key(*keyword))
}

/// What all branches say of properties of these names, and which of them all require; `None` if they do not say the same.
fn common(branches: &[Value], names: &[&str]) -> Option<(Map<String, Value>, Vec<Value>)> {
    let (first, others) = branches.split_first()?;
    let declared = |branch: &Value, name: &str| branch.get("properties")?.get(name).cloned();
    let is_listed = |branch: &Value, name: &str| {
        let listed = branch.get("required").and_then(Value::as_array);
        listed.is_some_and(|names| names.iter().any(|one| one == name))
    };
    let mut properties = Map::new();
    for name in names {
        let schema = declared(first, name)?;
        let is_same = others.iter().all(|other| declared(other, name).as_ref() == Some(&schema));
        if is_same {
            properties.insert((*name).to_owned(), schema);
        } else if !branches.iter().all(|branch| is_listed(branch, name)) {
            return None;
        }
    }
    let all_require = |name: &&&str| branches.iter().all(|branch| is_listed(branch, name));
    let required = names.iter().filter(all_require).map(|name| (*name).into()).collect();
    Some((properties, required))
}

/// Takes out of a branch what stands beside it. What is left is a reference again if it says no more than that.
fn leave(branch: &mut Value, names: &Map<String, Value>, required: &[Value]) {
    let Some(keywords) = branch.as_object_mut() else { return };
    if let Some(Value::Object(properties)) = keywords.get_mut("properties") {
        properties.retain(|name, _| !names.contains_key(name));
        if properties.is_empty() {
            keywords.remove("properties");
        }
    }
    if let Some(Value::Array(listed)) = keywords.get_mut("required") {
        listed.retain(|name| !required.contains(name));
        if listed.is_empty() {
            keywords.remove("required");
        }
    }
    let is_object = keywords.get("type").is_none_or(|name| name == "object");
    let says_type = usize::from(keywords.contains_key("type"));
    if let Some([only]) = keywords.get("allOf").and_then(Value::as_array).map(Vec::as_slice)
        && is_object
        && keywords.len() == 1 + says_type
        && only.get("$ref").is_some()
    {
        *branch = only.clone();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{beside, listed_beside, tag_beside};

    fn after(mut said: Value, names: &[&str]) -> Value {
        beside(names)((&mut said).try_into().expect("a schema"));
        said
    }

    fn said() -> Value {
        json!({"title": "T", "oneOf": [
            {"type": "object", "properties": {"a": {"type": "string"}, "b": true, "c": true}, "required": ["a", "b"]},
            {"type": "object", "properties": {"a": {"type": "string"}, "b": true}, "required": ["a"], "allOf": [{"$ref": "#/$defs/D"}]},
        ]})
    }

    #[test]
    fn what_all_branches_say_of_a_property_is_said_beside_them() {
        let expected = json!({
            "title": "T",
            "properties": {"a": {"type": "string"}, "b": true},
            "required": ["a"],
            "oneOf": [
                {"type": "object", "properties": {"c": true}, "required": ["b"]},
                {"$ref": "#/$defs/D"},
            ],
        });
        assert_eq!(after(said(), &["a", "b"]), expected);
    }

    #[test]
    fn what_tells_all_branches_apart_is_declared_beside_them() {
        let of_kind = |kind: Value| json!({"properties": {"kind": kind}});
        let said = json!({"oneOf": [of_kind(json!({"const": "a"})), of_kind(json!({"enum": ["b", "c"]}))]});
        let after = |mut said: Value, is_listed: bool| {
            let of: &mut schemars::Schema = (&mut said).try_into().expect("a schema");
            if is_listed {
                listed_beside("kind")(of);
            } else {
                tag_beside("kind")(of);
            }
            said
        };
        assert_eq!(after(said.clone(), false)["properties"], json!({"kind": {"type": "string"}}));
        assert_eq!(after(said.clone(), true)["properties"], json!({"kind": {"enum": ["a", "b", "c"]}}));
        for other in [json!({"const": 1}), json!({"type": "string"}), json!(true)] {
            let mut said = said.clone();
            said["oneOf"][1]["properties"]["kind"] = other;
            assert_eq!(after(said.clone(), true), said);
        }
    }

    #[test]
    fn what_all_branches_require_is_required_beside_them() {
        let of_kind = |kind: &str| json!({"type": "object", "properties": {"kind": {"const": kind}}});
        let mut said = json!({"oneOf": [of_kind("a"), of_kind("b")]});
        let mut expected = said.clone();
        expected["required"] = json!(["kind"]);
        for branch in said["oneOf"].as_array_mut().expect("branches") {
            branch["required"] = json!(["kind"]);
        }
        assert_eq!(after(said, &["kind"]), expected);
    }

    #[test]
    fn a_union_whose_branches_differ_stays_as_it_is() {
        let changes: [fn(&mut Value); 4] = [
            |said| said["oneOf"][1]["properties"]["b"] = json!({"type": "integer"}),
            |said| drop(said["oneOf"][0]["properties"].as_object_mut().expect("an object").remove("b")),
            |said| said["oneOf"][1] = json!({"type": "string"}),
            |said| said["properties"] = json!({}),
        ];
        for change in changes {
            let mut other = said();
            change(&mut other);
            assert_eq!(after(other.clone(), &["a", "b"]), other);
        }
    }
}
