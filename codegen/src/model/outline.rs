//! One schema object, by its keywords alone: which of the forms it has, if any.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::Dialect;

/// The form of a schema, with its parts still as JSON.
pub enum Outline<'a> {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String {
        format: Option<&'a str>,
    },
    Names(Vec<String>),
    Object {
        required: Vec<&'a str>,
        closed: bool,
    },
    Map(Option<&'static str>),
    List(Option<&'static str>),
    /// The branch of `anyOf` that is not `null`.
    NullableBranch(usize),
    /// The schema without the `null` in its `type`.
    NullableType(Value),
    Reference(&'a str),
    Opaque(Vec<String>),
}

/// Keywords that bind instances in some dialect, whether the outline knows them or not. Any other
/// keyword is an annotation, or means nothing.
const BINDING: [&str; 46] = [
    "$dynamicRef",
    "$recursiveRef",
    "$ref",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "disallow",
    "divisibleBy",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "extends",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "uniqueItems",
];

const UNEVALUATED: [&str; 2] = ["unevaluatedItems", "unevaluatedProperties"];

/// Whether a keyword binds instances, in some dialect.
pub fn binds(keyword: &str) -> bool {
    BINDING.contains(&keyword) || UNEVALUATED.contains(&keyword)
}

/// Reads a schema.
pub fn outline(schema: &Value, dialect: Dialect) -> Outline<'_> {
    match schema {
        Value::Object(keywords) => Keywords { all: keywords, dialect }.outline(),
        Value::Bool(true) => Outline::Any,
        _ => Outline::Opaque(vec!["false".into()]),
    }
}

struct Keywords<'a> {
    all: &'a Map<String, Value>,
    dialect: Dialect,
}

impl<'a> Keywords<'a> {
    fn outline(&self) -> Outline<'a> {
        self.reference()
            .or_else(|| self.nullable())
            .or_else(|| self.names())
            .or_else(|| self.typed())
            .unwrap_or_else(|| Outline::Opaque(self.binding().map(ToOwned::to_owned).collect()))
    }

    /// The keywords that bind instances.
    fn binding(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.all.keys().map(String::as_str).filter(|keyword| binds(keyword))
    }

    /// Whether no keywords bind instances but these.
    fn only(&self, keywords: &[&str]) -> bool {
        self.binding().all(|keyword| keywords.contains(&keyword))
    }

    fn reference(&self) -> Option<Outline<'a>> {
        let reference = self.all.get("$ref")?.as_str()?;
        let alone = self.dialect.reference_stands_alone() || self.only(&["$ref"]);
        alone.then_some(Outline::Reference(reference))
    }

    fn nullable(&self) -> Option<Outline<'a>> {
        if let Some(Value::Array(types)) = self.all.get("type") {
            return self.nullable_type(types);
        }
        let branches = self.all.get("anyOf")?.as_array()?;
        let is_null = |branch: &Value| {
            branch.as_object().is_some_and(|b| b.len() == 1 && b.get("type").is_some_and(|t| t == "null"))
        };
        let branch = match branches.as_slice() {
            [first, second] if is_null(second) && !is_null(first) => 0,
            [first, second] if is_null(first) && !is_null(second) => 1,
            _ => return None,
        };
        self.only(&["anyOf"]).then_some(Outline::NullableBranch(branch))
    }

    fn nullable_type(&self, types: &[Value]) -> Option<Outline<'a>> {
        let others: Vec<_> = types.iter().filter(|name| *name != "null").collect();
        let [other] = others.as_slice() else {
            return None;
        };
        let mut reduced = self.all.clone();
        reduced.insert("type".into(), (*other).clone());
        if types.len() == 1 {
            return None;
        }
        if let Some(Value::Array(values)) = reduced.get_mut("enum") {
            let before = values.len();
            values.retain(|value| !value.is_null());
            if values.len() == before {
                return None;
            }
        }
        (!reduced.contains_key("const")).then_some(Outline::NullableType(reduced.into()))
    }

    fn names(&self) -> Option<Outline<'a>> {
        let values = self.all.get("enum")?.as_array()?;
        let names: Option<Vec<String>> = values.iter().map(|v| v.as_str().map(ToOwned::to_owned)).collect();
        let names = names.filter(|names| !names.is_empty())?;
        let unique = names.iter().collect::<HashSet<_>>().len() == names.len();
        let strings = self.all.get("type").is_none_or(|name| name == "string");
        (unique && strings && self.only(&["type", "enum"])).then_some(Outline::Names(names))
    }

    fn typed(&self) -> Option<Outline<'a>> {
        let Some(name) = self.all.get("type") else {
            return self.only(&[]).then_some(Outline::Any);
        };
        match name.as_str()? {
            "null" => self.only(&["type"]).then_some(Outline::Null),
            "boolean" => self.only(&["type"]).then_some(Outline::Boolean),
            "integer" => self.only(&["type"]).then_some(Outline::Integer),
            "number" => self.only(&["type"]).then_some(Outline::Number),
            "string" => {
                let format = self.all.get("format").and_then(Value::as_str);
                self.only(&["type"]).then_some(Outline::String { format })
            }
            "array" => {
                let items = self.all.contains_key("items").then_some("items");
                let one_for_all = !self.all.get("items").is_some_and(Value::is_array);
                (one_for_all && self.only(&["type", "items"])).then_some(Outline::List(items))
            }
            "object" => self.object(),
            _ => None,
        }
    }

    fn object(&self) -> Option<Outline<'a>> {
        if !self.only(&["type", "properties", "required", "additionalProperties"]) {
            return None;
        }
        let additional = self.all.get("additionalProperties");
        let properties = self.all.get("properties").and_then(Value::as_object);
        let required: Vec<&str> = match self.all.get("required") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(_) => return None,
            None => Vec::new(),
        };
        let declared = |name: &&str| properties.is_some_and(|properties| properties.contains_key(*name));
        match additional {
            _ if !required.iter().all(declared) => None,
            Some(Value::Bool(false)) => Some(Outline::Object { required, closed: true }),
            _ if properties.is_none() => Some(Outline::Map(additional.map(|_| "additionalProperties"))),
            None | Some(Value::Bool(true)) => Some(Outline::Object { required, closed: false }),
            Some(_) => None,
        }
    }
}

/// Keywords whose value is a schema.
const ONE: [&str; 13] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "extends",
];
/// Keywords whose value is an array of schemas.
const SEVERAL: [&str; 5] = ["allOf", "anyOf", "items", "oneOf", "prefixItems"];
/// Keywords whose value is an object of schemas.
const BY_NAME: [&str; 4] = ["dependencies", "dependentSchemas", "patternProperties", "properties"];

/// The schemas inside a schema, with the way to them; definitions are not among them.
pub fn inside(schema: &Value) -> Vec<(Vec<String>, &Value)> {
    let mut found = Vec::new();
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let name = keyword.as_str();
        match value {
            Value::Object(_) | Value::Bool(_) if ONE.contains(&name) => {
                found.push((vec![keyword.clone()], value));
            }
            Value::Array(schemas) if SEVERAL.contains(&name) => {
                let place = |index: usize| vec![keyword.clone(), index.to_string()];
                found.extend(schemas.iter().enumerate().map(|(index, schema)| (place(index), schema)));
            }
            Value::Object(schemas) if BY_NAME.contains(&name) => {
                let schemas = schemas.iter().filter(|(_, schema)| schema.is_object() || schema.is_boolean());
                found.extend(schemas.map(|(key, schema)| (vec![keyword.clone(), key.clone()], schema)));
            }
            _ => {}
        }
    }
    found
}
