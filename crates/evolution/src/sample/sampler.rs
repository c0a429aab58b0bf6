//! Instances that satisfy a schema, each held against it by a validator.

use std::cell::RefCell;

use isomorph_json::unescaped;
use serde_json::Value;

use super::edits::plain;
use super::generate::{Generate, Making, Memory, Size, Style};
use super::goal::Goal;
use super::prepare::Prepared;
use super::turns::Turns;
use crate::clock::Deadline;
use crate::judge::Judge;

/// How often an instance is tried before the schema is given up.
const TRIES: u64 = 60;

/// The styles that are tried in turn.
const STYLES: [Style; 6] = [
    Style { optional: 2, examples: true },
    Style { optional: 1, examples: false },
    Style { optional: 4, examples: true },
    BARE,
    Style { optional: 3, examples: false },
    Style { optional: 0, examples: true },
];

/// The sizes that are tried in turn: what is required may be much, and may have no end.
const SIZES: [Size; 4] = [
    Size { large: 300, largest: 2000 },
    Size { large: 100, largest: 1000 },
    Size { large: 500, largest: 20_000 },
    Size { large: 20, largest: 400 },
];

/// Only what is required.
const BARE: Style = Style { optional: 0, examples: false };
/// Little, for witnesses.
const SMALL: Size = Size { large: 24, largest: 400 };

/// Makes instances of a schema.
pub struct Sampler<'a> {
    prepared: Prepared,
    judge: &'a Judge,
    turns: Turns,
    memory: RefCell<Memory>,
    seed: u64,
    deadline: Option<Deadline<'a>>,
}

impl<'a> Sampler<'a> {
    /// For the schema of a bundle, whose instances `judge` knows, until it is late.
    pub fn new(bundle: &Value, judge: &'a Judge, seed: u64, deadline: Option<Deadline<'a>>) -> Self {
        Self::of(Prepared::of(bundle), judge, seed, deadline)
    }

    /// For a schema that was prepared.
    pub fn of(prepared: Prepared, judge: &'a Judge, seed: u64, deadline: Option<Deadline<'a>>) -> Self {
        Self { prepared, judge, turns: Turns::new(seed), memory: RefCell::default(), seed, deadline }
    }

    /// A goal for instances: to have `value`, or any, where the schema at `pointer` of the bundle applies; `None` if nothing leads
    /// there.
    pub fn goal(&self, pointer: &str, value: Option<Value>) -> Option<Goal> {
        let place = pointer.strip_prefix("/definitions/").map(|rest| format!("/$defs/{rest}"));
        let target = self.prepared.schema.pointer(place.as_deref().unwrap_or(pointer))?;
        Goal::new(&self.prepared.schema, target, value)
    }

    /// An instance; `None` if none was found. Each number gives another one where there are others; the same numbers in the
    /// same order give the same ones.
    pub fn instance(&self, number: u64) -> Option<Value> {
        let first = usize::try_from(number).unwrap_or(0);
        let made = (0..TRIES).zip(first..).take_while(|_| !self.is_over()).find_map(|(attempt, style)| {
            let size = SIZES[usize::try_from(attempt / 3).unwrap_or(0) % SIZES.len()];
            self.attempt(mixed(self.seed, number, attempt), STYLES[style % STYLES.len()], size, None)
        });
        // Keywords that speak of one type may let only others through.
        made.or_else(|| plain().into_iter().find(|instance| self.judge.accepts(instance)))
    }

    /// An instance with little more than is required; `None` if none was found.
    pub fn bare(&self, number: u64) -> Option<Value> {
        let tries = (0..12).take_while(|_| !self.is_over());
        tries
            .into_iter()
            .find_map(|attempt| self.attempt(mixed(self.seed, number, attempt), BARE, SIZES[0], None))
    }

    /// An instance in which the goal's value stands where its schema applies, if it can stand there at all.
    pub fn with(&self, goal: &Goal, number: u64) -> Option<Value> {
        let tries = (0..12).zip(3..).take_while(|_| !self.is_over());
        tries.into_iter().find_map(|(attempt, style)| {
            self.attempt(mixed(self.seed, number, attempt), STYLES[style % 6], SIZES[0], Some(goal))
        })
    }

