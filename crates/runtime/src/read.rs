use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;

use serde::de::Unexpected;

use crate::condition::types;
use crate::input::{Elements, Input, Members, Read, Visit, unexpected};
use crate::refusal::Refusal;

impl<T: Read> Read for Box<T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        T::read(input).map(Box::new)
    }
}

/// Nullable: `null` is `None`. Whether a property may be absent is for its struct to say.
impl<T: Read> Read for Option<T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.nullable()
    }
}

#[cfg(feature = "value")]
impl Read for serde_json::Value {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.value()
    }
}

/// A number that keeps how it is written.
#[cfg(feature = "value")]
impl Read for serde_json::Number {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Spelled)
    }
}

#[cfg(feature = "value")]
struct Spelled;

#[cfg(feature = "value")]
impl Visit for Spelled {
    type Output = serde_json::Number;
    const TAKES: u8 = types::NUMBER;
    const TAKES_NUMBERS: bool = true;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number")
    }

    fn signed(self, value: i64) -> Result<serde_json::Number, Refusal> {
        Ok(value.into())
    }

    fn unsigned(self, value: u64) -> Result<serde_json::Number, Refusal> {
        Ok(value.into())
    }

    fn float(self, value: f64) -> Result<serde_json::Number, Refusal> {
        serde_json::Number::from_f64(value)
            .ok_or_else(|| Refusal::invalid_value(Unexpected::Float(value), "a finite number"))
    }

    fn spelled(self, text: &str) -> Result<serde_json::Number, Refusal> {
        text.parse().map_err(Refusal::new)
    }
}

/// `Read` for a type through a visitor that needs nothing but the type.
macro_rules! read_scalar {
    ($($type:ty => $visitor:ident $takes:ident $($takes_numbers:ident $($is_integer:ident)?)?, $expecting:literal {
        $($methods:item)+
    })+) => {$(
        struct $visitor;

        impl Visit for $visitor {
            type Output = $type;
            const TAKES: u8 = types::$takes;
            $(
                const TAKES_NUMBERS: bool = { let $takes_numbers = true; $takes_numbers };
                $(const IS_INTEGER: bool = { let $is_integer = true; $is_integer };)?
            )?

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str($expecting)
            }
            $($methods)+
        }

        impl Read for $type {
            fn read<I: Input>(input: I) -> Result<Self, I::Error> {
                input.visit($visitor)
            }
        }
    )+};
}

