//! Which schemas of a bundle instances lead through, and from which to which.

use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::{Dialect, Types, subschemas};
use serde_json::{Map, Value};

use super::around::types;
use super::demand::count;
use super::node::{By, Node, Open, Way};
use super::points::{Kind, Point, groups};
use super::steps::Steps;
use super::telling::Telling;
use crate::reference::{definitions, name_of};

/// How many points and schemas there are at most.
const POINTS: usize = 20_000;
const SCHEMAS: usize = 60_000;

/// What schemas of an `allOf` with an `if` are a choice of: mostly one condition excludes the others.
const CONDITIONS: &str = "conditions";

/// All schemas that the root leads to.
pub struct Graph<'b> {
    pub nodes: Vec<Node<'b>>,
    /// The schemas, those that others lead to before those.
    pub order: Vec<usize>,
    pub points: Vec<Point>,
}

impl<'b> Graph<'b> {
    /// Of a bundle.
    pub fn of(bundle: &'b Value) -> Self {
        let dialect = bundle.get("$schema").and_then(Value::as_str).and_then(Dialect::of);
        let stands_alone = dialect.is_some_and(Dialect::reference_stands_alone);
        let mut making = Making { bundle, stands_alone, nodes: Vec::new(), places: HashMap::new() };
        let mut order = Vec::new();
        let root = making.node(String::new(), bundle);
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
        let mut graph = Self { nodes: making.nodes, order, points: Vec::new() };
        for (node, types) in types(&graph.nodes, &graph.order).into_iter().enumerate() {
            graph.nodes[node].types = types;
        }
        graph.show();
        graph
    }

    /// Finds what there is to be shown.
    fn show(&mut self) {
        for index in 0..self.nodes.len() {
            let Some(keywords) = self.nodes[index].keywords else { continue };
            if self.points.len() > POINTS {
                return;
            }
            let mut found = Vec::new();
            let mut ids: HashMap<String, usize> = HashMap::new();
            let branches: HashMap<&str, Types> = {
                let ways = self.nodes[index].ways.iter().filter(|way| way.is_in_place);
                ways.map(|way| (self.nodes[way.to].at.as_str(), self.nodes[way.to].types)).collect()
            };
            let node = &self.nodes[index];
            for mut group in groups(&node.at, keywords, node.types) {
                let is_out = |point: &Point| {
                    point.kind == Kind::Branch
                        && branches.get(point.at.as_str()).is_some_and(|types| types.is_empty())
                };
                group.points.retain(|point| !is_out(point));
                let first = self.points.len();
                for (number, point) in group.points.iter().enumerate() {
                    if !point.is_absent() && matches!(point.kind, Kind::Branch | Kind::Property) {
                        ids.insert(point.at.clone(), first + number);
                    }
                }
                let points: Vec<usize> = (first..first + group.points.len()).collect();
                self.points.append(&mut group.points);
                if !points.is_empty() {
                    found.push(Open { points, at_once: group.at_once });
                }
            }
            for way in 0..self.nodes[index].ways.len() {
                let to = self.nodes[index].ways[way].to;
                self.nodes[index].ways[way].point = ids.get(&self.nodes[to].at).copied();
            }
            let said = found.iter().flat_map(|group| &group.points).map(|id| (*id, &self.points[*id]));
            let node = &mut self.nodes[index];
            let ways = &node.ways;
            let point = |to: usize| ways.iter().find(|way| way.to == to).and_then(|way| way.point);
            node.steps.say(keywords, said, point);
            node.groups = found;
        }
    }
}

struct Making<'b> {
    bundle: &'b Value,
    /// Whether nothing beside a reference is said.
    stands_alone: bool,
    nodes: Vec<Node<'b>>,
    places: HashMap<String, usize>,
}

impl<'b> Making<'b> {
    fn node(&mut self, at: String, schema: &'b Value) -> usize {
        let next = self.nodes.len();
        let index = *self.places.entry(at.clone()).or_insert(next);
        if index == next {
            let said = schema.as_object();
            let keywords = said.filter(|said| !(self.stands_alone && said.contains_key("$ref")));
            let (groups, ways, steps) = (Vec::new(), Vec::new(), Steps::default());
            let telling = keywords.map(Telling::of).unwrap_or_default();
            self.nodes.push(Node { at, schema, keywords, groups, ways, steps, telling, types: Types::ALL });
        }
        index
    }

    /// Adds where a schema leads.
    fn expand(&mut self, node: usize) {
        let (at, schema) = (self.nodes[node].at.clone(), self.nodes[node].schema);
        let Value::Object(keywords) = schema else { return };
        if self.nodes.len() > SCHEMAS {
            return;
        }
        let (mut ways, mut steps) = (Vec::new(), Steps::default());
        let way = |to, by, is_in_place, is_certain| Way {
            to,
            by,
            returns: false,
            point: None,
            is_in_place,
            is_certain,
        };
        if let Some((place, target)) = target(self.bundle, keywords) {
            let to = self.node(place, target);
            steps.target = Some(to);
            ways.push(way(to, By::One, true, true));
        }
        let inner = self.nodes[node].keywords.map(|_| subschemas(schema)).unwrap_or_default();
        for (place, inner) in inner {
            let segments: Vec<&str> = place.as_str().split('/').skip(1).collect();
            let Some(keyword) = segments.first() else { continue };
            let is_condition = *keyword == "allOf" && inner.get("if").is_some();
            let by = if is_condition {
                Some(By::Choice(CONDITIONS))
            } else {
                by(keyword, place.as_str(), keywords)
            };
            let Some(by) = by else { continue };
            let to = self.node(format!("{at}{}", place.as_str()), inner);
            let is_in_place = IN_PLACE.contains(keyword);
            ways.push(way(to, by, is_in_place, *keyword == "allOf"));
            steps.add(keywords, keyword, segments.get(1).copied(), to);
        }
        self.nodes[node].ways = ways;
        self.nodes[node].steps = steps;
    }
}

/// The keywords whose schemas judge the same value.
const IN_PLACE: [&str; 8] =
    ["allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies"];

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

/// Where the `$ref` of a schema leads, and what is there.
fn target<'b>(bundle: &'b Value, keywords: &Map<String, Value>) -> Option<(String, &'b Value)> {
    let name = name_of(keywords.get("$ref")?.as_str()?)?;
    let target = definitions(bundle)?.get(name)?;
    let keyword = if bundle.get("$defs").is_some() { "$defs" } else { "definitions" };
    Some((Pointer::root().join(keyword).join(name).as_str().to_owned(), target))
}
