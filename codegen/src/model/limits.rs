//! Bounds and counts, as conditions on typed values.

use isomorph_schema::Dialect;
use serde_json::{Number, Value};

use super::condition::Condition;
use super::form::Form;
use super::held::View;
use super::layers::Layer;
use super::scalars::whole;

/// Whether a typed number can be held against this one.
pub fn is_told(number: &Number, view: &View) -> bool {
    let is_large = number.as_i128().is_some_and(|number| number.unsigned_abs() >= 1 << 53)
        || (number.is_f64() && number.as_f64().is_none_or(|number| number.abs() >= 9e15));
    !is_large || !view.shapes.iter().any(|shape| matches!(shape, Form::Number))
}

pub fn bound(layer: &Layer, keyword: &str, view: &View) -> Option<Condition> {
    let keyword = match keyword {
        "minimum" => "minimum",
        "maximum" => "maximum",
        "exclusiveMinimum" => "exclusiveMinimum",
        _ => "exclusiveMaximum",
    };
    let value = layer.get(keyword)?;
    let Some(limit) = value.as_number() else {
        // In draft 4 a flag beside the limit, where it is taken into account.
        return (value.is_boolean() && layer.dialect == Dialect::Draft4).then_some(Condition::ALWAYS);
    };
    let is_out =
        |flag: &str| layer.dialect == Dialect::Draft4 && layer.keywords.get(flag) == Some(&Value::Bool(true));
    let keyword = match keyword {
        "minimum" if is_out("exclusiveMinimum") => "exclusiveMinimum",
        "maximum" if is_out("exclusiveMaximum") => "exclusiveMaximum",
        other => other,
    };
    is_told(limit, view).then(|| Condition::Bound(keyword, limit.clone()))
}

pub fn multiple_of(value: &Value, view: &View) -> Option<Condition> {
    let divisor = value.as_number()?;
    (divisor.as_f64()? > 0.0 && is_told(divisor, view)).then(|| Condition::MultipleOf(divisor.clone()))
}

pub fn counted(keyword: &str, value: &Value) -> Option<Condition> {
    const COUNTS: [&str; 6] =
        ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
    let keyword = COUNTS.into_iter().find(|known| *known == keyword)?;
    let limit = whole(value)?;
    let is_always = limit == 0 && keyword.starts_with("min");
    Some(if is_always { Condition::ALWAYS } else { Condition::Count(keyword, limit) })
}
