//! Instances near a schema: some that it accepts, and some that it does not, by little.

mod changes;
mod vocabulary;
mod walk;

use isomorph_codegen::Dialect;
use jsonschema::Validator;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dice::Dice;
use vocabulary::Vocabulary;
use walk::Walk;

/// An instance, and what the validator says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Its JSON text.
    pub text: String,
    /// Whether the schema accepts it.
    pub valid: bool,
}

/// How often an instance is made for one that is wanted.
const TRIES: usize = 12;

/// So many instances of a schema or near one, as many of them valid as not if there are as many.
pub fn instances(
    root: &Value,
    dialect: Dialect,
    validator: &Validator,
    wanted: usize,
    dice: &mut Dice,
) -> Vec<Judged> {
    let vocabulary = Vocabulary::of(root);
    let (mut valid, mut invalid): (Vec<Judged>, Vec<Judged>) = Default::default();
    let half = wanted.div_ceil(2);
    let mut known: Vec<Value> = vec![Value::Null];
    for number in 0..wanted * TRIES {
        if valid.len() >= half && invalid.len() >= half {
            break;
        }
        // Where few are valid, those that are made by walking the schema are the best chance.
        let is_walked = number % 3 == 0 || (valid.len() < half && dice.percent(50));
        let mut instance =
            if is_walked { Walk::new(root, dialect, &vocabulary, dice).instance() } else { dice.one(&known) };
        if !is_walked {
            for _ in 0..=dice.below(2) {
                changes::change(&mut instance, &vocabulary, dice);
            }
        }
        let judged = Judged { valid: validator.is_valid(&instance), text: instance.to_string() };
        let is_known = valid.iter().chain(&invalid).any(|known| known.text == judged.text);
        // What is nested too deeply is read by no door.
        let is_readable = || serde_json::from_str::<Value>(&judged.text).is_ok();
        if is_known || judged.text.len() > LONGEST || !is_readable() {
            continue;
        }
        // What is valid is the best to start from.
        if judged.valid || known.len() < 4 {
            known.push(instance);
        }
        if judged.valid { &mut valid } else { &mut invalid }.push(judged);
    }
    let of_valid = wanted.saturating_sub(invalid.len()).max(half);
    let of_invalid = wanted.saturating_sub(valid.len()).max(half);
    valid.truncate(of_valid);
    invalid.truncate(of_invalid);
    valid.append(&mut invalid);
    valid.truncate(wanted);
    valid
}

/// In bytes.
const LONGEST: usize = 4000;

#[cfg(test)]
mod tests {
    use isomorph_codegen::Dialect;
    use serde_json::json;

    use super::instances;
    use crate::random::dice::Dice;
    use crate::random::worker::validator;

    #[test]
    fn instances_are_near_the_schema_on_both_sides() {
        let schema = json!({
            "type": "object", "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"type": "integer", "minimum": 3}},
            "required": ["a"], "$defs": {"A": {"enum": ["x", {"y": 1}]}}
        });
        let dialect = Dialect::Draft202012;
        let validator = validator(&schema, dialect).expect("the schema is valid");
        let all = instances(&schema, dialect, &validator, 20, &mut Dice::new(1));
        let valid = all.iter().filter(|instance| instance.valid).count();
        assert_eq!((all.len(), valid), (20, 10), "{all:?}");
    }
}
