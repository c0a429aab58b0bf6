//! Instances that probably satisfy a schema. Whether they do is for a validator to say.

use std::collections::{HashMap, HashSet};

use fastrand::Rng;
use serde_json::{Map, Value};

use super::demand::{Demand, Type};
use super::goal::Goal;
use super::memory::Memory;
use super::points::{GREATEST, LEAST};
use super::turns::{Turns, address};
use super::wanted::Wanted;
use super::{numbers, strings};
use crate::clock::Deadline;
use crate::reference::definitions;

/// How deep an instance is made before only what is required is put into it; of one that shall have much, and of others.
const DEEP: [usize; 2] = [7, 4];
/// How deep an instance is made at all.
const DEEPEST: usize = 40;
/// How many elements there are at most where a bound asks for as many.
const MOST_ELEMENTS: usize = 2000;
/// How many parts there are at most where a bound wants no fewer, and how large that may make an instance.
pub const MOST: usize = 20_000;
const LARGEST: usize = 3 * MOST;
/// How large an instance is that is to be small, at most.
const SMALL: usize = 400;
/// Of so many listed values one is any, and not the next.
const ANY: u8 = 4;
/// After how many values the time is looked at.
const LOOK: usize = 64;

/// How much is put into an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Out of four optional properties, so many are there.
    pub optional: u8,
    /// Whether examples and defaults are taken where there are some.
    pub examples: bool,
}

/// How many values an instance may have.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// After so many, only what is required is put into it.
    pub large: usize,
    /// After so many it is given up.
    pub largest: usize,
}

/// Makes instances of the schemas in a bundle.
pub struct Generate<'a> {
    pub definitions: Option<&'a Map<String, Value>>,
    pub style: Style,
    pub goal: Option<&'a Goal>,
    pub wanted: Option<&'a Wanted>,
    /// What was to be shown and is, and how many values there are for each schema; by address.
    pub taken: HashSet<usize>,
    pub visits: HashMap<usize, usize>,
    pub random: Rng,
    pub turns: &'a Turns,
    pub memory: &'a mut Memory,
    pub size: Size,
    /// Whether conditions that lead nowhere may hold or not, as it comes.
    pub is_loose: bool,
    pub made: usize,
    pub deep: usize,
    pub deadline: Option<Deadline<'a>>,
}

/// How an instance shall be made.
pub struct Making<'a> {
    pub style: Style,
    pub size: Size,
    pub goal: Option<&'a Goal>,
    pub wanted: Option<&'a Wanted>,
    pub seed: u64,
    pub deadline: Option<Deadline<'a>>,
}

impl<'a> Generate<'a> {
    /// For the schemas of a bundle.
    pub fn new(bundle: &'a Value, making: &Making<'a>, turns: &'a Turns, memory: &'a mut Memory) -> Self {
        let Making { style, size, goal, wanted, seed, deadline } = *making;
        let (mut random, definitions) = (Rng::with_seed(seed), definitions(bundle));
        let is_loose = wanted.is_some() && random.bool();
        let deep = DEEP[usize::from(style.optional < 2 || goal.is_some())];
        let (taken, visits) = Default::default();
        Self {
            definitions,
            style,
            goal,
            wanted,
            taken,
            visits,
            random,
            turns,
            memory,
            size,
            is_loose,
            made: 0,
            deep,
            deadline,
        }
    }

    /// Whether there is to be no more of it.
    fn is_over(&mut self) -> bool {
        self.made += 1;
        if self.made.is_multiple_of(LOOK) && self.deadline.is_some_and(Deadline::is_over) {
            // From now on there is room for nothing, whatever is made again.
            self.size.largest = 0;
        }
        self.made > self.size.largest
    }

