//! What several schemas together demand of one instance.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

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
    /// Whether one of the schemas is `false`.
    pub is_impossible: bool,
    /// The value of a goal, if one of the schemas is it.
    pub value: Option<&'a Value>,
    /// How far the goal is away.
    pub distance: usize,
}

impl Default for Demand<'_> {
    fn default() -> Self {
        Self { parts: Vec::new(), is_impossible: false, value: None, distance: usize::MAX }
    }
}

impl<'a> Demand<'a> {
    /// The values of a keyword, wherever it stands.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// The values of a keyword that must not hold by itself.
    pub fn refused(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        let negated = self.all("not").filter_map(Value::as_object).filter(|negated| negated.len() == 1);
        negated.filter_map(move |negated| negated.get(keyword))
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
        let mut allowed: Option<BTreeSet<Type>> = None;
        for value in self.all("type") {
            let named: BTreeSet<Type> = match value {
                Value::String(name) => Type::of_name(name).into_iter().collect(),
                Value::Array(names) => {
                    names.iter().filter_map(Value::as_str).filter_map(Type::of_name).collect()
                }
                _ => continue,
            };
            allowed = Some(match allowed {
                None => named,
                Some(before) => both(&before, &named),
            });
        }
        let allowed = allowed.unwrap_or_else(|| Type::ALL.into());
        let spoken_of: BTreeSet<_> =
            self.parts.iter().flat_map(|part| part.keys()).filter_map(|key| Type::of_keyword(key)).collect();
        let fits = |one: &Type| {
            spoken_of.contains(one) || (*one == Type::Integer && spoken_of.contains(&Type::Number))
        };
        let (fit, other): (Vec<_>, Vec<_>) =
            Type::ALL.into_iter().filter(|one| allowed.contains(one)).partition(fits);
        // A type of which more is said is what the author had in mind.
        [fit, other].concat()
    }

    fn has(&self, keyword: &str) -> bool {
        self.all(keyword).next().is_some()
    }

    /// The only values that can do, if they are listed.
    pub fn listed(&self) -> Option<Vec<&'a Value>> {
        let mut listed: Option<Vec<&Value>> = None;
        for part in &self.parts {
            let choices = match (part.get("const"), part.get("enum")) {
                (Some(only), _) => vec![only],
                (None, Some(Value::Array(several))) => several.iter().collect(),
                _ => continue,
            };
            listed = Some(match listed {
                None => choices,
                Some(before) => {
                    let choices: HashSet<&Value> = choices.into_iter().collect();
                    before.into_iter().filter(|value| choices.contains(value)).collect()
                }
            });
        }
        let mut listed = listed?;
        let refused = self.refused("enum").filter_map(Value::as_array).flatten();
        let refused: HashSet<&Value> = refused.chain(self.refused("const")).collect();
        listed.retain(|value| !refused.contains(value));
        if !self.has("type") {
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

fn both(one: &BTreeSet<Type>, other: &BTreeSet<Type>) -> BTreeSet<Type> {
    let integer =
        |a: &BTreeSet<Type>, b: &BTreeSet<Type>| a.contains(&Type::Integer) && b.contains(&Type::Number);
    let mut both: BTreeSet<_> = one.intersection(other).copied().collect();
    if integer(one, other) || integer(other, one) {
        both.insert(Type::Integer);
    }
    both
}

/// What a number says of a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, and saturating")]
pub fn count(number: f64) -> usize {
    number as usize
}
