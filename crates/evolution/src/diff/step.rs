//! Two schemas in step: which subschema of the one stands where a subschema of the other does.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

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
    let (new_branches, new): (Vec<_>, Vec<_>) = new.into_iter().partition(|(at, _)| is_branch(at));
    let mut found = Step::default();
    let places: HashMap<Pointer, usize> =
        new.iter().enumerate().map(|(index, (at, _))| (at.clone(), index)).collect();
    let mut new: Vec<_> = new.into_iter().map(Some).collect();
    for (at, schema) in old {
        match places.get(&at).and_then(|index| new[*index].take()) {
            Some((new_at, new)) => {
                found.both.push(Pair { keyword: keyword(&at), old_at: at, new_at, old: schema, new });
            }
            None => found.only_old.push((at, schema)),
        }
    }
    found.only_new = new.into_iter().flatten().collect();
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
    (old_bundle, old): (&Bundle, Branches<'a>),
    (new_bundle, new): (&Bundle, Branches<'a>),
    found: &mut Step<'a>,
) {
    let counts_equal = old.len() == new.len();
    let mut left = Left { keyword, old, new };
    left.pair(|schema, _| vec![without_annotations(schema, &Formats::Assert)], found);
    let bundle = |is_new: bool| if is_new { new_bundle } else { old_bundle };
    left.pair(|schema, is_new| reference(bundle(is_new), schema).into_iter().collect(), found);
    left.pair(|schema, _| signs(schema), found);
    let Left { old, new, .. } = left;
    if counts_equal {
        let both = old.into_iter().zip(new);
        found.both.extend(both.map(|((old_at, old), (new_at, new))| Pair {
            keyword,
            old_at,
            new_at,
            old,
            new,
        }));
    } else {
        found.only_old.extend(old);
        found.only_new.extend(new);
    }
}

/// Branches that are not brought together yet.
struct Left<'a> {
    keyword: &'static str,
    old: Branches<'a>,
    new: Branches<'a>,
}

impl<'a> Left<'a> {
    /// Brings each old branch together with the first new one that has a key of it.
    fn pair<K: Eq + Hash>(&mut self, keys: impl Fn(&'a Value, bool) -> Vec<K>, found: &mut Step<'a>) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, (_, schema)) in self.new.iter().enumerate() {
            for key in keys(schema, true) {
                by_key.entry(key).or_default().push_back(index);
            }
        }
        let mut new: Vec<_> = std::mem::take(&mut self.new).into_iter().map(Some).collect();
        for (old_at, old) in std::mem::take(&mut self.old) {
            let first = |key: K| {
                let indices = by_key.get_mut(&key)?;
                while indices.front().is_some_and(|index| new[*index].is_none()) {
                    indices.pop_front();
                }
                indices.front().copied()
            };
            let index = keys(old, false).into_iter().filter_map(first).min();
            match index.and_then(|index| new[index].take()) {
                Some((new_at, new)) => {
                    found.both.push(Pair { keyword: self.keyword, old_at, new_at, old, new });
                }
                None => self.old.push((old_at, old)),
            }
        }
        self.new = new.into_iter().flatten().collect();
    }
}

/// What tells for which kind of instance a branch is.
#[derive(PartialEq, Eq, Hash)]
enum Sign<'s> {
    /// A constant, and the property that has it.
    Tag(&'s str, &'s Value),
    Title(&'s Value),
    Type(&'s Value),
}

/// The signs of a branch: a constant that tells it apart, or else its title and its type.
fn signs(schema: &Value) -> Vec<Sign<'_>> {
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let mut tags = properties.filter_map(|(name, schema)| Some(Sign::Tag(name, schema.get("const")?)));
    if let Some(tag) = tags.next() {
        return vec![tag];
    }
    if schema.get("$ref").is_some() {
        return Vec::new();
    }
    let title = schema.get("title").map(Sign::Title);
    title.into_iter().chain(schema.get("type").map(Sign::Type)).collect()
}
