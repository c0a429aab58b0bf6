//! Where an instance that is being made is to lead: to a goal, or to what no instance showed yet.

use serde_json::{Map, Value};

use super::demand::{Demand, Type};
use super::generate::Generate;
use super::points::BOUNDS;
use super::turns::address;

/// How many branches are asked one by one whether they fit.
const ASKED: usize = 40;
/// How deep an instance is led at most.
const DEEPEST: usize = 24;

impl<'a> Generate<'a> {
    /// How many values for a schema lead to where the instance is to lead.
    pub fn leads(&self, schema: &Value, from: usize) -> usize {
        if let Some(goal) = self.goal {
            return usize::from(goal.leads(schema, from));
        }
        let need = self.wanted.map_or(0, |wanted| wanted.need(schema));
        need.saturating_sub(self.visits.get(&address(schema)).copied().unwrap_or_default())
            .max(usize::from(self.is_open(address(schema))))
    }

    /// How many parts of a value there are to be, if so many values are needed.
    pub fn parts(&self, need: usize) -> usize {
        self.wanted.map_or(need.min(1), |wanted| wanted.parts(need))
    }

    /// Whether a schema leads there and there is room for it: what leads to a goal always has room.
    pub fn has_room(&self, schema: &Value, from: usize, depth: usize) -> bool {
        self.may_lead(depth) && self.leads(schema, from) > 0
    }

    /// Whether there is room for what leads somewhere.
    pub fn may_lead(&self, depth: usize) -> bool {
        self.goal.is_some() || self.made <= self.size.large && depth <= DEEPEST
    }

    /// Whether something shall be shown that this instance does not show yet.
    pub fn is_open(&self, mark: usize) -> bool {
        self.wanted.is_some_and(|wanted| wanted.has(mark)) && !self.taken.contains(&mark)
    }

    /// Says that it is shown now, if it was to be.
    pub fn take(&mut self, mark: usize) {
        if self.is_open(mark) {
            self.taken.insert(mark);
        }
    }

    fn take_all(&mut self, marks: Vec<usize>) {
        for mark in marks {
            self.take(mark);
        }
    }

