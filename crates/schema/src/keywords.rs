//! What the keywords of each dialect are, which instances they bind, and which schemas they hold. What is no keyword
//! of a dialect holds none there, whatever it does in others.

use std::sync::LazyLock;

use crate::dialect::Dialect;
use crate::types::Types;

/// The keywords under which definitions stand.
pub const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// A keyword that binds instances, or holds schemas.
struct Keyword {
    name: &'static str,
    /// The instances that it binds; others pass.
    types: Types,
    since: Dialect,
    until: Dialect,
    holds: Holds,
    /// Whether the schemas in it bind the instance itself, not a part of it.
    in_place: bool,
}

/// Which schemas stand in the value of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// None.
    Nothing,
    /// The value is one.
    One,
    /// The elements of the value are.
    Several,
    /// The value is one, or its elements are.
    OneOrSeveral,
    /// The members of the value are.
    ByName,
}

use Holds::{ByName, Nothing, One, OneOrSeveral, Several};

const fn keyword(name: &'static str, types: Types, since: Dialect, until: Dialect) -> Keyword {
    Keyword { name, types, since, until, holds: Nothing, in_place: false }
}

impl Keyword {
    const fn holds(self, holds: Holds) -> Self {
        Self { holds, ..self }
    }

    const fn holds_in_place(self, holds: Holds) -> Self {
        Self { holds, in_place: true, ..self }
    }

    fn is_of(&self, dialect: Dialect) -> bool {
        self.since <= dialect && dialect <= self.until
    }
}

use Dialect::{Draft4, Draft6, Draft7, Draft201909, Draft202012};

static KEYWORDS: [Keyword; 45] = [
    keyword("$defs", Types::NONE, Draft201909, Draft202012).holds(ByName),
    // Newer dialects call them `$defs`, but keep the name.
    keyword("definitions", Types::NONE, Draft4, Draft202012).holds(ByName),
    keyword("contentSchema", Types::NONE, Draft201909, Draft202012).holds(One),
    keyword("$ref", Types::ALL, Draft4, Draft202012),
    keyword("$recursiveRef", Types::ALL, Draft201909, Draft201909),
    keyword("$dynamicRef", Types::ALL, Draft202012, Draft202012),
    keyword("type", Types::ALL, Draft4, Draft202012),
    keyword("enum", Types::ALL, Draft4, Draft202012),
    keyword("const", Types::ALL, Draft6, Draft202012),
    keyword("allOf", Types::ALL, Draft4, Draft202012).holds_in_place(Several),
    keyword("anyOf", Types::ALL, Draft4, Draft202012).holds_in_place(Several),
    keyword("oneOf", Types::ALL, Draft4, Draft202012).holds_in_place(Several),
    keyword("not", Types::ALL, Draft4, Draft202012).holds_in_place(One),
    keyword("if", Types::ALL, Draft7, Draft202012).holds_in_place(One),
    keyword("then", Types::ALL, Draft7, Draft202012).holds_in_place(One),
    keyword("else", Types::ALL, Draft7, Draft202012).holds_in_place(One),
    keyword("minimum", Types::NUMBER, Draft4, Draft202012),
    keyword("maximum", Types::NUMBER, Draft4, Draft202012),
    keyword("exclusiveMinimum", Types::NUMBER, Draft4, Draft202012),
    keyword("exclusiveMaximum", Types::NUMBER, Draft4, Draft202012),
    keyword("multipleOf", Types::NUMBER, Draft4, Draft202012),
    keyword("minLength", Types::STRING, Draft4, Draft202012),
    keyword("maxLength", Types::STRING, Draft4, Draft202012),
    keyword("pattern", Types::STRING, Draft4, Draft202012),
    keyword("items", Types::ARRAY, Draft4, Draft202012).holds(OneOrSeveral),
    keyword("additionalItems", Types::ARRAY, Draft4, Draft201909).holds(One),
    keyword("prefixItems", Types::ARRAY, Draft202012, Draft202012).holds(Several),
    keyword("contains", Types::ARRAY, Draft6, Draft202012).holds(One),
    keyword("minContains", Types::ARRAY, Draft201909, Draft202012),
    keyword("maxContains", Types::ARRAY, Draft201909, Draft202012),
    keyword("minItems", Types::ARRAY, Draft4, Draft202012),
    keyword("maxItems", Types::ARRAY, Draft4, Draft202012),
    keyword("uniqueItems", Types::ARRAY, Draft4, Draft202012),
    keyword("unevaluatedItems", Types::ARRAY, Draft201909, Draft202012).holds(One),
    keyword("properties", Types::OBJECT, Draft4, Draft202012).holds(ByName),
    keyword("patternProperties", Types::OBJECT, Draft4, Draft202012).holds(ByName),
    keyword("additionalProperties", Types::OBJECT, Draft4, Draft202012).holds(One),
    keyword("propertyNames", Types::OBJECT, Draft6, Draft202012).holds(One),
    keyword("required", Types::OBJECT, Draft4, Draft202012),
    keyword("minProperties", Types::OBJECT, Draft4, Draft202012),
    keyword("maxProperties", Types::OBJECT, Draft4, Draft202012),
    // Newer dialects do not have it, but validators honour it there as well.
    keyword("dependencies", Types::OBJECT, Draft4, Draft202012).holds_in_place(ByName),
    keyword("dependentRequired", Types::OBJECT, Draft201909, Draft202012),
    keyword("dependentSchemas", Types::OBJECT, Draft201909, Draft202012).holds_in_place(ByName),
    keyword("unevaluatedProperties", Types::OBJECT, Draft201909, Draft202012).holds(One),
];

