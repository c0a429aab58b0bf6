//! Which Rust type an integer has.

/// An integer type of Rust. Those of the size of a pointer are told of as if they had 64 bits, as they do nearly everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Width {
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    Isize,
    Usize,
}

impl Width {
    /// Those whose values are the same wherever they are compiled.
    const ALL: [Self; 8] =
        [Self::I8, Self::U8, Self::I16, Self::U16, Self::I32, Self::U32, Self::I64, Self::U64];

    /// The type whose values are those from `least` to `most`; else one of 64 bits, unsigned where none is less than zero.
    pub fn of(least: Option<i128>, most: Option<i128>) -> Self {
        let same = |width: &Self| (least, most) == (Some(width.least()), Some(width.most()));
        let of_64_bits = if least.is_some_and(|least| least >= 0) { Self::U64 } else { Self::I64 };
        Self::ALL.into_iter().find(same).unwrap_or(of_64_bits)
    }

    /// The type that Rust calls so.
    pub fn called(name: &str) -> Option<Self> {
        let of_pointers = [Self::Isize, Self::Usize];
        Self::ALL.into_iter().chain(of_pointers).find(|width| width.name() == name)
    }

    /// The type that is known by a format.
    pub fn of_format(format: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|width| width.format() == format)
    }

    /// What Rust calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::U8 => "u8",
            Self::I16 => "i16",
            Self::U16 => "u16",
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::Isize => "isize",
            Self::Usize => "usize",
        }
    }

    /// The format by which schemars and typify know it.
    pub fn format(self) -> &'static str {
        match self {
            Self::I8 => "int8",
            Self::U8 => "uint8",
            Self::I16 => "int16",
            Self::U16 => "uint16",
            Self::I32 => "int32",
            Self::U32 => "uint32",
            Self::I64 => "int64",
            Self::U64 => "uint64",
            Self::Isize => "isize",
            Self::Usize => "usize",
        }
    }

    /// The least value.
    pub fn least(self) -> i128 {
        match self {
            Self::I8 => i8::MIN.into(),
            Self::I16 => i16::MIN.into(),
            Self::I32 => i32::MIN.into(),
            Self::I64 | Self::Isize => i64::MIN.into(),
            Self::U8 | Self::U16 | Self::U32 | Self::U64 | Self::Usize => 0,
        }
    }

    /// The greatest value.
    pub fn most(self) -> i128 {
        match self {
            Self::I8 => i8::MAX.into(),
            Self::U8 => u8::MAX.into(),
            Self::I16 => i16::MAX.into(),
            Self::U16 => u16::MAX.into(),
            Self::I32 => i32::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::I64 | Self::Isize => i64::MAX.into(),
            Self::U64 | Self::Usize => u64::MAX.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Width;

    #[test]
    fn bounds_that_are_those_of_a_type_are_the_type() {
        for (least, most, name) in [
            (Some(0), Some(255), "u8"),
            (Some(-128), Some(127), "i8"),
            (Some(0), Some(65535), "u16"),
            (Some(-2_147_483_648), Some(2_147_483_647), "i32"),
            (Some(0), Some(4_294_967_295), "u32"),
            (Some(0), None, "u64"),
            (Some(1), None, "u64"),
            (Some(1), Some(255), "u64"),
            (Some(0), Some(254), "u64"),
            (Some(0), Some(u64::MAX.into()), "u64"),
            (Some(-1), None, "i64"),
            (None, Some(255), "i64"),
            (None, None, "i64"),
        ] {
            assert_eq!(Width::of(least, most).name(), name, "{least:?} to {most:?}");
        }
    }
}
