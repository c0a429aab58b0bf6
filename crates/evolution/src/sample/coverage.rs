//! What of a schema instances show: values, bounds, branches, types, and properties that are there or not.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use isomorph_json::Pointer;
use isomorph_schema::{Types, subschemas};
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use super::demand::count;
use super::generate::items_in;
use super::matches::Matches;
use crate::clock::Deadline;
use crate::judge::Judge;
use crate::reference::{alone_within, definitions, name_of};

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

/// How many points there are at most.
const POINTS: usize = 20_000;
/// How many steps one instance is gone through.
const STEPS: usize = 20_000;
/// How often in one instance it is looked at which properties of a schema are there.
const VISITS: usize = 4;
/// How much is made into judges of branches, in characters of their schemas: a judge takes more memory than its schema.
const JUDGED: usize = 10_000_000;

/// Everything that instances of a bundle's schema can show.
pub struct Coverage<'b> {
    bundle: &'b Value,
    points: BTreeSet<Point>,
    judges: RefCell<HashMap<String, Option<Judge>>>,
    /// How much more may be made into judges.
    left: Cell<usize>,
    matches: RefCell<Matches>,
}

const BOUNDS: [&str; 8] = [
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

impl<'b> Coverage<'b> {
    /// Of a bundle.
    pub fn of(bundle: &'b Value) -> Self {
        let mut points = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut work = vec![String::new()];
        while let Some(at) = work.pop() {
            let Some(schema @ Value::Object(keywords)) = bundle.pointer(&at) else { continue };
            if points.len() > POINTS || !seen.insert(at.clone()) {
                continue;
            }
            add_points(&at, keywords, &mut points);
            work.extend(target(bundle, keywords));
            let inner = subschemas(schema);
            // What must not hold is not shown.
            let inner = inner.iter().filter(|(place, _)| !place.as_str().starts_with("/not"));
            work.extend(inner.map(|(place, _)| format!("{at}{}", place.as_str())).collect::<Vec<_>>());
        }
        let (judges, matches) = (RefCell::default(), RefCell::default());
        Self { bundle, points, judges, left: Cell::new(JUDGED), matches }
    }

    /// All points.
    pub fn points(&self) -> &BTreeSet<Point> {
        &self.points
    }

    /// How many points there are of each kind, and how many of these are among them.
    pub fn tally(&self, shown: &BTreeSet<Point>) -> BTreeMap<Kind, (usize, usize)> {
        let mut tally: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
        for point in &self.points {
            let entry = tally.entry(point.kind).or_default();
            entry.1 += 1;
            entry.0 += usize::from(shown.contains(point));
        }
        tally
    }

    /// What an instance shows, as far as that is seen in time. A branch that nobody can judge is not shown.
    pub fn shown_by(&self, instance: &Value, deadline: Option<Deadline>) -> BTreeSet<Point> {
        let mut shown = BTreeSet::new();
        let mut work: Vec<(String, &Value)> = vec![(String::new(), instance)];
        let mut steps = 0;
        let mut visits: HashMap<usize, usize> = HashMap::new();
        while let Some((at, value)) = work.pop() {
            steps += 1;
            if steps > STEPS || deadline.is_some_and(Deadline::is_over) {
                break;
            }
            let Some(Value::Object(keywords)) = self.bundle.pointer(&at) else { continue };
            let visit = visits.entry(std::ptr::from_ref(keywords).addr()).or_default();
            *visit += 1;
            show(&at, keywords, value, *visit <= VISITS, &mut shown);
            work.extend(target(self.bundle, keywords).map(|place| (place, value)));
            self.step(&at, keywords, value, &mut shown, &mut work);
        }
        shown.retain(|point| self.points.contains(point));
        shown
    }

    fn step<'v>(
        &self,
        at: &str,
        keywords: &Map<String, Value>,
        value: &'v Value,
        shown: &mut BTreeSet<Point>,
        work: &mut Vec<(String, &'v Value)>,
    ) {
        for (index, _) in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            work.push((format!("{at}/allOf/{index}"), value));
        }
        for keyword in ["anyOf", "oneOf"] {
            let branches = keywords.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..branches {
                let place = format!("{at}/{keyword}/{index}");
                if self.accepts(&place, value) {
                    shown.insert(Point { at: place.clone(), which: 0, kind: Kind::Branch });
                    work.push((place, value));
                }
            }
        }
        if keywords.contains_key("if") {
            let branch = if self.accepts(&format!("{at}/if"), value) { "then" } else { "else" };
            shown.insert(Point { at: format!("{at}/{branch}"), which: 0, kind: Kind::Branch });
            work.push((format!("{at}/{branch}"), value));
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    work.extend(self.property(at, keywords, name).into_iter().map(|place| (place, member)));
                }
                let dependents = keywords.get("dependentSchemas").and_then(Value::as_object);
                for name in
                    dependents.into_iter().flat_map(Map::keys).filter(|name| members.contains_key(*name))
                {
                    work.push((
                        Pointer::parse(at)
                            .unwrap_or_default()
                            .join("dependentSchemas")
                            .join(name)
                            .as_str()
                            .to_owned(),
                        value,
                    ));
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    work.extend(items_in(keywords, index).map(|place| (format!("{at}{place}"), element)));
                }
            }
            _ => {}
        }
    }

    /// The places of the schemas of a property.
    fn property(&self, at: &str, keywords: &Map<String, Value>, name: &str) -> Vec<String> {
        let here = Pointer::parse(at).unwrap_or_default();
        let mut found = Vec::new();
        if keywords.get("properties").is_some_and(|all| all.get(name).is_some()) {
            found.push(here.join("properties").join(name).as_str().to_owned());
        }
        let by_pattern = keywords.get("patternProperties").and_then(Value::as_object);
        for pattern in by_pattern.into_iter().flat_map(Map::keys) {
            if self.matches.borrow_mut().matches(pattern, name) {
                found.push(here.join("patternProperties").join(pattern).as_str().to_owned());
            }
        }
        if found.is_empty() {
            let others = ["additionalProperties", "unevaluatedProperties"];
            found.extend(
                others.iter().filter(|one| keywords.contains_key(**one)).map(|one| format!("{at}/{one}")),
            );
        }
        found
    }

    fn accepts(&self, at: &str, value: &Value) -> bool {
        let mut judges = self.judges.borrow_mut();
        if !judges.contains_key(at) {
            judges.insert(at.to_owned(), self.judge(at));
        }
        judges.get(at).and_then(Option::as_ref).is_some_and(|judge| judge.accepts(value))
    }

    /// A judge of the schema at a place, unless too much would be made into judges.
    fn judge(&self, at: &str) -> Option<Judge> {
        let mut left = self.left.get();
        let schema = alone_within(self.bundle, self.bundle.pointer(at)?, &mut left);
        self.left.set(left);
        Judge::alone(&schema?, &Formats::Annotate)
    }
}

