//! What the canonical forms of the `jsonschema` crate say of two schemas.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;

use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::Value;

/// Schemas beyond this, as text, are not asked about.
const LONGEST: usize = 200_000;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How many answers may take longer before nothing more is asked.
const TOO_LATE: u32 = 2;
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

impl Canonical {
    /// Whether `outer` accepts whatever `inner` does.
    pub fn contained(&self, inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
        if self.late.get() >= TOO_LATE || length(inner) + length(outer) > LONGEST {
            return Answer::Unknown(None);
        }
        let (inner, outer) = (inner.clone(), outer.clone());
        let (say, hear) = mpsc::channel();
        let ask = move || {
            // Nobody listens any more if it took too long.
            let _ = say.send(answer(&inner, &outer, assert_formats));
        };
        let started = std::thread::Builder::new().stack_size(STACK).spawn(ask).is_ok();
        let heard = if started { hear.recv_timeout(PATIENCE).ok() } else { None };
        heard.unwrap_or_else(|| {
            self.late.set(self.late.get() + 1);
            Answer::Unknown(None)
        })
    }
}

fn length(schema: &Value) -> usize {
    schema.to_string().len()
}

fn answer(inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
    let canonical = |schema: &Value| -> Option<CanonicalSchema> {
        canonical::options().offline().should_validate_formats(assert_formats).canonicalize(schema).ok()
    };
    let (Some(inner), Some(outer)) = (canonical(inner), canonical(outer)) else {
        return Answer::Unknown(None);
    };
    let covers = outer.covers(&inner).unwrap_or(Containment::Unknown);
    if covers == Containment::Yes {
        return Answer::Contained;
    }
    let lost = inner.subtract(&outer).ok();
    if lost.as_ref().is_some_and(|lost| lost.satisfiability() == canonical::Satisfiability::No) {
        return Answer::Contained;
    }
    let lost = lost.map(|lost| lost.to_json_schema());
    if covers == Containment::No { Answer::NotContained(lost) } else { Answer::Unknown(lost) }
}
