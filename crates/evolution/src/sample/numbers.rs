//! Numbers within bounds, exact: as multiples of a power of ten.

use fastrand::Rng;
use serde_json::{Number, Value};

use super::demand::Demand;

/// Numbers that can do: whole multiples of `step` from `low` to `high`, all of them in units of `1 / scale`.
struct Range {
    low: Option<i128>,
    high: Option<i128>,
    step: i128,
    scale: u32,
}

/// How many kinds of numbers there are.
pub const KINDS: usize = 8;
/// How many digits behind the point are looked at.
const DIGITS: u32 = 18;

/// A number as a whole number and how many digits of it are behind the point.
fn decimal(value: &Value) -> Option<(i128, u32)> {
    let text = value.as_number()?.to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let behind = i32::try_from(fraction.len()).ok()?.checked_sub(exponent.parse().ok()?)?;
    match u32::try_from(behind) {
        Ok(behind) => (behind <= DIGITS).then_some((digits, behind)),
        Err(_) => Some((digits.checked_mul(10i128.checked_pow(behind.unsigned_abs())?)?, 0)),
    }
}

fn scaled((digits, behind): (i128, u32), scale: u32) -> Option<i128> {
    digits.checked_mul(10i128.checked_pow(scale.checked_sub(behind)?)?)
}

/// The number of so many units.
fn number(units: i128, scale: u32) -> Option<Value> {
    let one = 10i128.checked_pow(scale)?;
    let (whole, rest) = (units / one, (units % one).abs());
    let sign = if units < 0 && whole == 0 { "-" } else { "" };
    let width = scale as usize;
    let text = if rest == 0 { whole.to_string() } else { format!("{sign}{whole}.{rest:0width$}") };
    serde_json::from_str(text.trim_end_matches(if rest == 0 { '\0' } else { '0' })).ok()
}

fn greatest_divisor(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { greatest_divisor(other, one % other) }
}

impl Range {
    /// `None` where numbers are too large or too fine.
    fn of(demand: &Demand, integer: bool) -> Option<Self> {
        let bounds: Vec<(Value, bool, bool)> = bounds(demand);
        let steps: Vec<_> = demand.all("multipleOf").map(decimal).collect::<Option<_>>()?;
        let decimals: Vec<_> = bounds.iter().map(|(bound, ..)| decimal(bound)).collect::<Option<_>>()?;
        let finest = steps.iter().chain(&decimals).map(|(_, behind)| *behind).max().unwrap_or(0);
        // Between two bounds there may be room for finer numbers.
        let scale = if integer || !steps.is_empty() { finest } else { (finest + 2).min(DIGITS) };
        let one = 10i128.checked_pow(scale)?;
        let mut step = if integer { one } else { 1 };
        for other in &steps {
            let other = scaled(*other, scale)?.abs().max(1);
            step = (step / greatest_divisor(step, other)).checked_mul(other)?;
        }
        let mut range = Self { low: None, high: None, step, scale };
        for ((_, is_low, is_open), decimal) in bounds.iter().zip(decimals) {
            let bound = scaled(decimal, scale)?;
            if *is_low {
                let first = (bound + i128::from(*is_open)).div_euclid(step) * step;
                let first = if first < bound + i128::from(*is_open) { first + step } else { first };
                range.low = Some(range.low.map_or(first, |low| low.max(first)));
            } else {
                let last = (bound - i128::from(*is_open)).div_euclid(step) * step;
                range.high = Some(range.high.map_or(last, |high| high.min(last)));
            }
        }
        Some(range)
    }

    fn has(&self, units: i128) -> bool {
        self.low.is_none_or(|low| low <= units) && self.high.is_none_or(|high| units <= high)
    }

