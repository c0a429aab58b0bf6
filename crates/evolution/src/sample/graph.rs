//! Which schemas of a bundle instances lead through, from which to which, and how many values it takes.

use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::subschemas;
use serde_json::{Map, Value};

use super::demand::count;
use super::points::{Group, Kind, Point, groups};
use crate::reference::{definitions, name_of};

/// How many points and schemas there are at most.
const POINTS: usize = 20_000;
const SCHEMAS: usize = 60_000;
/// How many parts of an array or a map are made for what they can show, at most.
pub const PARTS: usize = 16;

/// What schemas of an `allOf` with an `if` are a choice of: mostly one condition excludes the others.
const CONDITIONS: &str = "conditions";

/// A schema at its place, and where it leads.
pub struct Node {
    pub at: String,
    pub groups: Vec<Group>,
    ways: Vec<Way>,
}

/// How a value for one schema leads to one for another.
struct Way {
    to: usize,
    by: By,
    /// Whether it leads back to where it came from.
    returns: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The value itself, or a part of it that is there once.
    One,
    /// The value itself, if it is of this branch and of no other of that keyword.
    Choice(&'static str),
    /// As many parts of it as this.
    Many(usize),
    /// A part of it, if it is one of those of which there may be so many.
    Among(usize),
}

/// All schemas that the root leads to.
pub struct Graph {
    pub nodes: Vec<Node>,
    /// The schemas, those that others lead to before those.
    order: Vec<usize>,
}

impl Graph {
    /// Of a bundle.
    pub fn of(bundle: &Value) -> Self {
        let mut making = Making { bundle, nodes: Vec::new(), places: HashMap::new(), points: 0 };
        let mut order = Vec::new();
        let root = making.node(String::new());
        // Whether a schema is being gone through, or was.
        let mut is_done = vec![Some(false)];
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let (from, way) = (*node, *next);
            *next += 1;
            if way == 0 {
                making.expand(from);
                is_done.resize(making.nodes.len(), None);
            }
            let Some(way) = making.nodes[from].ways.get_mut(way) else {
                is_done[from] = Some(true);
                order.push(from);
                path.pop();
                continue;
            };
            match is_done[way.to] {
                None => {
                    is_done[way.to] = Some(false);
                    path.push((way.to, 0));
                }
                Some(is_done) => way.returns = !is_done,
            }
        }
        Self { nodes: making.nodes, order }
    }

    /// How many values for each schema it takes to show all points that are open, roughly: no more than one for what stands side by
    /// side, and one each for what excludes each other. Of what takes more than `few`, an instance shall have what it has in itself.
    pub fn needs(&self, is_open: &dyn Fn(&Point) -> bool, few: usize) -> Vec<usize> {
        let direct = self.needs_beside(is_open, &|_| 0);
        if direct.iter().all(|need| *need <= few) {
            return direct;
        }
        self.needs_beside(is_open, &|schema| if direct[schema] > few { direct[schema] } else { 0 })
    }

    /// The same, where ways that lead back to a schema lead to so much.
    fn needs_beside(&self, is_open: &dyn Fn(&Point) -> bool, back: &dyn Fn(usize) -> usize) -> Vec<usize> {
        let mut needs = vec![0; self.nodes.len()];
        for index in &self.order {
            let node = &self.nodes[*index];
            let open = |group: &Group| group.points.iter().filter(|point| is_open(point)).count();
            let own = node.groups.iter().map(|group| open(group).div_ceil(group.at_once.max(1)));
            let mut need = own.max().unwrap_or(0);
            let (mut choices, mut among) = (HashMap::<&str, usize>::new(), 0);
            let is_point_open = |at: &str| {
                let mut points = node.groups.iter().flat_map(|group| &group.points);
                points.any(|point| point.at == at && !point.is_absent() && is_open(point))
            };
            for way in &node.ways {
                let below = if way.returns { back(way.to) } else { needs[way.to] };
                match way.by {
                    By::One => need = need.max(below),
                    By::Many(most) => need = need.max(below.div_ceil(most.clamp(1, PARTS))),
                    By::Choice(keyword) => {
                        let own = usize::from(is_point_open(&self.nodes[way.to].at));
                        *choices.entry(keyword).or_default() += below.max(own);
                    }
                    By::Among(most) => {
                        among += below.max(usize::from(is_point_open(&self.nodes[way.to].at)));
                        need = need.max(among.div_ceil(most.max(1)));
                    }
                }
            }
            needs[*index] = choices.into_values().fold(need, usize::max);
        }
        needs
    }

