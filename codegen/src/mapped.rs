//! What the settings map formats and encodings to, as the report tells it.

use serde::Serialize;
use serde_json::Value;

use crate::foreign::Foreign;
use crate::model::{Model, Width};
use crate::settings::Settings;
use crate::via::Via;

/// A format or an encoding, and the Rust type that stands for it: it holds less than the schema allows, or does not give back
/// what it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mapped {
    /// The keyword: `format`, `contentEncoding` or `x-rust-type`; or `schema`, for the one at a place.
    pub keyword: &'static str,
    /// Its value.
    pub value: String,
    /// The Rust type.
    pub path: String,
    /// How many schemas say it.
    pub places: usize,
    /// What the type asserts, and what it does not keep.
    pub told: String,
}

/// All that is mapped to what does not hold any string.
pub fn mapped(model: &Model, settings: &Settings) -> Vec<Mapped> {
    let by_place = settings.types.iter().map(|(place, foreign)| Mapped {
        keyword: "schema",
        value: place.clone(),
        path: foreign.path().to_owned(),
        places: 1,
        told: told(foreign),
    });
    let all = [("format", &settings.formats), ("contentEncoding", &settings.encodings)];
    let all =
        all.into_iter().flat_map(|(keyword, all)| all.iter().map(move |(value, to)| (keyword, value, to)));
    let all = all.filter(|(.., foreign)| foreign.known().is_none_or(|known| !known.holds_any_string));
    let by_keyword = all.map(|(keyword, value, foreign)| Mapped {
        keyword,
        value: value.clone(),
        path: foreign.path().to_owned(),
        places: model.documents.iter().map(|document| count(&document.root, keyword, value)).sum(),
        told: told(foreign),
    });
    by_keyword.chain(by_place).chain(by_schemas(model)).collect()
}

/// What schemas name themselves.
fn by_schemas(model: &Model) -> Vec<Mapped> {
    let mut all: Vec<Mapped> = Vec::new();
    for foreign in &model.named_types {
        match all.iter_mut().find(|known| known.path == foreign.path()) {
            Some(known) => known.places += 1,
            None => all.push(Mapped {
                keyword: "x-rust-type",
                value: foreign
                    .path()
                    .trim_start_matches("::")
                    .split("::")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                path: foreign.path().to_owned(),
                places: 1,
                told: told(foreign),
            }),
        }
    }
    all
}

fn told(foreign: &Foreign) -> String {
    let path = foreign.path();
    if let Some(known) = foreign.known() {
        return known.told.to_owned();
    }
    if let Some(width) = Width::called(path) {
        return format!("asserts an integer from {} to {}", width.least(), width.most());
    }
    match foreign.via() {
        Via::Str => format!("asserts what `{path}` is parsed from; it comes back as that is shown"),
        Via::With(module) => format!("asserts what `{module}` reads; it comes back as that writes it"),
        _ => format!("asserts what `{path}` is read from; it comes back as that is written"),
    }
}

/// How often a keyword has a value.
fn count(schema: &Value, keyword: &str, value: &str) -> usize {
    match schema {
        Value::Object(members) => {
            let here = members.get(keyword).is_some_and(|found| found == value);
            members.values().map(|inner| count(inner, keyword, value)).sum::<usize>() + usize::from(here)
        }
        Value::Array(elements) => elements.iter().map(|inner| count(inner, keyword, value)).sum(),
        _ => 0,
    }
}