    /// A value for all of these schemas.
    pub fn value(&mut self, schemas: &[&'a Value], depth: usize) -> Value {
        if self.is_over() || depth > DEEPEST {
            return Value::Null;
        }
        let demand = self.demand(schemas, depth);
        if let Some(value) = demand.value {
            return value.clone();
        }
        if let Some(listed) = demand.listed() {
            if let Some(open) = self.open_value(&demand, &listed) {
                return open.clone();
            }
            // Where each had its turn there are more in another order.
            let any = if self.random.u8(..ANY) == 0 { self.random.choice(&listed).copied() } else { None };
            return any.or_else(|| self.turns.least(&listed)).cloned().unwrap_or_default();
        }
        if let Some(example) = self.example(&demand) {
            return example;
        }
        match self.type_of(&demand, depth) {
            Type::Null => Value::Null,
            Type::Boolean => self.random.bool().into(),
            one @ (Type::Integer | Type::Number) => {
                let kind = self.kind(&demand, one, numbers::KINDS);
                numbers::make(&demand, one == Type::Integer, kind, &mut self.random)
            }
            Type::String => self.string(&demand).into(),
            Type::Array => self.array(&demand, depth),
            Type::Object => self.object(demand, depth),
        }
    }

    /// A string.
    pub fn string(&mut self, demand: &Demand<'a>) -> String {
        let is_wanted = self.open_bound(demand, Type::String);
        let kind = is_wanted.unwrap_or_else(|| self.turn(demand, strings::KINDS));
        strings::make(demand, kind, is_wanted.is_some(), self.memory, &mut self.random)
    }

    /// Which of so many kinds of values it is to be: at a bound that none met, or whose turn it is.
    pub fn kind(&mut self, demand: &Demand<'a>, one: Type, kinds: usize) -> usize {
        self.open_bound(demand, one).unwrap_or_else(|| self.turn(demand, kinds))
    }

    fn turn(&mut self, demand: &Demand, kinds: usize) -> usize {
        match demand.parts.first() {
            Some(part) => self.turns.next(address(*part), kinds),
            None => self.random.usize(..kinds),
        }
    }

    fn type_of(&mut self, demand: &Demand<'a>, depth: usize) -> Type {
        let types = demand.types();
        if let Some(one) = self.type_towards(demand, &types) {
            return one;
        }
        let simple = types.iter().find(|one| !matches!(one, Type::Array | Type::Object));
        match simple {
            Some(simple) if self.is_tight(depth) => *simple,
            // The first is what the author most likely had in mind, where several are not said.
            _ if !demand.is_typed() && self.random.u8(..4) > 0 => {
                types.first().copied().unwrap_or(Type::Null)
            }
            _ => {
                // A number of a fraction is one as much as an integer.
                let key = demand.parts.first().map_or(0, |part| address(*part) + 1);
                let turn = self.turns.next(key, types.len());
                types.get(turn).copied().unwrap_or(Type::Null)
            }
        }
    }

    fn example(&mut self, demand: &Demand) -> Option<Value> {
        if !self.style.examples || self.wanted.is_some() || self.random.u8(..4) == 0 {
            return None;
        }
        let listed = demand.all("examples").filter_map(Value::as_array).flatten();
        let examples: Vec<_> = listed.chain(demand.all("default")).collect();
        self.random.choice(examples).cloned()
    }

    fn array(&mut self, demand: &Demand<'a>, depth: usize) -> Value {
        let tuples = ["prefixItems", "items"].map(|keyword| demand.all(keyword).filter_map(Value::as_array));
        let first = tuples.into_iter().flatten().map(Vec::len).max().unwrap_or(0);
        let inside = demand.parts.iter().map(|part| self.leads_inside(part, Type::Array, demand.distance));
        let inside = self.parts(inside.max().filter(|_| self.may_lead(depth)).unwrap_or(0));
        let is_wanted = inside > 0;
        let wanted = match (self.is_tight(depth), self.style.optional) {
            (true, _) | (_, 0) => usize::from(is_wanted),
            (_, optional) => self.random.usize(1..=1 + usize::from(optional) / 2).max(first),
        };
        let contains = contained(demand);
        let all: usize = contains.iter().map(|(_, least)| least).sum();
        let greatest = contains.iter().map(|(_, least)| *least).max().unwrap_or(0);
        // What has to be there may be in places of its own, or else in the same.
        let are_apart = all <= demand.at_most("maxItems").min(MOST_ELEMENTS);
        let contained = if are_apart { all } else { greatest };
        let wanted = if is_wanted { wanted.max(first + inside) } else { wanted };
        let unique = demand.all("uniqueItems").any(|unique| unique == &Value::Bool(true));
        let least = demand.at_least("minItems").max(contained);
        let most = demand.at_most("maxItems");
        let least = self.make_room(least, MOST_ELEMENTS, if unique { MOST_ELEMENTS } else { MOST });
        let wanted = match (self.open_bound(demand, Type::Array), self.turn(demand, 4)) {
            (Some(LEAST), _) => least,
            (Some(_), _) if most <= MOST_ELEMENTS => most,
            (_, LEAST) if !is_wanted => least,
            (_, GREATEST) if most <= 50 && !self.is_tight(depth) && self.wanted.is_none() => most,
            _ => wanted,
        };
        let count = wanted.clamp(least.min(most), most);
        // Behind what stands at positions of its own there is more room for what must be somewhere.
        let from = first.min(count.saturating_sub(contained));
        let mut elements: Vec<Value> = Vec::new();
        for index in 0..count {
            let mut schemas = items_at(demand, index);
            let mut place = index.checked_sub(from);
            for (schema, least) in &contains {
                if place.is_some_and(|place| place < *least) {
                    schemas.push(schema);
                }
                if are_apart {
                    place = place.and_then(|place| place.checked_sub(*least));
                }
            }
            if schemas.contains(&&Value::Bool(false)) && index >= least {
                break;
            }
            let element = if unique {
                self.another(&schemas, &elements, depth + 1)
            } else {
                self.value(&schemas, depth + 1)
            };
            if unique && elements.contains(&element) && elements.len() >= least {
                break;
            }
            elements.push(element);
        }
        // Of values that are all there nothing else is another array.
        if unique && first == 0 && contained == 0 {
            self.random.shuffle(&mut elements);
        }
        if demand.refused("uniqueItems").next().is_some() && elements.len() > 1 {
            elements[1] = elements[0].clone();
        }
        elements.into()
    }

    /// How many parts there are where so many have to be: no more than the first number in an instance that is to be small, and than the
    /// second in any other, which may be as large as it has to be for them.
    pub fn make_room(&mut self, parts: usize, few: usize, most: usize) -> usize {
        // A few parts have few parts without an end, where what has to be there is recursive.
        if parts <= few || self.size.largest <= SMALL {
            return parts.min(few);
        }
        let parts = parts.min(most);
        let largest = self.made.saturating_add(2 * parts).min(LARGEST);
        self.size.largest = self.size.largest.max(largest);
        parts
    }

    /// Whether there is no room for what is not required.
    pub fn is_tight(&self, depth: usize) -> bool {
        depth > self.deep || self.made > self.size.large
    }

    /// Whether `name` matches `pattern`, as the validator sees it.
    pub fn matches(&mut self, pattern: &str, name: &str) -> bool {
        self.memory.matches.matches(pattern, name)
    }
}

/// What has to be among the elements, and how many of it.
fn contained<'a>(demand: &Demand<'a>) -> Vec<(&'a Value, usize)> {
    let of = |part: &&'a Map<String, Value>| {
        let schema = part.get("contains").filter(|one| one != &&Value::Bool(true))?;
        let least = part.get("minContains").and_then(Value::as_f64).map_or(1, super::demand::count);
        Some((schema, least.max(1)))
    };
    demand.parts.iter().filter_map(of).collect()
}

