//! What is demanded of one value: all that certainly holds, and then a branch of each union that goes with it.

use std::collections::VecDeque;

use isomorph_schema::{Types, listed};
use serde_json::{Map, Value};

use super::demand::{Demand, Type};
use super::generate::Generate;
use super::prepare::{OTHERS, UNLESS};
use super::turns::address;
use crate::reference::referred;

/// How many schemas are looked at for one value.
const STEPS: usize = 3000;
/// How deep unions inside branches are looked at.
const NESTED: usize = 2;
/// How deep, and how large, an instance is made below a goal.
const BELOW: (usize, usize) = (4, 120);

/// What is decided when all is known that certainly holds.
enum Open<'a> {
    Union(&'a Map<String, Value>, &'static str),
    Condition(&'a Map<String, Value>, &'a Value),
    /// All branches of a `oneOf` but this one shall not hold.
    Others(&'a Map<String, Value>, usize),
}

impl<'a> Generate<'a> {
    /// Everything that is demanded: what references lead to, of `allOf` all, of `anyOf` and `oneOf` a branch.
    pub fn demand(&mut self, schemas: &[&'a Value], depth: usize) -> Demand<'a> {
        let mut demand = Demand::default();
        let mut work: Vec<&'a Value> = schemas.iter().rev().copied().collect();
        // What other branches must not be depends on all that is chosen.
        let (mut open, mut last, mut met) = (VecDeque::new(), VecDeque::new(), Vec::new());
        for _ in 0..STEPS {
            if let Some(schema) = work.pop() {
                self.collect(schema, depth, &mut demand, &mut work, &mut open);
                continue;
            }
            match open.pop_front().or_else(|| last.pop_front()) {
                Some(Open::Union(keywords, keyword)) => {
                    let Some(Value::Array(branches)) = keywords.get(keyword) else { continue };
                    let Some(branch) = self.branch(&demand, branches, depth) else { continue };
                    work.push(branch);
                    let index = branches.iter().position(|one| std::ptr::eq(one, branch));
                    if keyword == "oneOf" && keywords.contains_key(OTHERS) {
                        last.extend(index.map(|index| Open::Others(keywords, index)));
                    }
                }
                Some(Open::Condition(keywords, condition)) => {
                    work.extend(self.side(keywords, condition, &demand, &mut met));
                }
                Some(Open::Others(keywords, index)) => work.extend(self.others(&demand, keywords, index)),
                None => break,
            }
        }
        demand
    }

    /// Adds a schema to what is demanded, what holds with it to the work, and what is to be decided to what is open.
    fn collect(
        &mut self,
        schema: &'a Value,
        depth: usize,
        demand: &mut Demand<'a>,
        work: &mut Vec<&'a Value>,
        open: &mut VecDeque<Open<'a>>,
    ) {
        demand.value = demand.value.or_else(|| self.goal?.reached(schema));
        let distance = self.goal.and_then(|goal| goal.distance(schema)).unwrap_or(usize::MAX);
        demand.distance = demand.distance.min(distance);
        if distance == 0 {
            self.deep = self.deep.max(depth + BELOW.0);
            self.size.large = self.size.large.max(self.made + BELOW.1);
        }
        let Value::Object(keywords) = schema else {
            demand.is_impossible |= schema == &Value::Bool(false);
            return;
        };
        if demand.has_part(keywords) {
            return;
        }
        if self.wanted.is_some() {
            *self.visits.entry(address(schema)).or_default() += 1;
        }
        demand.add(keywords);
        work.extend(self.target(keywords));
        let all = keywords.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let first = self.first_of(all);
        // What comes last is looked at first.
        work.extend(all[first..].iter().chain(&all[..first]).rev());
        let unions = ["anyOf", "oneOf"].into_iter().filter(|keyword| keywords.contains_key(*keyword));
        open.extend(unions.map(|keyword| Open::Union(keywords, keyword)));
        open.extend(keywords.get("if").map(|condition| Open::Condition(keywords, condition)));
    }

    /// Which of several that all apply is looked at first: the first condition that leads somewhere is met, it shall not always be
    /// the same, and one that leads nowhere would exclude others.
    fn first_of(&mut self, all: &[Value]) -> usize {
        if self.wanted.is_none() || all.len() < 2 {
            return 0;
        }
        let leading: Vec<usize> =
            (0..all.len()).filter(|index| self.leads(&all[*index], usize::MAX) > 0).collect();
        let any = self.random.usize(..all.len());
        self.random.choice(leading).unwrap_or(any)
    }

    /// What holds by a condition or without it, and that it holds or does not.
    fn side(
        &mut self,
        keywords: &'a Map<String, Value>,
        condition: &'a Value,
        demand: &Demand<'a>,
        met: &mut Vec<&'a Value>,
    ) -> Vec<&'a Value> {
        let leads =
            |keyword: &str| keywords.get(keyword).is_some_and(|side| self.leads(side, demand.distance) > 0);
        if self.is_loose && !leads("then") && !leads("else") && !keywords.contains_key("else") {
            return Vec::new();
        }
        // Conditions on one property mostly exclude each other.
        let is_out = met.iter().any(|met| is_of_same(met, condition));
        let holds = !is_out && self.holds(keywords, demand.distance);
        let chosen = keywords.get(if holds { "then" } else { "else" });
        let is_known = is_out && self.wanted.is_some();
        let unless = keywords.get(UNLESS).filter(|_| !holds && !is_known);
        let condition = Some(condition).filter(|_| holds);
        met.extend(condition);
        chosen.into_iter().chain(condition).chain(unless).collect()
    }

    fn holds(&mut self, keywords: &'a Map<String, Value>, from: usize) -> bool {
        let leads = |keyword: &str| keywords.get(keyword).is_some_and(|branch| self.leads(branch, from) > 0);
        let chosen = (leads("then"), leads("else"));
        let side = if chosen.0 { "then" } else { "else" };
        keywords.get(side).into_iter().for_each(|branch| self.take(address(branch)));
        match (chosen.0, chosen.1, self.goal) {
            (true, ..) => true,
            (_, true, _) => false,
            // Of many conditions few can hold at once; but one of them may have to.
            (.., Some(_)) if self.random.bool() => false,
            _ => self.turns.next(address(keywords), 3) == 0,
        }
    }

    /// What a `$ref` leads to.
    pub fn target(&self, keywords: &Map<String, Value>) -> Option<&'a Value> {
        referred(keywords, self.definitions?)
    }

