//! Objects.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::demand::{Demand, Type};
use super::generate::{Generate, MOST};
use super::pattern;
use super::points::{GREATEST, LEAST};

/// How many properties there are at most where there may be so many.
const MANY: usize = 200;

impl<'a> Generate<'a> {
    /// An object.
    pub fn object(&mut self, mut demand: Demand<'a>, depth: usize) -> Value {
        let mut names = self.names(&demand, depth);
        // What a property brings with it may bring more.
        for _ in 0..10 {
            let more = Self::dependents(&demand, &names);
            let before = names.len();
            names.extend(more.names.into_iter().collect::<BTreeSet<_>>());
            let mut added = self.demand(&more.schemas, depth).parts;
            added.retain(|part| !demand.has_part(part));
            if added.is_empty() && names.len() == before {
                break;
            }
            names.extend(required(&added));
            for part in added {
                demand.add(part);
            }
        }
        let least = self.make_room(demand.at_least("minProperties"), MANY, MOST);
        self.fill(&demand, least, &mut names);
        let names = in_order(&demand, &names);
        let mut members: Map<String, Value> = names.iter().map(|name| (name.clone(), Value::Null)).collect();
        let mut names: Vec<String> = names.into_iter().collect();
        // There may be room only for the first ones.
        self.random.shuffle(&mut names);
        let (declaring, needed) = (declaring(&demand), self.needed(&demand));
        let least = demand.at_least("minProperties");
        for name in names {
            // There were to be more of them than there is room for.
            let is_too_much = self.made > self.size.large && members.len() > least;
            if is_too_much && needed.as_ref().is_some_and(|needed| !needed.contains(&name)) {
                members.shift_remove(&name);
                continue;
            }
            let schemas = self.schemas_of(&declaring, &name);
            let value = self.value(&schemas, depth + 1);
            members.insert(name, value);
        }
        members.into()
    }

    /// The names of the properties that have to stay; `None` if all of them have to.
    fn needed(&self, demand: &Demand<'a>) -> Option<BTreeSet<String>> {
        if self.goal.is_some() || DEPENDENT.iter().any(|keyword| demand.all(keyword).next().is_some()) {
            return None;
        }
        let telling = self.telling(demand).into_iter().map(str::to_owned);
        Some(required(&demand.parts).into_iter().chain(telling).collect())
    }

    /// The names of the required properties and some others.
    fn names(&mut self, demand: &Demand<'a>, depth: usize) -> IndexSet<String> {
        let mut names = required(&demand.parts);
        let bound = self.open_bound(demand, Type::Object);
        let least = demand.at_least("minProperties");
        let most = if bound == Some(LEAST) { least } else { demand.at_most("maxProperties") };
        let is_led = self.goal.is_some();
        let (forbidden, others) = (forbidden(demand), self.of_other_branches(demand));
        let forbidden = |name: &str| forbidden.contains(name) || others.iter().any(|other| other.has(name));
        let telling = if self.wanted.is_some() { self.telling(demand) } else { BTreeSet::new() };
        let declared: Vec<_> = demand.properties.iter().flat_map(|properties| properties.iter()).collect();
        let mut closed = declaring(demand);
        closed.retain(|part| part.is_closed);
        for (name, schema) in declared {
            let leads = self.has_room(schema, demand.distance, depth);
            let chosen = !self.is_tight(depth) && self.random.u8(..4) < self.style.optional
                || telling.contains(name.as_str());
            if schema != &Value::Bool(false)
                && (is_led || !self.is_shut_out(&closed, name) && !forbidden(name.as_str()))
                && (leads || chosen)
                && names.len() < most
                && !names.contains(name)
            {
                names.insert(name.clone());
            }
        }
        for (name, _) in DEPENDENT.iter().flat_map(|keyword| by_name(demand, keyword)) {
            let chosen = !self.is_tight(depth) && self.random.u8(..4) < self.style.optional;
            if chosen && names.len() < most && !names.contains(name) && !forbidden(name.as_str()) {
                names.insert(name.clone());
            }
        }
        let map = ["additionalProperties", "patternProperties"];
        let others = demand.parts.iter().flat_map(|part| {
            let one = map.iter().filter_map(|keyword| part.get(*keyword));
            one.flat_map(|value| value.as_object().into_iter().flat_map(Map::values).chain([value]))
        });
        let leads = others
            .chain(demand.all("propertyNames"))
            .filter(|schema| self.has_room(schema, demand.distance, depth));
        let leads = self.parts(leads.map(|schema| self.leads(schema, demand.distance)).max().unwrap_or(0));
        let is_map = demand.properties.is_empty()
            && map.iter().any(|keyword| demand.all(keyword).any(Value::is_object));
        let chosen = is_map && !self.is_tight(depth) && self.style.optional > 0;
        for _ in 0..leads.max(usize::from(chosen)) {
            if names.len() < most {
                names.extend(self.other_name(demand, &names));
            }
        }
        if let (Some(GREATEST), true) = (bound, most <= MANY) {
            self.fill(demand, most, &mut names);
        }
        names
    }

