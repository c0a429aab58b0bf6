//! Which names change when a schema does, or only the order of its keys.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_codegen::Report;
use serde_json::{Map, Value, json};

/// How many names changed, of how many.
#[derive(Debug, Default)]
pub struct Changes {
    shuffled: Count,
    added: Count,
}

#[derive(Debug, Default)]
struct Count {
    trials: usize,
    names: usize,
    changed: usize,
}

impl Changes {
    /// Counts the changes of a schema with its keys in another order, and with one more at `most` places.
    pub fn count(
        &mut self,
        name: &str,
        text: &[u8],
        before: &Report,
        most: usize,
        generate: &dyn Fn(&[u8]) -> Option<Report>,
    ) {
        let Ok(schema) = serde_json::from_slice::<Value>(text) else { return };
        let mut dice = fastrand::Rng::with_seed(u64::try_from(text.len()).unwrap_or_default());
        let again = generate(shuffled(&schema, &mut dice).to_string().as_bytes());
        self.shuffled.add(name, before, again);
        let places = places(&schema);
        for _ in 0..most.min(places.len()) {
            let place = &places[dice.usize(..places.len())];
            let again = generate(with_one_more(&schema, place).to_string().as_bytes());
            self.added.add(name, before, again);
        }
    }

    /// Prints them.
    pub fn print(&self) {
        for (title, Count { trials, names, changed }) in
            [("shuffled keys", &self.shuffled), ("single additions", &self.added)]
        {
            #[expect(clippy::cast_precision_loss, reason = "counts of names are far below 2^53")]
            let percent = 100.0 * *changed as f64 / (*names).max(1) as f64;
            println!("{title}: {changed} of {names} other names change in {trials} trials ({percent:.3} %)");
        }
    }
}

impl Count {
    fn add(&mut self, schema: &str, before: &Report, after: Option<Report>) {
        let Some(after) = after else { return };
        let (before, after) = (by_place(before), by_place(&after));
        self.trials += 1;
        for (place, names) in &before {
            self.names += names.len();
            let Some(now) = after.get(place) else { continue };
            for name in names.difference(now) {
                println!("{schema}: {name} -> {now:?} at {place}");
                self.changed += 1;
            }
        }
    }
}

/// The names of a report, by place. What stands beside a union may make several types of one place.
fn by_place(report: &Report) -> BTreeMap<String, BTreeSet<&str>> {
    let place = |row: &isomorph_codegen::Row| format!("{} {:?} {}", row.schema, row.only_for, row.shape);
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in &report.definitions {
        found.entry(place(row)).or_default().insert(row.name.as_str());
    }
    found
}

fn shuffled(value: &Value, dice: &mut fastrand::Rng) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), shuffled(value, dice))).collect();
            dice.shuffle(&mut members);
            Value::Object(members.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(elements) => elements.iter().map(|element| shuffled(element, dice)).collect(),
        other => other.clone(),
    }
}

/// Where properties and definitions are declared.
fn places(schema: &Value) -> Vec<String> {
    let (mut found, mut work) = (Vec::new(), vec![(String::new(), schema)]);
    while let Some((at, value)) = work.pop() {
        if let Value::Object(members) = value {
            for (name, inner) in members {
                let inside = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                if ["properties", "definitions", "$defs"].contains(&name.as_str()) && inner.is_object() {
                    found.push(inside.clone());
                }
                work.push((inside, inner));
            }
        }
    }
    found.sort();
    found
}

/// A schema with one property or definition more.
fn with_one_more(schema: &Value, place: &str) -> Value {
    let mut schema = schema.clone();
    if let Some(Value::Object(members)) = schema.pointer_mut(place) {
        let more = json!({"type": "object", "properties": {"mode": {"enum": ["one", "two"]}, "size": {"type": "integer"}}});
        members.insert("addition".to_owned(), more);
    }
    schema
}
