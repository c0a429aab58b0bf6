//! The assertions that no Rust type says: one function a keyword, named after it.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde::Serialize;

use crate::condition::Condition;
use crate::map::Map;
use crate::pattern::Pattern;
use crate::place::escaped;
use crate::refusal::Refusal;

/// Whether an assertion holds, and if not, why.
pub type Checked = Result<(), Refusal>;

/// Says in which member or element a check was made.
pub trait Within {
    /// The check was made in the member or element `segment`.
    #[must_use]
    fn within(self, segment: impl Display) -> Self;
}

impl Within for Checked {
    #[inline]
    fn within(self, segment: impl Display) -> Self {
        self.map_err(|refusal| refusal.at(format_args!("/{}", escaped(&segment.to_string()))))
    }
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(Refusal::new(format_args!("invalid value: {}", message()))) }
}

/// A number that keeps how it is written, as one that can be compared.
#[cfg(feature = "value")]
pub fn float(value: &serde_json::Number) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// `minimum`
///
/// # Errors
///
/// If `value` is less than `limit`.
pub fn minimum<T: Copy + PartialOrd + Display>(value: &T, limit: T) -> Checked {
    ensure(*value >= limit, || format!("{value} is less than the minimum {limit}"))
}

/// `maximum`
///
/// # Errors
///
/// If `value` is greater than `limit`.
pub fn maximum<T: Copy + PartialOrd + Display>(value: &T, limit: T) -> Checked {
    ensure(*value <= limit, || format!("{value} is greater than the maximum {limit}"))
}

/// `exclusiveMinimum`
///
/// # Errors
///
/// If `value` is not greater than `limit`.
pub fn exclusive_minimum<T: Copy + PartialOrd + Display>(value: &T, limit: T) -> Checked {
    ensure(*value > limit, || format!("{value} is not greater than {limit}"))
}

/// `exclusiveMaximum`
///
/// # Errors
///
/// If `value` is not less than `limit`.
pub fn exclusive_maximum<T: Copy + PartialOrd + Display>(value: &T, limit: T) -> Checked {
    ensure(*value < limit, || format!("{value} is not less than {limit}"))
}

/// `minLength`: characters are Unicode code points (RFC 8259).
///
/// # Errors
///
/// If `value` is shorter than `limit` characters.
pub fn min_length(value: &str, limit: usize) -> Checked {
    // No character is longer than four bytes, so that most strings need not be counted.
    let holds = value.len() >= limit.saturating_mul(4) || value.chars().count() >= limit;
    ensure(holds, || format!("the string is shorter than {limit} characters"))
}

/// `maxLength`: characters are Unicode code points (RFC 8259).
///
/// # Errors
///
/// If `value` is longer than `limit` characters.
pub fn max_length(value: &str, limit: usize) -> Checked {
    let holds = value.len() <= limit || value.chars().count() <= limit;
    ensure(holds, || format!("the string is longer than {limit} characters"))
}

/// `pattern`
///
/// # Errors
///
/// If `value` does not match.
pub fn pattern(value: &str, pattern: &Pattern) -> Checked {
    ensure(pattern.is_match(value), || format!("the string does not match `{}`", pattern.source()))
}

/// `uniqueItems`
///
/// # Errors
///
/// If two elements are equal as JSON.
pub fn unique_items<T: Serialize>(value: &[T]) -> Checked {
    // One alone is like no other, and many lists have no more.
    if value.len() < 2 { Ok(()) } else { Condition::UniqueItems.check(&value) }
}

/// What has elements that can be counted.
pub trait Counted {
    /// How many there are.
    fn count(&self) -> usize;
}

impl<T> Counted for [T] {
    fn count(&self) -> usize {
        self.len()
    }
}

impl<T> Counted for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }
}

impl<T> Counted for BTreeSet<T> {
    fn count(&self) -> usize {
        self.len()
    }
}

/// `minItems`
///
/// # Errors
///
/// If there are fewer than `limit` elements.
pub fn min_items<L: Counted + ?Sized>(value: &L, limit: usize) -> Checked {
    ensure(value.count() >= limit, || format!("the array has fewer than {limit} items"))
}

/// `maxItems`
///
/// # Errors
///
/// If there are more than `limit` elements.
pub fn max_items<L: Counted + ?Sized>(value: &L, limit: usize) -> Checked {
    ensure(value.count() <= limit, || format!("the array has more than {limit} items"))
}

/// `minProperties`
///
/// # Errors
///
/// If there are fewer than `limit` members.
pub fn min_properties<M: Map>(value: &M, limit: usize) -> Checked {
    ensure(value.count() >= limit, || format!("the object has fewer than {limit} properties"))
}

/// `maxProperties`
///
/// # Errors
///
/// If there are more than `limit` members.
pub fn max_properties<M: Map>(value: &M, limit: usize) -> Checked {
    ensure(value.count() <= limit, || format!("the object has more than {limit} properties"))
}
