use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::adapter::{ReadAs, WriteAs};
use crate::input::Input;
use crate::refusal::Refusal;

/// What a type is read from and written as by its own `Deserialize` and `Serialize`.
pub enum Serde {}

impl<T: DeserializeOwned> ReadAs<T> for Serde {
    fn read_as<I: Input>(input: I) -> Result<T, I::Error> {
        read_by(input, |value| T::deserialize(value))
    }
}

impl<T: Serialize> WriteAs<T> for Serde {
    fn write_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// Reads a value by a function for deserializers.
///
/// # Errors
///
/// If the function refuses the value.
pub fn read_by<T, I: Input>(
    input: I,
    deserialize: impl FnOnce(&Value) -> Result<T, serde_json::Error>,
) -> Result<T, I::Error> {
    input.buffered(|value| deserialize(value).map_err(Refusal::new))
}

/// Declares an adapter by a module of two functions, `deserialize` and `serialize`, as serde's `with` has them.
///
/// ```
/// use isomorph_runtime::v1::via;
///
/// mod cents {
///     use serde::{Deserialize, Deserializer, Serializer};
///
///     pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
///         f64::deserialize(deserializer).map(|amount| (amount * 100.0) as u64)
///     }
///
///     pub fn serialize<S: Serializer>(cents: &u64, serializer: S) -> Result<S::Ok, S::Error> {
///         serializer.serialize_f64(*cents as f64 / 100.0)
///     }
/// }
///
/// isomorph_runtime::adapter! { Cents: u64 = cents }
///
/// #[derive(serde::Serialize)]
/// struct Prices(#[serde(serialize_with = "via::As::<Vec<Cents>>::serialize")] Vec<u64>);
///
/// isomorph_runtime::newtype! { Prices (Vec<u64>) free as (Vec<Cents>) }
///
/// let prices: Prices = serde_json::from_str("[0.5, 12]").unwrap();
/// assert_eq!(*prices, [50, 1200]);
/// assert_eq!(serde_json::to_string(&prices).unwrap(), "[0.5,12.0]");
/// ```
#[macro_export]
macro_rules! adapter {
    ($name:ident: $type:ty = $($module:ident)::+) => {
        pub enum $name {}

        impl $crate::v1::via::ReadAs<$type> for $name {
            fn read_as<I: $crate::Input>(input: I) -> ::core::result::Result<$type, I::Error> {
                $crate::v1::via::read_by(input, |value| $($module)::+::deserialize(value))
            }
        }

        impl $crate::v1::via::WriteAs<$type> for $name {
            fn write_as<S: $crate::__serde::Serializer>(
                value: &$type,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $($module)::+::serialize(value, serializer)
            }
        }
    };
}
