use std::fmt;

use ::serde::de::Unexpected;

use super::adapter::ReadAs;
use crate::condition::types;
use crate::input::{Input, Visit};
use crate::refusal::Refusal;

/// Doubles that keep each integer as it was written: one that no double is, like `9007199254740993`, is refused as beyond what
/// the type holds. For numbers on whose last digit a verdict depends, as that on the multiples of 2 does.
pub enum Exact {}

impl ReadAs<f64> for Exact {
    fn read_as<I: Input>(input: I) -> Result<f64, I::Error> {
        input.visit(Number)
    }
}

struct Number;

impl Visit for Number {
    type Output = f64;
    const TAKES: u8 = types::NUMBER;
    const TAKES_NUMBERS: bool = true;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number")
    }

    #[inline]
    fn signed(self, value: i64) -> Result<f64, Refusal> {
        same(value.into()).ok_or_else(|| beyond(Unexpected::Signed(value)))
    }

    #[inline]
    fn unsigned(self, value: u64) -> Result<f64, Refusal> {
        same(value.into()).ok_or_else(|| beyond(Unexpected::Unsigned(value)))
    }

    #[inline]
    fn float(self, value: f64) -> Result<f64, Refusal> {
        Ok(value)
    }
}

/// The double that an integer is.
fn same(value: i128) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "it is held against what it was")]
    let double = value as f64;
    #[expect(clippy::cast_possible_truncation, reason = "no integer of 64 bits is so large")]
    let back = double as i128;
    (back == value).then_some(double)
}

fn beyond(found: Unexpected) -> Refusal {
    Refusal::beyond(found, "a number that a double holds")
}

#[cfg(test)]
mod tests {
    use super::Exact;
    use crate::from_deserializer;
    use crate::via::Adapted;

    fn read(text: &str) -> Result<f64, String> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let read = from_deserializer::<Adapted<f64, Exact>, _>(&mut deserializer);
        read.map(|read| read.0).map_err(|error| error.to_string())
    }

    #[test]
    fn integers_are_kept_or_refused_as_beyond_what_is_held() {
        assert_eq!(read("9007199254740992"), Ok(9_007_199_254_740_992.0));
        assert_eq!(read("-9007199254740994"), Ok(-9_007_199_254_740_994.0));
        assert_eq!(read("18446744073709549568"), Ok(18_446_744_073_709_549_568.0));
        assert_eq!((read("0.1"), read("5"), read("1e300")), (Ok(0.1), Ok(5.0), Ok(1e300)));
        for text in ["9007199254740993", "-9007199254740993", "9223372036854775807", "18446744073709551615"] {
            let error = read(text).expect_err(text);
            assert!(error.contains("a number that a double holds"), "{error}");
        }
    }
}
