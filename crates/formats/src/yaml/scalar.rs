//! What scalars are by the core schema of YAML 1.2, or by their tags.

use saphyr_parser::{ScalarStyle, Tag};

use super::tags::{kind, wrong};

/// A scalar as JSON, and as the name of a property.
pub struct Scalar {
    pub json: Json,
    pub name: String,
    pub is_quoted: bool,
}

/// What a scalar is in JSON.
pub enum Json {
    Literal(String),
    Text,
    /// What JSON does not have, in words.
    Nothing(String),
    /// What is not what its tag says, in words.
    Mistagged(String),
}

/// How many digits an integer that is not decimal may have: to write one anew takes their square.
const LONGEST: usize = 4096;

impl Scalar {
    /// What is written by the core schema, or by its tag: `!!int "1"` is a number.
    pub fn new(value: &str, style: ScalarStyle, tag: Option<&Tag>) -> Self {
        let is_quoted = style != ScalarStyle::Plain;
        let json = match tag.and_then(kind).as_deref() {
            Some(kind @ ("null" | "bool" | "int" | "float")) => tagged(value, kind),
            Some(kind @ ("seq" | "map" | "set" | "omap" | "pairs")) => Json::Mistagged(wrong(kind)),
            Some(_) => Json::Text,
            None if tag.is_some() || is_quoted => Json::Text,
            None => plain(value),
        };
        Self { json, name: value.to_owned(), is_quoted }
    }
}

/// What a tag says that a scalar is.
fn tagged(value: &str, kind: &str) -> Json {
    let json = plain(value);
    let is_said = match (&json, kind) {
        (Json::Literal(literal), "null") => literal == "null",
        (Json::Literal(literal), "bool") => literal == "true" || literal == "false",
        (Json::Literal(literal), "int") => {
            literal.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit())
        }
        (Json::Literal(literal), _) => literal.starts_with(|c: char| c == '-' || c.is_ascii_digit()),
        (Json::Nothing(_), "float") => true,
        _ => false,
    };
    if is_said { json } else { Json::Mistagged(wrong(kind)) }
}

fn plain(value: &str) -> Json {
    match value {
        "" | "~" | "null" | "Null" | "NULL" => return Json::Literal("null".into()),
        "true" | "True" | "TRUE" => return Json::Literal("true".into()),
        "false" | "False" | "FALSE" => return Json::Literal("false".into()),
        ".nan" | ".NaN" | ".NAN" => return no_number(),
        _ => {}
    }
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return no_number();
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = value.strip_prefix(prefix)
            && let Some(number) = integer(digits, radix)
        {
            return number;
        }
    }
    decimal(value, unsigned).map_or(Json::Text, Json::Literal)
}

fn no_number() -> Json {
    Json::Nothing("JSON has no such number".into())
}

/// What follows the last number of nine decimal digits.
const GROUP: u64 = 1_000_000_000;

/// An integer in another base, of any size; `None` if it is none.
fn integer(digits: &str, radix: u32) -> Option<Json> {
    let values: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(radix)).collect();
    let values = values.filter(|values| !values.is_empty())?;
    if values.len() > LONGEST {
        return Some(Json::Nothing(format!(
            "this number has more than {LONGEST} digits; write it as a decimal"
        )));
    }
    // Groups of nine decimal digits, the last ones first.
    let mut groups: Vec<u64> = vec![0];
    for value in values {
        let mut carried = u64::from(value);
        for group in &mut groups {
            let sum = *group * u64::from(radix) + carried;
            (*group, carried) = (sum % GROUP, sum / GROUP);
        }
        if carried > 0 {
            groups.push(carried);
        }
    }
    let (last, others) = groups.split_last()?;
    let others = others.iter().rev().map(|group| format!("{group:09}"));
    Some(Json::Literal(std::iter::once(last.to_string()).chain(others).collect()))
}

/// A decimal number, as JSON writes it.
fn decimal(value: &str, unsigned: &str) -> Option<String> {
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let power = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    if !has_digits || !all_digits(whole) || !all_digits(fraction.unwrap_or_default()) {
        return None;
    }
    if power.is_some_and(|power| power.is_empty() || !all_digits(power)) {
        return None;
    }
    let sign = if value.starts_with('-') { "-" } else { "" };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.map(|fraction| format!(".{}", if fraction.is_empty() { "0" } else { fraction }));
    let exponent = exponent.map(|exponent| format!("e{exponent}"));
    Some(format!("{sign}{whole}{}{}", fraction.unwrap_or_default(), exponent.unwrap_or_default()))
}
