//! Whether what was read comes back: every declared property, and nothing but defaults besides.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_codegen::{Document, validator};
use jsonschema::Validator;
use serde_json::Value;

/// What a schema says of the properties of instances.
pub struct Declared {
    documents: Vec<Document>,
    validator: Option<Validator>,
    /// The defaults of all properties of a name, wherever they are declared.
    defaults: BTreeMap<String, Vec<Value>>,
}

/// The names of the properties that must come back, by the instance location of their object.
type Names = BTreeMap<String, BTreeSet<String>>;

impl Declared {
    /// What the first of these documents says; the others are there for its references.
    pub fn of(documents: Vec<Document>) -> Self {
        let mut defaults = BTreeMap::new();
        for document in &documents {
            collect_defaults(&document.root, &mut defaults);
        }
        let validator = (!documents.is_empty()).then(|| validator(&documents).ok()).flatten();
        Self { documents, validator, defaults }
    }

    /// The first place where what was written is not what was read.
    ///
    /// A property comes back if the schema declares it there, or has a schema for it: that is what the validator says in its
    /// annotations. Without a validator every property must.
    pub fn lost(&self, read: &Value, written: &Value) -> Option<String> {
        let names = self.validator.as_ref().map(|validator| self.names(validator, read));
        self.lost_at(names.as_ref(), read, written, "")
    }

    fn names(&self, validator: &Validator, instance: &Value) -> Names {
        let mut names = Names::new();
        for entry in validator.evaluate(instance).iter_annotations() {
            let keyword = entry.schema_location.rsplit('/').next().unwrap_or_default();
            let says = match keyword {
                "properties" | "patternProperties" => true,
                "additionalProperties" | "unevaluatedProperties" => self.is_typed(entry.schema_location),
                _ => false,
            };
            let Some(found) = entry.annotations.value().as_array().filter(|_| says) else { continue };
            let at = names.entry(entry.instance_location.as_str().to_owned()).or_default();
            at.extend(found.iter().filter_map(Value::as_str).map(ToOwned::to_owned));
        }
        names
    }

    /// Whether the schema at a place says something.
    fn is_typed(&self, place: &str) -> bool {
        let schema = self.documents.first().and_then(|document| document.root.pointer(place));
        schema.is_none_or(|schema| {
            *schema != Value::Bool(true) && schema.as_object().is_none_or(|keywords| !keywords.is_empty())
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