    /// The value of an `enum` that shall be shown, if one of those that can do shall.
    pub fn open_value(&mut self, demand: &Demand<'a>, listed: &[&'a Value]) -> Option<&'a Value> {
        self.wanted?;
        let all: Vec<&'a Value> = demand.all("enum").filter_map(Value::as_array).flatten().collect();
        let open = all.iter().find(|value| self.is_open(address(**value)) && listed.contains(value));
        let open = *open?;
        all.iter().filter(|value| **value == open).for_each(|value| self.take(address(*value)));
        Some(open)
    }

    /// The kind of a value for which a bound shall be shown that no instance met.
    pub fn open_bound(&mut self, demand: &Demand<'a>, one: Type) -> Option<usize> {
        self.wanted?;
        let pair = BOUNDS.iter().find(|(name, _)| is_named(name, one)).map(|(_, pair)| pair)?;
        for (kind, keyword) in pair.iter().enumerate() {
            let marks: Vec<usize> = demand.all(keyword).map(address).collect();
            if marks.iter().any(|mark| self.is_open(*mark)) {
                self.take_all(marks);
                return Some(kind);
            }
        }
        None
    }

    /// The type that the instance is to be of to lead there, if it matters.
    pub fn type_towards(&mut self, demand: &Demand<'a>, types: &[Type]) -> Option<Type> {
        if let Some(goal) = self.goal {
            let leads =
                |one: &&Type| demand.parts.iter().any(|part| goal.is_inside(part, **one, demand.distance));
            return types.iter().find(leads).copied();
        }
        self.wanted?;
        let calling: Vec<Type> = types.iter().copied().filter(|one| self.calls_for(demand, *one)).collect();
        let key = demand.parts.first().map_or(0, |part| address(*part) + 2);
        let turn = self.turns.next(key, calling.len());
        let one = calling.get(turn).copied()?;
        let named: Vec<usize> =
            named_types(demand).filter(|(_, of)| *of == one).map(|(value, _)| address(value)).collect();
        self.take_all(named);
        Some(one)
    }

    /// Whether something is to be shown by values of this type.
    fn calls_for(&self, demand: &Demand<'a>, one: Type) -> bool {
        let bounds = BOUNDS.iter().find(|(name, _)| is_named(name, one)).map(|(_, pair)| pair);
        let is_bound = bounds
            .into_iter()
            .flatten()
            .flat_map(|keyword| demand.all(keyword))
            .any(|bound| self.is_open(address(bound)));
        is_bound
            || named_types(demand).any(|(value, of)| of == one && self.is_open(address(value)))
            || demand.parts.iter().any(|part| self.leads_inside(part, one, usize::MAX) > 0)
    }

    /// How many values for the parts of instances of this type lead there.
    pub fn leads_inside(&self, part: &Map<String, Value>, one: Type, from: usize) -> usize {
        let inner = one.applicators().iter().filter_map(|keyword| part.get(*keyword));
        let of = |value: &Value| {
            let several: Vec<&Value> = match value {
                Value::Object(schemas) => schemas.values().collect(),
                Value::Array(schemas) => schemas.iter().collect(),
                _ => Vec::new(),
            };
            several.into_iter().chain([value]).map(|schema| self.leads(schema, from)).max().unwrap_or(0)
        };
        inner.map(of).max().unwrap_or(0)
    }

    /// The branch that leads there, if one does: by itself, or by a property that it requires.
    pub fn branch_towards(
        &mut self,
        demand: &Demand<'a>,
        listed: Option<&[&Value]>,
        branches: &'a [Value],
    ) -> Option<&'a Value> {
        self.wanted?;
        let leads =
            |branch: &'a Value| self.leads(branch, usize::MAX).max(self.leads_by_required(demand, branch));
        let mut leading: Vec<(&'a Value, usize)> =
            branches.iter().map(|branch| (branch, leads(branch))).filter(|(_, leads)| *leads > 0).collect();
        let is_any = self.random.u8(..4) == 0;
        // Whether one fits is asked of few: of thousands that would take longer than all else.
        for asked in 0.. {
            if asked == ASKED {
                leading.retain(|(branch, _)| self.fits(demand, listed, branch));
            }
            if leading.is_empty() {
                break;
            }
            let next = if is_any { self.random.usize(..leading.len()) } else { self.quickest(&leading)? };
            let (branch, _) = leading.swap_remove(next);
            if self.fits(demand, listed, branch) {
                self.take(address(branch));
                return Some(branch);
            }
        }
        None
    }

    /// One of elements that each show something needs fewer values than one that shows the same by itself.
    fn quickest(&self, leading: &[(&Value, usize)]) -> Option<usize> {
        let quick = |index: &usize| {
            let (branch, leads) = leading[*index];
            (!self.is_open(address(branch)), leads)
        };
        (0..leading.len()).min_by_key(quick)
    }
}

impl<'a> Generate<'a> {
    /// How many values for a property that a branch requires, and that is declared around it, lead there.
    fn leads_by_required(&self, demand: &Demand<'a>, branch: &Value) -> usize {
        if demand.properties.is_empty() {
            return 0;
        }
        let required = branch.get("required").and_then(Value::as_array).into_iter().flatten();
        let declared = required
            .filter_map(Value::as_str)
            .flat_map(|name| demand.properties.iter().filter_map(move |properties| properties.get(name)));
        declared.map(|schema| self.leads(schema, usize::MAX)).max().unwrap_or(0)
    }
}

fn is_named(name: &str, one: Type) -> bool {
    Type::of_name(name) == Some(one) || name == "number" && one == Type::Integer
}

/// The types that lists of types name, and which they are.
fn named_types<'a>(demand: &Demand<'a>) -> impl Iterator<Item = (&'a Value, Type)> + use<'a> {
    let lists: Vec<&'a Value> = demand.all("type").filter_map(Value::as_array).flatten().collect();
    lists.into_iter().filter_map(|name| Some((name, Type::of_name(name.as_str()?)?)))
}