    /// How many points of each kind so many instances can show at most, as far as that can be counted: an `enum` that an instance
    /// has one value of shows one. What may be as large as it likes may show all.
    pub fn possible(&self, instances: usize) -> HashMap<Kind, usize> {
        let mut possible = HashMap::new();
        for (node, most) in self.nodes.iter().zip(self.most()) {
            for group in &node.groups {
                let most = most.saturating_mul(instances).saturating_mul(group.at_once);
                let kind = group.points.first().map(|point| point.kind);
                let count: &mut usize = possible.entry(kind.unwrap_or(Kind::Value)).or_default();
                *count = count.saturating_add(group.points.len().min(most));
            }
        }
        possible
    }

    /// How many values for each schema there are in one instance at most.
    fn most(&self) -> Vec<usize> {
        let mut most = vec![0usize; self.nodes.len()];
        most.iter_mut().take(1).for_each(|root| *root = 1);
        for way in self.nodes.iter().flat_map(|node| &node.ways).filter(|way| way.returns) {
            most[way.to] = usize::MAX;
        }
        for index in self.order.iter().rev() {
            let here = most[*index];
            for way in self.nodes[*index].ways.iter().filter(|way| !way.returns) {
                let parts = if let By::Many(parts) = way.by { parts } else { 1 };
                most[way.to] = most[way.to].saturating_add(here.saturating_mul(parts));
            }
        }
        most
    }
}

struct Making<'b> {
    bundle: &'b Value,
    nodes: Vec<Node>,
    places: HashMap<String, usize>,
    points: usize,
}

impl Making<'_> {
    fn node(&mut self, at: String) -> usize {
        let next = self.nodes.len();
        let index = *self.places.entry(at.clone()).or_insert(next);
        if index == next {
            self.nodes.push(Node { at, groups: Vec::new(), ways: Vec::new() });
        }
        index
    }

    /// Adds what a schema has, and where it leads.
    fn expand(&mut self, node: usize) {
        let at = self.nodes[node].at.clone();
        let Some(schema @ Value::Object(keywords)) = self.bundle.pointer(&at) else { return };
        if self.points > POINTS || self.nodes.len() > SCHEMAS {
            return;
        }
        let groups = groups(&at, keywords);
        self.points += groups.iter().map(|group| group.points.len()).sum::<usize>();
        let target = target(self.bundle, keywords).map(|place| (place, By::One));
        let inner = subschemas(schema).into_iter().filter_map(|(place, inner)| {
            let keyword = place.as_str().split('/').nth(1)?;
            let is_condition = keyword == "allOf" && inner.get("if").is_some();
            let by =
                if is_condition { By::Choice(CONDITIONS) } else { by(keyword, place.as_str(), keywords)? };
            Some((format!("{at}{}", place.as_str()), by))
        });
        let ways: Vec<_> = target.into_iter().chain(inner).collect();
        let ways = ways.into_iter().map(|(place, by)| Way { to: self.node(place), by, returns: false });
        self.nodes[node].ways = ways.collect();
        self.nodes[node].groups = groups;
    }
}

/// How a schema leads to what stands at this place in it; `None` if no value of an instance goes there.
fn by(keyword: &str, place: &str, keywords: &Map<String, Value>) -> Option<By> {
    let most =
        |keyword: &str| By::Many(keywords.get(keyword).and_then(Value::as_f64).map_or(usize::MAX, count));
    Some(match keyword {
        // What must not hold is not shown.
        "not" => return None,
        "anyOf" => By::Choice("anyOf"),
        "oneOf" => By::Choice("oneOf"),
        "then" | "else" if !keywords.contains_key("if") => return None,
        "then" | "else" => By::Choice("if"),
        "properties" => match keywords.get("maxProperties").and_then(Value::as_f64).map(count) {
            Some(most) if keywords["properties"].as_object().is_some_and(|all| all.len() > most) => {
                By::Among(most)
            }
            _ => By::One,
        },
        "items" if place != "/items" => By::One,
        "items" | "additionalItems" | "contains" | "unevaluatedItems" => most("maxItems"),
        "additionalProperties" | "patternProperties" | "unevaluatedProperties" | "propertyNames" => {
            most("maxProperties")
        }
        _ => By::One,
    })
}

/// Where the `$ref` of a schema leads.
pub fn target(bundle: &Value, keywords: &Map<String, Value>) -> Option<String> {
    let name = name_of(keywords.get("$ref")?.as_str()?)?;
    definitions(bundle)?.get(name)?;
    let keyword = if bundle.get("$defs").is_some() { "$defs" } else { "definitions" };
    Some(Pointer::root().join(keyword).join(name).as_str().to_owned())
}
