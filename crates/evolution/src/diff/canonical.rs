//! What the canonical forms of the `jsonschema` crate say of schemas.

use jsonschema::canonical::{self, CanonicalSchema, Containment, Satisfiability};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Schemas that are longer than this, as text, are not worth a question: canonical forms of them are not made in time.
pub const LONGEST: usize = 200_000;

/// What is known of two schemas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The one accepts whatever the other does.
    Contained,
    /// It does not. What it leaves out, if that can be said.
    NotContained(Option<Value>),
    /// Nobody knows.
    Unknown(Option<Value>),
}

/// What a schema accepts, at one of the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// Every instance.
    Everything,
    /// None.
    Nothing,
}

/// Says what canonical forms know of schemas. They are made in a time and a memory that nobody can foretell, so that a
/// caller may want to bound them, or to ask elsewhere.
pub trait Canonical {
    /// Whether `outer` accepts whatever `inner` does. Both are of one dialect, which they name.
    fn contained(&self, inner: &Value, outer: &Value, assert_formats: bool) -> Answer;

    /// Whether two schemas of one dialect are known to accept nothing that the other accepts too.
    fn disjoint(&self, one: &Value, other: &Value, assert_formats: bool) -> bool;

    /// What a schema accepts, if that is known to be everything or nothing.
    fn extent(&self, schema: &Value) -> Option<Extent>;
}

/// Knows nothing, and takes no time for that.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Canonical for Silent {
    fn contained(&self, _: &Value, _: &Value, _: bool) -> Answer {
        Answer::Unknown(None)
    }

    fn disjoint(&self, _: &Value, _: &Value, _: bool) -> bool {
        false
    }

    fn extent(&self, _: &Value) -> Option<Extent> {
        None
    }
}

/// Asks right here, however long it takes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unbounded;

impl Canonical for Unbounded {
    fn contained(&self, inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
        answer(inner, outer, assert_formats)
    }

    fn disjoint(&self, one: &Value, other: &Value, assert_formats: bool) -> bool {
        let (one, other) = (canonical(one, assert_formats), canonical(other, assert_formats));
        let both = one.zip(other).and_then(|(one, other)| one.intersect(&other).ok());
        both.is_some_and(|both| both.satisfiability() == Satisfiability::No)
    }

    fn extent(&self, schema: &Value) -> Option<Extent> {
        let one = canonical(schema, false)?;
        if one.satisfiability() == Satisfiability::No {
            return Some(Extent::Nothing);
        }
        let mut all = serde_json::Map::new();
        all.extend(schema.get("$schema").map(|dialect| ("$schema".to_owned(), dialect.clone())));
        let all = canonical(&all.into(), false)?;
        one.covers(&all).is_ok_and(|covers| covers == Containment::Yes).then_some(Extent::Everything)
    }
}

fn canonical(schema: &Value, assert_formats: bool) -> Option<CanonicalSchema> {
    canonical::options().offline().should_validate_formats(assert_formats).canonicalize(schema).ok()
}

fn answer(inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
    let (Some(inner), Some(outer)) = (canonical(inner, assert_formats), canonical(outer, assert_formats))
    else {
        return Answer::Unknown(None);
    };
    let covers = outer.covers(&inner).unwrap_or(Containment::Unknown);
    if covers == Containment::Yes {
        return Answer::Contained;
    }
    let lost = inner.subtract(&outer).ok();
    if lost.as_ref().is_some_and(|lost| lost.satisfiability() == Satisfiability::No) {
        return Answer::Contained;
    }
    let lost = lost.map(|lost| lost.to_json_schema());
    if covers == Containment::No { Answer::NotContained(lost) } else { Answer::Unknown(lost) }
}
