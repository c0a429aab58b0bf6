//! What the keywords of each dialect are, and which instances they bind.

use super::types::Types;
use crate::Dialect;

/// A keyword that binds instances.
struct Keyword {
    name: &'static str,
    /// The instances that it binds; others pass.
    types: Types,
    since: Dialect,
    until: Dialect,
}

const fn keyword(name: &'static str, types: Types, since: Dialect, until: Dialect) -> Keyword {
    Keyword { name, types, since, until }
}

use Dialect::{Draft4, Draft6, Draft7, Draft201909, Draft202012};

const KEYWORDS: [Keyword; 42] = [
    keyword("$ref", Types::ALL, Draft4, Draft202012),
    keyword("$recursiveRef", Types::ALL, Draft201909, Draft201909),
    keyword("$dynamicRef", Types::ALL, Draft202012, Draft202012),
    keyword("type", Types::ALL, Draft4, Draft202012),
    keyword("enum", Types::ALL, Draft4, Draft202012),
    keyword("const", Types::ALL, Draft6, Draft202012),
    keyword("allOf", Types::ALL, Draft4, Draft202012),
    keyword("anyOf", Types::ALL, Draft4, Draft202012),
    keyword("oneOf", Types::ALL, Draft4, Draft202012),
    keyword("not", Types::ALL, Draft4, Draft202012),
    keyword("if", Types::ALL, Draft7, Draft202012),
    keyword("then", Types::ALL, Draft7, Draft202012),
    keyword("else", Types::ALL, Draft7, Draft202012),
    keyword("minimum", Types::NUMBER, Draft4, Draft202012),
    keyword("maximum", Types::NUMBER, Draft4, Draft202012),
    keyword("exclusiveMinimum", Types::NUMBER, Draft4, Draft202012),
    keyword("exclusiveMaximum", Types::NUMBER, Draft4, Draft202012),
    keyword("multipleOf", Types::NUMBER, Draft4, Draft202012),
    keyword("minLength", Types::STRING, Draft4, Draft202012),
    keyword("maxLength", Types::STRING, Draft4, Draft202012),
    keyword("pattern", Types::STRING, Draft4, Draft202012),
    keyword("items", Types::ARRAY, Draft4, Draft202012),
    keyword("additionalItems", Types::ARRAY, Draft4, Draft201909),
    keyword("prefixItems", Types::ARRAY, Draft202012, Draft202012),
    keyword("contains", Types::ARRAY, Draft6, Draft202012),
    keyword("minContains", Types::ARRAY, Draft201909, Draft202012),
    keyword("maxContains", Types::ARRAY, Draft201909, Draft202012),
    keyword("minItems", Types::ARRAY, Draft4, Draft202012),
    keyword("maxItems", Types::ARRAY, Draft4, Draft202012),
    keyword("uniqueItems", Types::ARRAY, Draft4, Draft202012),
    keyword("unevaluatedItems", Types::ARRAY, Draft201909, Draft202012),
    keyword("properties", Types::OBJECT, Draft4, Draft202012),
    keyword("patternProperties", Types::OBJECT, Draft4, Draft202012),
    keyword("additionalProperties", Types::OBJECT, Draft4, Draft202012),
    keyword("propertyNames", Types::OBJECT, Draft6, Draft202012),
    keyword("required", Types::OBJECT, Draft4, Draft202012),
    keyword("minProperties", Types::OBJECT, Draft4, Draft202012),
    keyword("maxProperties", Types::OBJECT, Draft4, Draft202012),
    // Newer dialects do not have it, but validators honour it there as well.
    keyword("dependencies", Types::OBJECT, Draft4, Draft202012),
    keyword("dependentRequired", Types::OBJECT, Draft201909, Draft202012),
    keyword("dependentSchemas", Types::OBJECT, Draft201909, Draft202012),
    keyword("unevaluatedProperties", Types::OBJECT, Draft201909, Draft202012),
];

/// The instances that a keyword binds in a dialect; none if it means nothing there or is an annotation.
pub fn bound_by(name: &str, dialect: Dialect) -> Types {
    let known = KEYWORDS
        .iter()
        .find(|keyword| keyword.name == name && keyword.since <= dialect && dialect <= keyword.until);
    known.map_or(Types::NONE, |keyword| keyword.types)
}

/// Whether a keyword binds instances in some dialect.
pub fn binds(name: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.name == name)
}

/// Whether a keyword binds instances in this dialect.
pub fn binds_in(name: &str, dialect: Dialect) -> bool {
    bound_by(name, dialect) != Types::NONE
}
