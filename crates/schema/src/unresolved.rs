//! Documents that are not here.

/// What becomes of a reference that cannot be followed because its document is not here, and of a schema
/// that refers to itself with no step into the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// It is an error.
    Refuse,
    /// Types are generated all the same, and reject every instance that reaches it. Nothing is accepted
    /// that could not be judged.
    Reject,
    /// Types are generated all the same, and accept any value there.
    Accept,
}
