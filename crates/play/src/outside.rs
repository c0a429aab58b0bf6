use std::time::Duration;

use isomorph_evolution::{Canonical, Clock};

/// What answers need of the outside.
pub struct Outside<'o> {
    /// Says how long it is that something began.
    pub clock: &'o dyn Clock,
    /// What knows canonical forms, for so long.
    pub canonical: &'o dyn Fn(Duration) -> Box<dyn Canonical>,
}
