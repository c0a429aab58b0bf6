//! What keeps the traits of inputs to this crate: they get methods with its features, which is no harm to anybody who only
//! calls them.

/// What may be read from.
pub trait Sealed {}