    /// One of many kinds: a bound, near a bound, small, anything.
    fn one(&self, kind: usize, random: &mut Rng) -> Option<i128> {
        if let (Some(low), Some(high)) = (self.low, self.high)
            && low > high
        {
            return None;
        }
        let one = 10i128.pow(self.scale);
        let step = self.step;
        let round = |units: i128| units.div_euclid(step) * step;
        for attempt in 0..20 {
            let kind = match attempt {
                0 => kind,
                // Between two bounds that are near each other other kinds are mostly none.
                attempt if attempt % 2 == 1 => 4,
                _ => random.usize(..KINDS),
            };
            let units = match (kind, self.low, self.high) {
                (0, Some(low), _) => low,
                (1, _, Some(high)) => high,
                (2, Some(low), _) => low + step,
                (3, _, Some(high)) => high - step,
                (4, Some(low), Some(high)) => {
                    let steps = u64::try_from(high.checked_sub(low)? / step).unwrap_or(u64::MAX);
                    low + step.checked_mul(i128::from(random.u64(..=steps)))?
                }
                (4, ..) => round(i128::from(random.i64(-100_000_000..100_000_000)).checked_mul(one)?),
                (5, ..) => round(i128::from(random.i32(-1000..1000)).checked_mul(one)? / 8),
                (6, ..) => round(i128::from(random.i8(-9..=9)) * one),
                _ => i128::from(random.u8(..10)) * if step >= one { step } else { round(one).max(step) },
            };
            if self.has(units) {
                return Some(units);
            }
        }
        // Near to what bounds there are.
        let steps = i128::from(random.u8(..16));
        match (self.low, self.high) {
            (Some(low), high) => {
                Some(low + step * steps).filter(|one| high.is_none_or(|high| *one <= high)).or(Some(low))
            }
            (None, Some(high)) => Some(high - step * steps),
            (None, None) => Some(step * steps),
        }
    }
}

/// Each bound, whether it is a lower one, and whether it is not itself allowed.
fn bounds(demand: &Demand) -> Vec<(Value, bool, bool)> {
    let mut found = Vec::new();
    for part in &demand.parts {
        for (keyword, exclusive, is_low) in
            [("minimum", "exclusiveMinimum", true), ("maximum", "exclusiveMaximum", false)]
        {
            // In draft 4 `exclusiveMinimum` is a boolean that says how `minimum` is meant.
            let is_open = part.get(exclusive) == Some(&Value::Bool(true));
            found.extend(part.get(keyword).map(|bound| (bound.clone(), is_low, is_open)));
            let exclusive = part.get(exclusive).filter(|bound| bound.is_number());
            found.extend(exclusive.map(|bound| (bound.clone(), is_low, true)));
        }
    }
    found
}

/// A number of one of the [`KINDS`], without a fraction if it must have none.
pub fn make(demand: &Demand, integer: bool, kind: usize, random: &mut Rng) -> Value {
    if let Some(range) = Range::of(demand, integer) {
        for attempt in 0..12 {
            let made = range.one(kind + attempt, random).and_then(|units| number(units, range.scale));
            if let Some(made) = made.filter(|made| !demand.excludes(made) && !is_refused(demand, made)) {
                return made;
            }
        }
        // One after the other, where only few can do.
        let first = range.low.or(range.high.map(|high| high - 40 * range.step)).unwrap_or(0);
        let each = (0..40).map(|index| first + index * range.step).filter(|units| range.has(*units));
        let made = each.filter_map(|units| number(units, range.scale));
        return made
            .into_iter()
            .find(|made| !demand.excludes(made) && !is_refused(demand, made))
            .unwrap_or_default();
    }
    let bounds: Vec<f64> = bounds(demand).iter().filter_map(|(bound, ..)| bound.as_f64()).collect();
    let step = demand.greatest("multipleOf").unwrap_or(1.0);
    let base = if bounds.is_empty() { 0.0 } else { bounds[random.usize(..bounds.len())] };
    let near = [base, base * 2.0, base / 2.0, base + step, base - step, -base, 0.0];
    of_float(near[random.usize(..near.len())], integer)
}

/// The first so many numbers that can do, one after the other, from a bound on where there is one.
pub fn each(demand: &Demand, integer: bool, count: usize) -> impl Iterator<Item = Value> {
    let range = Range::of(demand, integer);
    let all = range.into_iter().flat_map(move |range| {
        let count = i128::try_from(count).unwrap_or(i128::MAX);
        let least = range.high.and_then(|high| high.checked_sub(range.step.checked_mul(count)?));
        let first = range.low.or(least).unwrap_or(0);
        let units = (0..=count).map_while(move |index| first.checked_add(range.step.checked_mul(index)?));
        units.filter_map(move |units| number(units, range.scale).filter(|_| range.has(units)))
    });
    all.filter(|made| !demand.excludes(made) && !is_refused(demand, made))
}

