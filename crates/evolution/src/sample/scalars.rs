//! Strings and numbers.

use fastrand::Rng;
use serde_json::{Number, Value};

use super::demand::Demand;
use super::pattern::matching;

const WORDS: [&str; 8] = ["a", "b", "text", "name", "x1", "one", "two", "some words"];

/// A string.
pub fn string(demand: &Demand, random: &mut Rng) -> String {
    let (least, most) = (demand.at_least("minLength"), demand.at_most("maxLength"));
    let patterns: Vec<_> = demand.all("pattern").filter_map(Value::as_str).collect();
    // Several patterns may be met by what one of them gives; tries are cheap.
    if let Some(text) = random.choice(&patterns).and_then(|pattern| matching(pattern, random)) {
        return of_length(text, least, usize::MAX);
    }
    let format = demand.all("format").filter_map(Value::as_str).find_map(|format| formatted(format, random));
    let text = format.unwrap_or_else(|| WORDS[random.usize(..WORDS.len())].to_owned());
    of_length(text, least, most)
}

/// A text that is made as long as this, in characters.
pub fn of_length(text: String, least: usize, most: usize) -> String {
    const LONGEST: usize = 100_000;
    let length = text.chars().count();
    if length > most {
        return text.chars().take(most).collect();
    }
    let filling = text.chars().last().unwrap_or('a');
    let missing = least.min(LONGEST).saturating_sub(length);
    text + &filling.to_string().repeat(missing)
}

/// A string of a format.
pub fn formatted(format: &str, random: &mut Rng) -> Option<String> {
    let n = random.u8(1..=9);
    Some(match format {
        "date-time" => format!("2024-0{n}-01T12:00:00Z"),
        "date" => format!("2024-0{n}-01"),
        "time" => format!("12:0{n}:00Z"),
        "duration" => format!("P{n}D"),
        "email" | "idn-email" => format!("user{n}@example.com"),
        "hostname" | "idn-hostname" => format!("host{n}.example.com"),
        "ipv4" => format!("192.0.2.{n}"),
        "ipv6" => format!("2001:db8::{n}"),
        "uri" | "iri" | "url" => format!("https://example.com/{n}"),
        "uri-reference" | "iri-reference" | "json-pointer" => format!("/a/{n}"),
        "uri-template" => format!("/a/{{b{n}}}"),
        "uuid" => format!("0000000{n}-0000-4000-8000-000000000000"),
        "relative-json-pointer" => format!("{n}/a"),
        "regex" => "^a".to_owned(),
        "path" => format!("a{n}.txt"),
        "byte" => "YQ==".to_owned(),
        _ => return None,
    })
}

/// A number, without a fraction if it must have none.
pub fn number(demand: &Demand, integer: bool, random: &mut Rng) -> Value {
    let step = demand.greatest("multipleOf").filter(|step| *step > 0.0);
    let (low, high) = bounds(demand, integer);
    let some = f64::from(random.i32(0..=9));
    // Small numbers, as near to zero as the bounds allow.
    let near = match (low, high) {
        (Some(low), Some(high)) => low + (high - low).min(9.0) * f64::from(random.u8(0..=8)) / 8.0,
        (Some(low), None) => {
            if low <= 0.0 {
                some
            } else {
                low + some
            }
        }
        (None, Some(high)) => {
            if high >= 9.0 {
                some
            } else {
                high - some
            }
        }
        (None, None) => some,
    };
    let near = if integer { near.round() } else { near };
    match step {
        Some(step) => {
            let up = (near / step).ceil() * step;
            let fits = high.is_none_or(|high| up <= high);
            of_float(if fits { up } else { (near / step).floor() * step }, integer)
        }
        None => of_float(near, integer),
    }
}

/// The bounds, the exclusive ones moved inwards a little.
fn bounds(demand: &Demand, integer: bool) -> (Option<f64>, Option<f64>) {
    let (mut low, mut high) = (demand.greatest("minimum"), demand.least("maximum"));
    let inwards = |bound: f64, other: Option<f64>| match other {
        _ if integer => 1.0,
        Some(other) => (other - bound).abs().min(1.0) / 2.0,
        None => 0.5,
    };
    for part in &demand.parts {
        // In draft 4 `exclusiveMinimum` is a boolean that says how `minimum` is meant.
        let exclusive = |keyword: &str, inclusive: &str| match part.get(keyword) {
            Some(Value::Bool(true)) => part.get(inclusive).and_then(Value::as_f64),
            other => other.and_then(Value::as_f64),
        };
        if let Some(bound) = exclusive("exclusiveMinimum", "minimum") {
            let next = if integer { bound.floor() + 1.0 } else { bound + inwards(bound, high) };
            low = Some(low.map_or(next, |low| low.max(next)));
        }
        if let Some(bound) = exclusive("exclusiveMaximum", "maximum") {
            let next = if integer { bound.ceil() - 1.0 } else { bound - inwards(bound, low) };
            high = Some(high.map_or(next, |high| high.min(next)));
        }
    }
    if integer { (low.map(f64::ceil), high.map(f64::floor)) } else { (low, high) }
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
