//! Two schemas in step: which subschema of the one stands where a subschema of the other does.

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, subschemas};
use isomorph_validator::Formats;
use serde_json::Value;

use super::local::{reference, without_annotations};

/// A subschema of each side at the same place.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair<'a> {
    /// The keyword that applies them.
    pub keyword: &'a str,
    /// From the schemas around them.
    pub old_at: Pointer,
    pub new_at: Pointer,
    pub old: &'a Value,
    pub new: &'a Value,
}

/// The subschemas of two schemas, as far as they belong together.
#[derive(Debug, Default)]
pub struct Step<'a> {
    pub both: Vec<Pair<'a>>,
    pub only_old: Vec<(Pointer, &'a Value)>,
    pub only_new: Vec<(Pointer, &'a Value)>,
}

/// Brings the subschemas of two schemas together: by name or index, and under `allOf`, `anyOf` and `oneOf` by
/// what they say.
pub fn step<'a>(old_bundle: &Bundle, new_bundle: &Bundle, old: &'a Value, new: &'a Value) -> Step<'a> {
    let (old, new) = (subschemas(old), subschemas(new));
    let is_branch = |at: &Pointer| {
        at.segments().next().is_some_and(|keyword| ["allOf", "anyOf", "oneOf"].contains(&keyword.as_str()))
    };
    let (old_branches, old): (Vec<_>, Vec<_>) = old.into_iter().partition(|(at, _)| is_branch(at));
    let (new_branches, mut new): (Vec<_>, Vec<_>) = new.into_iter().partition(|(at, _)| is_branch(at));
    let mut found = Step::default();
    for (at, schema) in old {
        match new.iter().position(|(other, _)| *other == at) {
            Some(index) => {
                let (new_at, new) = new.remove(index);
                found.both.push(Pair { keyword: keyword(&at), old_at: at, new_at, old: schema, new });
            }
            None => found.only_old.push((at, schema)),
        }
    }
    found.only_new = new;
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let of = |branches: &[(Pointer, &'a Value)]| -> Vec<(Pointer, &'a Value)> {
            let prefix = Pointer::root().join(keyword);
            branches.iter().filter(|(at, _)| at.strip_prefix(&prefix).is_some()).cloned().collect()
        };
        branches(keyword, (old_bundle, of(&old_branches)), (new_bundle, of(&new_branches)), &mut found);
    }
    found
}

fn keyword(at: &Pointer) -> &'static str {
    const KEYWORDS: [&str; 17] = [
        "additionalItems",
        "additionalProperties",
        "contains",
        "contentSchema",
        "dependencies",
        "dependentSchemas",
        "else",
        "if",
        "items",
        "not",
        "patternProperties",
        "prefixItems",
        "properties",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ];
    let first = at.segments().next().unwrap_or_default();
    KEYWORDS.into_iter().find(|keyword| *keyword == first).unwrap_or("")
}

type Branches<'a> = Vec<(Pointer, &'a Value)>;

/// Brings branches together: the same ones, those of the same reference, those alike in what they are, and at
/// last, if as many are left on both sides, in their order.
fn branches<'a>(
    keyword: &'static str,
    (old_bundle, mut old): (&Bundle, Branches<'a>),
    (new_bundle, mut new): (&Bundle, Branches<'a>),
    found: &mut Step<'a>,
) {
    type Alike<'b> = Box<dyn Fn(&Value, &Value) -> bool + 'b>;
    let counts_equal = old.len() == new.len();
    let in_order: Alike = Box::new(move |_, _| counts_equal);
    let same_reference: Alike = Box::new(|old, new| {
        let reference = (reference(old_bundle, old), reference(new_bundle, new));
        matches!(reference, (Some(old), Some(new)) if old == new)
    });
    let rules: [Alike; 4] = [
        Box::new(|old, new| {
            without_annotations(old, &Formats::Assert) == without_annotations(new, &Formats::Assert)
        }),
        same_reference,
        Box::new(alike),
        in_order,
    ];
    for rule in &rules {
        let mut left = Vec::new();
        for (old_at, schema) in old {
            match new.iter().position(|(_, other)| rule(schema, other)) {
                Some(index) => {
                    let (new_at, new) = new.remove(index);
                    found.both.push(Pair { keyword, old_at, new_at, old: schema, new });
                }
                None => left.push((old_at, schema)),
            }
        }
        old = left;
    }
    found.only_old.extend(old);
    found.only_new.extend(new);
}

/// Whether two branches are for the same kind of instance: by a constant that tells them apart, or by type.
fn alike(old: &Value, new: &Value) -> bool {
    let tag = |schema: &Value| {
        let properties = schema.get("properties")?.as_object()?;
        properties.iter().find_map(|(name, schema)| Some((name.clone(), schema.get("const")?.clone())))
    };
    if tag(old).is_some() || tag(new).is_some() {
        return tag(old) == tag(new);
    }
    let same = |keyword: &str| old.get(keyword).is_some() && old.get(keyword) == new.get(keyword);
    old.get("$ref").is_none() && new.get("$ref").is_none() && (same("title") || same("type"))
}
