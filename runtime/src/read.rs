use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use serde::de::Unexpected;

use crate::input::unexpected;
use crate::{Elements, Input, Members, Refusal, Visit};

/// A type that reads a JSON value as JSON Schema understands it: exactly its type, and `1.0` is an
/// integer.
pub trait Read: Sized {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// If the value is not one that the type stands for. The message begins with the JSON Pointer
    /// of the place.
    fn read<I: Input>(input: I) -> Result<Self, I::Error>;
}

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
        input.value(Ok)
    }
}

/// `Read` for a type through a visitor that needs nothing but the type.
macro_rules! read_scalar {
    ($($type:ty => $visitor:ident, $expecting:literal { $($methods:item)+ })+) => {$(
        struct $visitor;

        impl Visit for $visitor {
            type Output = $type;

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
    () => Null, "null" {
        fn null(self) -> Result<(), Refusal> {
            Ok(())
        }
    }

    bool => Boolean, "a boolean" {
        fn boolean(self, value: bool) -> Result<bool, Refusal> {
            Ok(value)
        }
    }

    i64 => Integer, "an integer" {
        fn signed(self, value: i64) -> Result<i64, Refusal> {
            Ok(value)
        }
        fn unsigned(self, value: u64) -> Result<i64, Refusal> {
            i64::try_from(value).map_err(|_| Refusal::invalid_value(Unexpected::Unsigned(value), SIGNED_64))
        }
        fn float(self, value: f64) -> Result<i64, Refusal> {
            // Between -2^63 and 2^63 the conversion is exact for a number without a fraction.
            const LIMIT: f64 = 9_223_372_036_854_775_808.0;
            if value.fract() != 0.0 {
                Err(unexpected(&self, Unexpected::Float(value)))
            } else if (-LIMIT..LIMIT).contains(&value) {
                #[expect(clippy::cast_possible_truncation, reason = "in range and without a fraction")]
                Ok(value as i64)
            } else {
                Err(Refusal::invalid_value(Unexpected::Float(value), SIGNED_64))
            }
        }
    }

    f64 => Number, "a number" {
        #[expect(clippy::cast_precision_loss, reason = "what f64 means for a long integer")]
        fn signed(self, value: i64) -> Result<f64, Refusal> {
            Ok(value as f64)
        }
        #[expect(clippy::cast_precision_loss, reason = "what f64 means for a long integer")]
        fn unsigned(self, value: u64) -> Result<f64, Refusal> {
            Ok(value as f64)
        }
        fn float(self, value: f64) -> Result<f64, Refusal> {
            Ok(value)
        }
    }

    String => Text, "a string" {
        fn string(self, value: Cow<str>) -> Result<String, Refusal> {
            Ok(value.into_owned())
        }
    }

    PathBuf => Path, "a path" {
        fn string(self, value: Cow<str>) -> Result<PathBuf, Refusal> {
            Ok(value.into_owned().into())
        }
    }
}

const SIGNED_64: &str = "an integer of 64 bits";

impl<T: Read> Read for Vec<T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(List(PhantomData))
    }
}

struct List<T>(PhantomData<T>);

impl<T: Read> Visit for List<T> {
    type Output = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn array<A: Elements>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
        // A source may announce more than it has; what is reserved for it stays below a megabyte.
        let most = (1 << 20) / size_of::<T>().max(1);
        let mut list = Vec::with_capacity(elements.size_hint().unwrap_or(0).min(most));
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(list)
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        input.visit(Map(PhantomData))
    }
}

struct Map<T>(PhantomData<T>);

impl<T: Read> Visit for Map<T> {
    type Output = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn object<M: Members>(self, mut members: M) -> Result<BTreeMap<String, T>, M::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = members.next_name(str::to_owned)? {
            let value = members.next_value(&name)?;
            if map.contains_key(&name) {
                return Err(members.refuse(Refusal::new(format_args!("duplicate field `{name}`"))));
            }
            map.insert(name, value);
        }
        Ok(map)
    }
}
