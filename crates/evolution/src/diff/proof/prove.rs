//! Proving that a schema accepts whatever another does.
//!
//! Real schemas are too large and too varied to be canonicalized whole. So the two are walked in step, and
//! what is the same on both sides, or stands on both sides where more accepted inside means more accepted
//! outside and is proven itself, is taken out of both. Of the rest the canonical forms are asked.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Types, bound_by};
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use super::super::canonical::{Answer, Canonical};
use super::super::containment::{contained, disjoint};
use super::super::local::{at, complete, definition, reference};
use super::super::step::{Pair, step};
use super::here::{Here, Layer};
use super::{arrays, branches, empty, finite, here, objects, own};
use crate::clock::Deadline;
use crate::judge::Judge;

/// Proves containment of the schemas of one bundle in those of another, both without annotations.
pub struct Proof<'a> {
    inner: &'a Bundle,
    outer: &'a Bundle,
    canonical: &'a dyn Canonical,
    formats: &'a Formats,
    deadline: Deadline<'a>,
    /// How many questions there were.
    asked: Cell<usize>,
    known: RefCell<HashMap<(bool, Types, Pointer, Pointer), State>>,
    same: RefCell<HashMap<(String, String), bool>>,
    /// How deep the outermost assumption lies that was used.
    assumed: Cell<usize>,
}

/// How many questions are looked into.
const QUESTIONS: usize = 20_000;
/// How many schemas that bind one instance are looked at together.
const LAYERS: usize = 30;

/// A direction of the question. Under `oneOf` the other one matters too.
#[derive(Clone, Copy)]
struct Direction<'p, 'a> {
    proof: &'p Proof<'a>,
    is_turned: bool,
    /// The types that instances can have.
    types: Types,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is being proven, and this many steps into the instance lie before it.
    UnderWay(usize),
    Proven,
    NotProven,
}

/// Keywords whose subschemas bind parts of an instance: if each accepts more, so does the whole.
const PARTS: [&str; 7] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "additionalItems",
    "propertyNames",
];

impl<'a> Proof<'a> {
    pub fn new(
        inner: &'a Bundle,
        outer: &'a Bundle,
        canonical: &'a dyn Canonical,
        formats: &'a Formats,
        deadline: Deadline<'a>,
    ) -> Self {
        let (known, same, asked) = (RefCell::default(), RefCell::default(), Cell::new(0));
        let assumed = Cell::new(usize::MAX);
        Self { inner, outer, canonical, formats, deadline, asked, known, same, assumed }
    }

    /// Whether the schema at `outer` is proven to accept whatever the one at `inner` does.
    pub fn holds(&self, inner: &Pointer, outer: &Pointer) -> bool {
        // Dynamic references, and dialects that are mixed, are not understood here.
        !self.inner.is_approximate
            && !self.outer.is_approximate
            && self.inner.dialect == self.outer.dialect
            && Direction { proof: self, is_turned: false, types: Types::ALL }.contained(inner, outer, 0)
    }
}

impl Proof<'_> {
    /// Whether the schema of the inner bundle is proven to accept nothing, by what is required of parts without an end.
    pub fn is_empty(&self) -> bool {
        !self.inner.is_approximate
            && Direction { proof: self, is_turned: false, types: Types::ALL }.contained(
                &Pointer::root(),
                &here::nowhere(here::NOTHING),
                0,
            )
    }
}

