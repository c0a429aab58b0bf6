//! The breaks that a configuration accepts.

use std::env;

use isomorph_evolution::Accepted;
use isomorph_schema::Configuration;
use serde::Deserialize;

use crate::failure::Failure;

/// What of a configuration accepts breaks.
#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    accepted: Vec<One>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    /// Where it is, as a report names it.
    place: String,
    reason: String,
}

/// The breaks that the nearest configuration accepts.
///
/// # Errors
///
/// If it cannot be used.
pub fn accepted() -> Result<Vec<Accepted>, Failure> {
    let mut all = Vec::new();
    for configuration in Configuration::nearest(&env::current_dir()?)? {
        let table: Table = configuration.part()?;
        for One { place, reason } in table.accepted {
            if place.is_empty() || reason.trim().is_empty() {
                let message =
                    "`accepted` needs a `place`, as `isomorph diff` names it, and a `reason`".to_owned();
                return Err(configuration.invalid(message).into());
            }
            all.push(Accepted::new(place, reason));
        }
    }
    Ok(all)
}
