//! Numbers as people write them: one without a fraction is written without one, `5` and not `5.0`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::ser::{SerializeMap, SerializeSeq, SerializeTuple};
use serde::{Serialize, Serializer};

use crate::quantity::double;

/// What may hold numbers, which it writes without a fraction where they have none.
pub trait WriteNumbers {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// If the serializer refuses it.
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Writes a value whose numbers are written without a fraction where they have none: for serde's `serialize_with`.
///
/// ```
/// use isomorph_runtime::v1::write_numbers;
///
/// #[derive(serde::Serialize)]
/// struct Sizes {
///     #[serde(serialize_with = "write_numbers")]
///     all: Vec<f64>,
/// }
///
/// assert_eq!(serde_json::to_string(&Sizes { all: vec![5.0, 0.5] }).unwrap(), r#"{"all":[5,0.5]}"#);
/// ```
///
/// # Errors
///
/// If the serializer refuses it.
pub fn write_numbers<T: WriteNumbers + ?Sized, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.write_numbers(serializer)
}

/// The integer that a number is. None is what no `i64` holds, and the zero that is less than nothing.
#[expect(clippy::cast_possible_truncation, reason = "in range and without a fraction")]
fn whole(value: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let is_negative_zero = value == 0.0 && value.is_sign_negative();
    let is_whole = value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value) && !is_negative_zero;
    is_whole.then_some(value as i64)
}

impl WriteNumbers for f64 {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match whole(*self) {
            Some(value) => serializer.serialize_i64(value),
            None => serializer.serialize_f64(*self),
        }
    }
}

impl WriteNumbers for f32 {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match whole((*self).into()) {
            Some(value) => serializer.serialize_i64(value),
            None => serializer.serialize_f64(double(*self)),
        }
    }
}

/// A part, for serializers, which take what is [`Serialize`].
struct Part<'a, T>(&'a T);

impl<T: WriteNumbers> Serialize for Part<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write_numbers(serializer)
    }
}

impl<T: WriteNumbers> WriteNumbers for Box<T> {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::write_numbers(self, serializer)
    }
}

impl<T: WriteNumbers> WriteNumbers for Option<T> {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Part(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: WriteNumbers> WriteNumbers for Vec<T> {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut elements = serializer.serialize_seq(Some(self.len()))?;
        for element in self {
            elements.serialize_element(&Part(element))?;
        }
        elements.end()
    }
}

impl<T: WriteNumbers, const N: usize> WriteNumbers for [T; N] {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut elements = serializer.serialize_tuple(N)?;
        for element in self {
            elements.serialize_element(&Part(element))?;
        }
        elements.end()
    }
}

/// For each kind of map.
macro_rules! maps {
    ($($(#[$feature:meta])? $($map:ident)::+ $(by $state:ident)?;)+) => {$(
        $(#[$feature])?
        impl<K: Serialize, T: WriteNumbers $(, $state)?> WriteNumbers for $($map)::+<K, T $(, $state)?> {
            fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut members = serializer.serialize_map(Some(self.len()))?;
                for (name, value) in self {
                    members.serialize_entry(name, &Part(value))?;
                }
                members.end()
            }
        }
    )+};
}

maps! {
    BTreeMap;
    HashMap by H;
    #[cfg(feature = "indexmap")]
    indexmap::IndexMap by H;
}

/// What stands beside numbers in a tuple is written as it writes itself.
#[doc(hidden)]
#[macro_export]
macro_rules! written_beside_numbers {
    ($($type:ty),+ $(,)?) => { $(
        impl $crate::WriteNumbers for $type {
            fn write_numbers<S: $crate::__serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__serde::Serialize::serialize(self, serializer)
            }
        }
    )+ };
}

written_beside_numbers!(
    (),
    bool,
    i8,
    u8,
    i16,
    u16,
    i32,
    u32,
    i64,
    u64,
    isize,
    usize,
    String,
    Box<str>,
    std::path::PathBuf
);

impl WriteNumbers for Arc<str> {
    fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(feature = "value")]
written_beside_numbers!(serde_json::Value, serde_json::Number);

macro_rules! tuples {
    ($($length:literal: $($type:ident $index:tt)+;)+) => { $(
        impl<$($type: WriteNumbers),+> WriteNumbers for ($($type,)+) {
            fn write_numbers<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut elements = serializer.serialize_tuple($length)?;
                $(elements.serialize_element(&Part(&self.$index))?;)+
                elements.end()
            }
        }
    )+ };
}

// As far as the standard library goes.
tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    12: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}

#[cfg(test)]
#[cfg(feature = "value")]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::{WriteNumbers, write_numbers};

    #[derive(Debug, Serialize)]
    struct Whole<T: WriteNumbers>(#[serde(serialize_with = "write_numbers")] T);

    fn text<T: WriteNumbers>(value: T) -> String {
        serde_json::to_string(&Whole(value)).unwrap()
    }

    #[test]
    fn a_number_is_written_with_a_fraction_only_if_it_has_one() {
        for (value, expected) in [
            (5.0, "5"),
            (-3.0, "-3"),
            (0.0, "0"),
            (0.5, "0.5"),
            (-0.0, "-0.0"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (1e18, "1000000000000000000"),
            (1e300, "1e+300"),
            (1e-300, "1e-300"),
        ] {
            assert_eq!(text(value), expected);
            assert_eq!(serde_json::from_str::<f64>(expected).unwrap().to_bits(), f64::to_bits(value));
        }
    }

    #[test]
    fn a_number_of_single_precision_is_written_with_its_own_digits() {
        assert_eq!([text(5.0_f32), text(0.1_f32), text(1e30_f32)], ["5", "0.1", "1e+30"]);
        assert_eq!(serde_json::to_value(Whole(0.1_f32)).unwrap(), 0.1);
    }

    #[test]
    fn so_it_is_wherever_it_stands() {
        assert_eq!(text(vec![Some(1.0), None]), "[1,null]");
        assert_eq!(text(BTreeMap::from([("a".to_owned(), Box::new(2.0))])), r#"{"a":2}"#);
        assert_eq!(text(("a".to_owned(), 1_u8, [3.0, 0.5], vec![(4.0,)])), r#"["a",1,[3,0.5],[[4]]]"#);
        assert_eq!(text((1.0, serde_json::json!({"as it is": 1.0}))), r#"[1,{"as it is":1.0}]"#);
    }

    #[test]
    fn what_is_kept_beside_fields_is_written_so_too() {
        #[derive(Serialize)]
        struct Rates {
            name: String,
            #[serde(flatten, serialize_with = "write_numbers")]
            all: BTreeMap<String, f64>,
        }
        let rates = Rates { name: "a".into(), all: BTreeMap::from([("b".into(), 1.0)]) };
        assert_eq!(serde_json::to_string(&rates).unwrap(), r#"{"name":"a","b":1}"#);
    }
}
