//! The numbers of a document that may be read as others, by their digits.

use isomorph_json::{Decimal, Pointer};
use isomorph_schema::Document;
use serde_json::{Number, Value};

use super::super::beyond::written;

/// From here on numbers are large.
pub const LEAST: u64 = 1 << 50;

/// A large number, as it is written.
#[derive(Debug, Clone)]
pub struct Large {
    pub at: Pointer,
    pub is_negative: bool,
    pub magnitude: u128,
    /// Whether it was read as a number that may have a fraction, and is written as one.
    pub is_fraction: bool,
}

/// All numbers of some documents that matter to whoever chooses others.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    pub large: Vec<u128>,
    /// What numbers are divided by: digits, and how many zeros stand behind them.
    pub divisors: Vec<(u64, u32)>,
    pub large_divisors: Vec<u128>,
    /// The largest magnitude of those that are not large, rounded up.
    pub small: u64,
}

impl Numbers {
    /// Adds those of a document; `None` if it has one that cannot be told by its digits here.
    pub fn add(&mut self, document: &Document) -> Option<()> {
        let mut found = Some(());
        each(&document.root, &mut |at, number| {
            let is_divisor = at.last() == "multipleOf";
            if !is_large(number) {
                self.small = self.small.max(magnitude_of_small(number));
                match divisor(number).filter(|_| is_divisor) {
                    Some(divisor) => self.divisors.push(divisor),
                    None if is_divisor => found = None,
                    None => {}
                }
                return;
            }
            match of(document, at, number) {
                Some(large) if is_divisor => self.large_divisors.push(large.magnitude),
                Some(large) => self.large.push(large.magnitude),
                None => found = None,
            }
        });
        found
    }
}

/// The large numbers of a document.
pub fn all(document: &Document) -> Vec<Large> {
    let mut found = Vec::new();
    each(&document.root, &mut |at, number| {
        if is_large(number) {
            found.extend(of(document, at, number));
        }
    });
    found
}

/// Calls `see` with each number and its place.
fn each(root: &Value, see: &mut dyn FnMut(&Pointer, &Number)) {
    let mut work = vec![(Pointer::root(), root)];
    while let Some((at, part)) = work.pop() {
        match part {
            Value::Object(members) => {
                work.extend(members.iter().map(|(name, inner)| (at.join(name), inner)));
            }
            Value::Array(elements) => {
                work.extend(elements.iter().enumerate().map(|(index, inner)| (at.join(index), inner)));
            }
            Value::Number(number) => see(&at, number),
            _ => {}
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a power of two is exact")]
fn is_large(number: &Number) -> bool {
    number.as_f64().is_none_or(|read| read.abs() >= LEAST as f64)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is smaller, and not negative")]
fn magnitude_of_small(number: &Number) -> u64 {
    number.as_f64().map_or(LEAST, |read| read.abs().ceil() as u64)
}

fn of(document: &Document, at: &Pointer, number: &Number) -> Option<Large> {
    let text = if number.is_f64() { written(document, at)?.to_owned() } else { number.to_string() };
    let text = text.trim_start_matches('+').replace('_', "");
    let unsigned = text.trim_start_matches('-').trim_start_matches('0');
    // Those of other systems are written in JSON by nobody.
    if unsigned.starts_with(['x', 'o', 'b']) {
        return None;
    }
    let whole = Decimal::new(&text).whole()?;
    let is_fraction = number.is_f64() && !unsigned.bytes().all(|digit| digit.is_ascii_digit());
    Some(Large { at: at.clone(), is_negative: whole < 0, magnitude: whole.unsigned_abs(), is_fraction })
}

fn divisor(number: &Number) -> Option<(u64, u32)> {
    let text = number.to_string();
    let decimal = Decimal::new(&text);
    let digits = decimal.digits().parse().ok()?;
    Some((digits, u32::try_from(decimal.exponent().max(0)).ok()?))
}

#[cfg(test)]
mod tests {
    use isomorph_schema::{Dialect, Source, load};

    use super::{Numbers, all};

    #[test]
    fn large_numbers_are_told_by_all_their_digits() {
        let text =
            br#"{"maximum": 18446744073709551617, "minimum": -1e20, "multipleOf": 2.5, "maxLength": 3}"#;
        let source = Source { file: "A.json".into(), uri: None, text: text.to_vec() };
        let documents = load(&[source], Dialect::default()).expect("a schema");
        let mut found: Vec<_> =
            all(&documents[0]).iter().map(|one| (one.magnitude, one.is_negative, one.is_fraction)).collect();
        found.sort_unstable();
        assert_eq!(found, [(18_446_744_073_709_551_617, false, false), (10_u128.pow(20), true, true)]);
        let mut numbers = Numbers::default();
        assert_eq!(numbers.add(&documents[0]), Some(()));
        assert_eq!((numbers.divisors, numbers.small), (vec![(25, 0)], 3));
    }
}
