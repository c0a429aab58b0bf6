//! The schemas of types as a document of another kind holds them (OpenAPI, a custom resource definition …), in its own
//! dialect. What `crates/schema/src/holders/translate.rs` adds is taken out again.

use std::collections::BTreeMap;

use schemars::Schema;
use serde_json::{Map, Value, json};

use crate::schema_of::{Document, document_of};

/// What schemas mean in a document, beyond JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Nothing.
    Plain,
    /// Nothing, and references in a schema are relative to it.
    Alone,
    /// What Swagger 2.0 says.
    Swagger,
    /// What OpenAPI 3.0 says.
    OpenApi,
    /// What Kubernetes says.
    Kubernetes,
}

/// The schemas that a document holds.
#[derive(Debug)]
pub struct Holder {
    /// What they mean.
    pub rules: Rules,
    /// The number of the draft that they were translated into.
    pub draft: u16,
    /// The names of their definitions, and where they stand: fragments as references have them.
    pub held: &'static [(&'static str, &'static str)],
    /// References to what other documents hold, and how the document has them.
    pub references: &'static [(&'static str, &'static str)],
}

/// A type whose schema stands in a document that is no schema itself.
pub trait Held {
    /// All schemas that types stand for in this document, as it has them, each by where it stands:
    /// `/components/schemas/Pet`.
    fn schemas() -> BTreeMap<String, Schema>;
}

/// All schemas of the document that `T` is of, as it has them, each by where it stands: `/components/schemas/Pet`.
pub fn schemas_beside<T: Held>() -> BTreeMap<String, Schema> {
    T::schemas()
}

/// The one of them that references lead to by this fragment.
pub fn schema_at<T: Held>(fragment: &str) -> Schema {
    T::schemas().remove(&decoded(fragment)).unwrap_or_default()
}

/// The schemas of a document of definitions, as another document holds them.
pub fn given_back<T: Document>(holder: &Holder) -> BTreeMap<String, Schema> {
    in_own_dialect(document_of::<T>().as_value(), T::DEFINITIONS, holder)
}

/// The definitions of a document, which stand under `keyword`, as another document holds them.
pub fn in_own_dialect(document: &Value, keyword: &'static str, holder: &Holder) -> BTreeMap<String, Schema> {
    let found = holder.held.iter().filter_map(|(name, fragment)| {
        let mut schema = document.get(keyword)?.get(*name)?.clone();
        let own = Own { holder, keyword, fragment };
        if holder.rules == Rules::Kubernetes {
            close_metadata(&mut schema);
        }
        own.every(&mut schema);
        Some((decoded(fragment), Schema::try_from(schema).ok()?))
    });
    found.collect()
}

/// How a schema stood where it is held.
struct Own<'a> {
    holder: &'a Holder,
    keyword: &'static str,
    fragment: &'a str,
}

impl Own<'_> {
    /// Gives a schema and all in it back.
    fn every(&self, schema: &mut Value) {
        let Value::Object(keywords) = schema else { return };
        if self.holder.rules == Rules::OpenApi && keywords.contains_key("discriminator") {
            unselect(keywords);
        }
        if !(self.holder.draft < 2019 && keywords.contains_key("$ref")) {
            for (keyword, value) in keywords.iter_mut() {
                match (held_by(keyword, self.holder.draft), value) {
                    (Holds::ByName, Value::Object(schemas)) => {
                        schemas.values_mut().for_each(|schema| self.every(schema));
                    }
                    (Holds::Several, Value::Array(schemas)) => {
                        for schema in schemas {
                            self.every(schema);
                        }
                    }
                    (Holds::Several, schema) => self.every(schema),
                    _ => {}
                }
            }
        }
        self.one(keywords);
    }

    fn one(&self, keywords: &mut Map<String, Value>) {
        for keyword in ["$ref", "$dynamicRef"] {
            if let Some(Value::String(reference)) = keywords.get_mut(keyword)
                && let Some(own) = self.reference(reference)
            {
                *reference = own;
            }
        }
        let rules = self.holder.rules;
        if !keywords.contains_key("$ref") {
            if matches!(rules, Rules::OpenApi | Rules::Kubernetes) {
                without_null(keywords);
            }
            if rules == Rules::Kubernetes {
                unextend(keywords);
            }
        }
        if !matches!(rules, Rules::Plain | Rules::Alone) {
            put_back(keywords);
        }
    }

    /// A reference to a definition, as the document has it.
    fn reference(&self, reference: &str) -> Option<String> {
        if let Some((_, own)) = self.holder.references.iter().find(|(known, _)| *known == reference) {
            return Some((*own).to_owned());
        }
        let path = reference.strip_prefix("#/")?.strip_prefix(self.keyword)?.strip_prefix('/')?;
        let (name, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
        let name = decoded(name).replace("~1", "/").replace("~0", "~");
        let (_, fragment) = self.holder.held.iter().find(|(known, _)| *known == name)?;
        let is_own = self.holder.rules == Rules::Alone && *fragment == self.fragment;
        Some(if is_own { format!("#{rest}") } else { format!("#{fragment}{rest}") })
    }
}

