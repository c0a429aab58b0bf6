//! Strings that patterns speak of.

use fastrand::Rng;
use serde_json::Value;

use super::demand::Demand;
use super::formats::{formatted, pattern_of};
use super::looking::{plain, without_back_reference};
use super::memory::Memory;
use super::pattern::matching;
use super::text::of_length;

/// A string, where patterns speak of it, or its format has strings of other lengths than those that [`formatted`] makes.
pub fn make(
    demand: &Demand,
    (kind, is_exact): (usize, bool),
    (least, most): (usize, usize),
    memory: &mut Memory,
    random: &mut Rng,
) -> Option<String> {
    let text = |value: &'_ Value| value.as_str().map(str::to_owned);
    let patterns: Vec<String> = demand.all("pattern").filter_map(text).collect();
    let failing: Vec<String> = demand.refused("pattern").filter_map(text).collect();
    let formats: Vec<&str> = demand.all("format").filter_map(Value::as_str).collect();
    let is_of_length = |text: String| (least..=most).contains(&text.chars().count());
    let is_short = |format: &&str| formatted(format, random).is_some_and(|text| !is_of_length(text));
    if patterns.is_empty() && failing.is_empty() && !formats.iter().any(is_short) {
        return None;
    }
    let said = Said::of(&patterns, failing, &formats, random);
    let wanted = match kind {
        0 => least,
        1 if most <= 400 => most,
        kind => least.saturating_add(kind + random.usize(..6)),
    };
    for attempt in 0..6 {
        let lengths = if is_exact && attempt < 3 { (wanted, wanted) } else { (least, most) };
        // A format may be no assertion, and have none of the strings of the patterns.
        let matching = if attempt % 3 < 2 { &said.with_formats } else { &said.matching };
        if matching.is_empty() && said.failing.is_empty() {
            continue;
        }
        let made = memory.languages.walk(matching, &said.failing, lengths, random, wanted);
        if let Some(text) = made.filter(|text| !demand.excludes(&text.as_str().into())) {
            return Some(text);
        }
    }
    // What looks around elsewhere is beyond automata, and so is what is long.
    let first = random.usize(..patterns.len().max(1));
    let turned = patterns.iter().cycle().skip(first).take(patterns.len());
    let made: Vec<String> = turned.filter_map(|pattern| made_of(pattern, random)).collect();
    let matches = &mut memory.matches;
    let mut is_of_all = |text: &&String| patterns.iter().all(|pattern| matches.matches(pattern, text));
    let text = made.iter().find(|text| is_of_all(text)).or(made.first())?;
    Some(of_length(text.clone(), least, usize::MAX))
}

/// What patterns and formats say together.
struct Said {
    matching: Vec<String>,
    with_formats: Vec<String>,
    failing: Vec<String>,
}

impl Said {
    fn of(patterns: &[String], mut failing: Vec<String>, formats: &[&str], random: &mut Rng) -> Self {
        let mut all: Vec<String> = Vec::new();
        for pattern in patterns {
            let without = without_back_reference(pattern, |inner| matching(inner, random));
            let plain = plain(without.as_ref().unwrap_or(pattern));
            all.extend(plain.matching);
            failing.extend(plain.failing);
        }
        let of_formats = formats.iter().filter_map(|format| pattern_of(format)).map(str::to_owned);
        let with_formats = all.iter().cloned().chain(of_formats).collect();
        Self { matching: all, with_formats, failing }
    }
}

/// A string that most probably matches a pattern.
fn made_of(pattern: &str, random: &mut Rng) -> Option<String> {
    let without = without_back_reference(pattern, |inner| matching(inner, random));
    matching(without.as_deref().unwrap_or(pattern), random)
}
