//! Strings.

use fastrand::Rng;

use serde_json::Value;

use super::demand::Demand;
use super::memory::Memory;
use super::pattern::matching;

const WORDS: [&str; 12] =
    ["a", "b", "text", "name", "x1", "one", "two", "some words", "déjà vu", "日本語", "🦀", "A-b_c.d/e"];
/// How many characters are written at most.
const LONGEST: usize = 100_000;
/// How many kinds of strings there are.
pub const KINDS: usize = 7;

/// A string, of one of the [`KINDS`]; just so long, if that is asked for, whatever its format: that annotates where it does not assert.
pub fn make(demand: &Demand, kind: usize, is_exact: bool, memory: &mut Memory, random: &mut Rng) -> String {
    let (least, most) = (demand.at_least("minLength"), demand.at_most("maxLength"));
    let text = |value: &'_ Value| value.as_str().map(str::to_owned);
    let patterns: Vec<String> = demand.all("pattern").filter_map(text).collect();
    let failing: Vec<String> = demand.refused("pattern").filter_map(text).collect();
    if !patterns.is_empty() || !failing.is_empty() {
        let wanted = match kind {
            0 => least,
            1 if most <= 400 => most,
            kind => least + kind + random.usize(..6),
        };
        for attempt in 0..6 {
            let lengths = if is_exact && attempt < 3 { (wanted, wanted) } else { (least, most) };
            let made = memory.languages.walk(&patterns, &failing, lengths, random, wanted);
            if let Some(text) = made.filter(|text| !demand.excludes(&text.as_str().into())) {
                return text;
            }
        }
        // What looks around is beyond automata, and so is what is long.
        let first = random.usize(..patterns.len().max(1));
        let turned = patterns.iter().cycle().skip(first).take(patterns.len());
        let made: Vec<String> = turned.filter_map(|pattern| matching(pattern, random)).collect();
        let matches = &mut memory.matches;
        let mut is_of_all = |text: &&String| patterns.iter().all(|pattern| matches.matches(pattern, text));
        if let Some(text) = made.iter().find(|text| is_of_all(text)).or(made.first()) {
            return of_length(text.clone(), least, usize::MAX);
        }
    }
    if demand.refused("format").next().is_some() {
        return of_length(["", "no such", "!", "-"][random.usize(..4)].to_owned(), least, most);
    }
    let encodings = demand.all("contentEncoding").filter(|encoding| *encoding == "base64").map(|_| "byte");
    let mut formats = demand.all("format").filter_map(Value::as_str).chain(encodings);
    let format = formats.find_map(|format| formatted(format, random));
    if let Some(text) = format {
        let (exact, length) = (if kind == 0 { least } else { most }, text.chars().count());
        // What is longer than its format says may be of it still, and what is shorter may be none.
        match is_exact && exact <= LONGEST {
            true if length <= exact => return of_length(text, exact, exact),
            true => {}
            false => return of_length(text, least, most),
        }
    }
    for _ in 0..10 {
        let text = free(kind, least, most, random);
        if !demand.excludes(&text.as_str().into()) {
            return text;
        }
    }
    of_length("else".to_owned(), least, most)
}

/// Any string of such a length.
fn free(kind: usize, least: usize, most: usize, random: &mut Rng) -> String {
    let length = match kind {
        0 => least,
        1 if most <= LONGEST => most,
        2 => least.saturating_add(1).min(most),
        3 if most <= LONGEST => most.saturating_sub(1).max(least),
        _ => least.saturating_add(random.usize(1..=if kind == 4 { 40 } else { 12 })).min(most),
    };
    let text: String = match kind % 3 {
        0 => WORDS[random.usize(..WORDS.len())].to_owned(),
        1 => (0..length.min(8)).map(|_| random.alphanumeric()).collect(),
        _ => (0..length.min(16)).map(|_| random.lowercase()).collect(),
    };
    if text.chars().count() == length
        || kind > 4
            && (least..=most).contains(&text.chars().count())
            && kind.is_multiple_of(3)
            && random.bool()
    {
        return text;
    }
    let missing = length.saturating_sub(text.chars().count()).min(LONGEST);
    let filling: String = (0..missing).map(|_| random.lowercase()).collect();
    (text + &filling).chars().take(length).collect()
}

/// A text that is made as long as this, in characters.
pub fn of_length(text: String, least: usize, most: usize) -> String {
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
    let n = random.u16(1..=999);
    let (month, day) = (1 + n % 12, 1 + n % 28);
    Some(match format {
        "date-time" => format!("2024-{month:02}-{day:02}T{:02}:00:00Z", n % 24),
        "date" => format!("20{:02}-{month:02}-{day:02}", n % 100),
        "time" => format!("{:02}:{:02}:00Z", n % 24, n % 60),
        "duration" => format!("P{n}D"),
        "email" | "idn-email" => format!("user{n}@example.com"),
        "hostname" | "idn-hostname" => format!("host{n}.example.com"),
        "ipv4" => format!("192.0.2.{}", n % 256),
        "ipv6" => format!("2001:db8::{n:x}"),
        "uri" | "iri" | "url" => format!("https://example.com/{n}"),
        "uri-reference" | "iri-reference" | "json-pointer" => format!("/a/{n}"),
        "uri-template" => format!("/a/{{b{n}}}"),
        "uuid" => format!("{:08x}-{n:04x}-4000-8000-{:012x}", random.u32(..), random.u32(..)),
        "relative-json-pointer" => format!("{n}/a"),
        "regex" => format!("^a{{{}}}", n % 9),
        "path" => format!("a{n}.txt"),
        "byte" => ["YQ==", "YWI=", "YWJj", ""][usize::from(n % 4)].to_owned(),
        _ => return None,
    })
}