    /// The names of properties by which an instance would be of another branch of a `oneOf` as well.
    fn of_other_branches(&mut self, demand: &Demand<'a>) -> Vec<OtherBranches<'a>> {
        let lists = demand.all("oneOf").filter_map(Value::as_array);
        let of = |branches: &'a Vec<Value>| {
            let taken = branches.iter().filter_map(Value::as_object).filter(|one| demand.has_part(one));
            let required = taken.filter_map(|one| one.get("required")?.as_array()).flatten();
            let own = required.filter_map(Value::as_str).collect();
            OtherBranches { all: self.memory.required_by(branches), own }
        };
        lists.map(of).collect()
    }

    /// The names of properties by whose values an instance is of no other branch of a `oneOf`, probably.
    fn telling(&self, demand: &Demand<'a>) -> BTreeSet<&'a str> {
        let branches = demand.all("oneOf").filter_map(Value::as_array).flatten().filter_map(Value::as_object);
        let taken = branches.filter(|branch| demand.has_part(branch));
        let keywords = taken.flat_map(|branch| {
            let target = self.target(branch).and_then(Value::as_object);
            [Some(branch), target].into_iter().flatten()
        });
        let declared = keywords.filter_map(|keywords| keywords.get("properties")?.as_object()).flatten();
        let is_telling = |schema: &Value| schema.get("const").is_some() || schema.get("enum").is_some();
        declared.filter(|(_, schema)| is_telling(schema)).map(|(name, _)| name.as_str()).collect()
    }

    /// Whether a part of the demand lets no property of this name in.
    fn is_shut_out(&mut self, closed: &[Declaring<'a>], name: &str) -> bool {
        closed.iter().any(|part| {
            let is_declared = part.properties.is_some_and(|declared| declared.contains_key(name));
            !is_declared && !part.patterns.iter().any(|(pattern, _)| self.matches(pattern, name))
        })
    }

    /// What the presence of properties demands.
    fn dependents(demand: &Demand<'a>, names: &IndexSet<String>) -> Dependents<'a> {
        let mut found = Dependents::default();
        for keyword in DEPENDENT {
            let all = by_name(demand, keyword);
            for (_, dependent) in all.filter(|(name, _)| names.contains(*name)) {
                match dependent {
                    Value::Array(more) => {
                        found.names.extend(more.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    schema => found.schemas.push(schema),
                }
            }
        }
        found
    }

    /// Adds properties until there are enough.
    fn fill(&mut self, demand: &Demand<'a>, least: usize, names: &mut IndexSet<String>) {
        let declared: Vec<_> = demand.properties.iter().flat_map(|properties| properties.iter()).collect();
        for (name, schema) in declared {
            if names.len() < least && schema != &Value::Bool(false) && !names.contains(name) {
                names.insert(name.clone());
            }
        }
        for _ in 0..2 * least {
            if names.len() < least {
                names.extend(self.other_name(demand, names));
            }
        }
    }

    /// The name of a property that is not declared.
    fn other_name(&mut self, demand: &Demand<'a>, taken: &IndexSet<String>) -> Option<String> {
        let by_pattern = demand.all("patternProperties").filter_map(Value::as_object).flatten();
        let mut by_pattern: Vec<_> =
            by_pattern.filter(|(_, schema)| *schema != &Value::Bool(false)).collect();
        if let Some(one) = by_pattern.iter().find(|(_, schema)| self.leads(schema, demand.distance) > 0) {
            by_pattern = vec![*one];
        } else if demand.all("additionalProperties").any(|schema| self.leads(schema, demand.distance) > 0) {
            by_pattern.clear();
        }
        let naming: Vec<_> = demand.all("propertyNames").collect();
        let declared = |name: &String| {
            demand.properties.iter().any(|properties| properties.contains_key(name)) || taken.contains(name)
        };
        for attempt in 0..10 {
            let name = if let Some((pattern, _)) = self.random.choice(&by_pattern) {
                let name = pattern::matching(pattern, &mut self.random)?;
                // A pattern may hold within any name.
                let longer = format!("{name}{}{attempt}", taken.len());
                if attempt > 0 && self.matches(pattern, &longer) { longer } else { name }
            } else if naming.is_empty() {
                format!("key{}", taken.len() + attempt + 1)
            } else {
                // A name is always a string, so nobody writes that it is one.
                let demand = self.demand(&naming, 1);
                match demand.listed() {
                    Some(listed) => match self.open_value(&demand, &listed) {
                        Some(open) => open.as_str()?.to_owned(),
                        None => self.turns.least(&listed)?.as_str()?.to_owned(),
                    },
                    None => self.string(&demand),
                }
            };
            if !declared(&name) {
                return Some(name);
            }
        }
        None
    }

    /// The schemas of a property.
    fn schemas_of(&mut self, declaring: &[Declaring<'a>], name: &str) -> Vec<&'a Value> {
        let mut schemas = Vec::new();
        for part in declaring {
            let before = schemas.len();
            schemas.extend(part.properties.and_then(|properties| properties.get(name)));
            for (pattern, schema) in &part.patterns {
                schemas.extend(self.matches(pattern, name).then_some(*schema));
            }
            // Other schemas may declare what this one calls unevaluated.
            let other = part.other.filter(|other| other.is_object() && schemas.len() == before);
            schemas.extend(other);
        }
        schemas
    }
}

/// What the keywords of a schema say of properties.
struct Declaring<'a> {
    properties: Option<&'a Map<String, Value>>,
    patterns: Vec<(&'a str, &'a Value)>,
    /// What holds for all others.
    other: Option<&'a Value>,
    /// Whether it lets in what it declares itself, and nothing else.
    is_closed: bool,
}

/// The keywords whose schemas evaluate properties for the schema that they stand in.
const EVALUATING: [&str; 8] =
    ["$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "$dynamicRef", "$recursiveRef"];

/// What the parts of a demand say of properties, those that say something.
fn declaring<'a>(demand: &Demand<'a>) -> Vec<Declaring<'a>> {
    let of = |part: &&'a Map<String, Value>| {
        let object = |keyword: &str| part.get(keyword).and_then(Value::as_object);
        let patterns = object("patternProperties").into_iter().flatten();
        let (additional, unevaluated) = (part.get("additionalProperties"), part.get("unevaluatedProperties"));
        let no = Some(&Value::Bool(false));
        let is_alone = || !EVALUATING.iter().any(|keyword| part.contains_key(*keyword));
        Declaring {
            properties: object("properties"),
            patterns: patterns.map(|(pattern, schema)| (pattern.as_str(), schema)).collect(),
            other: additional.or(unevaluated),
            is_closed: additional == no || unevaluated == no && is_alone(),
        }
    };
    let says = |one: &Declaring| one.properties.is_some() || !one.patterns.is_empty() || one.other.is_some();
    demand.parts.iter().map(of).filter(says).collect()
}

/// The keywords that say what the presence of a property demands.
const DEPENDENT: [&str; 3] = ["dependentRequired", "dependentSchemas", "dependencies"];

fn by_name<'a>(
    demand: &Demand<'a>,
    keyword: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    let all: Vec<_> = demand.all(keyword).filter_map(Value::as_object).flatten().collect();
    all.into_iter()
}

/// The names of properties that there must not be: a `not` rules them out, by `required` or by several of those, or they
/// have no value.
fn forbidden<'a>(demand: &Demand<'a>) -> BTreeSet<&'a str> {
    let declared = demand.properties.iter().copied().flatten();
    let mut names: BTreeSet<&str> = declared
        .filter(|(_, schema)| **schema == Value::Bool(false))
        .map(|(name, _)| name.as_str())
        .collect();
    let mut work: Vec<&Value> = demand.all("not").collect();
    while let Some(schema) = work.pop() {
        let Some(keywords) = schema.as_object().filter(|keywords| keywords.len() == 1) else { continue };
        work.extend(keywords.get("anyOf").and_then(Value::as_array).into_iter().flatten());
        if let Some([Value::String(name)]) =
            keywords.get("required").and_then(Value::as_array).map(Vec::as_slice)
        {
            names.insert(name.as_str());
        }
    }
    names
}

/// Names that branches of a `oneOf` require, and those of them that the branch that was taken does.
struct OtherBranches<'a> {
    all: Rc<HashSet<String>>,
    own: BTreeSet<&'a str>,
}

impl OtherBranches<'_> {
    /// Whether only others require it.
    fn has(&self, name: &str) -> bool {
        self.all.contains(name) && !self.own.contains(name)
    }
}

#[derive(Default)]
struct Dependents<'a> {
    names: Vec<String>,
    schemas: Vec<&'a Value>,
}

fn required(parts: &[&Map<String, Value>]) -> IndexSet<String> {
    let listed = parts.iter().filter_map(|part| part.get("required")?.as_array()).flatten();
    listed.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Declared properties first, in the order of the source.
fn in_order(demand: &Demand, names: &IndexSet<String>) -> IndexSet<String> {
    let declared = demand.properties.iter().flat_map(|properties| properties.keys());
    declared.filter(|name| names.contains(*name)).chain(names).cloned().collect()
}

impl Type {
    /// The keywords whose subschemas stand for the parts of instances of this type.
    pub fn applicators(self) -> &'static [&'static str] {
        match self {
            Self::Object => {
                &["properties", "patternProperties", "additionalProperties", "unevaluatedProperties"]
            }
            Self::Array => &["items", "prefixItems", "additionalItems", "contains", "unevaluatedItems"],
            _ => &[],
        }
    }
}
