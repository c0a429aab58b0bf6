//! Changes of an instance, small ones.

use isomorph_json::escaped;
use serde_json::{Map, Number, Value, json};

use super::vocabulary::Vocabulary;
use crate::random::dice::Dice;

/// How often an instance is put into itself, at most: so often that work which doubles at each level never ends.
const NESTED: usize = 40;

/// Changes a value somewhere in the instance.
pub fn change(instance: &mut Value, vocabulary: &Vocabulary, dice: &mut Dice) {
    if dice.percent(4) {
        nest(instance, vocabulary, dice);
    } else {
        change_a_part(instance, vocabulary, dice);
    }
}

fn change_a_part(instance: &mut Value, vocabulary: &Vocabulary, dice: &mut Dice) {
    let mut places = Vec::new();
    places_in(instance, String::new(), &mut places);
    let place = dice.one(&places);
    let Some(value) = instance.pointer_mut(&place) else { return };
    match value {
        Value::Object(members) if dice.percent(85) => change_object(members, vocabulary, dice),
        Value::Array(elements) if dice.percent(80) => change_array(elements, vocabulary, dice),
        Value::Number(number) if dice.percent(60) => change_number(number, dice),
        _ => *value = other(value, vocabulary, dice),
    }
}

fn change_object(members: &mut Map<String, Value>, vocabulary: &Vocabulary, dice: &mut Dice) {
    let names: Vec<String> = members.keys().cloned().collect();
    match dice.below(8) {
        0 | 1 if !names.is_empty() => _ = members.shift_remove(&dice.one(&names)),
        2 if !names.is_empty() => {
            if let Some(value) = members.shift_remove(&dice.one(&names)) {
                members.insert(vocabulary.name(dice), value);
            }
        }
        3 if !names.is_empty() => {
            let value = members[&dice.one(&names)].clone();
            members.insert(vocabulary.name(dice), value);
        }
        4 => _ = members.insert(dice.one(&["z", "z", "q"]).into(), vocabulary.value(dice)),
        _ => _ = members.insert(vocabulary.name(dice), vocabulary.value(dice)),
    }
}

fn change_array(elements: &mut Vec<Value>, vocabulary: &Vocabulary, dice: &mut Dice) {
    if elements.is_empty() {
        elements.push(vocabulary.value(dice));
        return;
    }
    let at = dice.below(elements.len());
    match dice.below(6) {
        0 => _ = elements.remove(at),
        1 | 2 => {
            let mut twin = elements[at].clone();
            if dice.percent(50) {
                // Twins but for what is not declared, or for how a number is written.
                match &mut twin {
                    Value::Object(members) => _ = members.insert("z".into(), vocabulary.value(dice)),
                    Value::Number(number) => write_otherwise(number),
                    _ => {}
                }
            }
            elements.push(twin);
        }
        3 => elements.push(vocabulary.value(dice)),
        4 => elements.swap(0, at),
        _ => elements[at] = vocabulary.value(dice),
    }
}

fn change_number(number: &mut Number, dice: &mut Dice) {
    let changed = number.as_f64().unwrap_or_default();
    match dice.below(8) {
        0..=3 => write_otherwise(number),
        4 => *number = of(changed + 1.0),
        5 => *number = of(changed - 1.0),
        6 => *number = Number::from_f64(changed + 0.5).unwrap_or_else(|| 0.into()),
        _ => {
            let odd = [
                json!(u64::MAX),
                json!(i64::MIN),
                json!(1e19),
                json!(-0.0),
                json!(9_007_199_254_740_993_i64),
            ];
            if let Value::Number(odd) = dice.one(&odd) {
                *number = odd;
            }
        }
    }
}

/// 5 for 5.0, and 5.0 for 5.
fn write_otherwise(number: &mut Number) {
    let Some(float) = number.as_f64() else { return };
    *number = if number.is_f64() { of(float) } else { Number::from_f64(float).unwrap_or_else(|| 0.into()) };
}

/// Without a fraction if it has none.
#[expect(clippy::cast_possible_truncation, reason = "only what fits is cast")]
fn of(float: f64) -> Number {
    let fits = float.fract() == 0.0 && float.abs() < 9e15;
    if fits { Number::from(float as i64) } else { Number::from_f64(float).unwrap_or_else(|| 0.into()) }
}

/// Another value, perhaps around this one.
fn other(value: &Value, vocabulary: &Vocabulary, dice: &mut Dice) -> Value {
    match dice.below(10) {
        0 => json!([value]),
        1 => json!({(vocabulary.name(dice)): value}),
        _ => vocabulary.value(dice),
    }
}

/// Puts the instance into itself, again and again, at one of its places. Often the innermost is not as the others.
fn nest(instance: &mut Value, vocabulary: &Vocabulary, dice: &mut Dice) {
    let mut places = Vec::new();
    places_in(instance, String::new(), &mut places);
    places.retain(|place| !place.is_empty());
    if places.is_empty() {
        return;
    }
    let (place, pattern) = (dice.one(&places), instance.clone());
    if dice.percent(50) {
        change_a_part(instance, vocabulary, dice);
    }
    let most = dice.one(&[4, NESTED]);
    for _ in 0..=dice.below(most) {
        let mut around = pattern.clone();
        if let Some(inner) = around.pointer_mut(&place) {
            *inner = std::mem::take(instance);
        }
        *instance = around;
    }
}

fn places_in(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places_in(member, format!("{place}/{}", escaped(name)), places);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                places_in(element, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}
