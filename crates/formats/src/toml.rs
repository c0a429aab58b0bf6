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
            let message = format!("the key `{}` comes twice", key.escape_debug());
            return Fault { first: first_of(text, &span), ..Fault::new(rule, span, message) };
        }
        let words = words(text.get(span.start..).unwrap_or_default(), error.message());
        Fault::new(rule, span, words)
    })?;
    let mut json = JsonText::default();
    table(document.get_ref(), 0..text.len(), &mut json)?;
    Ok(json.finish())
}

/// What the parser says of what stands there, in words that help.
fn words(found: &str, message: &str) -> String {
    let line = found.lines().next().unwrap_or_default().trim();
    if message.starts_with("string values must be quoted") {
        let is_missing = line.is_empty() || line.starts_with('#');
        return if is_missing {
            "a value is missing here"
        } else {
            "this is no value; quote it if it is a text"
        }
        .to_owned();
    }
    if message.starts_with("unexpected leading zero") {
        return "a number has no zero in front; leave it out, or quote what is no number".to_owned();
    }
    message.strip_suffix(", expected nothing").unwrap_or(message).to_owned()
}

/// Where a key stood first that comes again at `again`: in the table in which another key would be there.
fn first_of(text: &str, again: &Range<usize>) -> Option<Range<usize>> {
    let other = "isomorph-no-such-key".repeat(1 + text.matches("isomorph-no-such-key").count());
    let renamed = format!("{}{other}{}", text.get(..again.start)?, text.get(again.end..)?);
    let (read, _) = DeTable::parse_recoverable(&renamed);
    let said = format!("{}=0", text.get(again.clone())?);
    let key = DeTable::parse(&said).ok()?.get_ref().keys().next()?.get_ref().to_string();
    first_beside(read.get_ref(), &other, &key)
}

/// The place of the key `key` in the table that has the key `other` too, as far inside as that is.
fn first_beside(table: &DeTable, other: &str, key: &str) -> Option<Range<usize>> {
    if table.contains_key(other) {
        return table.iter().find(|(known, _)| known.get_ref() == key).map(|(known, _)| known.span());
    }
    table.values().find_map(|value| first_inside(value.get_ref(), other, key))
}

fn first_inside(value: &DeValue, other: &str, key: &str) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => first_beside(table, other, key),
        DeValue::Array(elements) => {
            elements.iter().find_map(|element| first_inside(element.get_ref(), other, key))
        }
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_key_that_comes_twice_is_told_with_both_places() {
        for (text, again, first) in [
            ("a = 1\nb = 2\n\"a\" = 3\n", 12, Some(0)),
            ("[x]\na = 1\n[y]\na = 1\na = 2\n", 20, Some(14)),
            ("[x]\na = 1\n[x]\n", 11, Some(1)),
            ("x = [{a = 1, b = 2, a = 3}]\n", 20, Some(6)),
            ("a.b = 1\na.b = 2\n", 10, Some(2)),
        ] {
            let fault = read(text).expect_err("a key comes twice");
            assert_eq!((fault.span.start, fault.first.map(|first| first.start)), (again, first), "{text}");
        }
    }

    #[test]
    fn times_have_their_seconds() {
        let read = read("a = 07:32\nb = 1979-05-27T07:32Z\nc = 07:32:01.5\n").expect("it is TOML");
        assert_eq!(read.json, r#"{"a":"07:32:00","b":"1979-05-27T07:32:00Z","c":"07:32:01.5"}"#);
    }
}