read_scalar! {
    () => Null NULL, "null" {
        #[inline]
        fn null(self) -> Result<(), Refusal> {
            Ok(())
        }
    }

    bool => Boolean BOOLEAN, "a boolean" {
        #[inline]
        fn boolean(self, value: bool) -> Result<bool, Refusal> {
            Ok(value)
        }
    }

    i64 => Integer NUMBER number integer, "an integer" {
        #[inline]
        fn signed(self, value: i64) -> Result<i64, Refusal> {
            Ok(value)
        }
        #[inline]
        fn unsigned(self, value: u64) -> Result<i64, Refusal> {
            i64::try_from(value).map_err(|_| Refusal::beyond(Unexpected::Unsigned(value), SIGNED_64))
        }
        #[inline]
        fn float(self, value: f64) -> Result<i64, Refusal> {
            // Between -2^63 and 2^63 the conversion is exact for a number without a fraction.
            const LIMIT: f64 = 9_223_372_036_854_775_808.0;
            if value.fract() != 0.0 {
                Err(unexpected(&self, Unexpected::Float(value)))
            } else if (-LIMIT..LIMIT).contains(&value) {
                #[expect(clippy::cast_possible_truncation, reason = "in range and without a fraction")]
                Ok(value as i64)
            } else {
                Err(Refusal::beyond(Unexpected::Float(value), SIGNED_64))
            }
        }
    }

    u64 => Unsigned NUMBER number integer, "an integer" {
        #[inline]
        fn signed(self, value: i64) -> Result<u64, Refusal> {
            u64::try_from(value).map_err(|_| Refusal::invalid_value(Unexpected::Signed(value), UNSIGNED_64))
        }
        #[inline]
        fn unsigned(self, value: u64) -> Result<u64, Refusal> {
            Ok(value)
        }
        #[inline]
        fn float(self, value: f64) -> Result<u64, Refusal> {
            const LIMIT: f64 = 18_446_744_073_709_551_616.0;
            if value.fract() != 0.0 {
                Err(unexpected(&self, Unexpected::Float(value)))
            } else if (0.0..LIMIT).contains(&value) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "in range and without a fraction"
                )]
                Ok(value as u64)
            } else {
                let refusal = if value > 0.0 { Refusal::beyond } else { Refusal::invalid_value };
                Err(refusal(Unexpected::Float(value), UNSIGNED_64))
            }
        }
    }

    f64 => Number NUMBER number, "a number" {
        #[expect(clippy::cast_precision_loss, reason = "what f64 means for a long integer")]
        #[inline]
        fn signed(self, value: i64) -> Result<f64, Refusal> {
            Ok(value as f64)
        }
        #[expect(clippy::cast_precision_loss, reason = "what f64 means for a long integer")]
        #[inline]
        fn unsigned(self, value: u64) -> Result<f64, Refusal> {
            Ok(value as f64)
        }
        #[inline]
        fn float(self, value: f64) -> Result<f64, Refusal> {
            Ok(value)
        }
    }

    f32 => Single NUMBER number, "a number" {
        #[expect(clippy::cast_precision_loss, reason = "what f32 means for a long integer")]
        #[inline]
        fn signed(self, value: i64) -> Result<f32, Refusal> {
            Ok(value as f32)
        }
        #[expect(clippy::cast_precision_loss, reason = "what f32 means for a long integer")]
        #[inline]
        fn unsigned(self, value: u64) -> Result<f32, Refusal> {
            Ok(value as f32)
        }
        #[inline]
        fn float(self, value: f64) -> Result<f32, Refusal> {
            #[expect(clippy::cast_possible_truncation, reason = "what f32 means for a double")]
            let single = value as f32;
            if single.is_finite() || !value.is_finite() {
                Ok(single)
            } else {
                Err(Refusal::beyond(Unexpected::Float(value), "a number of single precision"))
            }
        }
    }

    String => Text STRING, "a string" {
        #[inline]
        fn string(self, value: Cow<str>) -> Result<String, Refusal> {
            Ok(value.into_owned())
        }
    }

    Box<str> => BoxedText STRING, "a string" {
        #[inline]
        fn string(self, value: Cow<str>) -> Result<Box<str>, Refusal> {
            Ok(value.into())
        }
    }

    Arc<str> => SharedText STRING, "a string" {
        #[inline]
        fn string(self, value: Cow<str>) -> Result<Arc<str>, Refusal> {
            Ok(value.into())
        }
    }

    PathBuf => Path STRING, "a path" {
        #[inline]
        fn string(self, value: Cow<str>) -> Result<PathBuf, Refusal> {
            Ok(value.into_owned().into())
        }
    }
}

/// `Read` for integers by their ranges. What is outside of one of fewer than 64 bits is refused for good: it is because all
/// of them are allowed, and no others, that the type is this one. Those as wide as a pointer stand for all integers, of which
/// they cannot hold some.
macro_rules! read_within {
    ($($type:ident $visitor:ident $refusal:ident)+) => {$(
        struct $visitor;

        impl $visitor {
            fn outside(found: Unexpected) -> Refusal {
                let is_below = match found {
                    Unexpected::Signed(value) => value < 0,
                    Unexpected::Float(value) => value < 0.0,
                    _ => false,
                };
                // Where nothing below zero is of the type, nothing below zero is allowed.
                let refusal = if is_below && $type::MIN == 0 { Refusal::invalid_value } else { Refusal::$refusal };
                refusal(found, format_args!("an integer from {} to {}", $type::MIN, $type::MAX))
            }
        }

        impl Visit for $visitor {
            type Output = $type;
            const TAKES: u8 = types::NUMBER;
            const TAKES_NUMBERS: bool = true;
            const IS_INTEGER: bool = true;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an integer")
            }

            #[inline]
            fn signed(self, value: i64) -> Result<$type, Refusal> {
                value.try_into().map_err(|_| Self::outside(Unexpected::Signed(value)))
            }

            #[inline]
            fn unsigned(self, value: u64) -> Result<$type, Refusal> {
                value.try_into().map_err(|_| Self::outside(Unexpected::Unsigned(value)))
            }

            #[inline]
            fn float(self, value: f64) -> Result<$type, Refusal> {
                if value.fract() != 0.0 {
                    return Err(unexpected(&self, Unexpected::Float(value)));
                }
                #[expect(clippy::cast_possible_truncation, reason = "it stays what it is, or far outside of 64 bits")]
                let whole = value as i128;
                whole.try_into().map_err(|_| Self::outside(Unexpected::Float(value)))
            }
        }

        impl Read for $type {
            fn read<I: Input>(input: I) -> Result<Self, I::Error> {
                input.visit($visitor)
            }
        }
    )+};
}

