//! Numbers by their digits: compared and divided exactly, however many they have.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::work::spend;

/// A number as its digits and a power of ten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal<'a> {
    is_negative: bool,
    /// Without zeros at either end; none at all for zero.
    digits: Cow<'a, str>,
    /// The power of ten of the last digit.
    exponent: i128,
}

impl<'a> Decimal<'a> {
    /// The number that a token of JSON says.
    pub fn new(literal: &'a str) -> Self {
        let (is_negative, unsigned) = literal.strip_prefix('-').map_or((false, literal), |rest| (true, rest));
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (digits, places) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (Cow::Owned(format!("{whole}{fraction}")), fraction.len()),
            None => (Cow::Borrowed(mantissa), 0),
        };
        let (digits, zeros) = significant(digits);
        if digits.is_empty() {
            return Self { is_negative: false, digits, exponent: 0 };
        }
        let length = |count: usize| i128::try_from(count).unwrap_or_default();
        let exponent = i128::from(exponent_of(exponent)) - length(places) + length(zeros);
        Self { is_negative, digits, exponent }
    }

    /// Whether it is less than zero.
    pub fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Its digits, without zeros at either end; none for zero.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The power of ten of its last digit.
    pub fn exponent(&self) -> i128 {
        self.exponent
    }

    /// The same integer, if it is one of so many bits.
    pub fn whole(&self) -> Option<i128> {
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| *zeros < 40)?;
        let sign = if self.is_negative { "-" } else { "" };
        let digits = if self.digits.is_empty() { "0" } else { &self.digits };
        format!("{sign}{digits}{}", "0".repeat(zeros)).parse().ok()
    }

    /// Whether dividing it by `divisor` leaves nothing. Where that would take more than is left for the job, the answer means
    /// nothing.
    pub fn is_multiple_of(&self, divisor: &Self) -> bool {
        if divisor.digits.is_empty() || self.digits.is_empty() {
            return self.digits.is_empty() && !divisor.digits.is_empty();
        }
        // Its last digit is not 0, as that of every multiple of a divisor with more zeros behind it would be.
        let Ok(zeros) = usize::try_from(self.exponent - divisor.exponent) else { return false };
        // A divisor has no more factors 2, and none more 5, than this many zeros bring.
        let zeros = zeros.min(4 * divisor.digits.len());
        // What is less than its divisor leaves itself. What is not has as many digits, by which the work below is counted.
        if self.digits.len() + zeros < divisor.digits.len() {
            return false;
        }
        let digits = self.digits.bytes().chain(std::iter::repeat_n(b'0', zeros)).map(|digit| digit - b'0');
        if let Ok(small) = divisor.digits.parse::<u64>() {
            let rest = |rest: u128, digit: u8| (rest * 10 + u128::from(digit)) % u128::from(small);
            return digits.fold(0, rest) == 0;
        }
        let looks = ((self.digits.len() + zeros) as u64).saturating_mul(divisor.digits.len() as u64) / 16;
        !spend(looks) || Natural::of(&divisor.digits).divides(digits)
    }
}

/// The digits without zeros at either end, and how many zeros stood behind.
fn significant(digits: Cow<str>) -> (Cow<str>, usize) {
    let leading = digits.len() - digits.trim_start_matches('0').len();
    let end = digits.trim_end_matches('0').len().max(leading);
    let zeros = digits.len() - end;
    let significant = match digits {
        Cow::Borrowed(digits) => Cow::Borrowed(&digits[leading..end]),
        Cow::Owned(digits) => Cow::Owned(digits[leading..end].to_owned()),
    };
    (significant, zeros)
}

/// An exponent, or as much of one as fits: of such a size no two numbers can be told apart by more.
fn exponent_of(digits: &str) -> i64 {
    digits.parse().unwrap_or(if digits.starts_with('-') { i64::MIN } else { i64::MAX })
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let length =
            |number: &Self| number.exponent + i128::try_from(number.digits.len()).unwrap_or_default();
        let magnitude = || length(self).cmp(&length(other)).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then_with(|| match sign(self) {
            0 => Ordering::Equal,
            1 => magnitude(),
            _ => magnitude().reverse(),
        })
    }
}

/// An integer of any size without a sign, in parts of 32 bits, the least first.
struct Natural(Vec<u32>);

impl Natural {
    fn of(digits: &str) -> Self {
        let mut number = Self(Vec::new());
        digits.bytes().for_each(|digit| number.push(digit - b'0'));
        number
    }

    /// Puts one more digit behind it.
    fn push(&mut self, digit: u8) {
        let mut carried = u64::from(digit);
        for part in &mut self.0 {
            let sum = u64::from(*part) * 10 + carried;
            (*part, carried) = (low(sum), sum >> 32);
        }
        if carried > 0 {
            self.0.push(low(carried));
        }
    }