impl<'a> Direction<'_, 'a> {
    fn inner(self) -> &'a Bundle {
        if self.is_turned { self.proof.outer } else { self.proof.inner }
    }

    fn outer(self) -> &'a Bundle {
        if self.is_turned { self.proof.inner } else { self.proof.outer }
    }

    fn back(self) -> Self {
        Self { is_turned: !self.is_turned, ..self }
    }

    fn contained(self, inner_at: &Pointer, outer_at: &Pointer, depth: usize) -> bool {
        let key = (self.is_turned, self.types, inner_at.clone(), outer_at.clone());
        match self.proof.known.borrow().get(&key) {
            Some(State::Proven) => return true,
            Some(State::NotProven) => return false,
            // An instance has an end: what holds of its parts holds of it.
            Some(State::UnderWay(before)) => {
                self.proof.assumed.set(self.proof.assumed.get().min(*before));
                return *before < depth;
            }
            None => {}
        }
        self.proof.asked.set(self.proof.asked.get() + 1);
        if self.proof.asked.get() > QUESTIONS || self.proof.deadline.is_over() {
            return false;
        }
        self.proof.known.borrow_mut().insert(key.clone(), State::UnderWay(depth));
        let around = self.proof.assumed.replace(usize::MAX);
        let proven = self.prove(inner_at, outer_at, depth);
        let assumed = self.proof.assumed.get();
        if proven && assumed < depth {
            // It rests on what is still under way; outside of that it is proven again.
            self.proof.known.borrow_mut().remove(&key);
            self.proof.assumed.set(around.min(assumed));
        } else {
            self.proof.known.borrow_mut().insert(key, if proven { State::Proven } else { State::NotProven });
            self.proof.assumed.set(around);
        }
        proven
    }

    fn prove(self, inner_at: &Pointer, outer_at: &Pointer, depth: usize) -> bool {
        const NEVER: &Value = &Value::Bool(false);
        const ALWAYS: &Value = &Value::Bool(true);
        let is_anything = inner_at.as_str() == here::ANYTHING;
        let inner = if is_anything { Some(ALWAYS) } else { at(self.inner(), inner_at) };
        let outer = if outer_at.as_str() == here::NOTHING { Some(NEVER) } else { at(self.outer(), outer_at) };
        let (Some(inner), Some(outer)) = (inner, outer) else { return false };
        if inner == &Value::Bool(false) || here::is_anything(outer) || self.same(inner, outer) {
            return true;
        }
        let alone = |bundle: &Bundle, schema: &Value| {
            let is_alone = schema.as_object()?.len() == 1 || bundle.dialect.reference_stands_alone();
            reference(bundle, schema).filter(|_| is_alone).map(str::to_owned)
        };
        let (inner_name, outer_name) = (alone(self.inner(), inner), alone(self.outer(), outer));
        if inner_name.is_some() || outer_name.is_some() {
            let inner_at = inner_name.map_or(inner_at.clone(), |name| definition(self.inner(), &name));
            let outer_at = outer_name.map_or(outer_at.clone(), |name| definition(self.outer(), &name));
            return self.contained(&inner_at, &outer_at, depth);
        }
        let layers = self.layers(inner_at, inner);
        let allowed = layers.iter().filter_map(|(_, layer)| layer.get("type")).map(Types::named);
        let types = allowed.fold(self.types, Types::intersection);
        if types.is_empty() {
            return true;
        }
        let narrowed = Self { types, ..self };
        if outer == NEVER {
            let none = Map::new();
            return empty::is_empty(&Layered { direction: narrowed, layers, outer_at, outer: &none, depth });
        }
        let (mut inner_rest, mut outer_rest) = (own(self.inner(), inner), own(self.outer(), outer));
        if let (Value::Object(rest), Value::Object(outer)) = (&mut outer_rest, outer) {
            let here = Layered { direction: narrowed, layers, outer_at, outer, depth };
            if here.settles(rest) {
                return true;
            }
        }
        if is_anything {
            return false;
        }
        self.take_out(inner_at, outer_at, depth, (&mut inner_rest, &mut outer_rest));
        if types != Types::ALL && outer_rest != *NEVER {
            restrict(&mut inner_rest, self.types);
        }
        if self.same(&inner_rest, &outer_rest) && !mentions_definitions(&inner_rest) {
            return true;
        }
        let question = |inner: &Value, outer: &Value| {
            let (inner, outer) = (complete(self.inner(), inner), complete(self.outer(), outer));
            contained(self.proof.canonical, &inner, &outer, self.proof.formats) == Answer::Contained
        };
        question(&inner_rest, &outer_rest) || question(inner, outer)
    }

    /// The inner schema, what it refers to and what it is composed of.
    fn layers(self, at: &Pointer, schema: &'a Value) -> Vec<Layer<'a>> {
        let mut found: Vec<Layer> = Vec::new();
        let mut work = vec![(at.clone(), schema)];
        while let Some((at, schema)) = work.pop() {
            let Value::Object(keywords) = schema else { continue };
            if found.len() >= LAYERS || found.iter().any(|(known, _)| *known == at) {
                continue;
            }
            let target = reference(self.inner(), schema).map(|name| definition(self.inner(), name));
            let is_alone = target.is_some() && self.inner().dialect.reference_stands_alone();
            let target =
                target.and_then(|at| Some((at.clone(), super::super::local::at(self.inner(), &at)?)));
            work.extend(target);
            if !is_alone {
                let all = keywords.get("allOf").and_then(Value::as_array).into_iter().flatten();
                let place = at.join("allOf");
                work.extend(all.enumerate().map(|(index, branch)| (place.join(index), branch)));
                found.push((at, keywords));
            }
        }
        found
    }

    /// Whether the inner schema accepts only a few values, all of which the outer one accepts.
    fn are_all_accepted(self, layers: &[Layer], outer: &Value) -> bool {
        let Some(values) = finite::values(layers) else { return false };
        let outer = complete(self.outer(), outer);
        Judge::alone(&outer, self.proof.formats)
            .is_some_and(|judge| values.iter().all(|value| judge.accepts(value)))
    }

    /// Takes out of both schemas what needs no further proof.
    fn take_out(self, inner_at: &Pointer, outer_at: &Pointer, depth: usize, rest: (&mut Value, &mut Value)) {
        let (Some(inner), Some(outer)) = (at(self.inner(), inner_at), at(self.outer(), outer_at)) else {
            return;
        };
        let (inner_rest, outer_rest) = rest;
        let here = InStep { direction: self, inner_at, outer_at, inner, outer, depth };
        let stepped = step(self.inner(), self.outer(), inner, outer);
        for pair in stepped.both.iter().filter(|pair| here.part_holds(pair)) {
            put(inner_rest, &pair.old_at, true.into());
            put(outer_rest, &pair.new_at, true.into());
        }
        // Where it matters what was evaluated, it matters by which branch.
        let unevaluated = ["unevaluatedProperties", "unevaluatedItems"];
        if unevaluated.iter().any(|keyword| inner.get(*keyword).or(outer.get(*keyword)).is_some()) {
            return;
        }
        let branches = ["allOf", "anyOf", "oneOf"].into_iter();
        let branches = branches.filter(|keyword| here.branches_hold(keyword, &stepped.both));
        for keyword in branches.chain(here.conditions_that_hold()) {
            for rest in [&mut *inner_rest, &mut *outer_rest] {
                rest.as_object_mut().and_then(|keywords| keywords.shift_remove(keyword));
            }
        }
    }

    /// Whether no instance is of two branches of the outer schema's `oneOf`.
    fn are_disjoint(self, outer: &Value) -> bool {
        const MOST: usize = 12;
        let branches = outer.get("oneOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let branches: Vec<_> = branches.iter().map(|branch| complete(self.outer(), branch)).collect();
        let disjoint =
            |one: &Value, other: &Value| disjoint(self.proof.canonical, one, other, self.proof.formats);
        branches.len() <= MOST
            && branches
                .iter()
                .enumerate()
                .all(|(index, one)| branches[index + 1..].iter().all(|other| disjoint(one, other)))
    }

    /// Whether two schemas say the same, and so does all that they refer to.
    fn same(self, inner: &Value, outer: &Value) -> bool {
        inner == outer && self.same_references(inner, outer)
    }

    fn same_references(self, inner: &Value, outer: &Value) -> bool {
        if let (Some(inner), Some(outer)) = (reference(self.inner(), inner), reference(self.outer(), outer))
            && !self.same_definitions(inner, outer)
        {
            return false;
        }
        let below = isomorph_schema::subschemas(inner).into_iter();
        below.into_iter().all(|(at, inner)| {
            outer.pointer(at.as_str()).is_some_and(|outer| self.same_references(inner, outer))
        })
    }

    fn same_definitions(self, inner: &str, outer: &str) -> bool {
        let names = if self.is_turned { (outer, inner) } else { (inner, outer) };
        let key = (names.0.to_owned(), names.1.to_owned());
        if let Some(known) = self.proof.same.borrow().get(&key) {
            return *known;
        }
        self.proof.same.borrow_mut().insert(key.clone(), true);
        let schemas = (
            at(self.inner(), &definition(self.inner(), inner)),
            at(self.outer(), &definition(self.outer(), outer)),
        );
        let same = matches!(schemas, (Some(inner), Some(outer)) if self.same(inner, outer));
        if !same {
            // What was taken to be the same because this was is asked again.
            self.proof.same.borrow_mut().retain(|_, same| !*same);
            self.proof.same.borrow_mut().insert(key, false);
        }
        same
    }
}

/// The layers of the inner schema, and the outer one.
struct Layered<'h, 'p, 'a> {
    direction: Direction<'p, 'a>,
    layers: Vec<Layer<'a>>,
    outer_at: &'h Pointer,
    outer: &'h Map<String, Value>,
    depth: usize,
}

