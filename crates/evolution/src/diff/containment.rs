use isomorph_schema::Dialect;
use serde_json::Value;

use super::canonical::{Answer, Canonical};
use super::upgrade::{Part, can_stand_for, upgrade};

/// Whether `outer` accepts whatever `inner` does, whatever dialects they are of.
pub fn contained(canonical: &dyn Canonical, inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
    let is_wider = inner.get("$schema") != outer.get("$schema");
    let Some((inner, outer)) = of_one_dialect(inner, outer) else { return Answer::Unknown(None) };
    match canonical.contained(&inner, &outer, assert_formats) {
        // What is taken to accept more than it does shows nothing by accepting it.
        Answer::NotContained(lost) if is_wider => Answer::Unknown(lost),
        answer => answer,
    }
}

/// Both in one dialect: canonical forms of different ones cannot be compared.
fn of_one_dialect(inner: &Value, outer: &Value) -> Option<(Value, Value)> {
    let dialect = |schema: &Value| schema.get("$schema").and_then(Value::as_str).and_then(Dialect::of);
    let (inner_dialect, outer_dialect) = (dialect(inner)?, dialect(outer)?);
    if inner_dialect == outer_dialect {
        return Some((inner.clone(), outer.clone()));
    }
    let stand =
        can_stand_for(inner, inner_dialect, Part::Inner) && can_stand_for(outer, outer_dialect, Part::Outer);
    stand.then(|| (upgrade(inner, inner_dialect), upgrade(outer, outer_dialect)))
}
