//! Whether what was read comes back: every declared property, and nothing but defaults besides.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_codegen::{Document, binds_in, validator};
use jsonschema::{OutputUnit, Validator};
use serde_json::{Map, Value};

/// What a schema says of the properties of instances.
pub struct Declared {
    documents: Vec<Document>,
    validator: Option<Validator>,
    /// The defaults of all properties of a name, wherever they are declared.
    defaults: BTreeMap<String, Vec<Value>>,
    /// Schemas that have an identifier.
    resources: Vec<(String, Value)>,
}

/// The names of the properties that must come back, by the instance location of their object.
type Names = BTreeMap<String, BTreeSet<String>>;

impl Declared {
    /// What the first of these documents says; the others are there for its references.
    pub fn of(documents: Vec<Document>) -> Self {
        let (mut defaults, mut resources) = (BTreeMap::new(), Vec::new());
        for document in &documents {
            collect_defaults(&document.root, &mut defaults);
            resources.push((document.uri.clone(), document.root.clone()));
            collect_resources(&document.root, &mut resources);
        }
        let validator = (!documents.is_empty()).then(|| validator(&documents).ok()).flatten();
        Self { documents, validator, defaults, resources }
    }

    /// The first place where what was written is not what was read.
    ///
    /// A property comes back if a schema that binds its object declares it, has a schema for it, or lets in all. Without
    /// a validator every property must.
    pub fn lost(&self, read: &Value, written: &Value) -> Option<String> {
        let names = self.validator.as_ref().map(|validator| {
            let mut names = Names::new();
            self.add_names(validator.evaluate(read).root(), read, &mut names);
            names
        });
        self.lost_at(names.as_ref(), read, written, "")
    }

    /// Adds what a schema and all below it declare, if it accepts its instance. Where a schema stands below one
    /// of another place, a keyword led from the object to its property.
    fn add_names(&self, unit: OutputUnit, instance: &Value, names: &mut Names) {
        if !unit.valid() {
            return;
        }
        let at = unit.instance_location().as_str();
        if let Some(Value::Object(members)) = instance.pointer(at)
            && self.lets_in_all(unit.schema_location())
        {
            names.entry(at.to_owned()).or_default().extend(members.keys().cloned());
        }
        for child in unit.children().filter(OutputUnit::valid) {
            if let Some(segment) =
                child.instance_location().as_str().strip_prefix(at).filter(|s| !s.is_empty())
            {
                let name = segment[1..].replace("~1", "/").replace("~0", "~");
                names.entry(at.to_owned()).or_default().insert(name);
            }
            self.add_names(child, instance, names);
        }
    }

    /// Whether the schema at a place lets in every property that it does not declare, and says so. The
    /// validator has nothing to do for that, and says nothing of it.
    fn lets_in_all(&self, place: &str) -> bool {
        let Some(document) = self.documents.first() else { return false };
        let (base, fragment) = place.split_once('#').unwrap_or(("", place));
        let resource = self.resources.iter().find(|(id, _)| is_named(base, id));
        let root = resource.map_or(&document.root, |(_, schema)| schema);
        let Some(Value::Object(keywords)) = root.pointer(&decoded(fragment)) else { return false };
        if document.dialect.reference_stands_alone() && keywords.contains_key("$ref") {
            return false;
        }
        ["additionalProperties", "unevaluatedProperties"].iter().any(|keyword| {
            let lets_in =
                |said: &Value| *said == Value::Bool(true) || said.as_object().is_some_and(Map::is_empty);
            keywords.get(*keyword).is_some_and(lets_in) && binds_in(keyword, document.dialect)
        })
    }

