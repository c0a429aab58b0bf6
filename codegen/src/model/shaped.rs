//! What keywords say that the shape of a type may.

use isomorph_schema::binds;

/// Whether a keyword is an annotation, or an assertion that no shape ever says.
pub fn stands_beside(keyword: &str) -> bool {
    const SHAPED: [&str; 15] = [
        "$ref",
        "$recursiveRef",
        "$dynamicRef",
        "type",
        "enum",
        "const",
        "allOf",
        "anyOf",
        "oneOf",
        "items",
        "additionalItems",
        "prefixItems",
        "properties",
        "patternProperties",
        "additionalProperties",
    ];
    !binds(keyword) || (keyword != "required" && !SHAPED.contains(&keyword))
}
