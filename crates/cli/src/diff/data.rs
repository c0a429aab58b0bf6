use isomorph_evolution::{Options, Report, Version};

use super::side::Side;
use crate::bounded::Bounded;
use crate::failure::Failure;
use crate::stopwatch::Stopwatch;

/// What changed, and what that does to data.
///
/// # Errors
///
/// If a schema cannot be used.
pub fn compare(old: &Side, new: &Side, options: &Options) -> Result<Report, Failure> {
    fn version(side: &Side) -> Version<'_> {
        Version { label: &side.label, documents: &side.documents, selected: &side.selected }
    }
    let (canonical, clock) = (Bounded::new(options.time()), Stopwatch::start());
    Ok(isomorph_evolution::compare(&version(old), &version(new), options, &canonical, &clock)?)
}
