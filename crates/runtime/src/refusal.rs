use std::fmt::{self, Display};

use serde::de::{Error, Unexpected};

use crate::place::{Place, escaped};
use crate::quiet::is_quiet;

/// What the message of a refusal says of a value that would take too much work to judge.
pub const LIMIT_REACHED: &str = "limit reached: it takes too much work to judge this value";

/// Why a value is not accepted. The input that the value was read from adds where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(Option<Box<Reason>>);

/// In a box, so that what is accepted pays for no more than a pointer. There is none where [nobody asks](is_quiet).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reason {
    /// The place inside the value, as a JSON Pointer; empty for the value itself.
    pointer: String,
    message: String,
    kind: Kind,
}

/// What a refusal says of the schema's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The schema refuses the value.
    Wrong,
    /// It would take too much work to judge it.
    LimitReached,
    /// The schema may accept it, but the type cannot hold it.
    Beyond,
    /// There is no value: the text is no JSON.
    Malformed,
}

impl Refusal {
    /// A refusal of the value itself.
    #[cold]
    pub fn new(message: impl Display) -> Self {
        if is_quiet() {
            return Self(None);
        }
        Self::of_kind(Kind::Wrong, message)
    }

    fn of_kind(kind: Kind, message: impl Display) -> Self {
        // What is no verdict of the schema is for whoever tries branches to know.
        let message = if is_quiet() { String::new() } else { message.to_string() };
        Self(Some(Box::new(Reason { pointer: String::new(), message, kind })))
    }

    fn kind(&self) -> Kind {
        self.0.as_ref().map_or(Kind::Wrong, |reason| reason.kind)
    }

    /// A refusal of what would take too much work to judge: it may be what the schema accepts, or not.
    #[cold]
    pub(crate) fn limit_reached() -> Self {
        Self::of_kind(Kind::LimitReached, LIMIT_REACHED)
    }

    /// The place inside the value, as a JSON Pointer.
    pub(crate) fn pointer(&self) -> &str {
        self.0.as_ref().map_or("", |reason| &reason.pointer)
    }

    /// Why it is refused, without the place.
    pub(crate) fn message(&self) -> &str {
        self.0.as_ref().map_or("", |reason| &reason.message)
    }

    /// Whether the value is refused because it would take too much work to judge it. Its message contains
    /// [`LIMIT_REACHED`], which tells it apart where only the message is left of a refusal.
    pub fn is_limit_reached(&self) -> bool {
        self.kind() == Kind::LimitReached
    }

    /// A refusal of a text that is no JSON.
    #[cold]
    pub(crate) fn malformed(expected: impl Display) -> Self {
        Self::of_kind(Kind::Malformed, format_args!("expected {expected}"))
    }

    /// Whether there is no value to be judged.
    #[cfg(feature = "value")]
    pub(crate) fn is_malformed(&self) -> bool {
        self.kind() == Kind::Malformed
    }

    /// A refusal of an integer that the type cannot hold, but the schema may accept.
    #[cold]
    pub(crate) fn beyond(found: Unexpected, expected: impl Display) -> Self {
        Self::of_kind(Kind::Beyond, format_args!("invalid value: {found}, expected {expected}"))
    }

    /// Whether the schema may accept the value, but the type cannot hold it.
    #[cfg(feature = "value")]
    pub(crate) fn is_beyond(&self) -> bool {
        self.kind() == Kind::Beyond
    }

    /// An object without a required property.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(format_args!("missing field `{name}`"))
    }

    /// An object with two members of one name.
    #[cold]
    pub(crate) fn duplicate(name: &str) -> Self {
        Self::new(format_args!("duplicate field `{name}`"))
    }

    /// A value of another type than `expected`.
    #[cold]
    pub fn invalid_type(found: Unexpected, expected: impl Display) -> Self {
        Self::new(format_args!("invalid type: {found}, expected {expected}"))
    }

    /// A value of the right type that is not allowed all the same.
    #[cold]
    pub fn invalid_value(found: Unexpected, expected: impl Display) -> Self {
        Self::new(format_args!("invalid value: {found}, expected {expected}"))
    }

    /// Says that it is not the value itself that is refused but what stands at `pointer` in it.
    #[must_use]
    pub fn at(mut self, pointer: impl Display) -> Self {
        self.stands_at(pointer);
        self
    }

    /// Says that what is refused stands in the member of this name.
    pub(crate) fn stands_in(&mut self, name: &str) {
        if self.0.is_some() {
            self.stands_at(format_args!("/{}", escaped(name)));
        }
    }

    /// [`at`](Self::at), where the refusal is.
    pub(crate) fn stands_at(&mut self, pointer: impl Display) {
        if let Some(reason) = &mut self.0 {
            reason.pointer = format!("{pointer}{}", reason.pointer);
        }
    }

    /// Says more about it.
    #[cfg(feature = "value")]
    #[must_use]
    pub(crate) fn note(mut self, more: impl Display) -> Self {
        if let Some(reason) = &mut self.0
            && !is_quiet()
        {
            reason.message += &more.to_string();
        }
        self
    }

    /// How deep in the value the refused place lies.
    #[cfg(feature = "value")]
    pub(crate) fn depth(&self) -> usize {
        self.pointer().matches('/').count()
    }

    /// The error that says it, for a value at `place`.
    #[cold]
    #[inline(never)]
    pub fn into_error<E: Error>(self, place: &Place) -> E {
        E::custom(self.at(place))
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (pointer, message) = (self.pointer(), self.message());
        let separator = if pointer.is_empty() { "" } else { ": " };
        write!(f, "{pointer}{separator}{message}")
    }
}

impl std::error::Error for Refusal {}

impl Error for Refusal {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message)
    }
}

#[cfg(all(test, feature = "value"))]
mod tests {
    use std::fmt::{self, Display};

    use super::Refusal;
    use crate::quiet::quietly;

    struct NotShown;

    impl Display for NotShown {
        fn fmt(&self, _: &mut fmt::Formatter) -> fmt::Result {
            panic!("nobody asks for it")
        }
    }

    #[test]
    fn what_nobody_asks_for_is_not_said() {
        quietly(|| {
            assert_eq!(Refusal::new(NotShown).at(NotShown).note(NotShown).to_string(), "");
            let unexpected = serde::de::Unexpected::Bool(true);
            let beyond = Refusal::beyond(unexpected, NotShown).at("/a");
            assert!(beyond.is_beyond() && beyond.depth() == 1);
            assert!(Refusal::malformed(NotShown).is_malformed());
            assert!(Refusal::limit_reached().is_limit_reached());
        });
        assert_eq!(Refusal::new("why").at("/a").to_string(), "/a: why");
    }
}
