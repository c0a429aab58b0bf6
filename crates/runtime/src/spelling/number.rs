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

/// The least and the greatest integer of a format, as far as schemars says them.
pub fn ends(format: &str) -> (Option<i64>, Option<i64>) {
    match (range(format), format) {
        // Of four bytes it says only that they have no sign.
        (Some((least, _)), "uint32") => (Some(least), None),
        (Some((least, most)), "int8" | "uint8" | "int16" | "uint16") => (Some(least), Some(most)),
        (None, "uint" | "uint64") => (Some(0), None),
        _ => (None, None),
    }
}

/// Whether a keyword says what the type of the format ends with.
fn is_end(schema: &Schema, keyword: &str) -> bool {
    let (least, most) = ends(schema.get("format").and_then(Value::as_str).unwrap_or_default());
    let end = if keyword == "minimum" { least } else { most };
    end.is_some() && schema.get(keyword).and_then(Value::as_i64) == end
}

/// `{"format": "uint8", "maximum": 255}` → another upper bound, under its keyword.
pub fn below(keyword: &str, bound: impl Into<Value>) -> impl FnMut(&mut Schema) {
    let bound = bound.into();
    move |schema| {
        if is_end(schema, "maximum") {
            schema.remove("maximum");
            schema.insert(keyword.to_owned(), bound.clone());
        }
    }
}

/// `{"minimum": 0}` → `{"minimum": 0.0}`, and the same of `maximum`.
pub fn fractions(schema: &mut Schema) {
    for keyword in ["minimum", "maximum"] {
        let bound = schema.get(keyword).filter(|bound| bound.is_i64() || bound.is_u64());
        if let Some(bound) = bound.and_then(Value::as_f64) {
            schema.insert(keyword.to_owned(), bound.into());
        }
    }
}

/// `{"format": "uint8", "maximum": 255}` → without what this keyword says of the type.
pub fn unbounded(keyword: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if is_end(schema, keyword) {
            schema.remove(keyword);
        }
    }
}

/// `{"minimum": 0}` of a type that knows nothing below, or the least integer of a format → another lower bound, under
/// its keyword.
pub fn above(keyword: &str, bound: impl Into<Value>) -> impl FnMut(&mut Schema) {
    let bound = bound.into();
    move |schema| {
        if schema.get("minimum").and_then(Value::as_i64) == Some(0) || is_end(schema, "minimum") {
            schema.remove("minimum");
            schema.insert(keyword.to_owned(), bound.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, Schema, SchemaGenerator};
    use serde_json::{Value, json};

    use super::{above, below, ends, ranged, unbounded};
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

    #[test]
    fn ends_of_a_format_are_what_schemars_says_of_its_type() {
        fn hold<T: JsonSchema>() {
            let schema = T::json_schema(&mut SchemaGenerator::default());
            let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
            let format = schema.get("format").and_then(Value::as_str).expect("integers have formats");
            assert_eq!(ends(format), (bound("minimum"), bound("maximum")), "{format}");
        }
        hold::<i8>();
        hold::<u8>();
        hold::<i16>();
        hold::<u16>();
        hold::<i32>();
        hold::<u32>();
        hold::<i64>();
        hold::<u64>();
        hold::<isize>();
        hold::<usize>();
    }

    #[test]
    fn bounds_inside_a_type_stand_for_its_ends_and_for_no_other_type() {
        let percent = json!({"type": "integer", "format": "uint8", "minimum": 1, "maximum": 100});
        assert_eq!(said::<u8>(&mut [&mut above("minimum", 1), &mut below("maximum", 100)]), percent);
        let signed = json!({"type": "integer", "format": "int8", "exclusiveMinimum": -5});
        let mut open = unbounded("maximum");
        assert_eq!(said::<i8>(&mut [&mut above("exclusiveMinimum", -5), &mut open]), signed);
        // Of another type the format is another one.
        let wider = json!({"type": "integer", "format": "uint16", "minimum": 1, "maximum": 100});
        assert_eq!(said::<u16>(&mut [&mut above("minimum", 1), &mut below("maximum", 100)]), wider);
        assert_eq!(
            said::<i64>(&mut [&mut below("maximum", 100)]),
            json!({"type": "integer", "format": "int64"})
        );
    }
}