/// Which schemas stand in the value of a keyword.
#[derive(PartialEq)]
enum Holds {
    Nothing,
    /// The value is one, or its elements are.
    Several,
    /// The members of the value are.
    ByName,
}

/// The schemas that a keyword holds in a draft.
fn held_by(keyword: &str, draft: u16) -> Holds {
    let (since, until, holds) = match keyword {
        "properties" | "patternProperties" | "definitions" | "dependencies" => (4, 2020, Holds::ByName),
        "$defs" | "dependentSchemas" => (2019, 2020, Holds::ByName),
        "items" | "additionalProperties" | "not" | "allOf" | "anyOf" | "oneOf" => (4, 2020, Holds::Several),
        "additionalItems" => (4, 2019, Holds::Several),
        "contains" | "propertyNames" => (6, 2020, Holds::Several),
        "if" | "then" | "else" => (7, 2020, Holds::Several),
        "contentSchema" | "unevaluatedItems" | "unevaluatedProperties" => (2019, 2020, Holds::Several),
        "prefixItems" => (2020, 2020, Holds::Several),
        _ => return Holds::Nothing,
    };
    if (since..=until).contains(&draft) { holds } else { Holds::Nothing }
}

/// Takes out what a `discriminator` says of branches.
fn unselect(keywords: &mut Map<String, Value>) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = keywords.get_mut(keyword) else { continue };
        for branch in branches {
            if branch.pointer("/allOf/1/x-isomorph-selected").is_some()
                && let Some(own) = branch.pointer("/allOf/0")
            {
                *branch = own.clone();
            }
        }
    }
}

/// Takes out the `null` that `nullable` says.
fn without_null(keywords: &mut Map<String, Value>) {
    if keywords.get("nullable") != Some(&Value::Bool(true)) {
        return;
    }
    if let Some(types) = keywords.get_mut("type")
        && let Value::Array(names) = &*types
        && let [only, null] = names.as_slice()
        && null == "null"
    {
        *types = only.clone();
    }
}

/// Takes out what the extensions of Kubernetes say.
fn unextend(keywords: &mut Map<String, Value>) {
    let is_true = |keywords: &Map<String, Value>, name: &str| keywords.get(name) == Some(&Value::Bool(true));
    if is_true(keywords, "x-kubernetes-int-or-string") && keywords.get("type").is_some_and(Value::is_array) {
        keywords.remove("type");
    }
    if is_true(keywords, "x-kubernetes-preserve-unknown-fields")
        && keywords.get("additionalProperties") == Some(&json!({}))
    {
        keywords.remove("additionalProperties");
    }
    if keywords.get("x-kubernetes-list-type").is_some_and(|list| list == "set") {
        keywords.remove("uniqueItems");
    }
    if is_true(keywords, "x-kubernetes-embedded-resource")
        && let Some(Value::Array(all)) = keywords.get_mut("allOf")
    {
        all.pop();
        if all.is_empty() {
            keywords.remove("allOf");
        }
    }
}

/// The metadata of a resource is open, and no definition says so.
fn close_metadata(schema: &mut Value) {
    if let Some(Value::Object(metadata)) = schema.pointer_mut("/properties/metadata")
        && metadata.get("additionalProperties") == Some(&Value::Bool(true))
    {
        metadata.remove("additionalProperties");
    }
}

/// Gives the keywords their names back that say nothing in the document's dialect, and requires again what is required
/// in one direction.
fn put_back(keywords: &mut Map<String, Value>) {
    const SET_ASIDE: &str = "x-isomorph-";
    if !keywords.keys().any(|keyword| keyword.starts_with(SET_ASIDE)) {
        return;
    }
    if keywords.contains_key("x-isomorph-required") {
        keywords.remove("required");
    }
    let named =
        std::mem::take(keywords).into_iter().map(|(keyword, value)| match keyword.strip_prefix(SET_ASIDE) {
            Some(own) => (own.to_owned(), value),
            None => (keyword, value),
        });
    *keywords = named.collect();
}

/// Percent-decoded; what is no code stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code = code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
