//! Schemas that say in another way what they said: changes that are told as one.

use isomorph_json::Pointer;
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use super::change::Change;
use super::local::without_annotations;

/// Keywords that newer dialects call otherwise.
const CALLED: [(&str, &str); 5] = [
    ("items", "prefixItems"),
    ("additionalItems", "items"),
    ("dependencies", "dependentRequired"),
    ("dependencies", "dependentSchemas"),
    ("id", "$id"),
];

/// That a schema became a branch of a union, or the only one that is left of it.
pub fn wrapped(old: &Value, new: &Value) -> Option<Change> {
    let told = |keyword: &str, words: String| Some(Change::new(Pointer::root().join(keyword), words, true));
    if let Some((keyword, others)) = union_around(new, old) {
        return told(keyword, format!("became a branch of {keyword}, beside {others}"));
    }
    let (keyword, others) = union_around(old, new)?;
    told(keyword, format!("was a branch of {keyword}, beside {others}, and is alone now"))
}

/// The union, if a schema is nothing but one that has the other as a branch, and what else it has.
fn union_around(union: &Value, inner: &Value) -> Option<(&'static str, String)> {
    // Most schemas are no unions, and some are large.
    ["anyOf", "oneOf"].iter().find_map(|keyword| union.get(*keyword))?;
    let keywords = without_annotations(union, &Formats::Assert);
    let keywords = keywords.as_object().filter(|keywords| keywords.len() == 1)?;
    let inner = without_annotations(inner, &Formats::Assert);
    ["anyOf", "oneOf"].into_iter().find_map(|keyword| {
        let branches = keywords.get(keyword)?.as_array()?;
        let index = branches.iter().position(|branch| *branch == inner)?;
        let others = match branches.len() - 1 {
            0 => "nothing".to_owned(),
            1 => other(&branches[1 - index]),
            more => format!("{more} others"),
        };
        Some((keyword, others))
    })
}

fn other(branch: &Value) -> String {
    match branch.get("type").and_then(Value::as_str) {
        Some(one) => one.chars().filter(char::is_ascii_alphabetic).collect(),
        None => "another".to_owned(),
    }
}

/// Keywords that are only called otherwise: what they were, what they are, and that in words.
pub fn called_otherwise(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
) -> Vec<(&'static str, &'static str, Change)> {
    let mut found = Vec::new();
    for (before, now) in CALLED {
        let said = old.get(before).filter(|said| Some(*said) == new.get(now));
        // `items` may stand on both sides, and mean something else on each.
        if said.is_some() && new.get(before) != old.get(before) && old.get(now) != new.get(now) {
            let words = format!("{before} is called {now} now");
            let change = Change::new(Pointer::root().join(now), words, false);
            found.push((before, now, change));
        }
    }
    found
}
