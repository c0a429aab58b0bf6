//! Instances that satisfy a schema, each held against it by a validator.

use isomorph_json::unescaped;
use jsonschema::Validator;
use serde_json::Value;

use super::edits::plain;
use super::generate::{Generate, Style};
use super::goal::Goal;

/// How often an instance is tried before the schema is given up.
const TRIES: u64 = 80;

/// The styles that are tried in turn.
const STYLES: [Style; 6] = [
    Style { optional: 2, examples: true },
    Style { optional: 1, examples: false },
    Style { optional: 4, examples: true },
    BARE,
    Style { optional: 3, examples: false },
    Style { optional: 0, examples: true },
];

/// Only what is required.
const BARE: Style = Style { optional: 0, examples: false };

/// Makes instances of a schema.
pub struct Sampler<'a> {
    bundle: &'a Value,
    validator: &'a Validator,
}

impl<'a> Sampler<'a> {
    /// For the schema of a bundle, whose instances `validator` knows.
    pub fn new(bundle: &'a Value, validator: &'a Validator) -> Self {
        Self { bundle, validator }
    }

    /// An instance, the same for the same number; `None` if none was found.
    pub fn instance(&self, number: u64) -> Option<Value> {
        let tries = (0..TRIES).map(|attempt| number.wrapping_mul(1009).wrapping_add(attempt));
        let styles = (0..)
            .map(|attempt: usize| STYLES[(usize::try_from(number).unwrap_or(0) + attempt) % STYLES.len()]);
        let made = tries.zip(styles).find_map(|(seed, style)| self.attempt(seed, style, None));
        // Keywords that speak of one type may let only others through.
        made.or_else(|| plain().into_iter().find(|instance| self.validator.is_valid(instance)))
    }

    /// An instance with little more than is required; `None` if none was found.
    pub fn bare(&self, number: u64) -> Option<Value> {
        let tries = (0..12).map(|attempt| number.wrapping_mul(1009).wrapping_add(attempt));
        tries.into_iter().find_map(|seed| self.attempt(seed, BARE, None))
    }

    /// An instance in which the goal's value stands where its schema applies, if it can stand there at all.
    pub fn with(&self, goal: &Goal, number: u64) -> Option<Value> {
        let tries = (0..12).map(|attempt| {
            (
                number.wrapping_mul(31).wrapping_add(attempt),
                STYLES[(3 + usize::try_from(attempt).unwrap_or(0)) % 6],
            )
        });
        tries.into_iter().find_map(|(seed, style)| self.attempt(seed, style, Some(goal)))
    }

    fn attempt(&self, seed: u64, style: Style, goal: Option<&Goal>) -> Option<Value> {
        let mut generate = Generate::new(self.bundle, style, goal, seed);
        let instance = generate.value(&[self.bundle], 0);
        if self.validator.is_valid(&instance) {
            return Some(instance);
        }
        repaired(instance, self.validator)
    }
}

/// The instance without the parts that errors point at, if that makes it valid.
fn repaired(mut instance: Value, validator: &Validator) -> Option<Value> {
    const STEPS: usize = 8;
    /// How many errors are looked at in one step.
    const ERRORS: usize = 200;
    /// How many smaller instances are looked at in one step.
    const LOOKED_AT: usize = 40;
    for _ in 0..STEPS {
        let errors: Vec<String> = validator
            .iter_errors(&instance)
            .take(ERRORS)
            .map(|error| error.instance_path().as_str().to_owned())
            .collect();
        if errors.is_empty() {
            return Some(instance);
        }
        let all = without_all(&instance, &errors);
        let less = errors.iter().flat_map(|at| without(&instance, at)).take(LOOKED_AT);
        let count = errors.len();
        instance = std::iter::once(all)
            .chain(less)
            .find(|less| validator.iter_errors(less).take(count).count() < count)?;
    }
    validator.is_valid(&instance).then_some(instance)
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