/// Whether a number is a multiple of what it shall be no multiple of, or has no fraction where it shall have one.
fn is_refused(demand: &Demand, value: &Value) -> bool {
    let Some(number) = value.as_f64() else { return false };
    demand.refused("multipleOf").filter_map(Value::as_f64).any(|step| (number / step).fract() == 0.0)
        || demand.refused("type").any(|one| one == "integer") && number.fract() == 0.0
}

/// A JSON number, without a point where there is no fraction.
pub fn of_float(number: f64, integer: bool) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if (integer || number.fract() == 0.0) && number.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "within what is exact")]
        return (number as i64).into();
    }
    Number::from_f64(number).map_or(Value::from(0), Value::Number)
}

/// The numbers at a bound, and one step to both sides of it.
pub fn around(bound: &Value) -> Vec<Value> {
    let Some((digits, behind)) = decimal(bound) else {
        let bound = bound.as_f64().unwrap_or(0.0);
        return [bound, bound * 2.0, bound / 2.0, -bound].map(|number| of_float(number, false)).to_vec();
    };
    let scale = behind + 1;
    let Some(units) = scaled((digits, behind), scale) else { return vec![bound.clone()] };
    let one = 10i128.pow(scale);
    [0, -one, one, one / 2, -one / 2, 1, -1, 10, -10]
        .into_iter()
        .filter_map(|step| number(units.checked_add(step)?, scale))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Demand, around, make};

    #[test]
    fn numbers_are_within_their_bounds() {
        for schema in [
            json!({"multipleOf": 0.01, "exclusiveMinimum": 0.02, "exclusiveMaximum": 0.04}),
            json!({"minimum": 9_223_372_036_854_775_808_u64, "maximum": u64::MAX}),
            json!({"exclusiveMinimum": 0, "exclusiveMaximum": 0.1}),
            json!({"minimum": -3, "maximum": -3}),
            json!({"multipleOf": 1.5, "minimum": 2, "not": {"multipleOf": 2}}),
            json!({"not": {"type": "integer"}}),
            json!({"minimum": 0, "maximum": 3, "not": {"enum": [0, 1, 3]}, "multipleOf": 1}),
            json!({"multipleOf": 6, "minimum": 1000, "maximum": 1002}),
            json!({"minimum": 1e300}),
            json!({"minimum": 0, "maximum": 1}),
        ] {
            let validator = jsonschema::validator_for(&schema).unwrap();
            let Value::Object(keywords) = &schema else { panic!("it is an object") };
            let mut demand = Demand::default();
            demand.add(keywords);
            let mut random = fastrand::Rng::with_seed(1);
            let made: Vec<_> = (0..40).map(|kind| make(&demand, false, kind % 8, &mut random)).collect();
            let right = made.iter().filter(|number| validator.is_valid(number)).count();
            assert!(right >= 10, "{schema}: {made:?}");
        }
    }

    #[test]
    fn between_two_bounds_there_are_many_numbers() {
        for schema in [
            json!({"minimum": 0, "maximum": 1}),
            json!({"exclusiveMinimum": 0, "exclusiveMaximum": 1}),
            json!({"minimum": 0, "maximum": 1e12, "multipleOf": 1}),
        ] {
            let Value::Object(keywords) = &schema else { panic!("it is an object") };
            let mut demand = Demand::default();
            demand.add(keywords);
            let mut random = fastrand::Rng::with_seed(1);
            let made: std::collections::HashSet<_> =
                (0..200).map(|kind| make(&demand, false, kind % 8, &mut random).to_string()).collect();
            assert!(made.len() > 40, "{schema}: {made:?}");
        }
    }

    #[test]
    fn a_bound_has_neighbours() {
        let near = around(&json!(0.25));
        assert!(near.contains(&json!(0.25)) && near.contains(&json!(0.249)) && near.contains(&json!(0.251)));
        assert!(around(&json!(u64::MAX)).contains(&json!(u64::MAX - 1)));
    }
}