impl Here for Layered<'_, '_, '_> {
    fn layers(&self) -> &[Layer<'_>] {
        &self.layers
    }

    fn outer(&self) -> (&Pointer, &Map<String, Value>) {
        (self.outer_at, self.outer)
    }

    fn types(&self) -> Types {
        self.direction.types
    }

    fn holds_here(&self, inner: &Pointer, outer: &Pointer) -> bool {
        self.direction.contained(inner, outer, self.depth)
    }

    fn holds_of(&self, types: Types, inner: &Pointer, outer: &Pointer) -> bool {
        Direction { types, ..self.direction }.contained(inner, outer, self.depth + 1)
    }

    fn holds_back(&self, outer: &Pointer, inner: &Pointer) -> bool {
        self.direction.back().contained(outer, inner, self.depth)
    }

    fn outer_target(&self) -> Option<Pointer> {
        let bundle = self.direction.outer();
        let name = super::super::local::name_of(bundle, self.outer.get("$ref")?)?;
        Some(definition(bundle, name))
    }
}

impl Layered<'_, '_, '_> {
    /// Takes out of the rest what follows; whether nothing is left, or nothing that is left can matter.
    fn settles(&self, rest: &mut Map<String, Value>) -> bool {
        // What speaks of other types only says nothing here.
        let dialect = self.direction.outer().dialect;
        rest.retain(|keyword, _| {
            let bound = bound_by(keyword, dialect);
            bound == Types::NONE || bound.meets(self.direction.types)
        });
        own::settle(self, rest);
        if rest.is_empty() {
            return true;
        }
        objects::settle(self, rest);
        arrays::settle(self, rest);
        branches::settle(self, rest);
        rest.is_empty()
            || self.direction.are_all_accepted(&self.layers, &Value::Object(self.outer.clone()))
            || branches::each_branch_holds(self)
            || self
                .layers
                .first()
                .is_some_and(|(inner, _)| self.holds_here(inner, &here::nowhere(here::NOTHING)))
    }
}

