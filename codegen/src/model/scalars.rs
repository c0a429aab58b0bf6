//! Forms of a single type, and the checks on them.

use isomorph_runtime::same;
use isomorph_schema::{Dialect, Types};
use serde_json::{Number, Value};

use super::builder::Builder;
use super::compose::Composition;
use super::composed::Composed;
use super::form::{Check, Form};
use super::mapped;
use super::position::Position;
use super::reason::Reason;
use super::width::Width;
use crate::error::Error;

impl<'a> Builder<'a> {
    /// The form of instances of one type.
    pub(super) fn single(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Composed, Error> {
        match composition.types {
            Types::NULL => Ok(composition.done(Form::Null, Vec::new())),
            Types::BOOLEAN => Ok(composition.done(Form::Boolean, Vec::new())),
            Types::STRING => Ok(self.string(composition)),
            Types::ARRAY => self.array(composition, position),
            Types::OBJECT => self.object(composition, position),
            _ => self.number(composition, position),
        }
    }

    fn string(&self, composition: &mut Composition<'a>) -> Composed {
        if let Some(stand_in) = mapped::stand_in(composition, self.settings, Types::STRING) {
            return composition.done(Form::Foreign(stand_in), Vec::new());
        }
        let checks = counts(composition, [("minLength", Check::MinLength), ("maxLength", Check::MaxLength)]);
        composition.done(Form::String, checks)
    }

    fn number(&self, composition: &mut Composition<'a>, position: &Position) -> Result<Composed, Error> {
        let types = composition.types;
        let is_integer = types == Types::INTEGER;
        let Some(stand_in) = mapped::stand_in(composition, self.settings, types) else {
            let told = mapped::width(composition, self.settings).filter(|_| is_integer);
            return Ok(number(composition, is_integer, told));
        };
        if let Some(width) = Width::called(stand_in.foreign.path()).filter(|_| is_integer) {
            return Ok(number(composition, true, Some(width)));
        }
        if mapped::holds_numbers(&stand_in.foreign) {
            return Ok(composition.done(Form::Foreign(stand_in), Vec::new()));
        }
        if stand_in.foreign.path() == "f32" && !is_integer {
            let composed = number(composition, false, None);
            return Ok(Composed { form: Form::Foreign(stand_in), ..composed });
        }
        if stand_in.foreign.path() == "f64" && !is_integer {
            return Ok(number(composition, false, None));
        }
        let location = &position.location;
        Err(Error::NoNumber {
            place: self.documents[location.document].place(&location.pointer).to_string(),
            format: stand_in.format.unwrap_or_default(),
            path: stand_in.foreign.path().to_owned(),
        })
    }

    /// The strings or values that `enum` and `const` list, if one of the schemas does.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub(super) fn literals(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Option<Composed>, Error> {
        let Some((values, types)) = listed(composition) else { return Ok(None) };
        composition.types = values.iter().map(|value| Types::of(value)).fold(Types::NONE, Types::union);
        let is_draft_4 = composition.layers.all.iter().any(|layer| layer.dialect == Dialect::Draft4);
        let asks_for_integers = is_draft_4 && type_matters(&values, types);
        let are_integers = values.iter().all(|value| !value.is_f64());
        if composition.types.meets(Types::NULL)
            && let [one] = composition.types.minus(Types::NULL).each().as_slice()
            && (!asks_for_integers || are_integers)
        {
            let outside = composition.left(Types::NULL);
            let part = self.inside(&position.of_types(*one, ""), &outside)?;
            return Ok(Some(Composed {
                form: Form::Nullable(Box::new(part)),
                checks: Vec::new(),
                left: outside,
            }));
        }
        let checks =
            if asks_for_integers && are_integers { vec![Check::WrittenAsIntegers] } else { Vec::new() };
        let mut composed = composition.done(literal_form(&values), checks);
        if values.is_empty() {
            composed.left.push(Reason::keyword("enum"));
        }
        if asks_for_integers && !are_integers {
            composed.left.push(Reason::keyword("type"));
        }
        Ok(Some(composed))
    }
}

/// The values that all `enum` and `const` of these schemas list, if there is one, each once; and the types of instances of
/// which they are.
fn listed<'a>(composition: &mut Composition<'a>) -> Option<(Vec<&'a Value>, Types)> {
    let mut lists: Vec<Vec<&Value>> = Vec::new();
    for (layer, values) in composition.values("enum") {
        composition.say(layer, "enum");
        lists.push(values.as_array()?.iter().collect());
    }
    for (layer, value) in composition.values("const") {
        composition.say(layer, "const");
        lists.push(vec![value]);
    }
    let (first, others) = lists.split_first()?;
    let types = composition.types;
    let is_allowed = |value: &Value| {
        Types::of(value).meets(types) && others.iter().all(|list| list.iter().any(|other| same(other, value)))
    };
    let mut values: Vec<&Value> = Vec::new();
    for value in first.iter().filter(|value| is_allowed(value)) {
        if !values.iter().any(|known| same(known, value)) {
            values.push(value);
        }
    }
    Some((values, types))
}

/// Whether values that equal one of these may still be of another type than these: in draft 4, where `1.0` is equal to
/// 1 and no integer.
pub fn type_matters(values: &[&Value], types: Types) -> bool {
    types.meets(Types::INTEGER)
        && !types.meets(Types::FRACTION)
        && values.iter().any(|value| value.is_number())
}

