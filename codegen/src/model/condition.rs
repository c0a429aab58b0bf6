//! What a schema asks of a value that its type does not say, as what the runtime holds the typed value against.

use isomorph_schema::{Location, Types};
use serde_json::{Number, Value};

use crate::pattern::Linear;

/// What is asked of a value. One that is about values of another type holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Nothing holds to it.
    Never,
    /// `type`, and whether an integer is written as one
    Type(Types, bool),
    /// `enum` and `const`, of values without parts
    Enum(Vec<Value>),
    /// A bound, by its keyword
    Bound(&'static str, Number),
    /// `multipleOf`
    MultipleOf(Number),
    /// A limit of a count, by its keyword
    Count(&'static str, u64),
    /// `pattern`
    Pattern(Linear),
    /// `uniqueItems`
    UniqueItems,
    /// The first elements, one by one, and all others
    Items(Vec<Condition>, Box<Condition>),
    /// `contains`, from so many to so many
    Contains(Box<Condition>, u64, Option<u64>),
    /// `required`
    Required(Vec<String>),
    /// Properties by their names, in order; those whose names match; and all others
    Properties(Vec<(String, Condition)>, Vec<(Linear, Condition)>, Box<Condition>),
    /// `propertyNames`
    PropertyNames(Box<Condition>),
    /// What is asked of an object that has a property
    Dependent(Vec<(String, Condition)>),
    /// `allOf`; without any, everything holds to it
    AllOf(Vec<Condition>),
    /// `anyOf`
    AnyOf(Vec<Condition>),
    /// `oneOf`
    OneOf(Vec<Condition>),
    /// `not`
    Not(Box<Condition>),
    /// `if`, `then` and `else`
    If(Box<[Condition; 3]>),
    /// `unevaluatedProperties`: what evaluates properties, and what is asked of others
    Unevaluated(Vec<Evaluated>, Box<Condition>),
    /// What the schema there asks of any value
    Same(Location),
}

/// Where a condition holds to an object, its properties of these names are evaluated, and those whose names match.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// The condition.
    pub when: Condition,
    /// The names.
    pub names: Vec<String>,
    /// The patterns.
    pub patterns: Vec<Linear>,
}

impl Condition {
    /// What everything holds to.
    pub const ALWAYS: Self = Self::AllOf(Vec::new());

    /// Whether everything holds to it.
    pub fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }

    /// All of these.
    pub fn all(conditions: Vec<Self>) -> Self {
        let mut all = Vec::new();
        for condition in conditions {
            match condition {
                Self::Never => return Self::Never,
                Self::AllOf(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        if all.len() == 1 { all.remove(0) } else { Self::AllOf(all) }
    }

    /// Any of these.
    pub fn any(mut conditions: Vec<Self>) -> Self {
        conditions.retain(|one| *one != Self::Never);
        match conditions.len() {
            0 => Self::Never,
            1 => conditions.remove(0),
            _ if conditions.iter().any(Self::is_always) => Self::ALWAYS,
            _ => Self::AnyOf(conditions),
        }
    }

    /// Exactly one of these.
    pub fn one(mut conditions: Vec<Self>) -> Self {
        conditions.retain(|one| *one != Self::Never);
        match conditions.len() {
            0 => Self::Never,
            1 => conditions.remove(0),
            _ => Self::OneOf(conditions),
        }
    }

    /// Not this.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Never => Self::ALWAYS,
            condition if condition.is_always() => Self::Never,
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// This if the first holds, else that.
    pub fn choice(condition: Self, then: Self, otherwise: Self) -> Self {
        match condition {
            Self::Never => otherwise,
            condition if condition.is_always() => then,
            _ if then == otherwise => then,
            condition => Self::If(Box::new([condition, then, otherwise])),
        }
    }

    /// The conditions that this one is made of, one level down.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Items(first, others) => first.iter().chain([others.as_ref()]).collect(),
            Self::Contains(one, ..) | Self::PropertyNames(one) | Self::Not(one) => vec![one],
            Self::Properties(declared, matching, others) => {
                let declared = declared.iter().map(|(_, condition)| condition);
                declared
                    .chain(matching.iter().map(|(_, condition)| condition))
                    .chain([others.as_ref()])
                    .collect()
            }
            Self::Dependent(all) => all.iter().map(|(_, condition)| condition).collect(),
            Self::AllOf(all) | Self::AnyOf(all) | Self::OneOf(all) => all.iter().collect(),
            Self::If(three) => three.iter().collect(),
            Self::Unevaluated(all, others) => {
                all.iter().map(|one| &one.when).chain([others.as_ref()]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The patterns in it, at any depth.
    pub fn patterns(&self) -> Vec<&Linear> {
        let own: Vec<_> = match self {
            Self::Pattern(pattern) => vec![pattern],
            Self::Properties(_, matching, _) => matching.iter().map(|(pattern, _)| pattern).collect(),
            Self::Unevaluated(all, _) => all.iter().flat_map(|one| &one.patterns).collect(),
            _ => Vec::new(),
        };
        let own = own.into_iter().flat_map(Linear::with_parts);
        own.chain(self.parts().into_iter().flat_map(Self::patterns)).collect()
    }

    /// The schemas by which it asks for others, at any depth.
    pub fn others(&self) -> Vec<&Location> {
        match self {
            Self::Same(location) => vec![location],
            _ => self.parts().into_iter().flat_map(Self::others).collect(),
        }
    }
}
