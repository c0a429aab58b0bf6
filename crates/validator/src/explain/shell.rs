//! One level of a schema: what it says itself, and of its parts only whether they accept.

use isomorph_json::{TapeNode, escaped};
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::files::{Files, Place};
use crate::references::encoded;
use crate::taped::Taped;

/// A schema whose parts are asked for nothing but their verdicts.
///
/// For those the validator remembers what it came to in a value, so that they take no longer the deeper the value is. A
/// part says no more than that it does not accept something; it is for its own shell to say why.
#[derive(Debug)]
pub struct Shell {
    validator: Validator<Taped>,
    /// The schema itself.
    place: Place,
    /// Where its reference leads, and the pointer at which the shell asks for it.
    reference: Option<(String, Place)>,
}

/// What an error of a shell is about.
pub enum About {
    /// A part that does not accept something.
    Part(Place),
    /// The keyword at this place.
    Keyword(Place),
}

impl Shell {
    /// The shell of the schema at a place; `None` if there is none, or nothing can be made of it.
    pub fn new(files: &Files, place: Place) -> Option<Self> {
        let (index, pointer) = &place;
        let mut outline = Outline { uri: &files.texts().get(*index)?.uri, keywords: Map::new() };
        let source = files.subschema(*index, pointer)?;
        let Value::Object(source) = source else {
            return Some(Self { validator: files.build(*index, source)?, place, reference: None });
        };
        let dialect = files.dialect(*index);
        let target = files.target(*index, pointer, source);
        let is_alone = target.is_some() && REFERENCES_ALONE.iter().any(|old| dialect.contains(old));
        if !is_alone {
            source.iter().for_each(|(keyword, value)| outline.keyword(pointer, keyword, value));
        }
        let reference = target.map(|target| {
            let opaque = opaque(&files.texts()[target.0].uri, &target.1);
            (outline.also(opaque), target)
        });
        outline.keywords.insert("$schema".to_owned(), dialect.into());
        let validator = files.build(*index, &Value::Object(outline.keywords))?;
        Some(Self { validator, place, reference })
    }

    /// The schema at a place as it is, for what depends on what its parts evaluate.
    pub fn whole(files: &Files, place: Place) -> Option<Self> {
        let (index, pointer) = &place;
        let validator = files.build(*index, &reference(&files.texts().get(*index)?.uri, pointer))?;
        Some(Self { validator, place, reference: None })
    }

    /// What is wrong with an instance, as far as this level says. Pointers begin at the instance.
    pub fn errors(&self, instance: TapeNode) -> Vec<ValidationError<'static>> {
        self.validator.iter_errors(instance).map(ValidationError::to_owned).collect()
    }

    /// What an error is about.
    pub fn about(&self, error: &ValidationError) -> About {
        let at = error.schema_path().as_str();
        let (index, pointer) = &self.place;
        match at.strip_suffix("/not") {
            Some(part) if self.reference.as_ref().is_some_and(|(own, _)| own == part) => {
                About::Part(self.reference.as_ref().map(|(_, target)| target.clone()).unwrap_or_default())
            }
            Some(part) if !part.is_empty() => About::Part((*index, format!("{pointer}{part}"))),
            _ => About::Keyword((*index, format!("{pointer}{at}"))),
        }
    }
}

/// The dialects in which nothing beside a reference counts.
const REFERENCES_ALONE: [&str; 3] = ["draft-04", "draft-06", "draft-07"];

/// Keywords with one schema, by whose verdict they decide.
const ASKED: [&str; 4] = ["if", "not", "contains", "propertyNames"];
/// Keywords with one schema.
const ONE: [&str; 5] = ["additionalProperties", "additionalItems", "items", "then", "else"];
/// Keywords with a list of schemas.
const LISTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
/// Keywords with schemas by names.
const MAPS: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "dependencies"];
/// Keywords that name the schema for others, that lead elsewhere, or that depend on what the parts evaluate.
const LEFT_OUT: [&str; 14] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$defs",
    "definitions",
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// A shell while it is made.
struct Outline<'a> {
    uri: &'a str,
    keywords: Map<String, Value>,
}

impl Outline<'_> {
    fn keyword(&mut self, around: &str, keyword: &str, value: &Value) {
        if LEFT_OUT.contains(&keyword) {
            return;
        }
        let at = format!("{around}/{}", escaped(keyword));
        let outlined = match value {
            Value::Array(parts) if LISTS.contains(&keyword) => parts
                .iter()
                .enumerate()
                .map(|(index, part)| self.part(&format!("{at}/{index}"), part))
                .collect(),
            Value::Object(parts) if MAPS.contains(&keyword) => {
                let part = |(name, part): (&String, &Value)| {
                    (name.clone(), self.part(&format!("{at}/{}", escaped(name)), part))
                };
                Value::Object(parts.iter().map(part).collect())
            }
            part if ONE.contains(&keyword) => self.part(&at, part),
            Value::Object(_) if ASKED.contains(&keyword) => reference(self.uri, &at),
            other => other.clone(),
        };
        self.keywords.insert(keyword.to_owned(), outlined);
    }

    /// A part as it is where it has none itself, or else only its verdict.
    fn part(&self, at: &str, part: &Value) -> Value {
        let has_parts = |keyword: &String| {
            let keyword = keyword.as_str();
            ASKED.contains(&keyword)
                || ONE.contains(&keyword)
                || LISTS.contains(&keyword)
                || MAPS.contains(&keyword)
                || LEFT_OUT.contains(&keyword)
        };
        match part {
            Value::Object(keywords) if keywords.keys().any(has_parts) => opaque(self.uri, at),
            _ => part.clone(),
        }
    }

    /// Asks for one more schema; gives the pointer at which it does.
    fn also(&mut self, schema: Value) -> String {
        let all = self.keywords.entry("allOf").or_insert_with(|| json!([]));
        match all.as_array_mut() {
            Some(all) => {
                all.push(schema);
                format!("/allOf/{}", all.len() - 1)
            }
            None => String::new(),
        }
    }
}

/// A schema that accepts what another accepts, and otherwise says only that it does not: every dialect has `not`.
fn opaque(uri: &str, pointer: &str) -> Value {
    json!({"not": {"not": reference(uri, pointer)}})
}

fn reference(uri: &str, pointer: &str) -> Value {
    json!({"$ref": format!("{uri}#{}", encoded(pointer))})
}
