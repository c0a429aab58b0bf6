//! Instances that probably satisfy a schema. Whether they do is for a validator to say.

use std::collections::HashMap;

use fastrand::Rng;
use serde_json::{Map, Value};

use super::demand::{Demand, Type};
use super::goal::Goal;
use super::reference::{definitions, referred};
use super::scalars;

/// How deep an instance is made before only what is required is put into it.
const DEEP: usize = 4;
/// How deep an instance is made at all.
const DEEPEST: usize = 40;
/// How many values an instance has before only what is required is put into it.
const LARGE: usize = 500;
/// How many values an instance may have.
const LARGEST: usize = 20_000;

/// How much is put into an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Out of four optional properties, so many are there.
    pub optional: u8,
    /// Whether examples and defaults are taken where there are some.
    pub examples: bool,
}

/// Makes instances of the schemas in a bundle.
pub struct Generate<'a> {
    pub definitions: Option<&'a Map<String, Value>>,
    pub style: Style,
    pub goal: Option<&'a Goal>,
    pub random: Rng,
    pub patterns: HashMap<String, Option<jsonschema::Validator>>,
    pub left: usize,
}

impl<'a> Generate<'a> {
    /// For the schemas of a bundle.
    pub fn new(bundle: &'a Value, style: Style, goal: Option<&'a Goal>, seed: u64) -> Self {
        let definitions = definitions(bundle);
        let random = Rng::with_seed(seed);
        Self { definitions, style, goal, random, patterns: HashMap::new(), left: LARGEST }
    }

