//! What is written by those who send nothing that their schema does not declare.
//!
//! The schema of that is the given one with objects closed, wherever one schema alone says what an object may have. Where several
//! do (`allOf`, `anyOf`, `if` …), the whole is closed by `unevaluatedProperties`, and what is inside stays open: that assumes less,
//! so it never calls compatible what is not.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Dialect, inside_any};
use serde_json::{Map, Value};

use super::local::{is_annotation, name_of};
use super::upgrade;

/// What a schema is for the values that it binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// It alone says what they are.
    Alone,
    /// So it does, if it is the branch of a `oneOf` that they are of.
    Branch,
    /// Others bind them as well, or it does not bind them.
    OneOfSeveral,
}

/// The schema of what is declared; `None` if that cannot be said, or is the given schema.
pub fn closed(bundle: &Bundle) -> Option<Bundle> {
    if bundle.is_approximate {
        return None;
    }
    let mut bundle = in_dialect_of_closed(bundle);
    let closing = Closing { roles: roles(&bundle), bundle: &bundle };
    let mut schema = bundle.schema.clone();
    closing.close(&bundle.schema, &mut schema, &Pointer::root(), Role::Alone);
    for (name, role) in &closing.roles {
        let at = super::local::definition(&bundle, name);
        if let Some(definition) = bundle.schema.pointer(at.as_str()) {
            closing.close(definition, &mut schema, &at, *role);
        }
    }
    if schema == bundle.schema {
        return None;
    }
    bundle.schema = schema;
    Some(bundle)
}

/// A schema in the dialect in which it would be closed: before 2019-09 there is no `unevaluatedProperties`. In draft 4 integers mean
/// something else, so it stays.
pub fn in_dialect_of_closed(bundle: &Bundle) -> Bundle {
    if bundle.dialect == Dialect::Draft4 { bundle.clone() } else { upgrade::bundle(bundle) }
}

/// What each definition is, of all that refer to it.
fn roles(bundle: &Bundle) -> BTreeMap<String, Role> {
    let mut roles: BTreeMap<String, Role> = BTreeMap::new();
    let mut work = vec![(&bundle.schema, Role::Alone)];
    while let Some((schema, role)) = work.pop() {
        if let Some((name, role)) = referred(bundle, schema, role)
            && roles.get(name).is_none_or(|known| *known < role)
        {
            roles.insert(name.to_owned(), role);
            work.extend(definition(bundle, name).map(|definition| (definition, role)));
        }
        work.extend(parts(schema, role).into_iter().map(|(_, part, role)| (part, role)));
    }
    roles
}

fn definition<'a>(bundle: &'a Bundle, name: &str) -> Option<&'a Value> {
    bundle.schema.pointer(super::local::definition(bundle, name).as_str())
}

/// The definition that a schema refers to, and what it is by that.
fn referred<'a>(bundle: &Bundle, schema: &'a Value, role: Role) -> Option<(&'a str, Role)> {
    let name = name_of(bundle, schema.get("$ref")?)?;
    Some((name, if is_plain_reference(schema) { role } else { Role::OneOfSeveral }))
}

fn is_plain_reference(schema: &Value) -> bool {
    binding(schema).all(|keyword| keyword == "$ref")
}

/// The keywords that bind instances.
fn binding(schema: &Value) -> impl Iterator<Item = &str> {
    let keywords = schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword.as_str());
    keywords.filter(|keyword| {
        !["$schema", "$defs", "definitions"].contains(keyword) && !is_annotation(keyword, false)
    })
}

/// The schemas inside one, with what each is.
fn parts(schema: &Value, role: Role) -> Vec<(Pointer, &Value, Role)> {
    const PROPERTIES: [&str; 2] = ["properties", "additionalProperties"];
    const ELEMENTS: [&str; 2] = ["items", "prefixItems"];
    let is_several = has_several(schema);
    let has_patterns = schema.get("patternProperties").is_some();
    let below = inside_any(schema).into_iter().filter(|inner| !inner.is_definition());
    let role_of = |keyword: &str| match keyword {
        "oneOf" if is_choice(schema) && role != Role::OneOfSeveral => Role::Branch,
        _ if role == Role::OneOfSeveral || is_several => Role::OneOfSeveral,
        // A property may match a pattern as well.
        keyword if PROPERTIES.contains(&keyword) && !has_patterns => Role::Alone,
        keyword if ELEMENTS.contains(&keyword) => Role::Alone,
        _ => Role::OneOfSeveral,
    };
    below.map(|inner| (inner.place(), inner.schema, role_of(inner.keyword))).collect()
}

/// Whether several schemas bind the same values as this one.
fn has_several(schema: &Value) -> bool {
    schema.get("$ref").is_some() || inside_any(schema).iter().any(isomorph_schema::Inner::is_in_place)
}

/// Whether a schema says of what its values are by a `oneOf` alone.
fn is_choice(schema: &Value) -> bool {
    let mut binding = binding(schema);
    schema.get("oneOf").is_some() && binding.all(|keyword| ["oneOf", "type", "required"].contains(&keyword))
}

/// Closes the objects of a bundle.
struct Closing<'a> {
    bundle: &'a Bundle,
    roles: BTreeMap<String, Role>,
}

