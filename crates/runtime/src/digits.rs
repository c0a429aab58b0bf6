//! What a number says, by what holds it: all that a type reads of a number that `serde_json` keeps, as a text or otherwise.

use crate::quantity::Quantity;
use crate::refusal::Refusal;

/// A number.
#[derive(Debug, Clone, Copy)]
pub enum Digits {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Digits {
    /// What the text of a number says.
    pub fn of(text: &str) -> Result<Self, Refusal> {
        if let Ok(value) = text.parse() {
            return Ok(Self::Unsigned(value));
        }
        match text.parse::<i64>() {
            // Minus zero is no integer, as `serde_json` has it.
            Ok(value) if value != 0 => Ok(Self::Signed(value)),
            _ => Self::finite(text.parse().ok()),
        }
    }

    /// What a number in memory says.
    #[cfg(feature = "value")]
    pub fn known(number: &serde_json::Number) -> Result<Self, Refusal> {
        match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => Ok(Self::Unsigned(value)),
            (None, Some(value)) if value != 0 => Ok(Self::Signed(value)),
            _ => Self::finite(number.as_f64()),
        }
    }

    fn finite(double: Option<f64>) -> Result<Self, Refusal> {
        let finite = double.filter(|value| value.is_finite()).map(Self::Float);
        finite.ok_or_else(|| Refusal::new("invalid value: the number is out of range"))
    }

    /// The number, to be compared.
    pub fn quantity(self) -> Quantity {
        match self {
            Self::Unsigned(value) => Quantity::Whole(value.into()),
            Self::Signed(value) => Quantity::Whole(value.into()),
            Self::Float(value) => Quantity::Double(value),
        }
    }
}
