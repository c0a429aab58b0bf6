//! Leading an instance to one schema, and putting a value there.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::demand::Type;
use super::turns::address;
use crate::reference::{definitions, referred};

/// A schema of a bundle, and the value that an instance shall have where that schema applies.
pub struct Goal {
    /// How many schemas lie between each schema that leads there and the goal; by address.
    distances: HashMap<usize, usize>,
    /// None where any will do that the schema accepts.
    value: Option<Value>,
}

/// Which schemas of a bundle lead to which; by address.
pub struct Back(HashMap<usize, Vec<usize>>);

impl Back {
    /// Of a bundle.
    pub fn of(bundle: &Value) -> Self {
        let mut back: HashMap<usize, Vec<usize>> = HashMap::new();
        for (from, to) in edges(bundle) {
            back.entry(to).or_default().push(from);
        }
        Self(back)
    }
}

impl Goal {
    /// A goal in `bundle`; `None` if nothing leads to the schema from its root.
    pub fn new(bundle: &Value, Back(back): &Back, target: &Value, value: Option<Value>) -> Option<Self> {
        let mut distances = HashMap::from([(address(target), 0)]);
        let mut frontier = vec![address(target)];
        for distance in 1.. {
            let around = frontier.iter().flat_map(|one| back.get(one).into_iter().flatten().copied());
            let mut next: Vec<_> = around.filter(|one| !distances.contains_key(one)).collect();
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                break;
            }
            distances.extend(next.iter().map(|one| (*one, distance)));
            frontier = next;
        }
        distances.contains_key(&address(bundle)).then_some(Self { distances, value })
    }

    /// The value, if `schema` is the goal.
    pub fn reached(&self, schema: &Value) -> Option<&Value> {
        (self.distances.get(&address(schema)) == Some(&0)).then_some(self.value.as_ref()).flatten()
    }

    /// How many schemas lie between this one and the goal; `None` if it does not lead there.
    pub fn distance(&self, schema: &Value) -> Option<usize> {
        self.distances.get(&address(schema)).copied()
    }

    /// Whether the way goes on through `schema`, from so far away.
    pub fn leads(&self, schema: &Value, from: usize) -> bool {
        self.distance(schema).is_some_and(|distance| distance < from)
    }

    /// The schema that is nearest to the goal, if one leads there.
    pub fn nearest<'a>(&self, schemas: &'a [Value], from: usize) -> Option<&'a Value> {
        let nearer = schemas.iter().filter(|schema| self.leads(schema, from));
        nearer.min_by_key(|schema| self.distance(schema))
    }

    /// Whether the way goes on in the parts of instances of this type.
    pub fn is_inside(&self, part: &Map<String, Value>, one: Type, from: usize) -> bool {
        one.applicators().iter().filter_map(|keyword| part.get(*keyword)).any(|value| {
            self.leads(value, from)
                || value
                    .as_object()
                    .is_some_and(|schemas| schemas.values().any(|schema| self.leads(schema, from)))
                || value
                    .as_array()
                    .is_some_and(|schemas| schemas.iter().any(|schema| self.leads(schema, from)))
        })
    }
}

/// From each schema to those inside it, and to what it refers to.
fn edges(bundle: &Value) -> Vec<(usize, usize)> {
    let definitions = definitions(bundle);
    let mut edges = Vec::new();
    let mut work: Vec<&Value> = vec![bundle];
    work.extend(definitions.into_iter().flat_map(|definitions| definitions.values()));
    while let Some(schema) = work.pop() {
        let Value::Object(keywords) = schema else { continue };
        let target = definitions.and_then(|definitions| referred(keywords, definitions));
        edges.extend(target.map(|target| (address(schema), address(target))));
        for (_, inner) in isomorph_schema::subschemas(schema) {
            edges.push((address(schema), address(inner)));
            work.push(inner);
        }
    }
    edges
}
