//! How defaults are written.

use schemars::Schema;
use serde_json::Value;

/// The default as `wanted`: `30.0` as `30`, and without the members that are defaults themselves. Another value stays as
/// it is.
pub fn default_as(wanted: Value) -> impl FnMut(&mut Schema) {
    move |schema| {
        if let Some(said) = schema.get_mut("default")
            && says(said, &wanted)
        {
            said.clone_from(&wanted);
        }
    }
}

/// Whether a value says all that another one does.
fn says(said: &Value, wanted: &Value) -> bool {
    match (said, wanted) {
        (Value::Number(said), Value::Number(wanted)) => said == wanted || said.as_f64() == wanted.as_f64(),
        (Value::Array(said), Value::Array(wanted)) => {
            said.len() == wanted.len() && said.iter().zip(wanted).all(|(said, wanted)| says(said, wanted))
        }
        (Value::Object(said), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| said.get(name).is_some_and(|said| says(said, wanted)))
        }
        _ => said == wanted,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::default_as;

    #[test]
    fn a_default_is_rewritten_and_never_said_anew() {
        let cases = [
            (json!({"default": 30.0}), json!(30), json!({"default": 30})),
            (json!({"default": 31.0}), json!(30), json!({"default": 31.0})),
            (json!({"default": {"a": 1.0, "b": 2}}), json!({"a": 1}), json!({"default": {"a": 1}})),
            (json!({"default": {"b": 2}}), json!({"a": 1}), json!({"default": {"b": 2}})),
            (json!({}), json!(30), json!({})),
        ];
        for (said, wanted, expected) in cases {
            let mut schema = said.try_into().expect("a schema");
            default_as(wanted)(&mut schema);
            assert_eq!(Value::from(schema), expected);
        }
    }
}
