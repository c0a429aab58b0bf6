//! Schemas as instances are made of them: what must not hold stands there as what may hold instead.

use std::collections::BTreeSet;

use isomorph_json::Pointer;
use isomorph_schema::{Dialect, subschemas};
use serde_json::{Map, Value, json};

use super::edits::Hints;
use super::negate::{Refer, ways, ways_of};
use crate::reference::name_of;
use crate::same::Same;

/// What stands for `if` where it must not hold.
pub const UNLESS: &str = "isomorph:unless";

/// What stands for the branches of a `oneOf` where they must not hold, one by one.
pub const OTHERS: &str = "isomorph:others";

/// A schema that instances are made of. Where the source has a schema, it has one at the same place.
pub struct Prepared {
    /// The schema, with all that it refers to.
    pub schema: Value,
}

/// How much is prepared at most: schemas.
const MOST: usize = 60_000;

impl Prepared {
    /// Of the schema of a bundle.
    pub fn of(bundle: &Value) -> Self {
        Self::with(bundle, false)
    }

    /// The same, where of a `oneOf` one branch shall hold and the others shall be broken, if that takes something.
    pub fn apart(bundle: &Value) -> Self {
        Self::with(bundle, true)
    }

    fn with(bundle: &Value, is_apart: bool) -> Self {
        let names = Hints::of(bundle).names;
        let mut preparing = Preparing { is_apart, ..Preparing::new(&names) };
        let side = Side::new(bundle, "");
        let mut schema = preparing.copy(&side, bundle, "");
        preparing.finish(&[&side], None);
        preparing.put(&mut schema);
        Self { schema }
    }

    /// Of what `inner` accepts and `outer` rejects; by what is not the same in both, if that is asked for.
    pub fn between(inner: &Value, outer: &Value, anew: bool) -> Self {
        let mut names = Hints::of(inner).names;
        names.extend(Hints::of(outer).names);
        let mut preparing = Preparing::new(&names);
        let (inner, outer) = (Side::new(inner, ""), Side::new(outer, "outer "));
        let holds = preparing.copy(&inner, inner.bundle, "");
        let before = anew.then(|| Before::new(&inner, &outer));
        let broken = preparing.refer(&outer, "", if anew { Sign::BreaksAnew } else { Sign::Breaks });
        preparing.copy_definitions(&inner);
        preparing.copy_definitions(&outer);
        preparing.finish(&[&inner, &outer], before.as_ref());
        let mut schema = json!({"allOf": [holds, broken]});
        if let Some(keywords) = schema.pointer_mut("/allOf/0").and_then(Value::as_object_mut) {
            keywords.shift_remove("definitions");
            keywords.shift_remove("$defs");
        }
        preparing.put(&mut schema);
        Self { schema }
    }
}

impl Prepared {
    /// The schema, or what is in one, at a place of the bundle.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        let place = pointer.strip_prefix("/definitions/").map(|rest| format!("/$defs/{rest}"));
        self.schema.pointer(place.as_deref().unwrap_or(pointer))
    }
}

/// How many ways to break one keyword are looked at.
const WAYS: usize = 12;

impl Prepared {
    /// Of instances of a bundle that break a keyword of the schema at a place in it, each way to break it one, made when it is asked for.
    pub fn breaking(bundle: &Value, at: &str, keyword: &str) -> impl Iterator<Item = Self> {
        let (schema, ways) = Self::ways(bundle, at, keyword).unwrap_or_default();
        // Definitions are all under one keyword here.
        let place = at.strip_prefix("/definitions/").map_or(at.to_owned(), |rest| format!("/$defs/{rest}"));
        ways.into_iter().take(WAYS).filter_map(move |way| {
            let mut schema = schema.clone();
            let Some(Value::Object(keywords)) = schema.pointer_mut(&place) else { return None };
            keywords.shift_remove(keyword);
            match keywords.get_mut("allOf").and_then(Value::as_array_mut) {
                Some(all) => all.push(way),
                None => drop(keywords.insert("allOf".to_owned(), json!([way]))),
            }
            Some(Self { schema })
        })
    }

    /// A bundle that is prepared, and the ways to break a keyword of the schema at a place in it.
    fn ways(bundle: &Value, at: &str, keyword: &str) -> Option<(Value, Vec<Value>)> {
        let names = Hints::of(bundle).names;
        let mut preparing = Preparing::new(&names);
        let side = Side::new(bundle, "");
        let keywords = bundle.pointer(at)?.as_object()?;
        let mut schema = preparing.copy(&side, bundle, "");
        let mut below = Below { preparing: &mut preparing, side: &side, at, before: None };
        let ways = ways_of(keyword, keywords, &mut below);
        preparing.finish(&[&side], None);
        preparing.put(&mut schema);
        Some((schema, ways))
    }
}