    /// What may be an instance, and is as small as what is prepared allows; nobody has judged it.
    pub fn guess(&self, number: u64) -> Value {
        let style = if number.is_multiple_of(4) { STYLES[1] } else { BARE };
        self.make(mixed(self.seed, number, 0), style, SMALL, None)
    }

    /// What leads to a goal, and is small; nobody has judged it.
    pub fn led(&self, goal: &Goal, number: u64) -> Value {
        let style = STYLES[usize::from(number.is_multiple_of(2)) * 2 + 1];
        self.make(mixed(self.seed, number, 1), style, SIZES[0], Some(goal))
    }

    fn is_over(&self) -> bool {
        self.deadline.is_some_and(Deadline::is_over)
    }

    fn make(&self, seed: u64, style: Style, size: Size, goal: Option<&Goal>) -> Value {
        let making = Making { style, size, goal, seed, deadline: self.deadline };
        let memory = &mut *self.memory.borrow_mut();
        Generate::new(&self.prepared.schema, &making, &self.turns, memory).value(&[&self.prepared.schema], 0)
    }

    fn attempt(&self, seed: u64, style: Style, size: Size, goal: Option<&Goal>) -> Option<Value> {
        let instance = self.make(seed, style, size, goal);
        match self.judge.verdict(&instance)? {
            true => Some(instance),
            false if self.is_over() => None,
            false => self.repaired(instance),
        }
    }

    /// The instance without the parts that errors point at, if that makes it valid.
    fn repaired(&self, mut instance: Value) -> Option<Value> {
        const STEPS: usize = 8;
        /// How many smaller instances are looked at in one step.
        const LOOKED_AT: usize = 40;
        for _ in 0..STEPS {
            let errors: Vec<String> =
                self.judge.complaints(&instance)?.into_iter().map(|one| one.instance_location).collect();
            if errors.is_empty() {
                return Some(instance);
            }
            let all = without_all(&instance, &errors);
            let less = errors.iter().flat_map(|at| without(&instance, at)).take(LOOKED_AT);
            let count = errors.len();
            instance = std::iter::once(all)
                .chain(less)
                .take_while(|_| !self.is_over())
                .find(|less| self.judge.complaints(less).is_some_and(|errors| errors.len() < count))?;
        }
        self.judge.accepts(&instance).then_some(instance)
    }
}

/// Seeds that no other seed, number or attempt gives.
fn mixed(seed: u64, number: u64, attempt: u64) -> u64 {
    let mix = |mixed: u64| (mixed ^ (mixed >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mix(mix(mix(seed).wrapping_add(number)).wrapping_add(attempt))
}

/// The instance without all of these values.
fn without_all(instance: &Value, pointers: &[String]) -> Value {
    let mut less = instance.clone();
    // An element moves when one before it goes, so the last goes first.
    pointers.iter().rev().for_each(|pointer| remove(&mut less, pointer));
    less
}

fn remove(instance: &mut Value, pointer: &str) {
    let Some((around, last)) = pointer.rsplit_once('/') else { return };
    match instance.pointer_mut(around) {
        Some(Value::Object(members)) => {
            members.shift_remove(&*unescaped(last));
        }
        Some(Value::Array(elements)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < elements.len()) {
                elements.remove(index);
            }
        }
        _ => {}
    }
}

/// The instance without the value at `pointer`; where that is an object, also without each of its members.
fn without(instance: &Value, pointer: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if !pointer.is_empty() {
        let mut less = instance.clone();
        remove(&mut less, pointer);
        found.push(less);
    }
    if let Some(Value::Object(members)) = instance.pointer(pointer) {
        for name in members.keys().take(40) {
            let mut less = instance.clone();
            if let Some(Value::Object(members)) = less.pointer_mut(pointer) {
                members.shift_remove(name);
            }
            found.push(less);
        }
    }
    found
}
