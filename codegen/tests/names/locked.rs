//! With a lock an addition to a schema changes no other name.

use std::collections::BTreeMap;

use isomorph_codegen::{Api, Generated, Settings, Source, generate};
use serde_json::{Value, json};

use crate::stability::{schemas, step};

/// What is generated, with the names that were kept.
fn generated(schema: &Value, locked: Option<&Generated>) -> Option<Generated> {
    let source = Source { file: "case.json".to_owned(), uri: None, text: schema.to_string().into_bytes() };
    let names = locked.map(|locked| locked.names.clone()).unwrap_or_default();
    let mut settings = Settings::default();
    settings.locked = Some(names);
    generate(&[source], &settings, "model.rs").ok()
}

/// The places of schemas in a value, roughly: what an addition may be made to.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    const AS_DATA: [&str; 5] = ["enum", "const", "default", "examples", "required"];
    match value {
        Value::Object(members) => {
            found.push(at.to_owned());
            for (name, inner) in members.iter().filter(|(name, _)| !AS_DATA.contains(&name.as_str())) {
                places(inner, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(elements) => {
            for (index, inner) in elements.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// An addition, and where.
struct Addition {
    schema: Value,
    /// The schema that it was made to.
    at: String,
    /// The array into which something was put, and in front of what.
    put: Option<(String, usize)>,
    what: &'static str,
}

/// Something of the kind that a number says, added at the place that it says; nothing if it does not fit there.
fn addition(schema: &Value, types: &[String], number: &mut u64) -> Option<Addition> {
    let mut found = Vec::new();
    places(schema, "", &mut found);
    let mut pick = |count: usize| usize::try_from(step(number) >> 33).expect("31 bits") % count.max(1);
    let at = found.get(pick(found.len()))?.clone();
    let new = [
        json!({"type": "object", "properties": {"added": {"type": "string"}, "more": {"enum": ["x", "y"]}}}),
        json!({"enum": ["added", "other"]}),
        json!({"type": "object", "properties": {"added": {"type": "array", "items": {"properties": {"a": {}}, "type": "object"}}}}),
    ][pick(3)]
    .clone();
    // A name that others have, or would like to have.
    let name = types.get(pick(types.len() + 1)).cloned().unwrap_or_else(|| "added".to_owned());
    let name = if pick(2) == 0 { name.to_lowercase() } else { name };
    let mut schema = schema.clone();
    let root = schema.clone();
    let keywords = schema.pointer_mut(&at)?.as_object_mut()?;
    let what = pick(4);
    let mut put = None;
    match what {
        0 => {
            let properties = keywords.get_mut("properties")?.as_object_mut()?;
            if properties.contains_key(&name) {
                return None;
            }
            properties.insert(name, new);
        }
        1 => {
            let defs = ["$defs", "definitions"].into_iter().find(|keyword| root.get(keyword).is_some())?;
            let defs = schema.get_mut(defs)?.as_object_mut()?;
            if defs.contains_key(&name) {
                return None;
            }
            defs.insert(name, new);
        }
        2 => {
            let values = keywords.get_mut("enum")?.as_array_mut()?;
            let index = pick(values.len() + 1);
            values.insert(index, "an added one".into());
        }
        _ => {
            let union = ["oneOf", "anyOf"].into_iter().find(|keyword| keywords.contains_key(*keyword))?;
            let branches = keywords.get_mut(union)?.as_array_mut()?;
            let index = pick(branches.len() + 1);
            branches.insert(index, new);
            put = Some((format!("{at}/{union}"), index));
        }
    }
    let what = ["a property", "a definition", "a value", "a branch"][what];
    Some(Addition { schema, at, put, what })
}

impl Addition {
    /// Where something is now that was at a place.
    fn moved(&self, place: &str) -> String {
        let Some((array, index)) = &self.put else { return place.to_owned() };
        let Some(rest) = place.strip_prefix(array.as_str()).and_then(|rest| rest.strip_prefix('/')) else {
            return place.to_owned();
        };
        let (number, tail) =
            rest.split_once('/').map_or((rest, String::new()), |(number, tail)| (number, format!("/{tail}")));
        let number: usize = number.parse().expect("the number of a branch");
        format!("{array}/{}{tail}", if number >= *index { number + 1 } else { number })
    }

    /// Whether the addition was made to what is at a place, or inside it.
    fn is_in(&self, place: &str) -> bool {
        self.at == place || self.at.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The names of types by place, those that stand for several by each, with what they are for.
fn names(generated: &Generated) -> BTreeMap<(String, Option<String>), String> {
    let mut names = BTreeMap::new();
    for row in &generated.report.definitions {
        for place in std::iter::once(&row.schema).chain(&row.also_for) {
            let place = place.split_once('#').map_or_else(String::new, |(_, pointer)| pointer.to_owned());
            names.insert((place, row.only_for.clone()), row.name.clone());
        }
    }
    names
}

/// The names that an addition changed, of how many.
fn changed(before: &Generated, after: &Generated, addition: &Addition) -> (Vec<String>, usize) {
    let (old, new) = (names(before), names(after));
    let mut wrong = Vec::new();
    for ((place, of), name) in &old {
        let shared = old.values().filter(|other| *other == name).count() > 1;
        let Some(now) = new.get(&(addition.moved(place), of.clone())) else { continue };
        // What one type stood for may be several afterwards: what is in a union may hold more beside a new branch.
        let is_near = addition.is_in(place)
            || place.strip_prefix(addition.at.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if now != name && !(shared && is_near) {
            wrong.push(format!("{} at {}: {place} was {name} and is {now}", addition.what, addition.at));
        }
    }
    let api = |generated: &Generated| Api::of(&generated.files).expect("it is Rust");
    let (before, after) = (api(before), api(after));
    for item in before.items.iter().filter(|item| item.kind == "enum") {
        let Some(now) = after.item(&item.name).filter(|now| now.kind == "enum") else { continue };
        let is_edited = old.iter().any(|((place, _), name)| *name == item.name && addition.is_in(place));
        for member in &item.members {
            if !is_edited && !now.members.iter().any(|found| found.name == member.name) {
                wrong.push(format!(
                    "{} at {}: {}::{} is gone",
                    addition.what, addition.at, item.name, member.name
                ));
            }
        }
    }
    (wrong, old.len())
}

#[test]
fn an_addition_changes_no_other_name_with_the_lock_and_some_without() {
    let (mut additions, mut all, mut wrong, mut without) = (0, 0, Vec::new(), 0);
    for (index, schema) in schemas().iter().enumerate() {
        let Some(before) = generated(schema, None) else { continue };
        let again = generated(schema, Some(&before)).expect("it was generated before");
        assert_eq!(again.files, before.files, "{schema}");
        assert_eq!(again.names, before.names, "{schema}");
        let types: Vec<_> = before.report.definitions.iter().map(|row| row.name.clone()).collect();
        let mut number = u64::try_from(index).expect("a small number");
        let made = (0..40).filter_map(|_| addition(schema, &types, &mut number));
        for addition in made.take(4) {
            let Some(after) = generated(&addition.schema, Some(&before)) else { continue };
            let (changed_names, count) = changed(&before, &after, &addition);
            (additions, all) = (additions + 1, all + count);
            wrong.extend(changed_names.into_iter().map(|line| format!("{line}\n  {schema}")));
            if let Some(plain) = generated(&addition.schema, None) {
                without += changed(&before, &plain, &addition).0.len();
            }
        }
    }
    println!("{additions} additions, {all} names: {} changed with the lock, {without} without", wrong.len());
    assert!(additions > 300, "{additions} additions are few");
    assert!(without > 0, "nothing would have changed anyhow");
    assert!(wrong.is_empty(), "{} of {all} names changed:\n{}", wrong.len(), wrong.join("\n"));
}
