//! What has to be known of a schema that typify read, to say the same of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use isomorph_json::Pointer;
use serde_json::Value;

/// What does not tell schemas apart for typify.
const ANNOTATIONS: [&str; 9] =
    ["$comment", "$id", "default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly"];

/// A schema, as it is written.
pub struct SchemaText {
    /// Its name, as places have it.
    pub file: String,
    root: Value,
}

impl SchemaText {
    /// The schema at a path; none if it is not there, or no JSON.
    pub fn read(path: &Path) -> Option<Self> {
        let root = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let file = path.file_name()?.to_string_lossy().into_owned();
        Some(Self { file, root })
    }

    /// Whether it names its dialect.
    pub fn has_dialect(&self) -> bool {
        self.root.get("$schema").is_some()
    }

    /// The formats of values of a JSON type.
    pub fn formats(&self, of: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        visit(&self.root, &Pointer::root(), &mut |schema, _| {
            let is_of = match schema.get("type") {
                Some(Value::Array(types)) => types.iter().any(|one| one == of),
                one => one.is_some_and(|one| one == of),
            };
            let format = schema.get("format").and_then(Value::as_str).filter(|_| is_of);
            found.extend(format.map(str::to_owned));
        });
        found
    }

    /// Whether a value may be `null`.
    pub fn has_null(&self) -> bool {
        let mut found = false;
        visit(&self.root, &Pointer::root(), &mut |schema, _| {
            found |= match schema.get("type") {
                Some(Value::Array(types)) => types.iter().any(|one| one == "null"),
                one => one.is_some_and(|one| one == "null"),
            };
        });
        found
    }

    /// The crates that schemas name by `x-rust-type`.
    pub fn crates(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        visit(&self.root, &Pointer::root(), &mut |schema, _| {
            let named = schema.get("x-rust-type").and_then(|said| said.get("crate")).and_then(Value::as_str);
            found.extend(named.map(str::to_owned));
        });
        found
    }

    /// The names of the definitions that typify calls by a name.
    pub fn definitions(&self, called: &str) -> Vec<String> {
        let plain = |name: &str| {
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        };
        let all = ["definitions", "$defs"].iter().filter_map(|key| self.root.get(key)?.as_object());
        all.flat_map(|all| all.keys()).filter(|name| plain(name) == plain(called)).cloned().collect()
    }

    /// The places of schemas that are the same but for what only describes.
    pub fn places(&self, wanted: &Value) -> Vec<String> {
        let mut found = Vec::new();
        visit(&self.root, &Pointer::root(), &mut |schema, pointer| {
            if bare(schema) == bare(wanted) {
                found.push(format!("{}{pointer}", self.file));
            }
        });
        found
    }
}

/// A schema without what only describes.
fn bare(schema: &Value) -> Value {
    let mut bare = schema.clone();
    if let Value::Object(members) = &mut bare {
        members.retain(|key, _| !ANNOTATIONS.contains(&key.as_str()));
    }
    bare
}

/// Shows all objects of a document, each with its place.
fn visit(value: &Value, at: &Pointer, show: &mut impl FnMut(&Value, &Pointer)) {
    match value {
        Value::Object(members) => {
            show(value, at);
            for (key, member) in members {
                visit(member, &at.join(key), show);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                visit(element, &at.join(index), show);
            }
        }
        _ => {}
    }
}
