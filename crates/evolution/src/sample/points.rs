//! What there is to be shown of one schema.

use isomorph_json::escaped;
use isomorph_schema::Types;
use serde_json::{Map, Value};

/// A kind of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A value of an `enum`.
    Value,
    /// A branch of `anyOf` or `oneOf`, or one side of an `if`.
    Branch,
    /// A bound, met exactly.
    Bound,
    /// A type of a list of types.
    Type,
    /// A property that need not be there: that it is there, and that it is not.
    Property,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Value, Self::Branch, Self::Bound, Self::Type, Self::Property];

    /// What several of them are called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Value => "values of enums",
            Self::Branch => "branches",
            Self::Bound => "bounds",
            Self::Type => "types",
            Self::Property => "properties there and not there",
        }
    }
}

/// Something that an instance can show of a schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// The place of the keyword, or of what is in it, in the bundle.
    pub at: String,
    /// Which of several things at this place.
    pub which: usize,
    /// Its kind.
    pub kind: Kind,
}

impl Point {
    /// Whether it is that a property is not there.
    pub fn is_absent(&self) -> bool {
        self.kind == Kind::Property && self.which == 1
    }
}

/// Points of one schema, and how many of them one value can show at most.
pub struct Group {
    pub points: Vec<Point>,
    pub at_once: usize,
}

/// Which of the two bounds of its type a value is at, if it is at one.
pub const LEAST: usize = 0;
pub const GREATEST: usize = 1;
/// The bounds of each type of instances.
pub const BOUNDS: [(&str, [&str; 2]); 4] = [
    ("number", ["minimum", "maximum"]),
    ("string", ["minLength", "maxLength"]),
    ("array", ["minItems", "maxItems"]),
    ("object", ["minProperties", "maxProperties"]),
];

/// What there is to be shown of a schema at a place whose values are of these types; nothing that its own keywords rule out.
pub fn groups(at: &str, keywords: &Map<String, Value>, types: Types) -> Vec<Group> {
    let mut found = Vec::new();
    let point = |place: &str, which: usize, kind: Kind| Point { at: format!("{at}/{place}"), which, kind };
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("enum", Value::Array(values)) => {
                let own = |index: &usize| types.meets(Types::of(&values[*index])) && is_first(values, *index);
                let points = (0..values.len()).filter(own).map(|index| point(keyword, index, Kind::Value));
                found.push(Group { points: points.collect(), at_once: 1 });
            }
            ("type", Value::Array(names)) => {
                let own = |index: &usize| types.meets(Types::named(&names[*index]));
                let points =
                    (0..names.len()).filter(own).map(|index| point(keyword, index, Kind::Type)).collect();
                // An integer is a number as well.
                let has = |name: &str| names.iter().any(|one| one == name);
                let at_once = 1 + usize::from(has("integer") && has("number"));
                found.push(Group { points, at_once });
            }
            ("anyOf" | "oneOf", Value::Array(branches)) => {
                let place = |index: usize| point(&format!("{keyword}/{index}"), 0, Kind::Branch);
                let own = |index: &usize| branches[*index] != Value::Bool(false);
                let points: Vec<_> = (0..branches.len()).filter(own).map(place).collect();
                let at_once = if keyword == "oneOf" { 1 } else { points.len() };
                found.push(Group { points, at_once });
            }
            ("if", _) => {
                let sides = ["then", "else"].into_iter().filter(|side| keywords.contains_key(*side));
                found.push(Group {
                    points: sides.map(|side| point(side, 0, Kind::Branch)).collect(),
                    at_once: 1,
                });
            }
            ("properties", Value::Object(properties)) => {
                let required = keywords.get("required").and_then(Value::as_array);
                let is_free = |name: &str, schema: &Value| {
                    schema != &Value::Bool(false)
                        && !required.is_some_and(|all| all.iter().any(|one| one == name))
                };
                let free = properties.iter().filter(|(name, schema)| is_free(name, schema));
                let both = free.flat_map(|(name, _)| {
                    let place = format!("properties/{}", escaped(name));
                    [point(&place, 0, Kind::Property), point(&place, 1, Kind::Property)]
                });
                let points: Vec<_> = both.collect();
                found.push(Group { at_once: points.len() / 2, points });
            }
            _ => {}
        }
    }
    found.extend(BOUNDS.iter().map(|(_, pair)| bounds(keywords, types, *pair, &point)));
    found.retain(|group| !group.points.is_empty());
    found
}

fn bounds(
    keywords: &Map<String, Value>,
    types: Types,
    pair: [&str; 2],
    point: &dyn Fn(&str, usize, Kind) -> Point,
) -> Group {
    let said = |keyword: &str| keywords.get(keyword).and_then(Value::as_number);
    let is_met = |keyword: &&str| said(keyword).is_some() && can_be_met(keywords, types, keyword);
    let met = pair.into_iter().filter(is_met);
    let points = met.map(|keyword| point(keyword, 0, Kind::Bound)).collect();
    let is_one =
        said(pair[0]).is_some_and(|least| said(pair[1]).is_some_and(|most| least.as_f64() == most.as_f64()));
    Group { points, at_once: if is_one { 2 } else { 1 } }
}

/// Whether values of these types may be just at a bound, as far as the other keywords of its schema say.
fn can_be_met(keywords: &Map<String, Value>, types: Types, bound: &str) -> bool {
    let Some((name, _)) = BOUNDS.iter().find(|(_, pair)| pair.contains(&bound)) else { return false };
    let is_of_type = types.meets(Types::named(&Value::from(*name)));
    // In draft 4 a boolean beside it says that the bound itself is none of the values.
    let exclusive = match bound {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => return is_of_type,
    };
    is_of_type && keywords.get(exclusive) != Some(&Value::Bool(true))
}

/// Whether none of the values before it is equal; of many it is not asked.
fn is_first(values: &[Value], index: usize) -> bool {
    /// Beyond these, equal ones are counted as others.
    const COMPARED: usize = 2000;
    index > COMPARED || !values[..index].contains(&values[index])
}
