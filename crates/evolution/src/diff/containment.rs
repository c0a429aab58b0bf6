use isomorph_schema::Dialect;
use isomorph_validator::Formats;
use serde_json::Value;

use super::canonical::{Answer, Canonical};
use super::local::without_annotations;
use super::upgrade::{Part, can_stand_for, upgrade};

/// Whether `outer` accepts whatever `inner` does, whatever dialects they are of.
pub fn contained(canonical: &dyn Canonical, inner: &Value, outer: &Value, formats: &Formats) -> Answer {
    let is_wider = inner.get("$schema") != outer.get("$schema");
    let Some((inner, outer)) = of_one_dialect(inner, outer) else { return Answer::Unknown(None) };
    let (inner, outer) = (asserting(inner, formats), asserting(outer, formats));
    match canonical.contained(&inner, &outer, formats.are_any()) {
        // What is taken to accept more than it does shows nothing by accepting it.
        Answer::NotContained(lost) if is_wider => Answer::Unknown(lost),
        answer => answer,
    }
}

/// Whether nothing is known that both accept, both in one dialect.
pub fn disjoint(canonical: &dyn Canonical, one: &Value, other: &Value, formats: &Formats) -> bool {
    let (one, other) = (asserting(one.clone(), formats), asserting(other.clone(), formats));
    canonical.disjoint(&one, &other, formats.are_any())
}

/// A schema for which canonical forms assert all formats or none, if only some do.
fn asserting(schema: Value, formats: &Formats) -> Value {
    match formats {
        Formats::Only(_) => without_annotations(&schema, formats),
        Formats::Annotate | Formats::Assert => schema,
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