impl Closing<'_> {
    /// Closes in `whole` what stands at a place, which was `schema`.
    fn close(&self, schema: &Value, whole: &mut Value, at: &Pointer, role: Role) {
        for (below, part, role) in parts(schema, role) {
            self.close(part, whole, &at.append(&below), role);
        }
        if role != Role::Alone {
            return;
        }
        let Some(keyword) = self.closes(schema) else { return };
        if let Some(Value::Object(keywords)) = whole.pointer_mut(at.as_str()) {
            keywords.insert(keyword.to_owned(), false.into());
        }
    }

    /// The keyword that closes an object, if it is open and something is declared of it.
    fn closes(&self, schema: &Value) -> Option<&'static str> {
        let refers = referred(self.bundle, schema, Role::Alone);
        let is_closed_there = refers.is_some_and(|(name, _)| {
            is_plain_reference(schema) && self.roles.get(name) == Some(&Role::Alone)
        });
        let is_said = |keyword: &str| schema.get(keyword).is_some();
        if is_closed_there || is_said("unevaluatedProperties") || !self.declares(schema, &mut BTreeSet::new())
        {
            return None;
        }
        if has_several(schema) {
            return (self.bundle.dialect == Dialect::Draft202012).then_some("unevaluatedProperties");
        }
        (!is_said("additionalProperties")).then_some("additionalProperties")
    }

    /// Whether a schema, or one that binds the same values, declares a property.
    fn declares<'s>(&'s self, schema: &'s Value, seen: &mut BTreeSet<&'s str>) -> bool {
        let own = schema.get("properties").and_then(Value::as_object);
        if own.is_some_and(|own: &Map<_, _>| !own.is_empty()) {
            return true;
        }
        let target = referred(self.bundle, schema, Role::Alone).filter(|(name, _)| seen.insert(name));
        let target = target.and_then(|(name, _)| definition(self.bundle, name));
        let beside =
            inside_any(schema).into_iter().filter(|inner| inner.is_in_place() && inner.keyword != "not");
        target.into_iter().chain(beside.map(|inner| inner.schema)).any(|other| self.declares(other, seen))
    }
}

#[cfg(test)]
mod tests {
    use isomorph_json::Pointer;
    use isomorph_schema::{Bundler, Dialect, Source, Unresolved};
    use serde_json::{Value, json};

    /// What closing a schema adds to it.
    fn closed(schema: &Value) -> Value {
        let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let documents = isomorph_schema::load(&[source], Dialect::default()).expect("a schema");
        let bundler = Bundler::new(&documents, Unresolved::Accept).expect("documents");
        let bundle = bundler.bundle(0, &Pointer::root()).expect("a bundle").without_foreign_keywords();
        let closed = super::closed(&bundle).map_or(bundle.schema, |closed| closed.schema);
        let mut closed = closed;
        closed.as_object_mut().expect("an object").remove("$schema");
        closed
    }

    #[test]
    fn objects_are_closed_where_one_schema_says_what_they_have() {
        let a = || json!({"type": "object", "properties": {"a": true}});
        let a_closed = || json!({"type": "object", "properties": {"a": true}, "additionalProperties": false});
        let open = json!({"type": "object", "additionalProperties": true, "properties": {"a": true}});
        let cases = [
            (a(), a_closed()),
            (open.clone(), open),
            (json!({"type": "object"}), json!({"type": "object"})),
            (json!({"items": a()}), json!({"items": a_closed()})),
            (
                json!({"properties": {"b": a()}, "patternProperties": {"^x": true}}),
                json!({"properties": {"b": a()}, "patternProperties": {"^x": true}, "additionalProperties": false}),
            ),
            (json!({"oneOf": [a(), true]}), json!({"oneOf": [a(), true], "unevaluatedProperties": false})),
            (
                json!({"oneOf": [{"properties": {"b": a()}}, {"type": "string"}]}),
                json!({"oneOf": [{"properties": {"b": a_closed()}}, {"type": "string"}], "unevaluatedProperties": false}),
            ),
            (
                json!({"allOf": [{"properties": {"b": a()}}], "properties": {"b": a()}}),
                json!({"allOf": [{"properties": {"b": a()}}], "properties": {"b": a()}, "unevaluatedProperties": false}),
            ),
            (json!({"not": a()}), json!({"not": a()})),
            (
                json!({"if": a(), "then": {"items": a()}}),
                json!({"if": a(), "then": {"items": a()}, "unevaluatedProperties": false}),
            ),
        ];
        for (schema, expected) in cases {
            assert_eq!(closed(&schema), expected, "{schema}");
        }
    }

    #[test]
    fn a_definition_is_closed_only_if_it_stands_alone_wherever_it_is_referred_to() {
        let a = || json!({"properties": {"a": true}});
        let refer = || json!({"$ref": "#/$defs/a"});
        let alone = closed(&json!({"properties": {"x": refer()}, "$defs": {"a": a()}}));
        assert_eq!(alone["$defs"]["a"]["additionalProperties"], json!(false));
        assert_eq!(alone["properties"]["x"], refer());
        let both = closed(&json!({"properties": {"x": refer()}, "allOf": [refer()], "$defs": {"a": a()}}));
        assert_eq!(both["$defs"]["a"], a());
        assert_eq!(both["unevaluatedProperties"], json!(false));
        let branch = json!({"properties": {"x": refer(), "y": {"oneOf": [refer(), {"type": "null"}]}}, "$defs": {"a": a()}});
        let branch = closed(&branch);
        assert_eq!(branch["$defs"]["a"], a());
        assert_eq!(branch["properties"]["x"]["unevaluatedProperties"], json!(false));
        assert_eq!(branch["properties"]["y"]["unevaluatedProperties"], json!(false));
    }
}