/// Keywords that bind nothing and hold no schema.
const ANNOTATIONS: [&str; 18] = [
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$id",
    "$recursiveAnchor",
    "$schema",
    "$vocabulary",
    "contentEncoding",
    "contentMediaType",
    "default",
    "deprecated",
    "description",
    "examples",
    "format",
    "id",
    "readOnly",
    "title",
    "writeOnly",
];

/// Whether a name is a keyword of some dialect.
pub fn is_known(name: &str) -> bool {
    known(name).is_some() || ANNOTATIONS.contains(&name)
}

fn known(name: &str) -> Option<&'static Keyword> {
    // Most names are told apart by their lengths.
    static BY_LENGTH: LazyLock<Vec<Vec<&Keyword>>> = LazyLock::new(|| {
        let longest = KEYWORDS.iter().map(|keyword| keyword.name.len()).max().unwrap_or_default();
        let of = |length| KEYWORDS.iter().filter(|keyword| keyword.name.len() == length).collect();
        (0..=longest).map(of).collect()
    });
    BY_LENGTH.get(name.len())?.iter().find(|keyword| keyword.name == name).copied()
}

/// The keywords that bind instances, or hold schemas, in some dialect.
pub fn binding() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|keyword| keyword.name)
}

/// The instances that a keyword binds in a dialect; none if it means nothing there or is an annotation.
pub fn bound_by(name: &str, dialect: Dialect) -> Types {
    known(name).filter(|keyword| keyword.is_of(dialect)).map_or(Types::NONE, |keyword| keyword.types)
}

/// The schemas that a keyword holds in a dialect.
pub fn held_by(name: &str, dialect: Dialect) -> Holds {
    known(name).filter(|keyword| keyword.is_of(dialect)).map_or(Nothing, |keyword| keyword.holds)
}

/// The schemas that a keyword holds in the dialects that have it.
pub fn held_in_some(name: &str) -> Holds {
    known(name).map_or(Nothing, |keyword| keyword.holds)
}

/// Whether the schemas in a keyword bind the instance itself, not a part of it.
pub fn holds_in_place(name: &str) -> bool {
    known(name).is_some_and(|keyword| keyword.in_place)
}

/// Whether a keyword is one in other dialects, but not in this.
pub fn is_foreign(name: &str, dialect: Dialect) -> bool {
    known(name).is_some_and(|keyword| !keyword.is_of(dialect))
}

/// Whether a keyword binds instances in some dialect.
pub fn binds(name: &str) -> bool {
    known(name).is_some_and(|keyword| keyword.types != Types::NONE)
}

/// Whether a keyword binds instances in this dialect.
pub fn binds_in(name: &str, dialect: Dialect) -> bool {
    bound_by(name, dialect) != Types::NONE
}
