//! The ways in which an instance can break a schema, each as a schema.

use isomorph_json::escaped;
use serde_json::{Map, Value, json};

use super::matches::Matches;

/// How many names are tried where any name may do.
const NAMES: usize = 6;
/// How many elements are put in front of those that break something, in all.
const ELEMENTS: usize = 100_000;
/// From how many elements on each is said by the same schema.
const MANY: usize = 60;
/// How many branches are looked at in pairs.
const PAIRS: usize = 8;

/// Says how to refer to the schema at a place below, and to the instances that break it.
pub trait Refer {
    /// A reference to the schema.
    fn holds(&mut self, at: &str) -> Value;

    /// A reference to a schema of the instances that break it.
    fn breaks(&mut self, at: &str) -> Value;

    /// The same, but only by what changed, if something did.
    fn breaks_anew(&mut self, at: &str) -> Option<Value>;

    /// Whether a keyword says what it did, with all that it depends on.
    fn is_as_before(&self, keywords: &[&str]) -> bool;

    /// A reference to a schema of the instances that break what a reference leads to.
    fn breaks_target(&mut self, reference: &str) -> Option<Value>;

    /// Names of properties that instances may turn on.
    fn names(&self) -> &[String];
}

/// The types of instances.
const TYPES: [&str; 6] = ["null", "boolean", "number", "string", "array", "object"];

/// Every way to break a schema of these keywords.
pub fn ways(keywords: &Map<String, Value>, refer: &mut dyn Refer) -> Vec<Value> {
    keywords.keys().flat_map(|keyword| ways_of(keyword, keywords, refer)).collect()
}

/// Every way to break one keyword of a schema.
pub fn ways_of(keyword: &str, keywords: &Map<String, Value>, refer: &mut dyn Refer) -> Vec<Value> {
    let mut found = Vec::new();
    let Some(value) = keywords.get(keyword) else { return found };
    scalars(keyword, value, keywords, refer, &mut found);
    strings_and_counts(keyword, value, refer, &mut found);
    objects(keyword, value, keywords, refer, &mut found);
    arrays(keyword, value, keywords, refer, &mut found);
    combined(keyword, value, keywords, refer, &mut found);
    found
}

type Found<'f> = &'f mut Vec<Value>;

fn scalars(keyword: &str, value: &Value, keywords: &Map<String, Value>, refer: &mut dyn Refer, found: Found) {
    let is_known = refer.is_as_before(&[keyword]);
    let number = |keyword: &str, bound: &Value| json!({"type": "number", keyword: bound});
    match (keyword, value) {
        _ if is_known => {}
        ("type", Value::String(one)) => types(&[one], found),
        ("type", Value::Array(several)) => {
            types(&several.iter().filter_map(Value::as_str).collect::<Vec<_>>(), found);
        }
        ("enum" | "const", value) => {
            found.push(json!({"not": {keyword: value}}));
            // Others of the same kind, one at a time.
            let values = if keyword == "enum" {
                value.as_array().map_or(&[][..], Vec::as_slice)
            } else {
                std::slice::from_ref(value)
            };
            let mut known: Vec<&str> = values.iter().map(type_of).collect();
            known.sort_unstable();
            known.dedup();
            found.extend(known.into_iter().map(|one| json!({"type": one, "not": {keyword: value}})));
        }
        ("minimum", bound) => {
            let is_open = keywords.get("exclusiveMinimum") == Some(&Value::Bool(true));
            found.push(number(if is_open { "maximum" } else { "exclusiveMaximum" }, bound));
        }
        ("maximum", bound) => {
            let is_open = keywords.get("exclusiveMaximum") == Some(&Value::Bool(true));
            found.push(number(if is_open { "minimum" } else { "exclusiveMinimum" }, bound));
        }
        ("exclusiveMinimum", Value::Number(bound)) => found.push(number("maximum", &bound.clone().into())),
        ("exclusiveMaximum", Value::Number(bound)) => found.push(number("minimum", &bound.clone().into())),
        ("multipleOf", _) => found.push(json!({"type": "number", "not": {keyword: value}})),
        ("pattern" | "format", _) => found.push(json!({"type": "string", "not": {keyword: value}})),
        _ => {}
    }
}