/// Two schemas in step, of which one shall accept whatever the other does.
struct InStep<'h, 'p, 'a> {
    direction: Direction<'p, 'a>,
    inner_at: &'h Pointer,
    outer_at: &'h Pointer,
    inner: &'h Value,
    outer: &'h Value,
    depth: usize,
}

impl InStep<'_, '_, '_> {
    /// Whether the inner subschema is contained in the outer one; `steps` further into the instance.
    fn holds(&self, pair: &Pair, steps: usize) -> bool {
        let (inner_at, outer_at) = (self.inner_at.append(&pair.old_at), self.outer_at.append(&pair.new_at));
        let types = if steps > 0 { Types::ALL } else { self.direction.types };
        self.direction.same(pair.old, pair.new)
            || Direction { types, ..self.direction }.contained(&inner_at, &outer_at, self.depth + steps)
    }

    /// Whether subschemas for a part of the instance need no further proof.
    fn part_holds(&self, pair: &Pair) -> bool {
        // `false` says which properties there may be; that is not to be taken out.
        let is_false = [pair.old, pair.new].contains(&&Value::Bool(false));
        PARTS.contains(&pair.keyword)
            && !is_false
            && reaches_as_far(pair.keyword, self.inner, self.outer)
            && self.holds(pair, 1)
    }

    /// Whether all branches that the outer schema asks for, or the inner one offers, hold.
    fn branches_hold(&self, keyword: &str, both: &[Pair]) -> bool {
        let pairs: Vec<_> = both.iter().filter(|pair| pair.keyword == keyword).collect();
        let count = |side: &Value| side.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        let asked = if keyword == "allOf" { self.outer } else { self.inner };
        let all_hold =
            !pairs.is_empty() && count(asked) == pairs.len() && pairs.iter().all(|pair| self.holds(pair, 0));
        if !all_hold || keyword != "oneOf" {
            return all_hold;
        }
        // What one branch accepts, no other one may.
        let holds_back = |pair: &&Pair| {
            let (inner_at, outer_at) =
                (self.inner_at.append(&pair.old_at), self.outer_at.append(&pair.new_at));
            self.direction.same(pair.old, pair.new)
                || self.direction.back().contained(&outer_at, &inner_at, self.depth)
        };
        count(self.outer) == pairs.len() && pairs.iter().all(holds_back)
            || self.direction.are_disjoint(self.outer)
    }

    /// Keywords that are the same on both sides, or hold, and so need not be looked at.
    fn conditions_that_hold(&self) -> Vec<&'static str> {
        const COUNTED: [&str; 4] = ["not", "contains", "minContains", "maxContains"];
        let unchanged = |keyword: &&str| match (self.inner.get(*keyword), self.outer.get(*keyword)) {
            (Some(inner), Some(outer)) => self.direction.same(inner, outer),
            (inner, outer) => inner == outer,
        };
        let holds = |keyword: &str| match (self.inner.get(keyword), self.outer.get(keyword)) {
            (Some(_), Some(_)) => {
                let (inner_at, outer_at) = (self.inner_at.join(keyword), self.outer_at.join(keyword));
                self.direction.contained(&inner_at, &outer_at, self.depth)
            }
            (_, outer) => outer.is_none(),
        };
        let mut found = Vec::new();
        if self.inner.get("if").is_some() && unchanged(&"if") && holds("then") && holds("else") {
            found.extend(["if", "then", "else"]);
        }
        if COUNTED.iter().all(unchanged) {
            found.extend(COUNTED);
        }
        let (inner, outer) = (self.direction.inner(), self.direction.outer());
        if let (Some(inner_name), Some(outer_name)) =
            (reference(inner, self.inner), reference(outer, self.outer))
        {
            let (inner_at, outer_at) = (definition(inner, inner_name), definition(outer, outer_name));
            if self.direction.contained(&inner_at, &outer_at, self.depth) {
                found.push("$ref");
            }
        }
        found
    }
}

