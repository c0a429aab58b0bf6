//! What of a schema instances show: values, bounds, branches, types, and properties that are there or not.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use isomorph_json::{Pointer, escaped};
use isomorph_schema::Types;
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use super::demand::count;
use super::generate::items_in;
use super::graph::{Graph, target};
use super::matches::Matches;
use super::points::{BOUNDS, Kind, Point};
use crate::clock::Deadline;
use crate::judge::Judge;
use crate::reference::alone_within;

/// How many steps one instance is gone through.
const STEPS: usize = 20_000;
/// How often in one instance it is looked at which properties of a schema are there.
const VISITS: usize = 4;
/// How much is made into judges of branches, in characters of their schemas: a judge takes more memory than its schema.
const JUDGED: usize = 10_000_000;

/// What was shown of a kind of points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// How many were.
    pub shown: usize,
    /// How many so many instances can show at most.
    pub possible: usize,
    /// How many there are.
    pub all: usize,
}

/// Everything that instances of a bundle's schema can show.
pub struct Coverage<'b> {
    bundle: &'b Value,
    graph: Graph,
    /// Whether it says something of names.
    has_names: bool,
    points: BTreeSet<Point>,
    judges: RefCell<HashMap<String, Option<Judge>>>,
    /// How much more may be made into judges.
    left: Cell<usize>,
    matches: RefCell<Matches>,
}

impl<'b> Coverage<'b> {
    /// Of a bundle.
    pub fn of(bundle: &'b Value) -> Self {
        let graph = Graph::of(bundle);
        let has_names = graph.nodes.iter().any(|node| node.at.contains("/propertyNames"));
        let all = graph.nodes.iter().flat_map(|node| &node.groups).flat_map(|group| &group.points);
        let points = all.cloned().collect();
        let (judges, matches) = (RefCell::default(), RefCell::default());
        Self { bundle, graph, has_names, points, judges, left: Cell::new(JUDGED), matches }
    }

    /// All points.
    pub fn points(&self) -> &BTreeSet<Point> {
        &self.points
    }

    /// Of each kind, how many points are among these, how many so many instances can show at most, and how many there are.
    pub fn tally(&self, shown: &BTreeSet<Point>, instances: usize) -> BTreeMap<Kind, Tally> {
        let possible = self.graph.possible(instances);
        let mut tally: BTreeMap<Kind, Tally> = BTreeMap::new();
        for point in &self.points {
            let entry = tally.entry(point.kind).or_default();
            entry.all += 1;
            entry.shown += usize::from(shown.contains(point));
            entry.possible = possible.get(&point.kind).copied().unwrap_or_default();
        }
        tally
    }

    /// The places of the schemas that the root leads to.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.graph.nodes.iter().map(|node| node.at.as_str())
    }

    /// How many values for each of these schemas it takes to show what is open: in so few instances.
    pub fn needs(&self, is_open: &dyn Fn(&Point) -> bool, few: usize) -> Vec<usize> {
        self.graph.needs(is_open, few)
    }

    /// What an instance shows, as far as that is seen in time. A branch that nobody can judge is not shown.
    pub fn shown_by(&self, instance: &Value, deadline: Option<Deadline>) -> BTreeSet<Point> {
        let mut shown = BTreeSet::new();
        let all_names = if self.has_names { names(instance) } else { HashMap::new() };
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
            if keywords.contains_key("propertyNames")
                && let Value::Object(members) = value
            {
                let named = members.keys().filter_map(|name| all_names.get(name.as_str()));
                work.extend(named.map(|name| (format!("{at}/propertyNames"), name)));
            }
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
            let holds = self.accepts(&format!("{at}/if"), value);
            let branch = if holds { "then" } else { "else" };
            work.extend(holds.then(|| (format!("{at}/if"), value)));
            shown.insert(Point { at: format!("{at}/{branch}"), which: 0, kind: Kind::Branch });
            work.push((format!("{at}/{branch}"), value));
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    work.extend(self.property(at, keywords, name).into_iter().map(|place| (place, member)));
                }
                for keyword in ["dependentSchemas", "dependencies"] {
                    let dependents = keywords.get(keyword).and_then(Value::as_object);
                    let present =
                        dependents.into_iter().flat_map(Map::keys).filter(|name| members.contains_key(*name));
                    work.extend(present.map(|name| (format!("{at}/{keyword}/{}", escaped(name)), value)));
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    work.extend(items_in(keywords, index).map(|place| (format!("{at}{place}"), element)));
                    let contained = format!("{at}/contains");
                    if keywords.contains_key("contains") && self.accepts(&contained, element) {
                        work.push((contained, element));
                    }
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
            (bound, Value::Number(_)) if BOUNDS.iter().any(|(_, pair)| pair.contains(&bound)) => {
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
                    add(&format!("properties/{}", escaped(name)), is_absent, Kind::Property);
                }
            }
            _ => {}
        }
    }
}

/// The names of properties in an instance, as values.
fn names(instance: &Value) -> HashMap<&str, Value> {
    let (mut names, mut work) = (HashMap::new(), vec![instance]);
    while let Some(value) = work.pop() {
        match value {
            Value::Object(members) => {
                names.extend(members.keys().map(|name| (name.as_str(), name.as_str().into())));
                work.extend(members.values());
            }
            Value::Array(elements) => work.extend(elements),
            _ => {}
        }
    }
    names
}