read_within! {
    i8 Integer8 invalid_value
    u8 Unsigned8 invalid_value
    i16 Integer16 invalid_value
    u16 Unsigned16 invalid_value
    i32 Integer32 invalid_value
    u32 Unsigned32 invalid_value
    isize IntegerOfPointer beyond
    usize UnsignedOfPointer beyond
}

const UNSIGNED_64: &str = "an integer of 64 bits that is not less than zero";
const SIGNED_64: &str = "an integer of 64 bits";

impl<T: Read> Read for Vec<T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(List(PhantomData))
    }
}

struct List<T>(PhantomData<T>);

impl<T: Read> Visit for List<T> {
    type Output = Vec<T>;
    const TAKES: u8 = types::ARRAY;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn array<A: Elements>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
        // A source may announce more than it has; what is reserved for it stays below a megabyte.
        let most = (1 << 20) / size_of::<T>().max(1);
        let mut list = Vec::with_capacity(elements.size_hint().unwrap_or(0).min(most));
        while elements.push_next(&mut list)? {}
        Ok(list)
    }
}

/// `Read` for tuples: exactly as many elements.
macro_rules! read_tuple {
    ($length:literal: $($element:ident)+) => {
        impl<$($element: Read),+> Read for ($($element,)+) {
            fn read<I: Input>(input: I) -> Result<Self, I::Error> {
                struct Tuple<$($element),+>(PhantomData<($($element,)+)>);

                impl<$($element: Read),+> Visit for Tuple<$($element),+> {
                    type Output = ($($element,)+);
                    const TAKES: u8 = types::ARRAY;

                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str(concat!("an array of ", $length, " elements"))
                    }

                    fn array<Source: Elements>(
                        self,
                        mut elements: Source,
                    ) -> Result<Self::Output, Source::Error> {
                        let refusal = || Refusal::new(concat!("invalid length, expected ", $length, " elements"));
                        let tuple = ($(
                            match elements.next_element::<$element>()? {
                                Some(element) => element,
                                None => return Err(elements.refuse(refusal())),
                            },
                        )+);
                        match elements.next_element::<Ignored>()? {
                            Some(Ignored) => Err(elements.refuse(refusal())),
                            None => Ok(tuple),
                        }
                    }
                }

                input.visit(Tuple(PhantomData))
            }
        }
    };
}

read_tuple!(1: A);
read_tuple!(2: A B);
read_tuple!(3: A B C);
read_tuple!(4: A B C D);
read_tuple!(5: A B C D E);
read_tuple!(6: A B C D E F);
read_tuple!(7: A B C D E F G);
read_tuple!(8: A B C D E F G H);
read_tuple!(9: A B C D E F G H J);
read_tuple!(10: A B C D E F G H J K);
read_tuple!(11: A B C D E F G H J K L);
read_tuple!(12: A B C D E F G H J K L M);

/// Any value, read and forgotten.
pub(crate) struct Ignored;

impl Read for Ignored {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Self)
    }
}

impl Visit for Ignored {
    type Output = Self;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn null(self) -> Result<Self, Refusal> {
        Ok(self)
    }

    fn boolean(self, _: bool) -> Result<Self, Refusal> {
        Ok(self)
    }

    fn signed(self, _: i64) -> Result<Self, Refusal> {
        Ok(self)
    }

    fn unsigned(self, _: u64) -> Result<Self, Refusal> {
        Ok(self)
    }

    fn float(self, _: f64) -> Result<Self, Refusal> {
        Ok(self)
    }

    fn string(self, _: Cow<str>) -> Result<Self, Refusal> {
        Ok(self)
    }

    fn array<A: Elements>(self, mut elements: A) -> Result<Self, A::Error> {
        while elements.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn object<M: Members>(self, mut members: M) -> Result<Self, M::Error> {
        while members.next_name(|_| ())?.is_some() {
            members.skip_value()?;
        }
        Ok(self)
    }
}
