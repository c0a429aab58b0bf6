//! How types that are not ours stand for values: read and written by way of an *adapter*, a type that says how and of
//! which there is no value. An adapter of a type is one of what holds it, too: as `Str` is of a `Money`, so is
//! `Option<Vec<Str>>` of an `Option<Vec<Money>>`.
//!
//! ```
//! use isomorph_runtime::v1::via;
//!
//! #[derive(Debug, PartialEq)]
//! struct Money(i64);
//!
//! impl std::str::FromStr for Money {
//!     type Err = std::num::ParseIntError;
//!
//!     fn from_str(text: &str) -> Result<Self, Self::Err> {
//!         text.parse().map(Self)
//!     }
//! }
//!
//! impl std::fmt::Display for Money {
//!     fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
//!         self.0.fmt(f)
//!     }
//! }
//!
//! #[derive(Debug, PartialEq, serde::Serialize)]
//! struct Order {
//!     #[serde(serialize_with = "via::As::<via::Str>::serialize")]
//!     price: Money,
//!     #[serde(serialize_with = "via::As::<Option<Vec<via::Str>>>::serialize")]
//!     discounts: Option<Vec<Money>>,
//! }
//!
//! isomorph_runtime::object! {
//!     Order {
//!         0 price: required "price" as (via::Str),
//!         1 discounts: optional "discounts" as (Vec<via::Str>),
//!         ..
//!     }
//! }
//!
//! let text = r#"{"price":"12","discounts":["3","4"]}"#;
//! let order: Order = serde_json::from_str(text).unwrap();
//! assert_eq!(order, Order { price: Money(12), discounts: Some(vec![Money(3), Money(4)]) });
//! assert_eq!(serde_json::to_string(&order).unwrap(), text);
//! assert!(serde_json::from_str::<Order>(r#"{"price": "much"}"#).is_err());
//! ```

mod adapter;
mod base64;
#[cfg(feature = "chrono")]
mod chrono;
mod exact;
mod held;
#[cfg(feature = "jiff")]
mod jiff;
mod net;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod rfc3339;
#[cfg(feature = "value")]
mod serde;
mod str;
mod text;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

pub use adapter::{As, ReadAs, Same, WriteAs};
pub use base64::Base64;
pub use exact::Exact;
#[cfg(feature = "value")]
pub use serde::{Serde, read_by};
pub use str::Str;
#[cfg(feature = "time")]
pub use time::Rfc3339;

pub(crate) use adapter::Adapted;
