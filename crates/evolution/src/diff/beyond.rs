//! Whole numbers in schemas that are read as others: no number of 64 bits is as large, and no double is the same. What is compared is
//! what was read, so that nothing is known of schemas that do not say the same ones.

use std::collections::{BTreeMap, HashMap};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Document, binds};
use serde_json::Value;

use super::change::Change;
use super::changes::Changed;
use super::local::definition;
use super::sense::Sense;

/// Those of the documents of a version, by file: where they stand there, and how they are written.
#[derive(Debug, Default)]
pub struct Beyond(BTreeMap<String, Vec<(Pointer, String)>>);

/// From here on a whole number that is read as a double may have been another.
const LEAST: f64 = 9_007_199_254_740_992.0;

impl Beyond {
    /// Of these documents.
    pub fn of(documents: &[Document]) -> Self {
        let mut found = Self::default();
        for document in documents {
            let mut work = vec![(Pointer::root(), &document.root)];
            while let Some((at, part)) = work.pop() {
                match part {
                    Value::Object(members) => {
                        work.extend(members.iter().map(|(name, inner)| (at.join(name), inner)));
                    }
                    Value::Array(elements) => {
                        work.extend(
                            elements.iter().enumerate().map(|(index, inner)| (at.join(index), inner)),
                        );
                    }
                    Value::Number(number) if number.is_f64() => {
                        let read = number.as_f64().unwrap_or_default();
                        let text = || {
                            written(document, &at).filter(|text| is_another(text, read)).map(str::to_owned)
                        };
                        if is_large(read)
                            && let Some(text) = text()
                        {
                            let place = document.place(&at);
                            found.0.entry(place.file).or_default().push((place.pointer, text));
                        }
                    }
                    _ => {}
                }
            }
        }
        found
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that a bundle has, as they are written, by their place in it.
    pub fn within(&self, bundle: &Bundle) -> BTreeMap<Pointer, &str> {
        if self.0.is_empty() {
            return BTreeMap::new();
        }
        let named = bundle.places.iter().map(|(name, place)| (place, definition(bundle, name)));
        let root = std::iter::once((&bundle.root, Pointer::root()));
        let places: HashMap<(&str, &Pointer), Pointer> =
            named.chain(root).map(|(place, at)| ((place.file.as_str(), &place.pointer), at)).collect();
        let in_bundle = |file: &str, at: &Pointer| {
            let mut around = Some(at.clone());
            while let Some(place) = around {
                if let Some(found) = places.get(&(file, &place)) {
                    return Some(found.append(&at.strip_prefix(&place)?));
                }
                around = place.split_last().map(|(around, _)| around);
            }
            None
        };
        let all = self.0.iter().flat_map(|(file, all)| all.iter().map(move |one| (file, one)));
        all.filter_map(|(file, (at, text))| Some((in_bundle(file, at)?, text.as_str()))).collect()
    }
}

/// Whether an instance has a number that a schema may have had read as another.
pub fn is_in(instance: &Value) -> bool {
    let mut work = vec![instance];
    while let Some(part) = work.pop() {
        match part {
            Value::Object(members) => work.extend(members.values()),
            Value::Array(elements) => work.extend(elements),
            Value::Number(number) if number.is_f64() && number.as_f64().is_some_and(is_large) => return true,
            _ => {}
        }
    }
    false
}

fn is_large(read: f64) -> bool {
    read.abs() >= LEAST && read.fract() == 0.0
}

/// What changed where two bundles have other such numbers at one place, which are read as the same.
pub fn changes(old: &BTreeMap<Pointer, &str>, new: &BTreeMap<Pointer, &str>) -> Vec<Changed> {
    let both = new.iter().filter_map(|(at, now)| Some((at, *old.get(at)?, *now)));
    let other = both.filter(|(_, before, now)| before != now);
    other.filter_map(|(at, before, now)| changed(at, before, now)).collect()
}

fn changed(at: &Pointer, before: &str, now: &str) -> Option<Changed> {
    // What holds the number is a keyword, or further out one that holds values.
    let segments: Vec<String> = at.segments().collect();
    let holds = |keyword: &String| ["const", "enum", "default", "examples"].contains(&keyword.as_str());
    let keyword_at = segments.iter().rposition(holds).unwrap_or(segments.len().checked_sub(1)?);
    let pointer = |segments: &[String]| segments.iter().fold(Pointer::root(), |at, one| at.join(one));
    let schema = pointer(&segments[..keyword_at]);
    let keyword = &segments[keyword_at];
    let words = format!("{keyword} changed from `{before}` to `{now}`");
    let change = Change::new(pointer(&segments[keyword_at..]), words, binds(keyword));
    Some(Changed { old_at: schema.clone(), new_at: schema, changes: vec![change], sense: Sense::Along })
}

/// What stands at a place of a document, as it is written.
pub fn written<'d>(document: &'d Document, at: &Pointer) -> Option<&'d str> {
    let span = document.text.span(&document.place(at).pointer)?;
    document.text.text.get(span)
}

/// Whether the number that is written is a whole one, and not that which was read. A double is told, and judged, by the fewest digits
/// that lead to it.
fn is_another(text: &str, read: f64) -> bool {
    let digits = text.trim_start_matches(['+', '-']).trim_start_matches('0').replace('_', "");
    if digits.starts_with(['x', 'o', 'b']) {
        return true;
    }
    digits.chars().all(|c| c.is_ascii_digit()) && read.abs().to_string() != digits
}
