use std::time::Duration;

/// Says how long it is that something began. Searches and proofs end when it is late.
pub trait Clock {
    /// The time since then. It never goes back.
    fn now(&self) -> Duration;
}
