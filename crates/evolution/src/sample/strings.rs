//! Strings.

use fastrand::Rng;

use serde_json::Value;

use super::demand::Demand;
use super::memory::Memory;
use super::text::{LONGEST, of_length};
use super::{formats, patterned};

const WORDS: [&str; 12] =
    ["a", "b", "text", "name", "x1", "one", "two", "some words", "déjà vu", "日本語", "🦀", "A-b_c.d/e"];
/// How many kinds of strings there are.
pub const KINDS: usize = 7;

/// A string, of one of the [`KINDS`]; just so long, if that is asked for, whatever its format: that annotates where it does not assert.
pub fn make(demand: &Demand, kind: usize, is_exact: bool, memory: &mut Memory, random: &mut Rng) -> String {
    let (least, most) = (demand.at_least("minLength"), demand.at_most("maxLength"));
    if let Some(text) = patterned::make(demand, (kind, is_exact), (least, most), memory, random) {
        return text;
    }
    if demand.refused("format").next().is_some() {
        return of_length(["", "no such", "!", "-"][random.usize(..4)].to_owned(), least, most);
    }
    let encodings = demand.all("contentEncoding").filter(|encoding| *encoding == "base64").map(|_| "byte");
    let mut formats = demand.all("format").filter_map(Value::as_str).chain(encodings);
    let format = formats.find_map(|format| formats::formatted(format, random));
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
