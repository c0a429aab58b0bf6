//! TOML as JSON. Dates and times become strings, as there is nothing else in JSON for them.

use std::ops::Range;

use isomorph_json::{Fault, JsonText, Rule, Transcribed};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// Reads a TOML file.
///
/// # Errors
///
/// If it is not TOML, or has a number that JSON has not.
pub fn read(text: &str) -> Result<Transcribed, Fault> {
    let document = DeTable::parse(text).map_err(|error| {
        let rule = match error.message() {
            message if message.contains("duplicate key") => Rule::DuplicateKey,
            message if message.contains("recurs") => Rule::Depth,
            _ => Rule::Syntax,
        };
        let span = error.span().unwrap_or(0..0);
        if rule == Rule::DuplicateKey {
            let key = text.get(span.clone()).unwrap_or_default();
            return Fault::new(rule, span.clone(), format!("the key `{}` comes twice", key.escape_debug()));
        }
        Fault::new(rule, span, error.message())
    })?;
    let mut json = JsonText::default();
    table(document.get_ref(), 0..text.len(), &mut json)?;
    Ok(json.finish())
}

fn table(table: &DeTable, origin: Range<usize>, json: &mut JsonText) -> Result<(), Fault> {
    let opened = json.open('{');
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    for (key, member) in members {
        json.key(key.get_ref(), key.span());
        value(member, json)?;
    }
    json.close(opened, '}', origin);
    Ok(())
}

fn value(value: &Spanned<DeValue>, json: &mut JsonText) -> Result<(), Fault> {
    let origin = value.span();
    match value.get_ref() {
        DeValue::String(string) => json.string(string, origin),
        DeValue::Integer(integer) => {
            let number = i128::from_str_radix(integer.as_str(), integer.radix());
            let number = number
                .map_err(|_| Fault::new(Rule::Number, origin.clone(), "this number is out of range"))?;
            json.literal(&number.to_string(), origin);
        }
        DeValue::Float(float) => json.literal(&number(float.as_str(), &origin)?, origin),
        DeValue::Boolean(boolean) => json.literal(&boolean.to_string(), origin),
        DeValue::Datetime(datetime) => json.string(&whole(*datetime).to_string(), origin),
        DeValue::Array(array) => {
            let opened = json.open('[');
            array.iter().try_for_each(|element| self::value(element, json))?;
            json.close(opened, ']', origin);
        }
        DeValue::Table(inner) => table(inner, origin, json)?,
    }
    Ok(())
}

/// A date or time with the seconds that TOML 1.1 may leave out, as all that reads the string wants them.
fn whole(mut datetime: Datetime) -> Datetime {
    if let Some(time) = &mut datetime.time {
        time.second.get_or_insert(0);
    }
    datetime
}

fn number(literal: &str, origin: &Range<usize>) -> Result<String, Fault> {
    let none = || Fault::new(Rule::Number, origin.clone(), "JSON has no such number");
    let plain = literal.trim_start_matches('+');
    let number: f64 = plain.parse().map_err(|_| none())?;
    if !number.is_finite() {
        return Err(none());
    }
    Ok(plain.to_owned())
}
