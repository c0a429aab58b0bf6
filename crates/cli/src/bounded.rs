//! Canonical forms, within limits of time and size.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;

use isomorph_evolution::{Answer, Canonical, Extent, Unbounded};
use serde_json::Value;

/// Schemas beyond this, as text, are not asked about.
const LONGEST: usize = 200_000;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How many answers may take longer before nothing more is asked.
const TOO_LATE: u32 = 3;
/// In bytes.
const STACK: usize = 256 << 20;

/// Asks in a thread, and waits only so long.
#[derive(Debug, Default)]
pub struct Bounded {
    late: Cell<u32>,
}

impl Canonical for Bounded {
    fn contained(&self, inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
        let length = length(inner) + length(outer);
        let (inner, outer) = (inner.clone(), outer.clone());
        let answer = self.ask(length, move || Unbounded.contained(&inner, &outer, assert_formats));
        answer.unwrap_or(Answer::Unknown(None))
    }

    fn disjoint(&self, one: &Value, other: &Value, assert_formats: bool) -> bool {
        let length = length(one) + length(other);
        let (one, other) = (one.clone(), other.clone());
        self.ask(length, move || Unbounded.disjoint(&one, &other, assert_formats)).unwrap_or(false)
    }

    fn extent(&self, schema: &Value) -> Option<Extent> {
        let (length, schema) = (length(schema), schema.clone());
        self.ask(length, move || Unbounded.extent(&schema)).flatten()
    }
}

impl Bounded {
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

fn length(schema: &Value) -> usize {
    schema.to_string().len()
}
