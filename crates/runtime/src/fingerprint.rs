//! Numbers of values: equal values have the same, so that only what has the same needs to be compared.

use serde::Serialize;

use crate::quantity::Quantity;
use crate::seen::{Given, See, SeeParts, Stopped, show};

/// The number of a value. 1 has that of 1.0, and the order of members is none.
pub fn fingerprint<T: Serialize + ?Sized>(value: &T) -> Result<u64, Stopped> {
    show(value, Number)
}

/// Whether two elements of an array may be equal; what is no array has none.
pub fn may_repeat<T: Serialize + ?Sized>(value: &T) -> Result<bool, Stopped> {
    show(value, Repeats)
}

/// Two numbers as one. Their order counts.
fn mixed(one: u64, other: u64) -> u64 {
    let mixed = (one.rotate_left(5) ^ other).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 32
}

fn of_text(text: &str) -> u64 {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let first = 5 + text.len() as u64;
    let of_words = words.iter().fold(first, |sum, word| mixed(sum, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mixed(of_words, u64::from_le_bytes(last))
}

fn of_number(number: Quantity) -> u64 {
    #[expect(clippy::cast_precision_loss, reason = "equal integers are rounded to the same")]
    let double = match number {
        Quantity::Whole(whole) => whole as f64,
        Quantity::Double(double) => double,
    };
    // Of the two zeros, which are equal, the one without a sign.
    mixed(2, (double + 0.0).to_bits())
}

/// Makes the number of a value.
struct Number;

/// The number of what has parts, as it comes.
struct Sum(u64);

impl See for Number {
    type Output = u64;
    type Parts = Sum;

    fn scalar(self, scalar: Given) -> Result<u64, Stopped> {
        Ok(match scalar {
            Given::Null => 0,
            Given::Boolean(value) => 1 + u64::from(value),
            Given::Number(number) => of_number(number),
            Given::Text(text) => of_text(text),
        })
    }

    fn array(self) -> Result<Sum, Stopped> {
        Ok(Sum(3))
    }

    fn object(self) -> Result<Sum, Stopped> {
        Ok(Sum(4))
    }
}

impl SeeParts for Sum {
    type Output = u64;

    fn element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Stopped> {
        self.0 = mixed(self.0, fingerprint(element)?);
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Stopped> {
        self.0 = self.0.wrapping_add(mixed(of_text(name), fingerprint(value)?));
        Ok(())
    }

    fn finish(self) -> Result<u64, Stopped> {
        Ok(self.0)
    }
}

/// Looks for elements of the same number.
struct Repeats;

/// The numbers of the elements.
struct Numbers(Vec<u64>);

impl See for Repeats {
    type Output = bool;
    type Parts = Numbers;

    fn scalar(self, _: Given) -> Result<bool, Stopped> {
        Ok(false)
    }

    fn array(self) -> Result<Numbers, Stopped> {
        Ok(Numbers(Vec::with_capacity(16)))
    }

    fn object(self) -> Result<Numbers, Stopped> {
        Ok(Numbers(Vec::new()))
    }
}

impl SeeParts for Numbers {
    type Output = bool;

    fn element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), Stopped> {
        self.0.push(fingerprint(element)?);
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, _: &str, _: &T) -> Result<(), Stopped> {
        Ok(())
    }

    fn finish(mut self) -> Result<bool, Stopped> {
        self.0.sort_unstable();
        Ok(self.0.windows(2).any(|pair| pair[0] == pair[1]))
    }
}

#[cfg(all(test, feature = "value"))]
mod tests {
    use serde_json::json;

    use super::{fingerprint, may_repeat};

    #[test]
    fn equal_values_have_the_same_number() {
        for (one, other) in [
            (json!(1), json!(1.0)),
            (json!(0), json!(-0.0)),
            (json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_993_u64)),
            (json!({"a": 1, "b": [null, true]}), json!({"b": [null, true], "a": 1.0})),
        ] {
            assert_eq!(fingerprint(&one).unwrap(), fingerprint(&other).unwrap(), "{one} {other}");
        }
    }

    #[test]
    fn what_differs_has_another_in_all_likelihood() {
        let all = json!([
            null, true, false, 0, 1, "", "a", "\0", "b", "abcdefgh", "abcdefgh\0", [], {}, [[]], ["a", "b"],
            ["b", "a"], {"a": "b"}, {"b": "a"}, {"a": null}, 0.5, "0"
        ]);
        assert!(!may_repeat(&all).unwrap());
        assert!(may_repeat(&json!([1, 2, 1.0])).unwrap());
        assert!(!may_repeat(&json!({"a": 1, "b": 1})).unwrap());
    }
}