/// Where the `$ref` of a schema leads.
fn target(bundle: &Value, keywords: &Map<String, Value>) -> Option<String> {
    let name = name_of(keywords.get("$ref")?.as_str()?)?;
    definitions(bundle)?.get(name)?;
    let keyword = if bundle.get("$defs").is_some() { "$defs" } else { "definitions" };
    Some(Pointer::root().join(keyword).join(name).as_str().to_owned())
}

fn add_points(at: &str, keywords: &Map<String, Value>, points: &mut BTreeSet<Point>) {
    let mut add = |keyword: &str, which: usize, kind: Kind| {
        points.insert(Point { at: format!("{at}/{keyword}"), which, kind });
    };
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("enum", Value::Array(values)) => {
                (0..values.len()).for_each(|index| add("enum", index, Kind::Value));
            }
            ("type", Value::Array(types)) => {
                (0..types.len()).for_each(|index| add("type", index, Kind::Type));
            }
            ("anyOf" | "oneOf", Value::Array(branches)) => {
                for index in 0..branches.len() {
                    add(&format!("{keyword}/{index}"), 0, Kind::Branch);
                }
            }
            ("then" | "else", _) if keywords.contains_key("if") => add(keyword, 0, Kind::Branch),
            (bound, Value::Number(_)) if BOUNDS.contains(&bound) => add(bound, 0, Kind::Bound),
            ("properties", Value::Object(properties)) => {
                let required = keywords.get("required").and_then(Value::as_array);
                for (name, schema) in properties {
                    let is_required = required.is_some_and(|all| all.iter().any(|one| one == name));
                    if is_required || schema == &Value::Bool(false) {
                        continue;
                    }
                    let name = isomorph_json::escaped(name);
                    add(&format!("properties/{name}"), 0, Kind::Property);
                    add(&format!("properties/{name}"), 1, Kind::Property);
                }
            }
            _ => {}
        }
    }
}

/// What a value shows of the keywords of a schema.
fn show(
    at: &str,
    keywords: &Map<String, Value>,
    value: &Value,
    with_properties: bool,
    shown: &mut BTreeSet<Point>,
) {
    let mut add = |keyword: &str, which: usize, kind: Kind| {
        shown.insert(Point { at: format!("{at}/{keyword}"), which, kind });
    };
    for (keyword, said) in keywords {
        match (keyword.as_str(), said) {
            ("enum", Value::Array(values)) => {
                values
                    .iter()
                    .position(|one| one == value)
                    .into_iter()
                    .for_each(|index| add("enum", index, Kind::Value));
            }
            ("type", Value::Array(types)) => {
                let of = Types::of(value);
                let is_of = |one: &Value| Types::named(one).meets(of);
                let indices = types.iter().enumerate().filter(|(_, one)| is_of(one)).map(|(index, _)| index);
                indices.for_each(|index| add("type", index, Kind::Type));
            }
            ("minimum" | "maximum", bound) if value.is_number() && bound.as_f64() == value.as_f64() => {
                add(keyword, 0, Kind::Bound);
            }
            (bound, Value::Number(_)) if BOUNDS.contains(&bound) => {
                let size = match value {
                    Value::String(text) if bound.ends_with("Length") => text.chars().count(),
                    Value::Array(elements) if bound.ends_with("Items") => elements.len(),
                    Value::Object(members) if bound.ends_with("Properties") => members.len(),
                    _ => continue,
                };
                if said.as_f64().map(count) == Some(size) {
                    add(bound, 0, Kind::Bound);
                }
            }
            ("properties", Value::Object(properties)) if with_properties => {
                let Value::Object(members) = value else { continue };
                for name in properties.keys() {
                    let is_absent = usize::from(!members.contains_key(name));
                    add(&format!("properties/{}", isomorph_json::escaped(name)), is_absent, Kind::Property);
                }
            }
            _ => {}
        }
    }
}
