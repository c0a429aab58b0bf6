use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::condition::types;
use crate::input::{Input, Visit};
use crate::refusal::Refusal;
use crate::strict::is_strict;

/// What the generator writes for an enum of strings: every variant with the string it stands for.
pub trait ReadName: Sized + 'static {
    /// The strings, in the order of the schema.
    const NAMES: &'static [&'static str];

    /// The variant that stands for `name`.
    fn from_name(name: &str) -> Option<Self>;

    /// A string that is none of them, where such are kept.
    fn unknown(_: &str) -> Option<Self> {
        None
    }
}

/// Reads one of the strings of `T`.
///
/// # Errors
///
/// If the value is no string, or none of those.
#[doc(hidden)]
pub fn read_name<T: ReadName, I: Input>(input: I) -> Result<T, I::Error> {
    input.visit(Name(PhantomData))
}

struct Name<T>(PhantomData<T>);

impl<T: ReadName> Visit for Name<T> {
    type Output = T;
    const TAKES: u8 = types::STRING;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&one_of("nothing", T::NAMES))
    }

    #[inline]
    fn string(self, value: Cow<str>) -> Result<T, Refusal> {
        let kept = || if is_strict() { None } else { T::unknown(&value) };
        T::from_name(&value).or_else(kept).ok_or_else(|| unknown(&value, T::NAMES))
    }
}

/// Reads a variant that is one of these strings.
///
/// # Errors
///
/// If the value is no string, or none of those.
#[doc(hidden)]
pub fn read_unit<T, I: Input>(
    input: I,
    names: &'static [&'static str],
    of: fn(&str) -> Option<T>,
) -> Result<T, I::Error> {
    input.visit(Unit { names, of })
}

struct Unit<T> {
    names: &'static [&'static str],
    of: fn(&str) -> Option<T>,
}

impl<T> Visit for Unit<T> {
    type Output = T;
    const TAKES: u8 = types::STRING;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&one_of("nothing", self.names))
    }

    fn string(self, value: Cow<str>) -> Result<T, Refusal> {
        (self.of)(&value).ok_or_else(|| unknown(&value, self.names))
    }
}

/// The refusal of a string that is none of `names`.
#[cold]
pub(crate) fn unknown(name: &str, names: &[&str]) -> Refusal {
    Refusal::new(format_args!("unknown variant `{name}`, expected {}", OneOf("nothing", names)))
}

/// [`one_of`], made when it is shown.
pub(crate) struct OneOf<'n>(pub &'n str, pub &'n [&'n str]);

impl fmt::Display for OneOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&one_of(self.0, self.1))
    }
}

/// A list for people; of a long one, the beginning.
pub(crate) fn one_of(none: &str, names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(SHOWN);
    match shown.as_slice() {
        [] => none.to_owned(),
        [only] => only.clone(),
        _ if more > 0 => format!("one of {} and {more} more", shown.join(", ")),
        _ => format!("one of {}", shown.join(", ")),
    }
}
