//! Two schemas keyword by keyword: what stands on both sides, and is contained there, is taken out of both.

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Types};
use serde_json::{Map, Value};

use super::super::local::{definition, reference};
use super::super::step::{Pair, step};
use super::ask::Ask;
use super::layers::{layers, types};
use super::rest::put;

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

/// Two schemas in step, of which one shall accept whatever the other does.
pub struct InStep<'h> {
    pub ask: &'h dyn Ask,
    /// The bundles of the inner and of the outer schema.
    pub bundles: (&'h Bundle, &'h Bundle),
    pub inner_at: &'h Pointer,
    pub outer_at: &'h Pointer,
    pub inner: &'h Value,
    pub outer: &'h Value,
}

impl InStep<'_> {
    /// Takes out of the rest of both schemas what needs no further proof.
    pub fn take_out(&self, inner_rest: &mut Value, outer_rest: &mut Value) {
        let stepped = step(self.bundles.0, self.bundles.1, self.inner, self.outer);
        for pair in stepped.both.iter().filter(|pair| self.part_holds(pair)) {
            put(inner_rest, &pair.old_at, true.into());
            put(outer_rest, &pair.new_at, true.into());
        }
        // Where it matters what was evaluated, it matters by which branch.
        let unevaluated = ["unevaluatedProperties", "unevaluatedItems"];
        if unevaluated.iter().any(|keyword| self.inner.get(*keyword).or(self.outer.get(*keyword)).is_some()) {
            return;
        }
        let branches = ["allOf", "anyOf", "oneOf"].into_iter();
        let branches = branches.filter(|keyword| self.branches_hold(keyword, &stepped.both));
        for keyword in branches.chain(self.conditions_that_hold()) {
            for rest in [&mut *inner_rest, &mut *outer_rest] {
                rest.as_object_mut().and_then(|keywords| keywords.shift_remove(keyword));
            }
        }
    }

    /// The places of both subschemas.
    fn places(&self, pair: &Pair) -> (Pointer, Pointer) {
        (self.inner_at.append(&pair.old_at), self.outer_at.append(&pair.new_at))
    }

    /// Whether a branch of the inner schema is contained in one of the outer one.
    fn branch_holds(&self, pair: &Pair) -> bool {
        let (inner_at, outer_at) = self.places(pair);
        self.ask.same(pair.old, pair.new) || self.ask.holds_here(&inner_at, &outer_at)
    }

    /// Whether subschemas for a part of the instance need no further proof.
    fn part_holds(&self, pair: &Pair) -> bool {
        // `false` says which properties there may be; that is not to be taken out.
        let is_false = [pair.old, pair.new].contains(&&Value::Bool(false));
        if !PARTS.contains(&pair.keyword) || is_false || !reaches_as_far(pair.keyword, self.inner, self.outer)
        {
            return false;
        }
        let (inner_at, outer_at) = self.places(pair);
        self.ask.same(pair.old, pair.new) || self.ask.holds(&inner_at, &outer_at)
    }

    /// Whether all branches that the outer schema asks for, or the inner one offers, hold.
    fn branches_hold(&self, keyword: &str, both: &[Pair]) -> bool {
        let pairs: Vec<_> = both.iter().filter(|pair| pair.keyword == keyword).collect();
        let count = |side: &Value| side.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        let asked = if keyword == "allOf" { self.outer } else { self.inner };
        let all_hold = !pairs.is_empty()
            && count(asked) == pairs.len()
            && pairs.iter().all(|pair| self.branch_holds(pair));
        if !all_hold || keyword != "oneOf" {
            return all_hold;
        }
        // What one branch accepts, no other one may: of values that are of another branch none may be of more than before.
        let types: Vec<Types> = pairs.iter().map(|pair| self.types_of(pair)).collect();
        let of_others = |index: usize| {
            let others = types.iter().enumerate().filter(|(other, _)| *other != index);
            others.map(|(_, types)| *types).fold(Types::NONE, Types::union)
        };
        let holds_back = |(index, pair): (usize, &&Pair)| {
            let (inner_at, outer_at) = self.places(pair);
            self.ask.same(pair.old, pair.new)
                || self.ask.holds_back_of(of_others(index), &outer_at, &inner_at)
        };
        count(self.outer) == pairs.len() && pairs.iter().enumerate().all(holds_back) || self.are_disjoint()
    }

    /// The types that a branch of the inner schema allows.
    fn types_of(&self, pair: &Pair) -> Types {
        types(&layers(self.bundles.0, &self.places(pair).0, pair.old), Types::ALL)
    }

    /// Whether no instance is of two branches of the outer schema's `oneOf`.
    fn are_disjoint(&self) -> bool {
        const MOST: usize = 12;
        let branches = self.outer.get("oneOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        branches.len() <= MOST && self.ask.are_disjoint(branches)
    }

    /// Keywords that are the same on both sides, or hold, and so need not be looked at.
    fn conditions_that_hold(&self) -> Vec<&'static str> {
        const COUNTED: [&str; 4] = ["not", "contains", "minContains", "maxContains"];
        let unchanged = |keyword: &&str| match (self.inner.get(*keyword), self.outer.get(*keyword)) {
            (Some(inner), Some(outer)) => self.ask.same(inner, outer),
            (inner, outer) => inner == outer,
        };
        let holds = |keyword: &str| match (self.inner.get(keyword), self.outer.get(keyword)) {
            (Some(_), Some(_)) => {
                self.ask.holds_here(&self.inner_at.join(keyword), &self.outer_at.join(keyword))
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
        let (inner, outer) = self.bundles;
        if let (Some(inner_name), Some(outer_name)) =
            (reference(inner, self.inner), reference(outer, self.outer))
            && self.ask.holds_here(&definition(inner, inner_name), &definition(outer, outer_name))
        {
            found.push("$ref");
        }
        found
    }
}

/// Whether what the inner schema says by `keyword` is said of all that the outer one speaks of by it: what is
/// left of an object or an array is not the same where other properties or elements are declared.
fn reaches_as_far(keyword: &str, inner: &Value, outer: &Value) -> bool {
    let declared_too = |keyword: &str| {
        let names = inner.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let wanted = outer.get(keyword);
        names.into_iter().all(|name| wanted.is_some_and(|schemas| schemas.get(name).is_some()))
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
