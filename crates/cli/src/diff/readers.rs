//! What becomes of new data where the types that read it keep the variants that they do not know.

use isomorph_evolution::{Deadline, Options, Report, Told, Verdict};

use super::data::compare;
use super::side::Side;
use crate::failure::Failure;
use crate::stopwatch::Stopwatch;

/// Of three parts of the time, so many are for the schemas as they are, where readers are asked about too.
const SHARE: u32 = 2;

/// What changed, and the verdict on new data for readers of the old schema, where they accept more than it does and that matters: all
/// in the time of the options.
///
/// # Errors
///
/// If a schema cannot be used.
pub fn with_readers(
    (old, new): (&Side, &Side),
    options: &Options,
) -> Result<(Report, Option<Told>), Failure> {
    let Some(read) = old.as_read()? else { return Ok((compare(old, new, options)?, None)) };
    let clock = Stopwatch::start();
    let deadline = Deadline::after(&clock, options.time());
    let found = compare(old, new, options.clone().spend(options.time() * SHARE / 3))?;
    if found.data.new_data.verdict == Verdict::Compatible {
        return Ok((found, None));
    }
    let readers = compare(&read, new, options.clone().spend(deadline.left()))?.data.new_data;
    Ok((found, Some(readers)))
}
