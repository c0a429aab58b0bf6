//! Pairs of schemas that differ by one edit whose verdict is known: an instance shows that it narrows, and where
//! nothing turns narrow into wide, that it only narrows.

use fastrand::Rng;
use isomorph_json::escaped;
use serde_json::{Map, Value, json};

use super::validator;

/// A pair, and what is known of it.
pub struct Pair {
    pub name: String,
    pub edit: &'static str,
    pub old: Value,
    pub new: Value,
    /// Whether some old instance is no new one; `None` if that is not known.
    pub breaks_old_data: Option<bool>,
    /// Whether some new instance is no old one.
    pub breaks_new_data: Option<bool>,
}

/// A narrower schema instead of another, and an instance of that place that it refuses.
struct Narrowed {
    edit: &'static str,
    schema: Map<String, Value>,
    refused: Value,
}

/// Pairs made of a schema and one of its instances, at most `most`.
pub fn pairs(name: &str, schema: &Value, instance: &Value, most: usize, random: &mut Rng) -> Vec<Pair> {
    let text = schema.to_string();
    let turns = [
        "\"not\"",
        "\"oneOf\"",
        "\"if\"",
        "unevaluated",
        "maxContains",
        "\"$dynamicRef\"",
        "\"$recursiveRef\"",
    ];
    let only_narrows = !turns.iter().any(|keyword| text.contains(keyword));
    let mut found = Vec::new();
    let mut sites = sites(schema, instance);
    random.shuffle(&mut sites);
    for (schema_at, instance_at) in sites {
        let (Some(Value::Object(site)), Some(value)) =
            (schema.pointer(&schema_at), instance.pointer(&instance_at))
        else {
            continue;
        };
        let mut narrowed = narrowings(site, value);
        random.shuffle(&mut narrowed);
        for Narrowed { edit, schema: narrow, refused } in narrowed.into_iter().take(2) {
            let mut new = schema.clone();
            let mut witness = instance.clone();
            if let (Some(place), Some(part)) =
                (new.pointer_mut(&schema_at), witness.pointer_mut(&instance_at))
            {
                *place = narrow.into();
                *part = refused;
            }
            // The oracle: one validator that accepts, and one that does not.
            let shown = validator(schema).is_some_and(|old| old.is_valid(&witness))
                && validator(&new).is_some_and(|new| !new.is_valid(&witness));
            if !shown {
                continue;
            }
            let narrows = (Some(true), only_narrows.then_some(false));
            let name = format!("{name}#{schema_at}");
            let (wide, narrow) = (schema.clone(), new);
            let widened = random.bool();
            let (old, new) = if widened { (narrow, wide) } else { (wide, narrow) };
            let (breaks_old_data, breaks_new_data) = if widened { (narrows.1, narrows.0) } else { narrows };
            found.push(Pair { name, edit, old, new, breaks_old_data, breaks_new_data });
            if found.len() >= most {
                return found;
            }
        }
    }
    found
}

/// Places in a schema, each with a place of the instance that it binds.
fn sites(schema: &Value, instance: &Value) -> Vec<(String, String)> {
    let mut sites = Vec::new();
    let mut work = vec![(String::new(), String::new())];
    while let Some((schema_at, instance_at)) = work.pop() {
        let (Some(Value::Object(keywords)), Some(value)) =
            (schema.pointer(&schema_at), instance.pointer(&instance_at))
        else {
            continue;
        };
        if let Some(target) =
            keywords.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'))
        {
            if sites.len() < 200 && !target.contains('%') {
                work.push((target.to_owned(), instance_at));
            }
            continue;
        }
        match value {
            Value::Object(members) => {
                let properties = keywords.get("properties").and_then(Value::as_object);
                for name in
                    members.keys().filter(|name| properties.is_some_and(|known| known.contains_key(*name)))
                {
                    let name = escaped(name);
                    work.push((format!("{schema_at}/properties/{name}"), format!("{instance_at}/{name}")));
                }
            }
            Value::Array(elements)
                if !elements.is_empty() && keywords.get("items").is_some_and(Value::is_object) =>
            {
                work.push((format!("{schema_at}/items"), format!("{instance_at}/0")));
            }
            _ => {}
        }
        sites.push((schema_at, instance_at));
    }
    sites
}