/// The narrowest form of these values.
pub fn literal_form(values: &[&Value]) -> Form {
    let names = |values: &[&Value]| -> Option<Vec<String>> {
        values.iter().map(|value| value.as_str().map(ToOwned::to_owned)).collect()
    };
    match values {
        [] => Form::Any,
        [Value::Null] => Form::Null,
        [Value::Bool(a), Value::Bool(b)] if a != b => Form::Boolean,
        all => match names(all) {
            Some(names) => Form::Names(names),
            None => Form::Literals(all.iter().map(|value| (*value).clone()).collect()),
        },
    }
}

/// A keyword that limits a count, and its check.
type Count = (&'static str, fn(u64) -> Check);

/// The checks for keywords that limit a count.
pub fn counts<const N: usize>(composition: &mut Composition, keywords: [Count; N]) -> Vec<Check> {
    let mut checks = Vec::new();
    for (keyword, check) in keywords {
        for (layer, limit) in composition.values(keyword) {
            if let Some(limit) = whole(limit) {
                composition.say(layer, keyword);
                // No count is less than zero.
                if limit > 0 || keyword.starts_with("max") {
                    checks.push(check(limit));
                }
            }
        }
    }
    checks
}

/// A count, which may be written as `2.0`.
pub fn whole(limit: &Value) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a small count"
    )]
    let from_float = |n: f64| (n.fract() == 0.0 && (0.0..1e15).contains(&n)).then_some(n as u64);
    limit.as_u64().or_else(|| limit.as_f64().and_then(from_float))
}

/// A number; an integer is of a type that it is `told`, or of the one whose range the bounds are.
fn number(composition: &mut Composition, is_integer: bool, told: Option<Width>) -> Composed {
    let mut checks = Vec::new();
    let mut unsigned = false;
    // The bounds that the schema itself says; those of others beside it are checks on its type.
    let (mut least, mut most) = (None::<i128>, None::<i128>);
    for (keyword, exclusive, inclusive_check, exclusive_check) in [
        (
            "minimum",
            "exclusiveMinimum",
            Check::Minimum as fn(Number) -> Check,
            Check::ExclusiveMinimum as fn(_) -> _,
        ),
        ("maximum", "exclusiveMaximum", Check::Maximum, Check::ExclusiveMaximum),
    ] {
        for (layer, limit) in composition.values(keyword) {
            let Some(limit) = exact(limit, is_integer) else { continue };
            unsigned |= is_integer && keyword == "maximum" && limit.as_i64().is_none();
            let flag = composition.layers.all[layer].keywords.get(exclusive);
            // In draft 4 a flag beside the limit says that the limit itself is out.
            let is_out = flag == Some(&Value::Bool(true));
            if layer == 0 {
                let bound = limit.as_i128();
                if keyword == "maximum" {
                    most = bound.filter(|_| !is_out);
                } else {
                    least = bound.map(|bound| bound + i128::from(is_out));
                }
            }
            checks.push(if is_out { exclusive_check(limit) } else { inclusive_check(limit) });
            composition.say(layer, keyword);
        }
        for (layer, limit) in composition.values(exclusive) {
            match exact(limit, is_integer) {
                Some(limit) => {
                    if layer == 0 && keyword == "minimum" {
                        // Not less than zero; what is said of -1 is not said of a type.
                        let above = limit.as_i128().filter(|limit| *limit >= 0).map(|limit| limit + 1);
                        least = least.max(above);
                    }
                    checks.push(exclusive_check(limit));
                }
                None if limit.is_boolean() && composition.layers.all[layer].dialect == Dialect::Draft4 => {}
                None => continue,
            }
            composition.say(layer, exclusive);
        }
    }
    let at_least_zero =
        |check: &Check| matches!(check, Check::Minimum(n) if n.as_i64().is_some_and(|n| n >= 0));
    if !is_integer {
        return composition.done(Form::Number, checks);
    }
    let width = match told.unwrap_or_else(|| Width::of(least, most)) {
        width if told.is_some() => width,
        Width::I64 if unsigned && checks.iter().any(at_least_zero) => Width::U64,
        width => width,
    };
    checks.retain(|check| !is_of_type(check, width));
    composition.done(Form::Integer(width), checks)
}

/// Whether every value of a type holds to a bound.
fn is_of_type(check: &Check, width: Width) -> bool {
    match check {
        Check::Minimum(limit) => limit.as_i128().is_some_and(|limit| limit <= width.least()),
        Check::Maximum(limit) => limit.as_i128().is_some_and(|limit| limit >= width.most()),
        _ => false,
    }
}

/// A limit that a typed value can be held against exactly. That of integers may be written with a fraction of zero.
fn exact(limit: &Value, is_integer: bool) -> Option<Number> {
    let number = limit.as_number()?;
    if is_integer {
        return if number.is_f64() { integer(number.as_f64()?) } else { Some(number.clone()) };
    }
    let is_small = |n: i64| n.unsigned_abs() <= 1 << 53;
    let fits = number.as_i64().map_or(number.is_f64(), is_small);
    fits.then(|| number.clone())
}

/// What a number with a fraction of zero is as an integer of 64 bits.
fn integer(float: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number that is exact in both")]
    let whole = (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64);
    whole.map(Number::from)
}