/// Whether what the inner schema says by `keyword` is said of all that the outer one speaks of by it: what is
/// left of an object or an array is not the same where other properties or elements are declared.
fn reaches_as_far(keyword: &str, inner: &Value, outer: &Value) -> bool {
    let declared_too = |keyword: &str| {
        let names =
            |schema: &Value| schema.get(keyword).and_then(Value::as_object).cloned().unwrap_or_default();
        let outer = names(outer);
        names(inner).keys().all(|name| outer.contains_key(name))
    };
    let tuple =
        |schema: &Value, keyword: &str| schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
    match keyword {
        "additionalProperties" => declared_too("properties") && declared_too("patternProperties"),
        "items" => tuple(inner, "prefixItems") <= tuple(outer, "prefixItems"),
        "additionalItems" => {
            let is_tuple = |schema: &Value| schema.get("items").is_some_and(Value::is_array);
            tuple(inner, "items") <= tuple(outer, "items") && (is_tuple(inner) || !is_tuple(outer))
        }
        _ => true,
    }
}

/// A schema without the definitions that a root brings with it.
fn own(bundle: &Bundle, schema: &Value) -> Value {
    let mut own = schema.clone();
    if let Some(keywords) = own.as_object_mut() {
        keywords.shift_remove(bundle.keyword());
        keywords.shift_remove("$schema");
    }
    own
}

/// Says of which types instances can be.
fn restrict(schema: &mut Value, types: Types) {
    if types == Types::ALL {
        return;
    }
    let known = [
        (Types::NULL, "null"),
        (Types::BOOLEAN, "boolean"),
        (Types::STRING, "string"),
        (Types::ARRAY, "array"),
        (Types::OBJECT, "object"),
        (Types::FRACTION, "number"),
        (Types::INTEGER, "integer"),
    ];
    let names: Vec<&str> =
        known.into_iter().filter(|(one, _)| types.meets(*one)).map(|(_, name)| name).collect();
    match schema {
        Value::Object(keywords) if !keywords.contains_key("type") => {
            keywords.insert("type".to_owned(), names.into());
        }
        Value::Bool(true) => *schema = serde_json::json!({"type": names}),
        _ => {}
    }
}

fn mentions_definitions(schema: &Value) -> bool {
    schema.get("$ref").is_some()
        || isomorph_schema::subschemas(schema).iter().any(|(_, inner)| mentions_definitions(inner))
}

fn put(schema: &mut Value, place: &Pointer, value: Value) {
    if let Some(old) = schema.pointer_mut(place.as_str()) {
        *old = value;
    }
}
