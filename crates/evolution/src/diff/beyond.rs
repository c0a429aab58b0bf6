//! Whole numbers in schemas that are read as others: no number of 64 bits is as large, and no double is the same. What is compared is
//! what was read, so that nothing is known of schemas that do not say the same ones.

use std::collections::{BTreeMap, HashSet};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Document};
use serde_json::Value;

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
                        let text = || written(document, &at).filter(|text| is_another(text, read));
                        if read.abs() >= LEAST
                            && read.fract() == 0.0
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

    /// Those that a bundle has, as they are written.
    pub fn within(&self, bundle: &Bundle) -> Vec<&str> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let places = std::iter::once(&bundle.root).chain(bundle.places.values());
        let places: HashSet<(&str, &Pointer)> =
            places.map(|place| (place.file.as_str(), &place.pointer)).collect();
        let is_inside = |file: &str, at: &Pointer| {
            let mut around = Some(at.clone());
            while let Some(place) = around {
                if places.contains(&(file, &place)) {
                    return true;
                }
                around = place.split_last().map(|(around, _)| around);
            }
            false
        };
        let all = self.0.iter().flat_map(|(file, all)| all.iter().map(move |one| (file, one)));
        let inside = all.filter(|(file, (at, _))| is_inside(file, at));
        let mut texts: Vec<&str> = inside.map(|(_, (_, text))| text.as_str()).collect();
        texts.sort_unstable();
        texts
    }
}

fn written(document: &Document, at: &Pointer) -> Option<String> {
    let span = document.place_in_text(at).spot?.span;
    document.text.text.get(span).map(str::to_owned)
}

/// Whether the number that is written is a whole one, and not that which was read.
fn is_another(text: &str, read: f64) -> bool {
    let digits = text.trim_start_matches(['+', '-']).trim_start_matches('0').replace('_', "");
    if digits.starts_with(['x', 'o', 'b']) {
        return true;
    }
    digits.chars().all(|c| c.is_ascii_digit()) && format!("{:.0}", read.abs()) != digits
}