/// The schemas of the element at this index.
pub fn items_at<'a>(demand: &Demand<'a>, index: usize) -> Vec<&'a Value> {
    let mut schemas = Vec::new();
    for part in &demand.parts {
        let place = items_in(part, index);
        schemas.extend(place.and_then(|place| {
            let mut segments = place.split('/').skip(1);
            let said = part.get(segments.next()?)?;
            segments.next().map_or(Some(said), |index| said.get(index.parse::<usize>().ok()?))
        }));
    }
    if schemas.is_empty() {
        let unevaluated: Vec<_> = demand.all("unevaluatedItems").collect();
        // What is among the elements that have to be there is evaluated.
        let may_be = if unevaluated.contains(&&Value::Bool(false)) { "contains" } else { "unevaluatedItems" };
        schemas.extend(demand.all(may_be));
        if schemas.is_empty() {
            schemas = unevaluated;
        }
    }
    schemas
}

/// The place, among keywords, of the schema of the element at this index.
pub fn items_in(keywords: &Map<String, Value>, index: usize) -> Option<String> {
    let items = keywords.get("items");
    let is_old = items.is_some_and(Value::is_array);
    let first = if keywords.contains_key("prefixItems") { "prefixItems" } else { "items" };
    let tuple = keywords.get(first).and_then(Value::as_array).map_or(0, Vec::len);
    if index < tuple {
        return Some(format!("/{first}/{index}"));
    }
    let rest = if is_old { "additionalItems" } else { "items" };
    keywords.contains_key(rest).then(|| format!("/{rest}"))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use isomorph_validator::Formats;
    use serde_json::{Value, json};

    use crate::clock::{Clock, Deadline};
    use crate::judge::Judge;
    use crate::sample::Sampler;

    /// A clock that goes on by a second whenever it is looked at.
    struct Ticking(Cell<u64>);

    impl Clock for Ticking {
        fn now(&self) -> Duration {
            self.0.set(self.0.get() + 1);
            Duration::from_secs(self.0.get())
        }
    }

    fn parts(value: &Value) -> usize {
        1 + value.as_array().into_iter().flatten().map(parts).sum::<usize>()
    }

    #[test]
    fn when_it_is_late_nothing_more_is_made() {
        let schema = json!({"type": "array", "minItems": 1000, "items": {
            "type": "array", "minItems": 1000, "items": {"type": "array", "minItems": 1000},
        }});
        let judge = Judge::alone(&schema, &Formats::default()).expect("a schema");
        let clock = Ticking(Cell::new(0));
        for seconds in [1, 5] {
            let late = Deadline::after(&clock, Duration::from_secs(seconds));
            let sampler = Sampler::new(&schema, &judge, 0, Some(late));
            for number in 0..8 {
                let parts = parts(&sampler.guess(number));
                assert!(parts < 10_000, "{parts} parts");
            }
        }
    }
}
