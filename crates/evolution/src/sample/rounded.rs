//! Numbers of schemas that no double tells from their neighbours: what is as near to one breaks it by its double, and may not by itself.

use serde_json::Value;

/// Those of a schema.
pub struct Rounded(Vec<f64>);

/// From here on doubles lie further apart than whole numbers do.
const LEAST: f64 = 9_007_199_254_740_992.0;
/// How far one is from the next, of as much.
const APART: f64 = f64::EPSILON;

impl Rounded {
    /// All that a bundle has.
    pub fn of(bundle: &Value) -> Self {
        let (mut found, mut work) = (Vec::new(), vec![bundle]);
        while let Some(part) = work.pop() {
            match part {
                Value::Object(members) => work.extend(members.values()),
                Value::Array(elements) => work.extend(elements),
                Value::Number(number) if number.is_f64() => {
                    found.extend(number.as_f64().filter(|number| number.abs() >= LEAST));
                }
                _ => {}
            }
        }
        Self(found)
    }

    /// Whether a value may be on the other side of one of them.
    pub fn are_near(&self, value: Option<&Value>) -> bool {
        let Some(number) = value.and_then(Value::as_f64) else { return false };
        self.0.iter().any(|rounded| (rounded - number).abs() <= rounded.abs() * APART)
    }
}
