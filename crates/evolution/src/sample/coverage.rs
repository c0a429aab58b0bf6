//! What of a schema instances show: values, bounds, branches, types, and properties that are there or not.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use isomorph_schema::Types;
use serde_json::Value;

use super::bits::Bits;
use super::graph::Graph;
use super::matches::Matches;
use super::node::Node;
use super::parted::Parted;
use super::points::{Kind, Point};
use crate::clock::Deadline;

/// How many steps one instance is gone through.
const STEPS: usize = 60_000;
/// How often in one instance it is looked at which properties of a schema are there.
const VISITS: u8 = 8;
/// After how many steps the time is looked at.
const LOOK: usize = 16;

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
    pub(super) graph: Graph<'b>,
    /// Whether it says something of names.
    has_names: bool,
    judge: OnceCell<Parted>,
    matches: RefCell<Matches>,
}

impl<'b> Coverage<'b> {
    /// Of a bundle.
    pub fn of(bundle: &'b Value) -> Self {
        let graph = Graph::of(bundle);
        let has_names = graph.nodes.iter().any(|node| node.steps.names.is_some());
        Self { bundle, graph, has_names, judge: OnceCell::new(), matches: RefCell::default() }
    }

    /// All points.
    pub fn points(&self) -> BTreeSet<&Point> {
        self.graph.points.iter().collect()
    }

    /// Of each kind, how many points are among these, how many so many instances can show at most, and how many there are.
    pub fn tally(&self, shown: &BTreeSet<Point>, instances: usize) -> BTreeMap<Kind, Tally> {
        let possible = self.graph.possible(instances);
        let mut tally: BTreeMap<Kind, Tally> = BTreeMap::new();
        for point in &self.graph.points {
            let entry = tally.entry(point.kind).or_default();
            entry.all += 1;
            entry.shown += usize::from(shown.contains(point));
            entry.possible = possible.get(&point.kind).copied().unwrap_or_default();
        }
        tally
    }

    /// What an instance shows, as far as that is seen in time. A branch that nobody can judge is not shown.
    pub(super) fn shown_by(&self, instance: &Value, deadline: Option<Deadline>) -> Bits {
        let mut shown = Bits::of(self.graph.points.len());
        let all_names = if self.has_names { names(instance) } else { HashMap::new() };
        let mut visits = vec![0u8; self.graph.nodes.len()];
        let mut work: Vec<(usize, &Value)> = vec![(0, instance)];
        for step in 0..STEPS {
            let Some((index, value)) = work.pop() else { break };
            if step % LOOK == 0 && deadline.is_some_and(Deadline::is_over) {
                break;
            }
            let node = &self.graph.nodes[index];
            visits[index] = visits[index].saturating_add(1);
            node.steps.show(value, visits[index] <= VISITS, &mut shown);
            self.beside(node, value, &mut shown, &mut work);
            if let (Some(place), Value::Object(members)) = (node.steps.names, value) {
                let named = members.keys().filter_map(|name| all_names.get(name.as_str()));
                work.extend(named.map(|name| (place, name)));
            }
            self.inside(node, value, &mut work);
        }
        shown
    }

    /// Goes on to what judges the same value.
    fn beside<'v>(
        &self,
        node: &Node,
        value: &'v Value,
        shown: &mut Bits,
        work: &mut Vec<(usize, &'v Value)>,
    ) {
        let steps = &node.steps;
        work.extend(steps.target.iter().chain(&steps.all).map(|to| (*to, value)));
        let branches: Vec<usize> = steps.branches.iter().map(|(to, _)| *to).collect();
        for ((to, point), accepts) in steps.branches.iter().zip(self.accept(&branches, value)) {
            if accepts {
                shown.extend(*point);
                work.push((*to, value));
            }
        }
        if let Some(condition) = steps.condition {
            let holds = self.accept(&[condition], value) == [true];
            work.extend(holds.then_some((condition, value)));
            if let Some((to, point)) = &steps.sides[usize::from(!holds)] {
                shown.extend(*point);
                work.push((*to, value));
            }
        }
    }

    /// Goes on to the parts of the value.
    fn inside<'v>(&self, node: &Node, value: &'v Value, work: &mut Vec<(usize, &'v Value)>) {
        let steps = &node.steps;
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let matches =
                        |pattern: &str, name: &str| self.matches.borrow_mut().matches(pattern, name);
                    work.extend(steps.property(name, matches).into_iter().map(|to| (to, member)));
                }
                let present = steps.dependents.iter().filter(|(name, _)| members.contains_key(name));
                work.extend(present.map(|(_, to)| (*to, value)));
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    work.extend(steps.element(index).map(|to| (to, element)));
                    let contains = steps.contains.filter(|to| self.accept(&[*to], element) == [true]);
                    work.extend(contains.map(|to| (to, element)));
                }
            }
            _ => {}
        }
    }

    /// Whether the schemas of these numbers accept a value, each by itself.
    fn accept(&self, nodes: &[usize], value: &Value) -> Vec<bool> {
        let of = Types::of(value);
        let may =
            |node: &usize| self.graph.nodes[*node].types.meets(of) && !self.graph.rules_out(*node, value);
        let asked: Vec<usize> = nodes.iter().copied().filter(may).collect();
        if asked.is_empty() {
            return vec![false; nodes.len()];
        }
        let judge = self.judge.get_or_init(|| Parted::of(self.bundle, &self.graph));
        let accepting = judge.accepting(&asked, value);
        nodes.iter().map(|node| accepting.contains(node)).collect()
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