/// Every edit that makes a schema narrower, so that it refuses this value or one like it.
fn narrowings(schema: &Map<String, Value>, value: &Value) -> Vec<Narrowed> {
    let with = |keyword: &str, to: Value| {
        let mut narrow = schema.clone();
        narrow.insert(keyword.to_owned(), to);
        narrow
    };
    let mut found = Vec::new();
    let mut add =
        |edit, schema, refused: &Value| found.push(Narrowed { edit, schema, refused: refused.clone() });
    if let Some(Value::Array(values)) = schema.get("enum")
        && values.len() > 1
    {
        add("enum", with("enum", values.iter().filter(|one| *one != value).cloned().collect()), value);
    }
    match (schema.get("type"), value) {
        (Some(Value::Array(types)), _) if types.len() > 1 => {
            let left: Vec<_> =
                types.iter().filter(|one| one.as_str() != Some(type_of(value))).cloned().collect();
            add("type", with("type", left.into()), value);
        }
        (None, _) if !schema.contains_key("enum") => {
            add("type", with("type", if value.is_boolean() { "string" } else { "boolean" }.into()), value);
        }
        _ => {}
    }
    match value {
        Value::String(text) => strings(schema, text, value, &with, &mut add),
        Value::Number(number) => {
            let is_draft_4 = schema.get("exclusiveMinimum").is_some_and(Value::is_boolean);
            if let Some(number) = number.as_i64().filter(|number| !is_draft_4 && number.abs() < 1 << 40) {
                add("bound", with("minimum", (number + 1).into()), value);
                add("bound", with("maximum", (number - 1).into()), value);
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            add("bound", with("maxItems", (elements.len() - 1).into()), value);
            add("bound", with("minItems", (elements.len() + 1).into()), value);
        }
        Value::Object(members) => objects(schema, members, value, &with, &mut add),
        _ => {}
    }
    found
}

type With<'a> = &'a dyn Fn(&str, Value) -> Map<String, Value>;
type Add<'a> = &'a mut dyn FnMut(&'static str, Map<String, Value>, &Value);

fn strings(schema: &Map<String, Value>, text: &str, value: &Value, with: With, add: Add) {
    let length = text.chars().count();
    if length > 0 {
        add("bound", with("maxLength", (length - 1).into()), value);
    }
    add("bound", with("minLength", (length + 1).into()), value);
    let letter = text.chars().find(char::is_ascii_alphanumeric);
    if let Some(letter) = letter.filter(|_| !schema.contains_key("pattern")) {
        add("pattern", with("pattern", format!("^[^{letter}]*$").into()), value);
    }
}

fn objects(schema: &Map<String, Value>, members: &Map<String, Value>, value: &Value, with: With, add: Add) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_open = !schema.contains_key("patternProperties")
        && schema.get("additionalProperties").is_none_or(|rest| rest == &Value::Bool(true));
    let is_closed = !schema.contains_key("patternProperties")
        && schema.get("additionalProperties") == Some(&Value::Bool(false));
    let new_member = |value: Value| {
        let mut more = members.clone();
        more.insert("addedByTheEdit".to_owned(), value);
        Value::Object(more)
    };
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let absent = properties.and_then(|all| all.keys().find(|name| !members.contains_key(*name)));
    if let Some(absent) = absent {
        add(
            "require",
            with("required", [required.clone(), vec![absent.clone().into()]].concat().into()),
            value,
        );
    }
    if is_open {
        add("additionalProperties", with("additionalProperties", false.into()), &new_member(json!(1)));
        let mut more = properties.cloned().unwrap_or_default();
        more.insert("addedByTheEdit".to_owned(), json!({"type": "string"}));
        add("add a property", with("properties", more.into()), &new_member(json!(1)));
    }
    let optional = members.keys().find(|name| {
        properties.is_some_and(|all| all.contains_key(*name))
            && !required.contains(&Value::from(name.as_str()))
    });
    if let Some(name) = optional.filter(|_| is_closed) {
        let mut fewer = properties.cloned().unwrap_or_default();
        fewer.shift_remove(name);
        add("drop a property", with("properties", fewer.into()), value);
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
