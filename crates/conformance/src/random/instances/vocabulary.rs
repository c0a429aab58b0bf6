//! The words of a schema: names of properties, and values that it mentions.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::random::dice::Dice;

/// Names and values, for instances.
pub struct Vocabulary {
    names: Vec<String>,
    values: Vec<Value>,
}

impl Vocabulary {
    /// That of a schema.
    pub fn of(root: &Value) -> Self {
        let (mut names, mut values) = (BTreeSet::new(), Vec::new());
        collect(root, &mut names, &mut values);
        let mut names: Vec<String> = names.into_iter().collect();
        // What no schema declares, twice, so that it is often taken.
        names.extend(["z", "z", "q"].map(str::to_owned));
        Self { names, values }
    }

    /// The name of a property.
    pub fn name(&self, dice: &mut Dice) -> String {
        dice.one(&self.names)
    }

    /// A value.
    pub fn value(&self, dice: &mut Dice) -> Value {
        if !self.values.is_empty() && dice.percent(35) {
            return dice.one(&self.values);
        }
        match dice.below(19) {
            0 | 1 => Value::Null,
            2 => json!(true),
            3 => json!(false),
            4 => json!(0),
            5 => json!(1),
            6 => json!(5),
            7 => json!(5.0),
            8 => json!(-1),
            9 => json!(1.5),
            10 => json!(1.0),
            11 => json!("a"),
            12 => json!(""),
            13 => json!("b"),
            14 => json!([]),
            15 => json!([1]),
            16 => json!({}),
            17 => json!({(self.name(dice)): 1}),
            _ => json!({(self.name(dice)): "a"}),
        }
    }
}

fn collect(schema: &Value, names: &mut BTreeSet<String>, values: &mut Vec<Value>) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, said) in keywords {
                match (keyword.as_str(), said) {
                    ("properties" | "dependentSchemas" | "dependencies", Value::Object(properties)) => {
                        names.extend(properties.keys().cloned());
                    }
                    ("required", Value::Array(required)) => {
                        names.extend(required.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    ("enum", Value::Array(some)) => values.extend(some.iter().cloned()),
                    ("const" | "default" | "minimum" | "maximum", one) => values.push(one.clone()),
                    _ => {}
                }
                collect(said, names, values);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, names, values)),
        _ => {}
    }
}
