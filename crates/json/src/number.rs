//! What a number of JSON says.

use serde_json::Number as Known;

/// A number, as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Number<'a> {
    literal: &'a str,
}

impl<'a> Number<'a> {
    /// The number that a token says.
    pub fn new(literal: &'a str) -> Self {
        Self { literal }
    }

    /// As it is written.
    pub fn literal(self) -> &'a str {
        self.literal
    }

    /// As an integer without a sign, if it is written as one.
    pub fn unsigned(self) -> Option<u64> {
        self.literal.parse().ok()
    }

    /// As an integer, if it is written as one.
    pub fn signed(self) -> Option<i64> {
        // As serde_json has it, minus zero is no integer but a floating-point number.
        self.literal.parse().ok().filter(|number| *number != 0 || !self.literal.starts_with('-'))
    }

    /// As a floating-point number.
    pub fn float(self) -> Option<f64> {
        self.literal.parse().ok()
    }

    /// As serde_json reads it.
    pub fn known(self) -> Known {
        let whole = self.unsigned().map(Into::into).or_else(|| self.signed().map(Into::into));
        let number = || self.float().and_then(Known::from_f64);
        whole.or_else(number).unwrap_or_else(|| 0.into())
    }

    /// Whether it has neither a fraction nor an exponent.
    pub fn is_written_as_integer(self) -> bool {
        !self.literal.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E'))
    }

    /// Whether it is a whole number, however it is written.
    pub fn is_integer(self) -> bool {
        self.is_written_as_integer() || self.float().is_some_and(|number| number.fract() == 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn a_number_is_the_one_that_serde_json_reads() {
        for literal in
            ["0", "-0", "-1", "1.0", "1.5", "1e3", "18446744073709551615", "18446744073709551616", "-0.0"]
        {
            let read: serde_json::Number = serde_json::from_str(literal).unwrap();
            assert_eq!(Number::new(literal).known(), read, "{literal}");
        }
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        for (literal, is_whole, is_written_so) in
            [("1", true, true), ("1.0", true, false), ("1e3", true, false), ("1.5", false, false)]
        {
            let number = Number::new(literal);
            assert_eq!((number.is_integer(), number.is_written_as_integer()), (is_whole, is_written_so));
        }
    }
}