    fn branch(&mut self, demand: &Demand<'a>, branches: &'a [Value], depth: usize) -> Option<&'a Value> {
        if let Some(goal) = self.goal
            && let Some(nearest) = goal.nearest(branches, demand.distance)
        {
            return Some(nearest);
        }
        let listed = demand.listed();
        let may_lead = self.may_lead(depth);
        if let Some(towards) =
            may_lead.then(|| self.branch_towards(demand, listed.as_deref(), branches)).flatten()
        {
            return Some(towards);
        }
        let branches: Vec<&Value> = branches.iter().collect();
        let fits = |branch: &'a Value| self.fits(demand, listed.as_deref(), branch);
        let is_tight = self.is_tight(depth);
        // Of many the first that is asked mostly fits.
        if let Some(soon) = (!is_tight).then(|| self.turns.least_of(&branches, fits)).flatten() {
            return Some(soon);
        }
        let fitting: Vec<&Value> = branches.iter().copied().filter(|branch| fits(branch)).collect();
        let choices = if fitting.is_empty() { branches } else { fitting };
        if is_tight {
            // The deeper, the simpler, or a recursive schema would never come to an end.
            let weights: Vec<usize> = choices.iter().map(|branch| self.weight(branch, 3)).collect();
            let least = weights.iter().min().copied().unwrap_or(0);
            let lightest = choices.into_iter().zip(weights).filter(|(_, weight)| *weight == least);
            return self.turns.least(&lightest.map(|(one, _)| one).collect::<Vec<_>>());
        }
        self.turns.least(&choices)
    }

    /// Whether a value that is demanded may be of a branch, as far as that is seen.
    pub fn fits(&self, demand: &Demand<'a>, listed: Option<&[&Value]>, branch: &'a Value) -> bool {
        self.may_be(demand, listed, branch) && !self.is_told_apart(demand, branch, NESTED)
    }

    /// Whether a value that is demanded may be of a branch, by its type and by what is listed.
    fn may_be(&self, demand: &Demand<'a>, listed: Option<&[&Value]>, branch: &'a Value) -> bool {
        let Some(keywords) = self.said(branch) else { return branch != &Value::Bool(false) };
        let types = demand.types();
        let one = keywords.get("type").and_then(Value::as_str).and_then(Type::of_name);
        let one = match one {
            Some(Type::Number) if !types.contains(&Type::Number) => Some(Type::Integer),
            one => one,
        };
        let is_whole = one == Some(Type::Integer) && types.contains(&Type::Number);
        let is_of_type = !demand.is_typed() || one.is_none_or(|one| is_whole || types.contains(&one));
        let values = values(keywords);
        is_of_type
            && match (listed, values) {
                (Some(listed), Some(values)) => listed.iter().any(|value| values.contains(value)),
                _ => true,
            }
    }

    /// The keywords of a schema, or of what it refers to.
    fn said(&self, schema: &'a Value) -> Option<&'a Map<String, Value>> {
        let keywords = schema.as_object()?;
        self.target(keywords).map_or(Some(keywords), Value::as_object)
    }

    /// That the branches of a `oneOf` but one do not hold, where something else does not rule them out.
    fn others(&self, demand: &Demand<'a>, keywords: &'a Map<String, Value>, chosen: usize) -> Vec<&'a Value> {
        let [Some(Value::Array(branches)), Some(Value::Array(broken))] =
            [keywords.get("oneOf"), keywords.get(OTHERS)]
        else {
            return Vec::new();
        };
        let listed = demand.listed();
        let others = branches.iter().zip(broken).enumerate().filter(|(index, _)| *index != chosen);
        others
            .filter(|(_, (branch, _))| self.fits(demand, listed.as_deref(), branch))
            .map(|(_, (_, broken))| broken)
            .collect()
    }

    /// Whether a property that has to be there can have none of the values that are demanded of it, by a branch.
    fn is_told_apart(&self, demand: &Demand<'a>, branch: &'a Value, depth: usize) -> bool {
        let Some(keywords) = self.said(branch).filter(|_| !demand.properties.is_empty()) else {
            return false;
        };
        let declared = keywords.get("properties").and_then(Value::as_object);
        let is_told = declared.into_iter().flatten().any(|(name, schema)| {
            let mut own = demand.properties.iter().filter_map(|all| values_of(all.get(name)?));
            own.any(|own| own.iter().all(|value| rejects(schema, value))) && demand.requires(name)
        });
        let inner = ["anyOf", "oneOf"].iter().filter_map(|keyword| keywords.get(*keyword)?.as_array());
        is_told
            || depth > 0
                && inner
                    .into_iter()
                    .any(|inner| inner.iter().all(|branch| self.is_told_apart(demand, branch, depth - 1)))
    }

    /// How much there must be in an instance, roughly.
    fn weight(&self, schema: &'a Value, depth: usize) -> usize {
        let Value::Object(keywords) = schema else { return 0 };
        if keywords.contains_key("const") || keywords.contains_key("enum") {
            return 0;
        }
        if let Some(target) = self.target(keywords) {
            return if depth == 0 { 50 } else { 1 + self.weight(target, depth - 1) };
        }
        let several = ["anyOf", "oneOf"].iter().find_map(|keyword| keywords.get(*keyword)?.as_array());
        if let Some(branches) = several.filter(|_| depth > 0) {
            return 1 + branches.iter().map(|branch| self.weight(branch, depth - 1)).min().unwrap_or(0);
        }
        match keywords.get("type").and_then(Value::as_str) {
            Some("object") => 5 + 5 * keywords.get("required").and_then(Value::as_array).map_or(0, Vec::len),
            Some("array") if keywords.get("minItems").is_some_and(|least| least != &Value::from(0)) => 10,
            Some("array") => 2,
            Some(_) => 1,
            None => 3,
        }
    }
}

/// Whether a schema is seen to reject a value, by what it lists and what it names.
fn rejects(schema: &Value, value: &Value) -> bool {
    let Value::Object(keywords) = schema else { return schema == &Value::Bool(false) };
    let is_of_type = keywords.get("type").is_none_or(|named| Types::named(named).meets(Types::of(value)));
    let is_negated = keywords.get("not").and_then(values_of).is_some_and(|refused| refused.contains(value));
    !is_of_type || is_negated || values(keywords).is_some_and(|values| !values.contains(value))
}

/// The values that a schema lists.
fn values_of(schema: &Value) -> Option<&[Value]> {
    values(schema.as_object()?)
}

fn values(keywords: &Map<String, Value>) -> Option<&[Value]> {
    listed(|keyword| keywords.get(keyword))
}

/// Whether two conditions ask for the same property.
fn is_of_same(one: &Value, other: &Value) -> bool {
    let [one, other] = [one, other].map(|condition| condition.get("properties").and_then(Value::as_object));
    match (one, other) {
        (Some(one), Some(other)) => one.keys().any(|name| other.contains_key(name)),
        _ => true,
    }
}
