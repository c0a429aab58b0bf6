//! Inline schemas that are equal but for what is said of their use, and whose types are the same.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use isomorph_json::Pointer;
use isomorph_schema::{Dialect, Document, Types, binds_in};
use serde_json::{Map, Value};

use crate::model::definition::{Definition, Origin};
use crate::model::definition_id::DefinitionId;
use crate::model::form::{Check, Form};
use crate::model::variant_names::VARIANT_NAMES;

/// The class of each of these definitions: those of one class may be one type.
pub fn classes(
    documents: &[Document],
    definitions: &[Definition],
    order: &[DefinitionId],
) -> HashMap<DefinitionId, usize> {
    let mut sources: HashMap<Key, usize> = HashMap::new();
    let mut classes: HashMap<DefinitionId, usize> = HashMap::new();
    for id in order {
        let definition = &definitions[id.0];
        let key = Key::of(documents, definition);
        let new = sources.len();
        classes.insert(*id, *sources.entry(key).or_insert(new));
    }
    // What equal sources refer to may still differ, and so what they hold.
    let mut count = sources.len();
    loop {
        let mut refined: HashMap<(usize, u64), usize> = HashMap::new();
        let next = order.iter().map(|id| {
            let key = (classes[id], fingerprint(&definitions[id.0], &classes));
            let new = refined.len();
            (*id, *refined.entry(key).or_insert(new))
        });
        let next: HashMap<_, _> = next.collect();
        classes = next;
        if refined.len() == count {
            return classes;
        }
        count = refined.len();
    }
}

/// What a definition is told by from others before its parts are looked at.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    /// It stands for itself alone.
    Alone(DefinitionId),
    /// An inline schema: the document, the resource in it, the types that it is for, and what it says.
    Inline(usize, Pointer, Option<Types>, String),
}

impl Key {
    fn of(documents: &[Document], definition: &Definition) -> Self {
        let location = &definition.location;
        let document = &documents[location.document];
        if definition.origin != Origin::Inline || is_anchored(&definition.schema) {
            return Self::Alone(definition.id);
        }
        let core = core(definition.said(), document.dialect).to_string();
        let resource = resource(&document.root, &location.pointer);
        Self::Inline(location.document, resource, definition.slice, core)
    }
}

/// Whether others can refer to what is inside a schema by a name, or what it refers to depends on who refers to it.
fn is_anchored(schema: &Value) -> bool {
    const ANCHORS: [&str; 6] = ["$id", "id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef"];
    match schema {
        Value::Object(keywords) => {
            ANCHORS.iter().any(|anchor| keywords.get(*anchor).is_some_and(Value::is_string))
                || keywords.values().any(is_anchored)
        }
        Value::Array(elements) => elements.iter().any(is_anchored),
        _ => false,
    }
}

/// Where the resource begins that a place is in: references mean something else in another.
fn resource(root: &Value, pointer: &Pointer) -> Pointer {
    let mut around = Some(pointer.clone());
    while let Some(at) = around {
        let schema = at.find(root);
        let is_resource = schema.is_some_and(|schema| {
            ["$id", "id"].iter().any(|id| schema.get(id).is_some_and(Value::is_string))
        });
        if is_resource {
            return at;
        }
        around = at.split_last().map(|(around, _)| around);
    }
    Pointer::root()
}

/// A schema without what is said of its use, with its keywords in order.
pub fn core(schema: &Value, dialect: Dialect) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let core = keywords.iter().filter(|(keyword, _)| !is_note(keyword, dialect));
    let core = core.map(|(keyword, value)| {
        let value = match (keyword.as_str(), value) {
            ("required" | "type", Value::Array(names)) => {
                let mut names: Vec<_> = names.clone();
                names.sort_by_key(ToString::to_string);
                names.into()
            }
            (_, value) => sorted(value),
        };
        (keyword.clone(), value)
    });
    let mut core: Vec<_> = core.collect();
    core.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Object(core.into_iter().collect::<Map<_, _>>())
}

/// Whether a keyword says something of the use of a schema, and nothing of its values.
pub fn is_note(keyword: &str, dialect: Dialect) -> bool {
    const OF_VALUES: [&str; 4] = ["format", "contentEncoding", "contentMediaType", "contentSchema"];
    !binds_in(keyword, dialect) && !OF_VALUES.contains(&keyword) && !VARIANT_NAMES.contains(&keyword)
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// What a type holds, with the class of each definition in it for the definition.
fn fingerprint(definition: &Definition, classes: &HashMap<DefinitionId, usize>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let guard: BTreeSet<String> = definition.guard.iter().map(ToString::to_string).collect();
    let mut checks = definition.checks.clone();
    forget_order(&mut checks);
    (guard, format!("{checks:?}"), &definition.variants).hash(&mut hasher);
    let mut form = definition.form.clone();
    forget_places(&mut form, classes);
    format!("{form:?}").hash(&mut hasher);
    hasher.finish()
}

/// Takes out of a form where it stands.
fn forget_places(form: &mut Form, classes: &HashMap<DefinitionId, usize>) {
    match form {
        Form::Reference(id) => *id = DefinitionId(classes.get(id).copied().unwrap_or(usize::MAX)),
        Form::Object(object) => {
            // Where defaults are equal, what is read for them is.
            object.properties.iter_mut().for_each(|property| {
                property.default = property.when_absent.take().map(|constant| sorted(&constant.json()));
            });
            object.properties.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Form::Union(union) => {
            union.also.clear();
        }
        _ => {}
    }
    for part in form.parts_mut() {
        part.location.document = 0;
        part.location.pointer = Pointer::root();
        part.also.clear();
        forget_order(&mut part.checks);
        forget_places(&mut part.form, classes);
    }
}

/// Takes out of checks in which order the keywords stand that ask for them.
fn forget_order(checks: &mut [Check]) {
    for check in checks.iter_mut() {
        if let Check::Holds(_, keywords) = check {
            keywords.sort();
        }
    }
    checks.sort_by_cached_key(|check| format!("{check:?}"));
}