/// A bundle, and what its definitions are called here.
struct Side<'b> {
    bundle: &'b Value,
    prefix: &'static str,
    stands_alone: bool,
}

impl<'b> Side<'b> {
    fn new(bundle: &'b Value, prefix: &'static str) -> Self {
        let dialect = bundle.get("$schema").and_then(Value::as_str).and_then(Dialect::of);
        let stands_alone = dialect.is_some_and(Dialect::reference_stands_alone);
        Self { bundle, prefix, stands_alone }
    }

    fn keyword(&self) -> &'static str {
        if self.bundle.get("$defs").is_some() { "$defs" } else { "definitions" }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Holds,
    Breaks,
    BreaksAnew,
}

struct Preparing<'n> {
    names: &'n [String],
    made: Map<String, Value>,
    /// What was referred to and is to be made: the prefix of the side, the place, and the sign.
    work: Vec<(&'static str, String, Sign)>,
    asked: BTreeSet<(&'static str, String, Sign)>,
    /// Whether the other branches of a `oneOf` shall be broken.
    is_apart: bool,
}

fn name(prefix: &str, at: &str, sign: Sign) -> String {
    let sign = match sign {
        Sign::Holds => "holds",
        Sign::Breaks => "breaks",
        Sign::BreaksAnew => "breaks anew",
    };
    format!("{sign} {prefix}{at}")
}

impl<'n> Preparing<'n> {
    fn new(names: &'n [String]) -> Self {
        Self { names, made: Map::new(), work: Vec::new(), asked: BTreeSet::new(), is_apart: false }
    }

    fn refer(&mut self, side: &Side, at: &str, sign: Sign) -> Value {
        let key = (side.prefix, at.to_owned(), sign);
        if self.asked.len() < MOST && self.asked.insert(key.clone()) {
            self.work.push(key);
        }
        json!({"$ref": format!("#/$defs/{}", name(side.prefix, at, sign))})
    }

    /// A copy of a schema that stands at a place of a side.
    fn copy(&mut self, side: &Side, schema: &Value, at: &str) -> Value {
        let Value::Object(keywords) = schema else { return schema.clone() };
        let mut copy = schema.clone();
        for (place, inner) in subschemas(schema) {
            let below = self.copy(side, inner, &format!("{at}{}", place.as_str()));
            if let Some(put) = copy.pointer_mut(place.as_str()) {
                *put = below;
            }
        }
        let Some(copied) = copy.as_object_mut() else { return copy };
        let reference = keywords.get("$ref").and_then(Value::as_str).and_then(name_of);
        if let Some(target) = reference {
            if side.stands_alone {
                copied.retain(|keyword, _| ["$ref", "$schema", "definitions"].contains(&keyword.as_str()));
            }
            copied.insert("$ref".to_owned(), format!("#/$defs/{}{target}", side.prefix).into());
        }
        if at.is_empty() {
            self.copy_definitions(side);
            copied.shift_remove(side.keyword());
        }
        if reference.is_some() && side.stands_alone {
            return copy;
        }
        if let Some(negated) = keywords.get("not").filter(|negated| !is_literal(negated)) {
            let broken = if negated.is_object() {
                self.refer(side, &format!("{at}/not"), Sign::Breaks)
            } else {
                json!(negated == &Value::Bool(false))
            };
            match copied.get_mut("allOf").and_then(Value::as_array_mut) {
                Some(all) => all.push(broken),
                None => drop(copied.insert("allOf".to_owned(), json!([broken]))),
            }
        }
        if keywords.get("if").is_some_and(Value::is_object) {
            let unless = self.refer(side, &format!("{at}/if"), Sign::Breaks);
            copied.insert(UNLESS.to_owned(), unless);
        }
        if let Some(Value::Array(branches)) = keywords.get("oneOf").filter(|_| self.is_apart) {
            let broken = (0..branches.len()).map(|index| self.broken(side, &format!("{at}/oneOf/{index}")));
            copied.insert(OTHERS.to_owned(), broken.collect());
        }
        copy
    }

    /// What breaks the schema at a place.
    fn broken(&mut self, side: &Side, at: &str) -> Value {
        match side.bundle.pointer(at) {
            Some(Value::Bool(all)) => json!(!all),
            _ => self.refer(side, at, Sign::Breaks),
        }
    }

    fn copy_definitions(&mut self, side: &Side) {
        let all = side.bundle.get(side.keyword()).and_then(Value::as_object);
        for (name, schema) in all.into_iter().flatten() {
            let place = Pointer::root().join(side.keyword()).join(name);
            let key = format!("{}{name}", side.prefix);
            if !self.made.contains_key(&key) {
                self.made.insert(key.clone(), Value::Null);
                let copy = self.copy(side, schema, place.as_str());
                self.made.insert(key, copy);
            }
        }
    }

    /// Makes all that was referred to.
    fn finish(&mut self, sides: &[&Side], before: Option<&Before>) {
        while let Some((prefix, at, sign)) = self.work.pop() {
            let Some(side) = sides.iter().find(|side| side.prefix == prefix) else { continue };
            let schema = if at.is_empty() { Some(side.bundle) } else { side.bundle.pointer(&at) };
            let Some(schema) = schema else { continue };
            let made = match (schema, sign) {
                (Value::Bool(all), Sign::Holds) => Value::Bool(*all),
                (Value::Bool(all), _) => Value::Bool(!all),
                (schema, Sign::Holds) if at.is_empty() => {
                    let mut copy = self.copy(side, schema, "");
                    copy.as_object_mut().map(|keywords| keywords.shift_remove(side.keyword()));
                    copy
                }
                (schema, Sign::Holds) => self.copy(side, schema, &at),
                (Value::Object(keywords), sign) => {
                    let before = before.filter(|_| sign == Sign::BreaksAnew);
                    let reference = keywords.get("$ref").filter(|_| side.stands_alone);
                    let only =
                        reference.map(|reference| Map::from_iter([("$ref".to_owned(), reference.clone())]));
                    let ways = ways(
                        only.as_ref().unwrap_or(keywords),
                        &mut Below { preparing: self, side, at: &at, before },
                    );
                    json!({"anyOf": ways})
                }
                _ => continue,
            };
            self.made.insert(name(prefix, &at, sign), made);
        }
    }

    fn put(&mut self, schema: &mut Value) {
        if let Value::Object(keywords) = schema {
            keywords.shift_remove("definitions");
            keywords.insert("$defs".to_owned(), std::mem::take(&mut self.made).into());
        }
    }
}

/// Whether what a `not` has is what makers of values know to avoid.
fn is_literal(negated: &Value) -> bool {
    const KNOWN: [&str; 6] = ["enum", "const", "multipleOf", "pattern", "format", "uniqueItems"];
    negated.as_object().is_some_and(|keywords| {
        keywords.len() == 1 && keywords.keys().all(|keyword| KNOWN.contains(&keyword.as_str()))
    })
}

struct Below<'p, 'n, 's, 'b> {
    preparing: &'p mut Preparing<'n>,
    side: &'s Side<'b>,
    at: &'s str,
    before: Option<&'s Before<'b>>,
}

impl Refer for Below<'_, '_, '_, '_> {
    fn holds(&mut self, at: &str) -> Value {
        self.preparing.refer(self.side, &format!("{}{at}", self.at), Sign::Holds)
    }

    fn breaks(&mut self, at: &str) -> Value {
        self.preparing.refer(self.side, &format!("{}{at}", self.at), Sign::Breaks)
    }

    fn breaks_anew(&mut self, at: &str) -> Option<Value> {
        let at = format!("{}{at}", self.at);
        let Some(before) = self.before else {
            return Some(self.preparing.refer(self.side, &at, Sign::Breaks));
        };
        (!before.is_same_at(&at)).then(|| self.preparing.refer(self.side, &at, Sign::BreaksAnew))
    }

    fn is_as_before(&self, keywords: &[&str]) -> bool {
        self.before.is_some_and(|before| {
            keywords.iter().all(|keyword| before.is_same_at(&format!("{}/{keyword}", self.at)))
        })
    }

    fn breaks_target(&mut self, reference: &str) -> Option<Value> {
        let target = name_of(reference)?;
        let place = Pointer::root().join(self.side.keyword()).join(target);
        if self
            .before
            .is_some_and(|before| before.same.has(target) && before.is_same_at(&format!("{}/$ref", self.at)))
        {
            return None;
        }
        let sign = if self.before.is_some() { Sign::BreaksAnew } else { Sign::Breaks };
        Some(self.preparing.refer(self.side, place.as_str(), sign))
    }

    fn names(&self) -> &[String] {
        self.preparing.names
    }
}

/// What is the same on both sides.
struct Before<'b> {
    inner: &'b Value,
    outer: &'b Value,
    same: Same<'b>,
}

impl<'b> Before<'b> {
    fn new(inner: &Side<'b>, outer: &Side<'b>) -> Self {
        let (inner, outer) = (inner.bundle, outer.bundle);
        Self { inner, outer, same: Same::of(inner, outer) }
    }

    fn is_same_at(&self, at: &str) -> bool {
        match (self.inner.pointer(at), self.outer.pointer(at)) {
            (Some(inner), Some(outer)) => self.same.is_same(inner, outer),
            (inner, outer) => inner == outer,
        }
    }
}