    /// A value for all of these schemas.
    pub fn value(&mut self, schemas: &[&'a Value], depth: usize) -> Value {
        self.left = self.left.saturating_sub(1);
        if depth > DEEPEST || self.left == 0 {
            return Value::Null;
        }
        let demand = self.demand(schemas, depth);
        if let Some(value) = demand.value {
            return value.clone();
        }
        if let Some(listed) = demand.listed() {
            return self.random.choice(listed).cloned().unwrap_or_default();
        }
        if let Some(example) = self.example(&demand) {
            return example;
        }
        match self.type_of(&demand, depth) {
            Type::Null => Value::Null,
            Type::Boolean => self.random.bool().into(),
            Type::Integer => scalars::number(&demand, true, &mut self.random),
            Type::Number => scalars::number(&demand, false, &mut self.random),
            Type::String => scalars::string(&demand, &mut self.random).into(),
            Type::Array => self.array(&demand, depth),
            Type::Object => self.object(demand, depth),
        }
    }

    fn type_of(&mut self, demand: &Demand, depth: usize) -> Type {
        let types = demand.types();
        let leads = |one: &Type| {
            demand
                .parts
                .iter()
                .any(|part| self.goal.is_some_and(|goal| goal.is_inside(part, *one, demand.distance)))
        };
        if let Some(one) = types.iter().find(|one| leads(one)) {
            return *one;
        }
        let simple = types.iter().find(|one| !matches!(one, Type::Array | Type::Object));
        match simple {
            Some(simple) if self.is_tight(depth) => *simple,
            // The first is what the author most likely had in mind.
            _ if self.random.u8(..4) > 0 => types.first().copied().unwrap_or(Type::Null),
            _ => self.random.choice(&types).copied().unwrap_or(Type::Null),
        }
    }

    fn example(&mut self, demand: &Demand) -> Option<Value> {
        if !self.style.examples || self.random.u8(..4) == 0 {
            return None;
        }
        let listed = demand.all("examples").filter_map(Value::as_array).flatten();
        let examples: Vec<_> = listed.chain(demand.all("default")).collect();
        self.random.choice(examples).cloned()
    }

    /// Everything that is demanded: what references lead to, of `allOf` all, of `anyOf` and `oneOf` a branch.
    pub fn demand(&mut self, schemas: &[&'a Value], depth: usize) -> Demand<'a> {
        let mut demand = Demand::default();
        let mut work: Vec<&'a Value> = schemas.to_vec();
        work.reverse();
        let mut steps = 0;
        while let Some(schema) = work.pop() {
            steps += 1;
            demand.value = demand.value.or_else(|| self.goal?.reached(schema));
            let distance = self.goal.and_then(|goal| goal.distance(schema)).unwrap_or(usize::MAX);
            demand.distance = demand.distance.min(distance);
            let Value::Object(keywords) = schema else {
                demand.is_impossible |= schema == &Value::Bool(false);
                continue;
            };
            if steps > 500 || demand.parts.iter().any(|part| std::ptr::eq(*part, keywords)) {
                continue;
            }
            demand.parts.push(keywords);
            work.extend(self.target(keywords));
            work.extend(keywords.get("allOf").and_then(Value::as_array).into_iter().flatten());
            for keyword in ["anyOf", "oneOf"] {
                let branches = keywords.get(keyword).and_then(Value::as_array);
                work.extend(branches.and_then(|branches| self.branch(&demand, branches, depth)));
            }
            if let Some(condition) = keywords.get("if") {
                let holds = self.holds(keywords, demand.distance);
                let chosen = keywords.get(if holds { "then" } else { "else" });
                work.extend(chosen.into_iter().chain(Some(condition).filter(|_| holds)));
            }
        }
        demand
    }

    fn holds(&mut self, keywords: &'a Map<String, Value>, from: usize) -> bool {
        let leads = |keyword: &str| {
            keywords.get(keyword).is_some_and(|branch| self.goal.is_some_and(|goal| goal.leads(branch, from)))
        };
        match (leads("then"), leads("else"), self.goal) {
            (true, ..) => true,
            // Of many conditions few can hold at once.
            (_, true, _) | (.., Some(_)) => false,
            _ => self.random.u8(..3) == 0,
        }
    }

    /// What a `$ref` leads to.
    pub fn target(&self, keywords: &Map<String, Value>) -> Option<&'a Value> {
        referred(keywords, self.definitions?)
    }

    fn branch(&mut self, demand: &Demand, branches: &'a [Value], depth: usize) -> Option<&'a Value> {
        if let Some(goal) = self.goal
            && let Some(nearest) = goal.nearest(branches, demand.distance)
        {
            return Some(nearest);
        }
        let types = demand.types();
        let has_type = demand.all("type").next().is_some();
        let fits = |branch: &&&Value| {
            let one = branch.get("type").and_then(Value::as_str).and_then(Type::of_name);
            **branch != &Value::Bool(false) && (!has_type || one.is_none_or(|one| types.contains(&one)))
        };
        let branches: Vec<&Value> = branches.iter().collect();
        let fitting: Vec<&Value> = branches.iter().filter(fits).copied().collect();
        let choices = if fitting.is_empty() { branches } else { fitting };
        if self.is_tight(depth) {
            // The deeper, the simpler, or a recursive schema would never come to an end.
            return choices.into_iter().min_by_key(|branch| self.weight(branch, 3));
        }
        self.random.choice(choices)
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

    fn array(&mut self, demand: &Demand<'a>, depth: usize) -> Value {
        let tuples = ["prefixItems", "items"].map(|keyword| demand.all(keyword).filter_map(Value::as_array));
        let first = tuples.into_iter().flatten().map(Vec::len).max().unwrap_or(0);
        let is_wanted = demand
            .parts
            .iter()
            .any(|part| self.goal.is_some_and(|goal| goal.is_inside(part, Type::Array, demand.distance)));
        let wanted = match (self.is_tight(depth), self.style.optional) {
            (true, _) | (_, 0) => usize::from(is_wanted),
            (_, optional) => self.random.usize(1..=1 + usize::from(optional) / 2).max(first),
        };
        let contains: Vec<_> = demand.all("contains").collect();
        let contained = if contains.is_empty() { 0 } else { demand.at_least("minContains").max(1) };
        let wanted = if is_wanted { wanted.max(first + 1) } else { wanted };
        let (least, most) =
            (demand.at_least("minItems").max(contained).min(2000), demand.at_most("maxItems"));
        let unique = demand.all("uniqueItems").any(|unique| unique == &Value::Bool(true));
        let mut elements: Vec<Value> = Vec::new();
        for index in 0..wanted.clamp(least.min(most), most) {
            let mut schemas = items_at(demand, index);
            if index < contained {
                schemas.extend(&contains);
            }
            if schemas.contains(&&Value::Bool(false)) && index >= least {
                break;
            }
            let mut element = self.value(&schemas, depth + 1);
            for _ in 0..if unique { 20 } else { 0 } {
                if !elements.contains(&element) {
                    break;
                }
                element = self.value(&schemas, depth + 1);
            }
            if unique && elements.contains(&element) && elements.len() >= least {
                break;
            }
            elements.push(element);
        }
        elements.into()
    }

    /// Whether there is no room for what is not required.
    pub fn is_tight(&self, depth: usize) -> bool {
        depth > DEEP || self.left < LARGEST - LARGE
    }

    /// Whether `name` matches `pattern`, as the validator sees it.
    pub fn matches(&mut self, pattern: &str, name: &str) -> bool {
        let compiled = self
            .patterns
            .entry(pattern.to_owned())
            .or_insert_with(|| isomorph_validator::judges_by_pattern(pattern));
        compiled.as_ref().is_some_and(|pattern| pattern.is_valid(&name.into()))
    }
}

/// The schemas of the element at this index.
pub fn items_at<'a>(demand: &Demand<'a>, index: usize) -> Vec<&'a Value> {
    let mut schemas = Vec::new();
    for part in &demand.parts {
        let items = part.get("items");
        let tuple = part.get("prefixItems").or(items).and_then(Value::as_array);
        let rest = if items.is_some_and(Value::is_array) { part.get("additionalItems") } else { items };
        schemas.extend(tuple.and_then(|tuple| tuple.get(index)).or(rest));
    }
    schemas
}