fn types(known: &[&str], found: Found) {
    for one in TYPES {
        if known.contains(&one) {
            continue;
        }
        if one == "number" && known.contains(&"integer") {
            found.push(json!({"type": "number", "not": {"type": "integer"}}));
        } else {
            found.push(json!({"type": one}));
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn strings_and_counts(keyword: &str, value: &Value, refer: &mut dyn Refer, found: Found) {
    let least = |one: &str, keyword: &str| {
        let count = super::demand::count(value.as_f64()?);
        Some(json!({"type": one, keyword: count.checked_add(1)?}))
    };
    let most = |one: &str, keyword: &str| {
        let count = super::demand::count(value.as_f64()?);
        Some(json!({"type": one, keyword: count.checked_sub(1)?}))
    };
    if refer.is_as_before(&[keyword]) {
        return;
    }
    found.extend(match keyword {
        "minLength" => most("string", "maxLength"),
        "maxLength" => least("string", "minLength"),
        "minItems" => most("array", "maxItems"),
        "maxItems" => least("array", "minItems"),
        "minProperties" => most("object", "maxProperties"),
        "maxProperties" => least("object", "minProperties"),
        "uniqueItems" if value == &Value::Bool(true) => {
            Some(json!({"type": "array", "minItems": 2, "not": {"uniqueItems": true}}))
        }
        _ => None,
    });
}

/// An object with a property that has a value for this schema.
fn with(name: &str, schema: &Value) -> Value {
    json!({"type": "object", "required": [name], "properties": {name: schema}})
}

fn objects(keyword: &str, value: &Value, keywords: &Map<String, Value>, refer: &mut dyn Refer, found: Found) {
    match (keyword, value) {
        ("required", Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str);
            if !refer.is_as_before(&[keyword]) {
                found.extend(names.map(|name| json!({"type": "object", "properties": {name: false}})));
            }
        }
        ("properties", Value::Object(schemas)) => {
            for name in schemas.keys() {
                let broken = refer.breaks_anew(&format!("/properties/{}", escaped(name)));
                found.extend(broken.map(|broken| with(name, &broken)));
            }
        }
        ("patternProperties", Value::Object(schemas)) => {
            for pattern in schemas.keys() {
                let Some(broken) = refer.breaks_anew(&format!("/patternProperties/{}", escaped(pattern)))
                else {
                    continue;
                };
                let names =
                    names_where(refer.names(), |matches, name| matches.matches(pattern, name), Some(pattern));
                found.extend(names.iter().map(|name| with(name, &broken)));
            }
        }
        ("additionalProperties" | "unevaluatedProperties", schema) => {
            let depends = [keyword, "properties", "patternProperties"];
            if schema == &Value::Bool(true)
                || keyword == "additionalProperties" && refer.is_as_before(&depends)
            {
                return;
            }
            let broken = refer.breaks(&format!("/{keyword}"));
            let declared = keywords.get("properties").and_then(Value::as_object);
            let by_pattern = keywords.get("patternProperties").and_then(Value::as_object);
            let is_other = |matches: &mut Matches, name: &str| {
                declared.is_none_or(|declared| !declared.contains_key(name))
                    && by_pattern.is_none_or(|all| !all.keys().any(|pattern| matches.matches(pattern, name)))
            };
            let names = names_where(refer.names(), is_other, None);
            found.extend(names.iter().map(|name| with(name, &broken)));
        }
        ("propertyNames", schema) => {
            if schema == &Value::Bool(true) || refer.is_as_before(&[keyword]) {
                return;
            }
            let broken = refer.breaks("/propertyNames");
            found.push(json!({"type": "object", "minProperties": 1, "propertyNames": broken}));
            let names = refer.names().iter().take(2 * NAMES).cloned().collect::<Vec<_>>();
            found.extend(names.iter().map(|name| with(name, &Value::Bool(true))));
        }
        ("dependentRequired" | "dependentSchemas" | "dependencies", Value::Object(dependents)) => {
            if refer.is_as_before(&[keyword]) {
                return;
            }
            for (name, dependent) in dependents {
                if let Value::Array(names) = dependent {
                    let names = names.iter().filter_map(Value::as_str);
                    found.extend(names.map(
                        |other| json!({"type": "object", "required": [name], "properties": {other: false}}),
                    ));
                } else {
                    let broken = refer.breaks(&format!("/{keyword}/{}", escaped(name)));
                    found.push(json!({"type": "object", "required": [name], "allOf": [broken]}));
                }
            }
        }
        _ => {}
    }
}

/// Some names for which this holds: those that are known, one that matches a pattern, and new ones.
fn names_where(
    known: &[String],
    holds: impl Fn(&mut Matches, &str) -> bool,
    pattern: Option<&String>,
) -> Vec<String> {
    const NEW: [&str; 8] = ["other", "%", "x", "0", "Z9", "_", "", "é"];
    let mut matches = Matches::default();
    let mut random = fastrand::Rng::with_seed(1);
    let made = pattern.and_then(|pattern| super::pattern::matching(pattern, &mut random));
    let mut found: Vec<String> = Vec::new();
    let new = made.into_iter().chain(NEW.map(str::to_owned));
    let mut is_new = new.filter(|name| holds(&mut matches, name)).take(2).collect::<Vec<_>>();
    for name in known {
        if found.len() >= NAMES {
            break;
        }
        if !found.contains(name) && holds(&mut matches, name) {
            found.push(name.clone());
        }
    }
    is_new.retain(|name| !found.contains(name));
    is_new.extend(found);
    is_new
}

fn arrays(keyword: &str, value: &Value, keywords: &Map<String, Value>, refer: &mut dyn Refer, found: Found) {
    let at = |index: usize, schema: Value| {
        let mut tuple = vec![Value::Bool(true); index];
        tuple.push(schema);
        json!({"type": "array", "minItems": index + 1, "prefixItems": tuple})
    };
    let tuple = |keyword: &str| keywords.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
    match (keyword, value) {
        ("items" | "prefixItems", Value::Array(schemas)) => {
            let mut left = ELEMENTS;
            for index in 0..schemas.len() {
                let broken = refer.breaks_anew(&format!("/{keyword}/{index}"));
                let Some(broken) = broken.filter(|_| index <= left) else { continue };
                left -= index;
                found.push(at(index, broken));
            }
        }
        ("items", _) => {
            let first = tuple("prefixItems");
            let broken = if refer.is_as_before(&["prefixItems"]) {
                refer.breaks_anew("/items")
            } else {
                Some(refer.breaks("/items"))
            };
            found.extend(broken.map(|broken| at(first, broken)));
        }
        ("additionalItems", _) if keywords.get("items").is_some_and(Value::is_array) => {
            let broken = refer.breaks("/additionalItems");
            found.push(at(tuple("items"), broken));
        }
        ("unevaluatedItems", _) => {
            let broken = refer.breaks("/unevaluatedItems");
            let first = tuple("prefixItems");
            found.extend([first, first + 1, first + 2].map(|index| at(index, broken.clone())));
        }
        ("contains", _) => {
            if refer.is_as_before(&["contains", "minContains", "maxContains"]) {
                return;
            }
            let (holds, broken) = (refer.holds("/contains"), refer.breaks("/contains"));
            let count =
                |keyword: &str| keywords.get(keyword).and_then(Value::as_f64).map(super::demand::count);
            let least = count("minContains").unwrap_or(1);
            if least > 0 {
                found.push(json!({"type": "array", "items": broken}));
                found.push(json!({"type": "array", "maxItems": 0}));
            }
            if least > 1 {
                let few = vec![holds.clone(); least.min(MANY) - 1];
                found.push(
                    json!({"type": "array", "prefixItems": few, "minItems": few.len(), "items": broken}),
                );
            }
            if least > MANY {
                let few = least - 1;
                found.push(json!({"type": "array", "items": holds, "minItems": few, "maxItems": few}));
            }
            match count("maxContains") {
                Some(most) if most < MANY => {
                    let many = vec![holds; most + 1];
                    found.push(json!({"type": "array", "prefixItems": many, "minItems": most + 1}));
                }
                Some(most) => found.extend(most.checked_add(1).map(
                    |many| json!({"type": "array", "items": holds, "minItems": many, "maxItems": many}),
                )),
                None => {}
            }
        }
        _ => {}
    }
}

fn combined(
    keyword: &str,
    value: &Value,
    keywords: &Map<String, Value>,
    refer: &mut dyn Refer,
    found: Found,
) {
    match (keyword, value) {
        ("$ref", Value::String(reference)) => found.extend(refer.breaks_target(reference)),
        ("allOf", Value::Array(branches)) => {
            let each = (0..branches.len()).filter_map(|index| refer.breaks_anew(&format!("/allOf/{index}")));
            found.extend(each.collect::<Vec<_>>());
        }
        ("anyOf" | "oneOf", Value::Array(branches)) => {
            if refer.is_as_before(&[keyword]) {
                return;
            }
            let places: Vec<_> = (0..branches.len()).map(|index| format!("/{keyword}/{index}")).collect();
            let none: Vec<_> = places.iter().map(|at| refer.breaks(at)).collect();
            found.push(json!({"allOf": none}));
            if keyword == "oneOf" {
                for (index, one) in places.iter().enumerate().take(PAIRS) {
                    for other in places.iter().skip(index + 1).take(PAIRS) {
                        found.push(json!({"allOf": [refer.holds(one), refer.holds(other)]}));
                    }
                }
            }
        }
        ("not", _) if !refer.is_as_before(&[keyword]) => found.push(refer.holds("/not")),
        ("if", _) => {
            if refer.is_as_before(&["if", "then", "else"]) {
                return;
            }
            if keywords.contains_key("then") {
                found.push(json!({"allOf": [refer.holds("/if"), refer.breaks("/then")]}));
            }
            if keywords.contains_key("else") {
                found.push(json!({"allOf": [refer.breaks("/if"), refer.breaks("/else")]}));
            }
        }
        _ => {}
    }
}
