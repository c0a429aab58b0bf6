//! The elements of a list in the order of the source.

use std::collections::{HashMap, VecDeque};

use isomorph_schema::only_value;
use serde_json::{Map, Value};

use super::spelling::Spelling;

/// The same elements in another order.
pub fn order(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    ["enum", "anyOf", "oneOf"].into_iter().find_map(|keyword| {
        let (found, wanted) = (said.get(keyword)?.as_array()?, source.get(keyword)?.as_array()?);
        let mut places = Places::of(found);
        let order = wanted.iter().map(|element| places.take(element)).collect::<Option<Vec<_>>>()?;
        (found.len() == wanted.len() && !order.is_sorted()).then_some(Spelling::InOrder(keyword, order))
    })
}

/// Where elements stand that were not asked for yet, by what they are found by.
struct Places<'v> {
    by_value: HashMap<&'v Value, VecDeque<usize>>,
    by_kind: HashMap<(&'static str, &'v Value), VecDeque<usize>>,
    are_taken: Vec<bool>,
}

impl<'v> Places<'v> {
    fn of(elements: &'v [Value]) -> Self {
        let mut places = Self {
            by_value: HashMap::new(),
            by_kind: HashMap::new(),
            are_taken: vec![false; elements.len()],
        };
        for (index, element) in elements.iter().enumerate() {
            places.by_value.entry(element).or_default().push_back(index);
            for kind in kinds(element) {
                places.by_kind.entry(kind).or_default().push_back(index);
            }
        }
        places
    }

    /// The first place of this element, or else of one that is alike.
    fn take(&mut self, element: &'v Value) -> Option<usize> {
        let same = self.by_value.get_mut(element).and_then(|places| first(places, &self.are_taken));
        let place = same.or_else(|| {
            // What is listed tells more than its type.
            kinds(element).find_map(|kind| first(self.by_kind.get_mut(&kind)?, &self.are_taken))
        })?;
        self.are_taken[place] = true;
        Some(place)
    }
}

fn first(places: &mut VecDeque<usize>, are_taken: &[bool]) -> Option<usize> {
    while places.front().is_some_and(|place| are_taken[*place]) {
        places.pop_front();
    }
    places.front().copied()
}

/// By what two branches are taken for each other: what they are, or refer to; their type where not more is known of them.
fn kinds(branch: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    let only = only_value(branch);
    let constant = only.map(|only| ("const", only));
    let other = ["enum", "$ref", "type"].into_iter().filter(move |_| only.is_none());
    let other = other.filter_map(|keyword| Some((keyword, branch.get(keyword)?)));
    // A reference may be written in another way.
    let reference = branch.get("$ref").map(|_| ("$ref", &Value::Null));
    constant.into_iter().chain(other).chain(reference)
}
