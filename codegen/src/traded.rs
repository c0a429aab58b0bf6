//! Settings that trade a law for comfort, as the report tells of them.

use isomorph_schema::Setting;
use serde::Serialize;

use crate::settings::{AbsentNull, Integers, Keys, Sets, Settings, UnknownVariants, Untyped};

/// A setting under which types do not accept, or do not give back, all that their schemas do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Traded {
    /// The setting, as a manifest names it.
    pub setting: &'static str,
    /// Its value.
    pub value: &'static str,
    /// What is given up.
    pub told: &'static str,
}

/// Those that are not as they are by default.
pub fn traded(settings: &Settings) -> Vec<Traded> {
    let mut all = Vec::new();
    all.extend(told(
        "integers",
        settings.integers,
        Integers::Format,
        "an integer that its format does not hold is refused, though the schema accepts it",
    ));
    all.extend(told(
        "untyped",
        settings.untyped,
        Untyped::Object,
        "what is no object is refused where a schema says something of objects alone, though it accepts anything else",
    ));
    all.extend(told(
        "absent-null",
        settings.absent_null,
        AbsentNull::Same,
        "a property that is null does not come back where it may be absent",
    ));
    all.extend(told(
        "sets",
        settings.sets,
        Sets::BTreeSet,
        "elements that have to differ come back in the order of a set",
    ));
    all.extend(told(
        "keys",
        settings.keys,
        Keys::Integer,
        "a name that shows an integer of more than 64 bits is refused, and one with leading zeros comes back without",
    ));
    all.extend(told(
        "unknown-variants",
        settings.unknown_variants,
        UnknownVariants::Keep,
        "what no variant of an enum stands for is accepted and kept, though the schema refuses it",
    ));
    all
}

fn told<S: Setting + PartialEq>(
    setting: &'static str,
    value: S,
    traded: S,
    told: &'static str,
) -> Option<Traded> {
    (value == traded).then(|| Traded { setting, value: value.word(), told })
}
