//! Schemas that bind the same instance together: a schema, what it refers to, and its `allOf`.

use std::collections::BTreeSet;

use isomorph_schema::{Dialect, Document, Location, Resolver, Target, Types, bound_by};
use serde_json::{Map, Value};

use crate::error::Error;

/// How many schemas are looked at together. What is beyond is left to the guard.
const MOST: usize = 64;

/// Keywords of references whose target depends on the way that led to them.
pub const DYNAMIC: [&str; 2] = ["$dynamicRef", "$recursiveRef"];

/// One schema object among those that bind the same instance.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// Where it stands.
    pub location: Location,
    /// Its keywords.
    pub keywords: &'a Map<String, Value>,
    /// Its dialect.
    pub dialect: Dialect,
    /// The keyword by which it refers to another, and what that says; of dynamic references only one that leads where a
    /// `$ref` would.
    pub refers: Option<(&'static str, &'a str)>,
}

impl<'a> Layer<'a> {
    /// These keywords at a place.
    pub fn new(
        location: &Location,
        keywords: &'a Map<String, Value>,
        dialect: Dialect,
        resolver: &Resolver,
    ) -> Self {
        let text = keywords.get("$ref").and_then(Value::as_str);
        let refers = text.map(|text| ("$ref", text)).or_else(|| resolver.certain(keywords, dialect));
        Self { location: location.clone(), keywords, dialect, refers }
    }

    /// The keyword by which it refers to another, if that is all that binds instances of `types`, and what it says.
    pub fn refers_only(&self, types: Types) -> Option<&'a str> {
        let mut binding = self.binding(types);
        let (keyword, text) = self.refers?;
        (binding.next() == Some(keyword) && binding.next().is_none()).then_some(text)
    }

    /// Whether a reference of it leads to what is known only where the schema is used.
    pub fn is_dynamic(&self) -> bool {
        let is_known = |keyword: &str| self.refers.is_some_and(|(known, _)| known == keyword);
        DYNAMIC.into_iter().any(|keyword| self.get(keyword).is_some() && !is_known(keyword))
    }

    /// The value of a keyword, if it binds instances here.
    pub fn get(&self, keyword: &str) -> Option<&'a Value> {
        self.keywords.get(keyword).filter(|_| self.bound_by(keyword) != Types::NONE)
    }

    /// The instances that a keyword binds here. Beside a `$ref` that stands alone, none does.
    fn bound_by(&self, keyword: &str) -> Types {
        let alone = self.dialect.reference_stands_alone() && self.keywords.contains_key("$ref");
        let is_idle = (alone && keyword != "$ref") || self.says_nothing(keyword);
        if is_idle { Types::NONE } else { bound_by(keyword, self.dialect) }
    }

    /// Whether a keyword speaks of properties and names none.
    fn says_nothing(&self, keyword: &str) -> bool {
        matches!(
            keyword,
            "properties" | "patternProperties" | "dependentRequired" | "dependentSchemas" | "dependencies"
        ) && self.keywords.get(keyword).and_then(Value::as_object).is_some_and(Map::is_empty)
    }

    /// The keywords that bind instances of `types`.
    pub fn binding(&self, types: Types) -> impl Iterator<Item = &'a str> {
        self.keywords.keys().map(String::as_str).filter(move |name| self.bound_by(name).meets(types))
    }
}

/// All schemas that bind an instance together.
#[derive(Debug, Clone, Default)]
pub struct Layers<'a> {
    /// The schemas, the outermost first.
    pub all: Vec<Layer<'a>>,
    /// Whether one of them is `false`.
    pub never: bool,
    /// Keywords that lead to what is not among `all`.
    pub left_out: BTreeSet<&'static str>,
}

/// Collects the schemas that bind the same instance as the one at `location`.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn collect<'a>(
    documents: &'a [Document],
    resolver: &Resolver,
    location: &Location,
) -> Result<Layers<'a>, Error> {
    let mut layers = Layers::default();
    let mut seen = BTreeSet::new();
    let mut next = vec![location.clone()];
    while let Some(location) = next.pop() {
        if !seen.insert(location.clone()) {
            continue;
        }
        if seen.len() > MOST {
            layers.left_out.insert("allOf");
            break;
        }
        let document = &documents[location.document];
        let keywords = match location.pointer.find(&document.root) {
            Some(Value::Object(keywords)) => keywords,
            Some(Value::Bool(false)) => {
                layers.never = true;
                continue;
            }
            _ => continue,
        };
        let layer = Layer::new(&location, keywords, document.dialect, resolver);
        next.extend(all_of(&layer).into_iter().rev());
        if let Some((keyword, reference)) = layer.refers {
            match resolver.follow(&location, reference)? {
                Target::Here(target) => next.push(target),
                Target::MetaSchema | Target::Missing => {
                    layers.left_out.insert(keyword);
                }
                Target::Anything => {}
            }
        }
        if layer.is_dynamic() {
            layers.left_out.extend(DYNAMIC.into_iter().filter(|keyword| layer.get(keyword).is_some()));
        }
        layers.all.push(layer);
    }
    Ok(layers)
}

fn all_of(layer: &Layer) -> Vec<Location> {
    let branches = layer.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    (0..branches).map(|index| layer.location.join("allOf").join(index)).collect()
}

/// The properties that these schemas require.
pub fn required(layers: &[Layer]) -> BTreeSet<String> {
    let lists = layers.iter().filter_map(|layer| layer.get("required")?.as_array());
    lists.flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
}

/// The properties that these schemas declare.
pub fn declared(layers: &[Layer]) -> BTreeSet<String> {
    let properties = layers.iter().filter_map(|layer| layer.get("properties")?.as_object());
    properties.flat_map(Map::keys).cloned().collect()
}
