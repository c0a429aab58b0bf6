//! Instances that satisfy a schema, each held against it by a validator.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;

use isomorph_json::work::parts;
use isomorph_json::{escaped, unescaped};
use serde_json::Value;

use super::edits::plain;
use super::generate::{Generate, Making, Size, Style};
use super::goal::{Back, Goal};
use super::memory::Memory;
use super::points::Point;
use super::prepare::Prepared;
use super::turns::{Turns, address};
use super::wanted::{Wanted, mark};
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

/// Where an instance is to lead.
#[derive(Clone, Copy)]
enum Towards<'w> {
    Nothing,
    Goal(&'w Goal),
    Wanted(&'w Wanted),
}

/// Makes instances of a schema.
pub struct Sampler<'a> {
    prepared: Prepared,
    judge: &'a Judge,
    turns: Turns,
    memory: RefCell<Memory>,
    back: OnceCell<Back>,
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
        let (turns, memory, back) = (Turns::new(seed), RefCell::default(), OnceCell::new());
        Self { prepared, judge, turns, memory, back, seed, deadline }
    }

    /// One that breaks all branches of a `oneOf` but one, where they would hold too.
    #[must_use]
    pub fn apart(&self, bundle: &Value) -> Self {
        Self::of(Prepared::apart(bundle), self.judge, self.seed, self.deadline)
    }

    /// A goal for instances: to have `value`, or any, where the schema at `pointer` of the bundle applies; `None` if nothing leads
    /// there.
    pub fn goal(&self, pointer: &str, value: Option<Value>) -> Option<Goal> {
        let back = self.back.get_or_init(|| Back::of(&self.prepared.schema));
        Goal::new(&self.prepared.schema, back, self.prepared.at(pointer)?, value)
    }

    /// What a point is known by, as long as this is not moved.
    pub fn mark(&self, point: &Point) -> Option<usize> {
        mark(&self.prepared, point)
    }

    /// What the schema at a place is known by.
    pub fn address(&self, at: &str) -> Option<usize> {
        self.prepared.at(at).map(address)
    }

    /// An instance that shows as much of what is wanted as one can, if one is found; and what it was to show. It has so many values,
    /// and some more.
    pub fn showing(&self, wanted: &Wanted, number: u64, large: usize) -> (Option<Value>, HashSet<usize>) {
        let size = Size { large, largest: 20 * large };
        let seed = mixed(self.seed, number, 2);
        let (instance, taken) = self.make(seed, BARE, size, Towards::Wanted(wanted));
        (self.judged(instance), taken)
    }

    /// An instance; `None` if none was found. Each number gives another one where there are others; the same numbers in the
    /// same order give the same ones.
    pub fn instance(&self, number: u64) -> Option<Value> {
        let first = usize::try_from(number).unwrap_or(0);
        let made = (0..TRIES).zip(first..).take_while(|_| !self.is_over()).find_map(|(attempt, style)| {
            let size = SIZES[usize::try_from(attempt / 3).unwrap_or(0) % SIZES.len()];
            self.attempt(
                mixed(self.seed, number, attempt),
                STYLES[style % STYLES.len()],
                size,
                Towards::Nothing,
            )
        });
        // Keywords that speak of one type may let only others through.
        made.or_else(|| plain().into_iter().find(|instance| self.judge.accepts(instance)))
    }

    /// An instance with little more than is required; `None` if none was found.
    pub fn bare(&self, number: u64) -> Option<Value> {
        let tries = (0..12).take_while(|_| !self.is_over());
        tries.into_iter().find_map(|attempt| {
            self.attempt(mixed(self.seed, number, attempt), BARE, SIZES[0], Towards::Nothing)
        })
    }

    /// An instance in which the goal's value stands where its schema applies, if it can stand there at all.
    pub fn with(&self, goal: &Goal, number: u64) -> Option<Value> {
        let tries = (0..12).zip(3..).take_while(|_| !self.is_over());
        tries.into_iter().find_map(|(attempt, style)| {
            self.attempt(mixed(self.seed, number, attempt), STYLES[style % 6], SIZES[0], Towards::Goal(goal))
        })
    }

    /// What may be an instance, and is as small as what is prepared allows; nobody has judged it.
    pub fn guess(&self, number: u64) -> Value {
        let style = if number.is_multiple_of(4) { STYLES[1] } else { BARE };
        self.make(mixed(self.seed, number, 0), style, SMALL, Towards::Nothing).0
    }

    /// What leads to a goal, and is small; nobody has judged it.
    pub fn led(&self, goal: &Goal, number: u64) -> Value {
        let style = STYLES[usize::from(number.is_multiple_of(2)) * 2 + 1];
        self.make(mixed(self.seed, number, 1), style, SIZES[0], Towards::Goal(goal)).0
    }

    fn is_over(&self) -> bool {
        self.deadline.is_some_and(Deadline::is_over)
    }

    /// An instance that nobody has judged, and what it was to show.
    fn make(&self, seed: u64, style: Style, size: Size, towards: Towards) -> (Value, HashSet<usize>) {
        let (goal, wanted) = match towards {
            Towards::Nothing => (None, None),
            Towards::Goal(goal) => (Some(goal), None),
            Towards::Wanted(wanted) => (None, Some(wanted)),
        };
        let making = Making { style, size, goal, wanted, seed, deadline: self.deadline };
        let memory = &mut *self.memory.borrow_mut();
        let mut generate = Generate::new(&self.prepared.schema, &making, &self.turns, memory);
        let instance = generate.value(&[&self.prepared.schema], 0);
        (instance, generate.taken)
    }

    fn attempt(&self, seed: u64, style: Style, size: Size, towards: Towards) -> Option<Value> {
        self.judged(self.make(seed, style, size, towards).0)
    }

    /// The instance if it is valid, or what is left of it when what is wrong is taken out.
    fn judged(&self, instance: Value) -> Option<Value> {
        match self.judge.verdict(&instance)? {
            true => Some(instance),
            false if self.is_over() => None,
            false => self.repaired(instance),
        }
    }

    /// The instance without the parts that errors point at, if that makes it valid.
    fn repaired(&self, mut instance: Value) -> Option<Value> {
        const STEPS: usize = 24;
        /// How many smaller instances are looked at in one step.
        const LOOKED_AT: usize = 40;
        /// Of what is larger, in values, less is looked at.
        const LARGE: usize = 3000;
        for _ in 0..STEPS {
            let errors: Vec<String> =
                self.judge.complaints(&instance)?.into_iter().map(|one| one.instance_location).collect();
            if errors.is_empty() {
                return Some(instance);
            }
            let all = without_all(&instance, &errors);
            let less = errors.iter().flat_map(|at| without(&instance, at)).take(LOOKED_AT);
            // A branch of a union may want just one part less.
            let looked_at = if parts(&instance) > LARGE { 0 } else { LOOKED_AT };
            let little = errors.iter().take(1).flat_map(|at| less_inside(&instance, at)).take(looked_at);
            let count = errors.len();
            let next = little
                .chain([all])
                .chain(less)
                .take_while(|_| !self.is_over())
                .find(|less| self.judge.complaints(less).is_some_and(|errors| errors.len() < count));
            instance = next?;
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
    found.extend(less_inside(instance, pointer));
    found
}

/// The instance without each part of the value at `pointer`, one at a time.
fn less_inside<'i>(instance: &'i Value, pointer: &str) -> impl Iterator<Item = Value> + use<'i> {
    let names: Vec<String> = match instance.pointer(pointer) {
        Some(Value::Object(members)) => {
            members.keys().take(40).map(|name| escaped(name).into_owned()).collect()
        }
        Some(Value::Array(elements)) => (0..elements.len().min(40)).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    let pointer = pointer.to_owned();
    names.into_iter().map(move |name| {
        let mut less = instance.clone();
        remove(&mut less, &format!("{pointer}/{name}"));
        less
    })
}