    /// Whether it is no less than another.
    fn reaches(&self, other: &Self) -> bool {
        let longer = self.0.len().cmp(&other.0.len());
        longer.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev())).is_ge()
    }

    /// Takes one away that it reaches.
    fn subtract(&mut self, other: &Self) {
        let mut borrowed = 0;
        for (index, part) in self.0.iter_mut().enumerate() {
            let taken = u64::from(other.0.get(index).copied().unwrap_or(0)) + borrowed;
            borrowed = u64::from(u64::from(*part) < taken);
            *part = low((u64::from(*part) + (borrowed << 32)) - taken);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Whether a number of these digits is a multiple of this one.
    fn divides(&self, digits: impl Iterator<Item = u8>) -> bool {
        let mut rest = Self(Vec::new());
        for digit in digits {
            rest.push(digit);
            while rest.reaches(self) {
                rest.subtract(self);
            }
        }
        rest.0.is_empty()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
fn low(sum: u64) -> u32 {
    sum as u32
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use super::Decimal;
    use crate::work::within;

    #[test]
    fn numbers_are_compared_by_all_their_digits() {
        for (one, other, expected) in [
            ("18446744073709551616", "18446744073709551617", Less),
            ("-9223372036854775809", "-9223372036854775808", Less),
            ("1e30", "1000000000000000000000000000000", Equal),
            ("1e30", "999999999999999999999999999999", Greater),
            ("0.1", "0.10", Equal),
            ("0.1", "0.1000000000000000000000000001", Less),
            ("-0", "0.0e5", Equal),
            ("-1", "0", Less),
            ("12", "2", Greater),
            ("120", "12", Greater),
            ("1e-99999999999999999999999", "0", Greater),
            ("0e99999999999999999999999", "0", Equal),
        ] {
            let (first, second) = (Decimal::new(one), Decimal::new(other));
            assert_eq!(first.cmp(&second), expected, "{one} {other}");
            assert_eq!(second.cmp(&first), expected.reverse(), "{one} {other}");
        }
    }

    #[test]
    fn what_is_less_than_a_long_divisor_takes_no_work() {
        let divisor = format!("{}1", "3".repeat(1_000_000));
        for number in ["7", "1e5", "123456789012345678901234567890"] {
            let told = within(1000, || Decimal::new(number).is_multiple_of(&Decimal::new(&divisor)));
            assert_eq!(told.map(|(is_multiple, _)| is_multiple), Some(false), "{number}");
        }
    }

    #[test]
    fn multiples_leave_nothing_whatever_their_size() {
        for (number, divisor, expected) in [
            ("9", "3", true),
            ("10", "3", false),
            ("9007199254740993", "9007199254740993", true),
            ("9007199254740992", "9007199254740993", false),
            ("9007199254740993", "0.3", true),
            ("9007199254740994", "0.3", false),
            ("18446744073709551615", "9223372036854775807", false),
            ("-18446744073709551614", "9223372036854775807", true),
            ("1e30", "100", true),
            ("1e30", "3", false),
            ("1e30", "1024", true),
            ("1e3", "16", false),
            ("1e300000000", "152587890625", true),
            ("0.5", "1", false),
            ("0", "7", true),
            ("7", "0", false),
            ("123456789012345678901234567890", "1234567890123456789012345678900", false),
            ("246913578024691357802469135780", "123456789012345678901234567890", true),
            ("246913578024691357802469135781", "123456789012345678901234567891", false),
            ("246913578024691357802469135782", "123456789012345678901234567891", true),
            ("1e60", "1267650600228229401496703205376", false),
            ("1e31", "1267650600228229401496703205376", false),
            ("1e130", "1267650600228229401496703205376", true),
        ] {
            let is = Decimal::new(number).is_multiple_of(&Decimal::new(divisor));
            assert_eq!(is, expected, "{number} {divisor}");
        }
    }

    #[test]
    fn integers_are_told_from_the_rest() {
        for (literal, expected) in [
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("-9223372036854775808", Some(-9_223_372_036_854_775_808)),
            ("1e3", Some(1000)),
            ("-0.0", Some(0)),
            ("1.5", None),
            ("1e100", None),
        ] {
            assert_eq!(Decimal::new(literal).whole(), expected, "{literal}");
        }
    }

    #[test]
    fn a_division_takes_bounded_work() {
        let long = "7".repeat(100_000);
        let number = Decimal::new(&long);
        assert_eq!(within(1_000_000, || number.is_multiple_of(&Decimal::new(&long[1..]))), None);
    }
}