    fn lost_at(&self, names: Option<&Names>, read: &Value, written: &Value, at: &str) -> Option<String> {
        let inside = |segment: &str| format!("{at}/{}", segment.replace('~', "~0").replace('/', "~1"));
        match (read, written) {
            (Value::Object(read), Value::Object(written)) => {
                let must = |name: &String| {
                    names.is_none_or(|names| names.get(at).is_some_and(|here| here.contains(name)))
                };
                let in_read = read.iter().find_map(|(name, value)| match written.get(name) {
                    Some(back) => self.lost_at(names, value, back, &inside(name)),
                    None => must(name).then(|| format!("{} is gone", inside(name))),
                });
                let appears = |(name, value): &(&String, &Value)| {
                    !read.contains_key(*name) && !self.is_default(name, value)
                };
                in_read.or_else(|| {
                    let (name, _) = written.iter().find(appears)?;
                    Some(format!("{} appears", inside(name)))
                })
            }
            (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
                let mut both = read.iter().zip(written).enumerate();
                both.find_map(|(index, (a, b))| self.lost_at(names, a, b, &inside(&index.to_string())))
            }
            (Value::Number(a), Value::Number(b)) if a == b || a.as_f64() == b.as_f64() => None,
            _ if read == written => None,
            _ => Some(format!("{at} became {written}")),
        }
    }

    /// Whether a value is the default of a property of that name, with the defaults that appear in it.
    fn is_default(&self, name: &str, value: &Value) -> bool {
        let defaults = self.defaults.get(name).into_iter().flatten();
        defaults.into_iter().any(|default| self.lost_at(None, default, value, "").is_none())
    }
}

fn collect_defaults(schema: &Value, defaults: &mut BTreeMap<String, Vec<Value>>) {
    match schema {
        Value::Object(members) => {
            let properties = members.get("properties").and_then(Value::as_object);
            for (name, schema) in properties.into_iter().flatten() {
                if let Some(default) = schema.get("default") {
                    defaults.entry(name.clone()).or_default().push(default.clone());
                }
            }
            members.values().for_each(|inner| collect_defaults(inner, defaults));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| collect_defaults(inner, defaults)),
        _ => {}
    }
}

fn collect_resources(schema: &Value, resources: &mut Vec<(String, Value)>) {
    match schema {
        Value::Object(members) => {
            let ids = ["$id", "id"].iter().filter_map(|keyword| members.get(*keyword)?.as_str());
            resources.extend(ids.filter(|id| !id.starts_with('#')).map(|id| (id.to_owned(), schema.clone())));
            members.values().for_each(|inner| collect_resources(inner, resources));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| collect_resources(inner, resources)),
        _ => {}
    }
}

/// Whether an identifier, which may be relative, names what stands at a URI.
fn is_named(uri: &str, id: &str) -> bool {
    let id = id.trim_end_matches('#');
    uri.strip_suffix(id).is_some_and(|before| !id.is_empty() && (before.is_empty() || before.ends_with('/')))
}

/// A fragment without its percent encoding.
fn decoded(fragment: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), fragment.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use isomorph_codegen::{Generator, Source};
    use serde_json::{Value, json};

    use super::Declared;

    fn lost(schema: &Value, read: &Value, written: &Value) -> Option<String> {
        let mut generator = Generator::new();
        let text = schema.to_string().into_bytes();
        generator.source(Source { file: "schema.json".into(), uri: None, text });
        let documents = generator.documents().expect("the schema is valid");
        Declared::of(documents).lost(read, written)
    }

    #[test]
    fn what_a_closed_object_declares_must_come_back() {
        let schema = json!({"properties": {"a": {}, "b": true}, "additionalProperties": false});
        assert_eq!(lost(&schema, &json!({"a": 1, "b": 2}), &json!({"a": 1})).as_deref(), Some("/b is gone"));
    }

    #[test]
    fn what_an_object_lets_in_must_come_back() {
        let open = json!({"$ref": "#/$defs/a%25", "$defs": {"a%": {"additionalProperties": true}}});
        let typed = json!({"additionalProperties": {"type": "integer"}});
        for schema in [open, typed] {
            assert_eq!(lost(&schema, &json!({"z": 1}), &json!({})).as_deref(), Some("/z is gone"));
        }
    }

    #[test]
    fn what_no_schema_that_binds_declares_may_go() {
        let branches =
            json!({"anyOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {}}}]});
        let refused = json!({"not": {"properties": {"a": {"type": "string"}}, "required": ["a"]}});
        for schema in [branches, refused, json!({})] {
            assert_eq!(lost(&schema, &json!({"a": 1}), &json!({})), None);
        }
    }
}
