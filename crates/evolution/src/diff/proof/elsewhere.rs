//! Those who know nothing of a proof: canonical forms and validators. They are asked as long as there is time, and of nothing that is
//! long.

use isomorph_schema::Bundle;
use isomorph_validator::Formats;
use serde_json::Value;

use super::super::canonical::{Answer, Canonical, LONGEST};
use super::super::containment::{contained, disjoint};
use super::super::local::complete_within;
use crate::clock::Deadline;
use crate::judge::Judge;

/// Whoever is asked.
pub struct Elsewhere<'a> {
    pub canonical: &'a dyn Canonical,
    pub formats: &'a Formats,
    pub deadline: Deadline<'a>,
}

/// A schema, and the bundle that it stands in.
type Of<'s> = (&'s Bundle, &'s Value);

impl Elsewhere<'_> {
    /// Whether `outer` accepts whatever `inner` does.
    pub fn contained(&self, inner: Of, outer: Of) -> bool {
        let both = self.complete(inner).and_then(|inner| Some((inner, self.complete(outer)?)));
        both.is_some_and(|(inner, outer)| {
            contained(self.canonical, &inner, &outer, self.formats) == Answer::Contained
        })
    }

    /// Whether no instance is of two of these schemas.
    pub fn are_disjoint(&self, bundle: &Bundle, schemas: &[Value]) -> bool {
        let complete: Option<Vec<_>> = schemas.iter().map(|schema| self.complete((bundle, schema))).collect();
        let are_apart = |one: &Value, other: &Value| {
            !self.deadline.is_over() && disjoint(self.canonical, one, other, self.formats)
        };
        complete.is_some_and(|schemas| {
            let mut pairs = schemas.iter().enumerate();
            pairs.all(|(index, one)| schemas[index + 1..].iter().all(|other| are_apart(one, other)))
        })
    }

    /// Whether a schema accepts all of these values.
    pub fn accepts_all(&self, schema: Of, values: &[Value]) -> bool {
        let judge = self.complete(schema).and_then(|schema| Judge::alone(&schema, self.formats));
        judge.is_some_and(|judge| values.iter().all(|value| !self.deadline.is_over() && judge.accepts(value)))
    }

    /// A schema with what it refers to, if there is time, and it is not too long.
    fn complete(&self, (bundle, schema): Of) -> Option<Value> {
        if self.deadline.is_over() { None } else { complete_within(bundle, schema, LONGEST) }
    }
}
