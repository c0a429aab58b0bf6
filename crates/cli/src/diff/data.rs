use std::time::{Duration, Instant};

use isomorph_evolution::{Clock, Options, Report, Version};

use super::side::Side;
use crate::bounded::Bounded;
use crate::failure::Failure;

/// The time since it was made.
struct Stopwatch(Instant);

impl Clock for Stopwatch {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// What changed, and what that does to data.
///
/// # Errors
///
/// If a schema cannot be used.
pub fn compare(old: &Side, new: &Side, assert_formats: bool, time: Duration) -> Result<Report, Failure> {
    fn version(side: &Side) -> Version<'_> {
        Version { label: &side.label, documents: &side.documents, selected: &side.selected }
    }
    let mut options = Options::new(time);
    options.assert_formats(assert_formats);
    let (canonical, clock) = (Bounded::default(), Stopwatch(Instant::now()));
    Ok(isomorph_evolution::compare(&version(old), &version(new), &options, &canonical, &clock)?)
}
