use serde_json::Value;

use crate::dialect::Dialect;

/// A set of JSON types. Integers and numbers with a fraction are told apart: `number` is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Types(u8);

impl Types {
    /// No type.
    pub const NONE: Self = Self(0);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(2);
    /// Numbers without a fraction.
    pub const INTEGER: Self = Self(4);
    /// Numbers with a fraction.
    pub const FRACTION: Self = Self(8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// Numbers.
    pub const NUMBER: Self = Self(4 | 8);
    /// Every type.
    pub const ALL: Self = Self(127);

    /// The types that a `type` keyword names: a name or a list of names.
    pub fn named(keyword: &Value) -> Self {
        match keyword {
            Value::String(name) => Self::of_name(name),
            Value::Array(names) => {
                names.iter().filter_map(Value::as_str).map(Self::of_name).fold(Self::NONE, Self::union)
            }
            _ => Self::ALL,
        }
    }

    fn of_name(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    /// The type of an instance.
    pub fn of(instance: &Value) -> Self {
        match instance {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() != 0.0) => Self::FRACTION,
            Value::Number(_) => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// The types of what equals an instance, as `enum` and `const` have it: where a number is an integer only if it is
    /// written as one, it may be written otherwise.
    pub fn of_equals(instance: &Value, dialect: Dialect) -> Self {
        let types = Self::of(instance);
        if types == Self::INTEGER && dialect == Dialect::Draft4 { Self::NUMBER } else { types }
    }

    /// The types of a schema of one dialect, as one of another has them. What draft 4 takes for a number with a
    /// fraction may be an integer of others, and what those take for an integer a number with a fraction of draft 4.
    #[must_use]
    pub fn seen_from(self, own: Dialect, other: Dialect) -> Self {
        let blurred = match (own == Dialect::Draft4, other == Dialect::Draft4) {
            (true, false) => Self::FRACTION,
            (false, true) => Self::INTEGER,
            _ => Self::NONE,
        };
        if self.meets(blurred) { self.union(Self::NUMBER) } else { self }
    }

    /// The names of the types, as constants of the runtime.
    pub fn names(self) -> Vec<&'static str> {
        const NAMES: [(Types, &str); 9] = [
            (Types::ALL, "ANY"),
            (Types::NULL, "NULL"),
            (Types::BOOLEAN, "BOOLEAN"),
            (Types::NUMBER, "NUMBER"),
            (Types::INTEGER, "INTEGER"),
            (Types::FRACTION, "FRACTION"),
            (Types::STRING, "STRING"),
            (Types::ARRAY, "ARRAY"),
            (Types::OBJECT, "OBJECT"),
        ];
        let (mut rest, mut names) = (self.0, Vec::new());
        for (types, name) in NAMES {
            if rest & types.0 == types.0 {
                rest &= !types.0;
                names.push(name);
            }
        }
        if names.is_empty() { vec!["NOTHING"] } else { names }
    }

    /// The types that are in one of the two.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that are in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The types that are in this one and not in `other`.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The types as a schema has them, one by one: a number is one type.
    pub fn each(self) -> Vec<Self> {
        let number = if self.meets(Self::FRACTION) { Self::NUMBER } else { Self::INTEGER };
        let all = [Self::NULL, Self::BOOLEAN, number, Self::STRING, Self::ARRAY, Self::OBJECT];
        all.into_iter().map(|one| one.intersection(self)).filter(|one| !one.is_empty()).collect()
    }

    /// What a schema calls the type, in `UpperCamelCase`; for a single type.
    pub fn name(self) -> &'static str {
        match self {
            Self::NULL => "Null",
            Self::BOOLEAN => "Boolean",
            Self::INTEGER => "Integer",
            Self::NUMBER | Self::FRACTION => "Number",
            Self::STRING => "String",
            Self::ARRAY => "Array",
            Self::OBJECT => "Object",
            _ => "Value",
        }
    }
}
