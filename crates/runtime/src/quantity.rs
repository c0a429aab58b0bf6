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

    /// Whether dividing it by `divisor` leaves nothing.
    pub fn is_multiple_of(self, divisor: Self) -> bool {
        match (self.reduced(), divisor.reduced()) {
            (_, Self::Whole(0)) => false,
            (Self::Whole(number), Self::Whole(divisor)) => number % divisor == 0,
            (number, divisor) => number.double() % divisor.double() == 0.0,
        }
    }

    fn double(self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "only where the other number is a double")]
            Self::Whole(number) => number as f64,
            Self::Double(double) => double,
        }
    }
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
    }
}
