//! How the bounds of integers are written.

use schemars::Schema;
use serde_json::Value;

/// The least and the greatest value of the integers of a format, where they have fewer than 64 bits.
fn range(format: &str) -> Option<(i64, i64)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        _ => return None,
    })
}

/// Whether the bounds say what a format says.
pub(super) fn has_range(schema: &Schema, format: &str) -> bool {
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
    range(format)
        .is_some_and(|(least, most)| (bound("minimum"), bound("maximum")) == (Some(least), Some(most)))
}

/// `{"format": "int32"}` → with the `minimum` and `maximum` that it means.
pub fn ranged(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if let Some((least, most)) = range(format) {
        schema.insert("minimum".into(), least.into());
        schema.insert("maximum".into(), most.into());
    }
}

/// `{"minimum": 0}` of a type that knows nothing below → another lower bound, under its keyword.
pub fn above(keyword: &str, bound: impl Into<Value>) -> impl FnMut(&mut Schema) {
    let bound = bound.into();
    move |schema| {
        if schema.get("minimum").and_then(Value::as_i64) == Some(0) {
            schema.remove("minimum");
            schema.insert(keyword.to_owned(), bound.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, Schema, SchemaGenerator};
    use serde_json::{Value, json};

    use super::{above, ranged};
    use crate::spelling::bare;

    fn said<T: JsonSchema>(spellings: &mut [&mut dyn FnMut(&mut Schema)]) -> Value {
        let mut schema = T::json_schema(&mut SchemaGenerator::default());
        for spelling in spellings {
            spelling(&mut schema);
        }
        schema.to_value()
    }

    #[test]
    fn bounds_are_those_of_the_type_and_of_no_other() {
        let i32s = json!({"type": "integer", "minimum": i32::MIN, "maximum": i32::MAX});
        assert_eq!(said::<i32>(&mut [&mut ranged, &mut bare]), i32s);
        assert_eq!(said::<i64>(&mut [&mut ranged, &mut bare]), json!({"type": "integer"}));
        assert_eq!(said::<u8>(&mut [&mut bare]), json!({"type": "integer", "minimum": 0, "maximum": 255}));
        assert_eq!(
            said::<u32>(&mut [&mut bare]),
            json!({"type": "integer", "format": "uint32", "minimum": 0})
        );
        let mut positive = above("exclusiveMinimum", 0);
        assert_eq!(
            said::<u64>(&mut [&mut bare, &mut positive]),
            json!({"type": "integer", "exclusiveMinimum": 0})
        );
        assert_eq!(said::<i64>(&mut [&mut bare, &mut positive]), json!({"type": "integer"}));
    }
}
