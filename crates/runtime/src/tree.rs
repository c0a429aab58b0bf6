//! Values that are kept as they are written, to be compared: equal where JSON Schema has it so.

use std::cmp::Ordering;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::quantity::Quantity;

/// A JSON value. 1 is 1.0, and the order of members is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tree {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    Array(Vec<Tree>),
    /// Sorted by name.
    Object(Vec<(String, Tree)>),
}

/// A number in an order of all numbers; JSON has none that is not a number.
#[derive(Debug, Clone, Copy)]
pub struct Number(pub Quantity);

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.partial_cmp(&other.0).unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl Tree {
    /// An object of these members.
    pub fn object(mut members: Vec<(String, Self)>) -> Self {
        members.sort();
        Self::Object(members)
    }

    /// Of how many values it is made.
    pub fn parts(&self) -> u64 {
        match self {
            Self::Array(elements) => 1 + elements.iter().map(Self::parts).sum::<u64>(),
            Self::Object(members) => 1 + members.iter().map(|(_, value)| value.parts()).sum::<u64>(),
            _ => 1,
        }
    }

    /// Whether two of these are equal.
    pub fn any_equal(all: &mut [Self]) -> bool {
        all.sort_unstable();
        all.windows(2).any(|pair| pair[0] == pair[1])
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(Number(Quantity::Double(number))) => serializer.serialize_f64(*number),
            Self::Number(Number(Quantity::Whole(number))) => serializer.serialize_i128(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
