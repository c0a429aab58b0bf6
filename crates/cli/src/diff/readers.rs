//! What becomes of new data where the types that read it keep the variants that they do not know.

use isomorph_evolution::{Options, Report, Told, Verdict};

use super::data::compare;
use super::side::Side;
use crate::failure::Failure;

/// The verdict on new data for readers of the old schema, where they accept more than it does and that matters.
///
/// # Errors
///
/// If a schema cannot be used.
pub fn readers(
    (old, new): (&Side, &Side),
    found: &Report,
    options: &Options,
) -> Result<Option<Told>, Failure> {
    if found.data.new_data.verdict == Verdict::Compatible {
        return Ok(None);
    }
    let Some(read) = old.as_read()? else { return Ok(None) };
    Ok(Some(compare(&read, new, options)?.data.new_data))
}
