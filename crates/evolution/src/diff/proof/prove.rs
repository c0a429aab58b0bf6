//! Proving that a schema accepts whatever another does.
//!
//! Real schemas are too large and too varied to be canonicalized whole. So the two are walked in step, and
//! what is the same on both sides, or stands on both sides where more accepted inside means more accepted
//! outside and is proven itself, is taken out of both. Of the rest the canonical forms are asked.

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Types};
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use super::super::canonical::Canonical;
use super::super::local::{at, definition, reference};
use super::ask::Ask;
use super::elsewhere::Elsewhere;
use super::here::{self, Here};
use super::in_step::InStep;
use super::layers::{layers, types};
use super::memory::Memory;
use super::rest::{mentions_definitions, own, restrict};
use super::{empty, settle};
use crate::clock::Deadline;
use crate::same::Same;

/// Proves containment of the schemas of one bundle in those of another, both without annotations.
pub struct Proof<'a> {
    inner: &'a Bundle,
    outer: &'a Bundle,
    same: Same<'a>,
    elsewhere: Elsewhere<'a>,
    memory: Memory,
}

/// A direction of the question. Under `oneOf` the other one matters too.
#[derive(Clone, Copy)]
struct Direction<'p, 'a> {
    proof: &'p Proof<'a>,
    is_turned: bool,
    /// The types that instances can have.
    types: Types,
}

impl<'a> Proof<'a> {
    pub fn new(
        inner: &'a Bundle,
        outer: &'a Bundle,
        canonical: &'a dyn Canonical,
        formats: &'a Formats,
        deadline: Deadline<'a>,
    ) -> Self {
        Self {
            inner,
            outer,
            same: Same::of(&inner.schema, &outer.schema),
            elsewhere: Elsewhere { canonical, formats, deadline },
            memory: Memory::new(),
        }
    }

    /// Whether the schema at `outer` is proven to accept whatever the one at `inner` does.
    pub fn holds(&self, inner: &Pointer, outer: &Pointer) -> bool {
        // Dynamic references, and dialects that are mixed, are not understood here.
        !self.inner.is_approximate
            && !self.outer.is_approximate
            && self.inner.dialect == self.outer.dialect
            && self.forth().contained(inner, outer, 0)
    }

    /// Whether the schema of the inner bundle is proven to accept nothing, by what is required of parts without an end.
    pub fn is_empty(&self) -> bool {
        let nothing = here::nowhere(here::NOTHING);
        !self.inner.is_approximate && self.forth().contained(&Pointer::root(), &nothing, 0)
    }

    fn forth(&self) -> Direction<'_, 'a> {
        Direction { proof: self, is_turned: false, types: Types::ALL }
    }
}

