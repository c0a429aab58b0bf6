//! Numbers that are compared exactly, whichever way they are held.

use std::cmp::Ordering;
use std::fmt;

/// A number.
#[derive(Debug, Clone, Copy)]
pub enum Quantity {
    /// An integer that is held as one.
    Whole(i128),
    /// A double.
    Double(f64),
}

/// The least magnitude that no integer of ours has: 2^126.
const TOO_LARGE: f64 = 8.507_059_173_023_462e37;

impl Quantity {
    /// Whether it has no fraction.
    pub fn is_integer(self) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Double(double) => double.fract() == 0.0,
        }
    }

    /// The same number, as an integer if it is one that fits.
    #[must_use]
    pub fn reduced(self) -> Self {
        match self {
            #[expect(clippy::cast_possible_truncation, reason = "it has no fraction and fits")]
            Self::Double(double) if double.fract() == 0.0 && double.abs() < TOO_LARGE => {
                Self::Whole(double as i128)
            }
            other => other,
        }
    }

    /// The same number, as an integer if it is one that a double tells from its neighbours: a larger one is the decimal that it
    /// is written as.
    fn told_apart(self) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Double(double) if double.abs() > EXACT => self,
            other => other.reduced(),
        }
    }

    /// Whether dividing it by `divisor` leaves nothing.
    pub fn is_multiple_of(self, divisor: Self) -> bool {
        match (self.told_apart(), divisor.told_apart()) {
            (_, Self::Whole(0)) => false,
            (Self::Whole(number), Self::Whole(divisor)) => number % divisor == 0,
            (number, divisor) => is_multiple(number.decimal(), divisor.decimal()),
        }
    }

    /// Its digits and the power of ten, as it is written.
    fn decimal(self) -> (i128, i32) {
        let double = match self {
            Self::Whole(number) => return (number, 0),
            Self::Double(double) => double,
        };
        let text = format!("{double:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let behind = i32::try_from(fraction.len()).unwrap_or_default();
        let number = format!("{whole}{fraction}").parse().unwrap_or_default();
        (number, exponent.parse().unwrap_or(0) - behind)
    }
}

/// Whether a decimal number is a multiple of another, which is not 0.
fn is_multiple((number, exponent): (i128, i32), (divisor, power): (i128, i32)) -> bool {
    let zeros = exponent.abs_diff(power);
    if divisor == 0 || number == 0 {
        return number == 0 && divisor != 0;
    }
    if exponent < power {
        // So many more zeros of the divisor; past what fits it is larger than the number.
        let larger = 10_i128.checked_pow(zeros).and_then(|zeros| divisor.checked_mul(zeros));
        return larger.is_some_and(|divisor| number % divisor == 0);
    }
    let rest = (0..zeros).try_fold(number % divisor, |rest, _| Some(rest.checked_mul(10)? % divisor));
    rest == Some(0)
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.reduced(), other.reduced()) {
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(&b)),
            (Self::Double(a), Self::Double(b)) => a.partial_cmp(&b),
            (Self::Whole(a), Self::Double(b)) => against(a, b),
            (Self::Double(a), Self::Whole(b)) => against(b, a).map(Ordering::reverse),
        }
    }
}

/// An integer against a double that is no integer of ours: it has a fraction, or is too large, or no number.
fn against(whole: i128, double: f64) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    if double.abs() >= TOO_LARGE {
        return Some(if double > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    #[expect(clippy::cast_possible_truncation, reason = "it fits")]
    let below = double.floor() as i128;
    Some(if whole <= below { Ordering::Less } else { Ordering::Greater })
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Double(double) => double.fmt(f),
        }
    }
}

/// The double that is written as a number of single precision is: the nearest one has more digits, as `0.1` shows.
pub(crate) fn double(number: f32) -> f64 {
    number.to_string().parse().unwrap_or_else(|_| number.into())
}

#[cfg(test)]
mod tests {
    use super::Quantity::{Double, Whole};

    #[test]
    fn numbers_are_compared_exactly() {
        let large = 1_i128 << 53;
        assert_eq!(Whole(1), Double(1.0));
        assert_eq!(Double(-0.0), Whole(0));
        assert!(Whole(large + 1) > Double(9_007_199_254_740_992.0));
        assert!(Whole(i128::from(u64::MAX)) < Double(18_446_744_073_709_551_616.0));
        assert!(Whole(1) < Double(1.5) && Whole(2) > Double(1.5) && Whole(-1) > Double(-1.5));
        assert!(Whole(i128::from(i64::MAX)) < Double(1e300) && Whole(i128::from(i64::MIN)) > Double(-1e300));
    }

    #[test]
    fn multiples_leave_nothing() {
        assert!(Whole(9).is_multiple_of(Whole(3)) && !Whole(10).is_multiple_of(Whole(3)));
        assert!(Double(4.0).is_multiple_of(Whole(2)) && !Double(4.5).is_multiple_of(Whole(2)));
        assert!(Double(4.5).is_multiple_of(Double(0.5)) && !Double(4.3).is_multiple_of(Double(0.5)));
        assert!(!Whole(1).is_multiple_of(Whole(0)));
        assert!(Double(1.13).is_multiple_of(Double(0.01)) && Double(19.99).is_multiple_of(Double(0.01)));
        assert!(Whole(3).is_multiple_of(Double(0.1)) && Double(1e300).is_multiple_of(Double(0.01)));
        assert!(Double(1e30).is_multiple_of(Whole(100)) && !Double(1e30).is_multiple_of(Whole(3)));
        assert!(Whole(9_007_199_254_740_993).is_multiple_of(Double(0.3)));
        assert!(!Double(1.135).is_multiple_of(Double(0.01)) && !Double(1e-300).is_multiple_of(Double(0.01)));
    }
}
