//! What the canonical forms of the `jsonschema` crate say of two schemas.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;

use isomorph_codegen::Dialect;
use jsonschema::canonical::{self, CanonicalSchema, Containment, Satisfiability};
use serde_json::Value;

use super::upgrade::{Part, can_stand_for, upgrade};

/// Schemas beyond this, as text, are not asked about.
const LONGEST: usize = 200_000;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How many answers may take longer before nothing more is asked.
const TOO_LATE: u32 = 3;
/// In bytes.
const STACK: usize = 256 << 20;

/// Asks, within limits of time and size.
#[derive(Debug, Default)]
pub struct Canonical {
    late: Cell<u32>,
}

/// What is known of two schemas.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The one accepts whatever the other does.
    Contained,
    /// It does not. What it leaves out, if that can be said.
    NotContained(Option<Value>),
    /// Nobody knows.
    Unknown(Option<Value>),
}

/// What a schema accepts, at one of the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Everything,
    Nothing,
}

impl Canonical {
    /// Whether `outer` accepts whatever `inner` does.
    pub fn contained(&self, inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
        let is_wider = inner.get("$schema") != outer.get("$schema");
        let Some((inner, outer)) = of_one_dialect(inner, outer) else { return Answer::Unknown(None) };
        let length = length(&inner) + length(&outer);
        match self.ask(length, move || answer(&inner, &outer, assert_formats)) {
            // What is taken to accept more than it does shows nothing by accepting it.
            Some(Answer::NotContained(lost)) if is_wider => Answer::Unknown(lost),
            answer => answer.unwrap_or(Answer::Unknown(None)),
        }
    }

    /// Whether two schemas of one dialect are known to accept nothing that the other accepts too.
    pub fn disjoint(&self, one: &Value, other: &Value, assert_formats: bool) -> bool {
        let (one, other) = (one.clone(), other.clone());
        let length = length(&one) + length(&other);
        let empty = move || {
            let both =
                canonical(&one, assert_formats)?.intersect(&canonical(&other, assert_formats)?).ok()?;
            Some(both.satisfiability() == Satisfiability::No)
        };
        self.ask(length, empty).flatten().unwrap_or(false)
    }

    /// What a schema accepts, if that is known to be everything or nothing.
    pub fn extent(&self, schema: &Value) -> Option<Extent> {
        let (length, schema) = (length(schema), schema.clone());
        let extent = move || {
            let one = canonical(&schema, false)?;
            if one.satisfiability() == Satisfiability::No {
                return Some(Extent::Nothing);
            }
            let mut all = serde_json::Map::new();
            all.extend(schema.get("$schema").map(|dialect| ("$schema".to_owned(), dialect.clone())));
            let all = canonical(&all.into(), false)?;
            one.covers(&all).is_ok_and(|covers| covers == Containment::Yes).then_some(Extent::Everything)
        };
        self.ask(length, extent).flatten()
    }

    /// The answer, if it comes in time.
    fn ask<T: Send + 'static>(
        &self,
        length: usize,
        answer: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        if self.late.get() >= TOO_LATE || length > LONGEST {
            return None;
        }
        let (say, hear) = mpsc::channel();
        let ask = move || {
            // Nobody listens any more if it took too long.
            let _ = say.send(answer());
        };
        std::thread::Builder::new().stack_size(STACK).spawn(ask).ok()?;
        let heard = hear.recv_timeout(PATIENCE).ok();
        self.late.set(self.late.get() + u32::from(heard.is_none()));
        heard
    }
}

/// Both in one dialect: canonical forms of different ones cannot be compared.
fn of_one_dialect(inner: &Value, outer: &Value) -> Option<(Value, Value)> {
    let dialect = |schema: &Value| schema.get("$schema").and_then(Value::as_str).and_then(Dialect::of);
    let (inner_dialect, outer_dialect) = (dialect(inner)?, dialect(outer)?);
    if inner_dialect == outer_dialect {
        return Some((inner.clone(), outer.clone()));
    }
    let stand =
        can_stand_for(inner, inner_dialect, Part::Inner) && can_stand_for(outer, outer_dialect, Part::Outer);
    stand.then(|| (upgrade(inner, inner_dialect), upgrade(outer, outer_dialect)))
}

fn length(schema: &Value) -> usize {
    schema.to_string().len()
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
