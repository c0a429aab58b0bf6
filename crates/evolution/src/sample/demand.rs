//! What several schemas together demand of one instance.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::turns::address;

/// A type of instances. An integer is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    pub const ALL: [Self; 7] =
        [Self::String, Self::Integer, Self::Object, Self::Array, Self::Boolean, Self::Null, Self::Number];

    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// The type that a keyword speaks of, if it speaks of only one.
    fn of_keyword(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "properties"
            | "required"
            | "additionalProperties"
            | "patternProperties"
            | "minProperties"
            | "maxProperties"
            | "propertyNames"
            | "dependencies"
            | "dependentRequired"
            | "dependentSchemas"
            | "unevaluatedProperties" => Self::Object,
            "items" | "prefixItems" | "additionalItems" | "contains" | "minItems" | "maxItems"
            | "uniqueItems" | "unevaluatedItems" => Self::Array,
            "pattern" | "minLength" | "maxLength" | "format" => Self::String,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Self::Number,
            _ => return None,
        })
    }
}

/// The keywords of all schemas that bind one instance.
#[derive(Debug, Clone)]
pub struct Demand<'a> {
    pub parts: Vec<&'a Map<String, Value>>,
    /// Those, by address.
    known: HashSet<usize>,
    /// The types that `type` allows, where it stands, and those that the keywords speak of.
    allowed: Option<Kinds>,
    spoken_of: Kinds,
    /// Those parts that list values.
    listing: Vec<&'a Map<String, Value>>,
    /// What must not hold, where that is one keyword.
    negated: Vec<&'a Map<String, Value>>,
    /// The properties that are declared, schema by schema.
    pub properties: Vec<&'a Map<String, Value>>,
    /// Whether one of the schemas is `false`.
    pub is_impossible: bool,
    /// The value of a goal, if one of the schemas is it.
    pub value: Option<&'a Value>,
    /// How far the goal is away.
    pub distance: usize,
}

impl Default for Demand<'_> {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            known: HashSet::new(),
            allowed: None,
            spoken_of: Kinds::default(),
            listing: Vec::new(),
            negated: Vec::new(),
            properties: Vec::new(),
            is_impossible: false,
            value: None,
            distance: usize::MAX,
        }
    }
}

impl<'a> Demand<'a> {
    /// Adds the keywords of a schema.
    pub fn add(&mut self, part: &'a Map<String, Value>) {
        self.parts.push(part);
        self.known.insert(address(part));
        let mut is_listing = false;
        for (keyword, value) in part {
            if let Some(one) = Type::of_keyword(keyword) {
                self.spoken_of.set(one);
            }
            match keyword.as_str() {
                "type" => self.limit(value),
                "const" | "enum" => is_listing = true,
                "not" => self.negated.extend(value.as_object().filter(|negated| negated.len() == 1)),
                "properties" => self.properties.extend(value.as_object()),
                _ => {}
            }
        }
        if is_listing {
            self.listing.push(part);
        }
    }

    /// Limits the types to those that a `type` names.
    fn limit(&mut self, value: &Value) {
        let named = match value {
            Value::String(name) => Type::of_name(name).into_iter().collect(),
            Value::Array(names) => names.iter().filter_map(Value::as_str).filter_map(Type::of_name).collect(),
            _ => return,
        };
        self.allowed = Some(self.allowed.map_or(named, |before| before.and(named)));
    }

    /// Whether it has these keywords already.
    pub fn has_part(&self, part: &Map<String, Value>) -> bool {
        self.known.contains(&address(part))
    }

    /// Whether a `type` says what it may be of.
    pub fn is_typed(&self) -> bool {
        self.allowed.is_some()
    }

    /// The values of a keyword, wherever it stands.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// Whether a property has to be there.
    pub fn requires(&self, name: &str) -> bool {
        self.all("required").filter_map(Value::as_array).any(|all| all.iter().any(|one| one == name))
    }

    /// The values of a keyword that must not hold by itself.
    pub fn refused(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.negated.iter().filter_map(move |negated| negated.get(keyword))
    }

    /// Whether a value is one that must not be.
    pub fn excludes(&self, value: &Value) -> bool {
        self.refused("const").any(|one| one == value)
            || self.refused("enum").filter_map(Value::as_array).any(|several| several.contains(value))
    }

    /// The greatest of a keyword's numbers.
    pub fn greatest(&self, keyword: &str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).max_by(f64::total_cmp)
    }

    /// The least of a keyword's numbers.
    pub fn least(&self, keyword: &str) -> Option<f64> {
        self.all(keyword).filter_map(Value::as_f64).min_by(f64::total_cmp)
    }

    /// The greatest of a keyword's counts.
    pub fn at_least(&self, keyword: &str) -> usize {
        self.greatest(keyword).map_or(0, count)
    }

    /// The least of a keyword's counts.
    pub fn at_most(&self, keyword: &str) -> usize {
        self.least(keyword).map_or(usize::MAX, count)
    }

    /// The types that `type` allows, those first that the keywords speak of.
    pub fn types(&self) -> Vec<Type> {
        let spoken_of = self.spoken_of;
        let fits = |one: &Type| spoken_of.has(*one) || (*one == Type::Integer && spoken_of.has(Type::Number));
        let allowed = Type::ALL.into_iter().filter(|one| self.allowed.is_none_or(|all| all.has(*one)));
        let (fit, other): (Vec<_>, Vec<_>) = allowed.partition(fits);
        // A type of which more is said is what the author had in mind.
        [fit, other].concat()
    }

    /// The only values that can do, if they are listed.
    pub fn listed(&self) -> Option<Vec<&'a Value>> {
        let mut listed: Option<Vec<&Value>> = None;
        for part in &self.listing {
            let Some(choices) = isomorph_schema::listed(|keyword| part.get(keyword)) else { continue };
            listed = Some(match listed {
                None => choices.iter().collect(),
                Some(before) => {
                    let choices: HashSet<&Value> = choices.iter().collect();
                    before.into_iter().filter(|value| choices.contains(value)).collect()
                }
            });
        }
        let mut listed = listed?;
        let refused = self.refused("enum").filter_map(Value::as_array).flatten();
        let refused: HashSet<&Value> = refused.chain(self.refused("const")).collect();
        listed.retain(|value| !refused.contains(value));
        if !self.is_typed() {
            return Some(listed);
        }
        let types = self.types();
        let fits = |value: &&Value| {
            let one = Type::of(value);
            types.contains(&one) || (one == Type::Integer && types.contains(&Type::Number))
        };
        Some(listed.into_iter().filter(fits).collect())
    }
}

/// Some of the types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Kinds(u8);

impl Kinds {
    fn set(&mut self, one: Type) {
        self.0 |= 1 << one as u8;
    }

    fn has(self, one: Type) -> bool {
        self.0 >> one as u8 & 1 == 1
    }

    /// Those of both: an integer is a number.
    fn and(self, other: Self) -> Self {
        let mut both = Self(self.0 & other.0);
        let is_integer = |one: Self, other: Self| one.has(Type::Integer) && other.has(Type::Number);
        if is_integer(self, other) || is_integer(other, self) {
            both.set(Type::Integer);
        }
        both
    }
}

impl FromIterator<Type> for Kinds {
    fn from_iter<I: IntoIterator<Item = Type>>(types: I) -> Self {
        let mut kinds = Self::default();
        types.into_iter().for_each(|one| kinds.set(one));
        kinds
    }
}

/// What a number says of a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, and saturating")]
pub fn count(number: f64) -> usize {
    number as usize
}