impl<'a> Direction<'_, 'a> {
    fn inner(self) -> &'a Bundle {
        if self.is_turned { self.proof.outer } else { self.proof.inner }
    }

    fn outer(self) -> &'a Bundle {
        if self.is_turned { self.proof.inner } else { self.proof.outer }
    }

    fn contained(self, inner_at: &Pointer, outer_at: &Pointer, depth: usize) -> bool {
        let key = (self.is_turned, self.types, inner_at.clone(), outer_at.clone());
        let in_time = || !self.proof.elsewhere.deadline.is_over();
        self.proof.memory.ask(key, depth, || in_time() && self.prove(inner_at, outer_at, depth))
    }

    fn prove(self, inner_at: &Pointer, outer_at: &Pointer, depth: usize) -> bool {
        const NEVER: &Value = &Value::Bool(false);
        const ALWAYS: &Value = &Value::Bool(true);
        let is_anything = inner_at.as_str() == here::ANYTHING;
        let inner = if is_anything { Some(ALWAYS) } else { at(self.inner(), inner_at) };
        let outer = if outer_at.as_str() == here::NOTHING { Some(NEVER) } else { at(self.outer(), outer_at) };
        let (Some(inner), Some(outer)) = (inner, outer) else { return false };
        if inner == NEVER || here::is_anything(outer) || self.proof.same.is_same(inner, outer) {
            return true;
        }
        let (inner_target, outer_target) = (alone(self.inner(), inner), alone(self.outer(), outer));
        if inner_target.is_some() || outer_target.is_some() {
            let inner_at = inner_target.unwrap_or_else(|| inner_at.clone());
            let outer_at = outer_target.unwrap_or_else(|| outer_at.clone());
            return self.contained(&inner_at, &outer_at, depth);
        }
        let layers = layers(self.inner(), inner_at, inner);
        let types = types(&layers, self.types);
        if types.is_empty() {
            return true;
        }
        let ask = Asking { direction: Self { types, ..self }, depth };
        let none = Map::new();
        let keywords = outer.as_object().unwrap_or(&none);
        let outer_target = reference(self.outer(), outer).map(|name| definition(self.outer(), name));
        let here = Here { ask: &ask, layers, outer: keywords, outer_at, outer_target };
        if outer == NEVER {
            return empty::is_empty(&here);
        }
        let mut outer_rest = own(self.outer(), outer);
        if let Value::Object(rest) = &mut outer_rest
            && settle::settles(&here, rest, self.outer().dialect)
        {
            return true;
        }
        if is_anything {
            return false;
        }
        let mut inner_rest = own(self.inner(), inner);
        let bundles = (self.inner(), self.outer());
        let in_step = InStep { ask: &ask, bundles, inner_at, outer_at, inner, outer };
        in_step.take_out(&mut inner_rest, &mut outer_rest);
        if types != Types::ALL {
            restrict(&mut inner_rest, self.types);
        }
        if self.proof.same.is_same(&inner_rest, &outer_rest) && !mentions_definitions(&inner_rest) {
            return true;
        }
        let question = |inner: &Value, outer: &Value| {
            self.proof.elsewhere.contained((self.inner(), inner), (self.outer(), outer))
        };
        question(&inner_rest, &outer_rest) || question(inner, outer)
    }
}

/// Where a schema leads that says nothing but that.
fn alone(bundle: &Bundle, schema: &Value) -> Option<Pointer> {
    let is_alone = schema.as_object()?.len() == 1 || bundle.dialect.reference_stands_alone();
    reference(bundle, schema).filter(|_| is_alone).map(|name| definition(bundle, name))
}

/// What is asked from a place so many steps into an instance.
struct Asking<'p, 'a> {
    direction: Direction<'p, 'a>,
    depth: usize,
}

impl Ask for Asking<'_, '_> {
    fn types(&self) -> Types {
        self.direction.types
    }

    fn holds_here(&self, inner: &Pointer, outer: &Pointer) -> bool {
        self.direction.contained(inner, outer, self.depth)
    }

    fn holds_of(&self, types: Types, inner: &Pointer, outer: &Pointer) -> bool {
        Direction { types, ..self.direction }.contained(inner, outer, self.depth + 1)
    }

    fn holds_back_of(&self, types: Types, outer: &Pointer, inner: &Pointer) -> bool {
        let types = self.direction.types.intersection(types);
        let back = Direction { is_turned: !self.direction.is_turned, types, ..self.direction };
        types.is_empty() || back.contained(outer, inner, self.depth)
    }

    fn is_late(&self) -> bool {
        self.direction.proof.elsewhere.deadline.is_over()
    }

    fn same(&self, inner: &Value, outer: &Value) -> bool {
        self.direction.proof.same.is_same(inner, outer)
    }

    fn are_disjoint(&self, outer: &[Value]) -> bool {
        self.direction.proof.elsewhere.are_disjoint(self.direction.outer(), outer)
    }

    fn accepts_all(&self, outer: &Value, values: &[Value]) -> bool {
        self.direction.proof.elsewhere.accepts_all((self.direction.outer(), outer), values)
    }
}
