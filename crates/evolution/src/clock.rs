use std::time::Duration;

/// Says how long it is that something began. Searches and proofs end when it is late.
pub trait Clock {
    /// The time since then. It never goes back.
    fn now(&self) -> Duration;
}

/// When to stop.
#[derive(Clone, Copy)]
pub struct Deadline<'c> {
    clock: &'c dyn Clock,
    until: Duration,
}

impl<'c> Deadline<'c> {
    /// So long from now on.
    pub fn after(clock: &'c dyn Clock, time: Duration) -> Self {
        Self { clock, until: clock.now() + time }
    }

    /// This, or an earlier one: so long from now on.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        Self { until: self.until.min(self.clock.now() + time), ..self }
    }

    /// Whether it is late.
    pub fn is_over(self) -> bool {
        self.clock.now() >= self.until
    }

    /// What is left.
    pub fn left(self) -> Duration {
        self.until.saturating_sub(self.clock.now())
    }
}
