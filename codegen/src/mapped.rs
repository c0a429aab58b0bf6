//! What the settings map formats and encodings to, as the report tells it.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::foreign::Foreign;
use crate::model::{Form, Model, Width};
use crate::settings::Settings;
use crate::via::Via;

/// A format or an encoding, and the Rust type that stands for it: it holds less than the schema allows, or does not give back
/// what it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mapped {
    /// The keyword: `format`, `contentEncoding` or `x-rust-type`; or `schema`, for the one at a place.
    pub keyword: &'static str,
    /// Its value.
    pub value: String,
    /// The Rust type.
    pub path: String,
    /// For how many schemas the type stands.
    pub places: usize,
    /// How many others say it, of which the values are no strings or numbers, and none that are listed.
    #[serde(skip_serializing_if = "is_none")]
    pub passed_over: usize,
    /// What the type asserts, and what it does not keep.
    pub told: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// All that is mapped to what does not hold any string.
pub fn mapped(model: &Model, settings: &Settings) -> Vec<Mapped> {
    let by_place = settings.types.iter().map(|(place, foreign)| Mapped {
        keyword: "schema",
        value: place.clone(),
        path: foreign.path().to_owned(),
        places: 1,
        passed_over: 0,
        told: told(foreign),
    });
    let all = [("format", &settings.formats), ("contentEncoding", &settings.encodings)];
    let all =
        all.into_iter().flat_map(|(keyword, all)| all.iter().map(move |(value, to)| (keyword, value, to)));
    let all = all.filter(|(.., foreign)| foreign.known().is_none_or(|known| !known.holds_any_string));
    let by_keyword = all.map(|(keyword, value, foreign)| {
        let said = |holds: &dyn Fn(&Map<String, Value>) -> bool| -> usize {
            let each = |schema: &Map<String, Value>| schema.get(keyword).is_some_and(|found| found == value);
            model.documents.iter().map(|one| count(&one.root, &|schema| each(schema) && holds(schema))).sum()
        };
        let all = said(&|_| true);
        // What a schema says itself is not all that holds for its values; and what is equal is one type.
        let places = said(&is_scalar).max(stands(model, foreign).min(all));
        Mapped {
            keyword,
            value: value.clone(),
            path: foreign.path().to_owned(),
            places,
            passed_over: all - places,
            told: told(foreign),
        }
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
                passed_over: 0,
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

/// How many schemas hold to this.
fn count(schema: &Value, holds: &dyn Fn(&Map<String, Value>) -> bool) -> usize {
    match schema {
        Value::Object(members) => {
            let inside: usize = members.values().map(|inner| count(inner, holds)).sum();
            inside + usize::from(holds(members))
        }
        Value::Array(elements) => elements.iter().map(|inner| count(inner, holds)).sum(),
        _ => 0,
    }
}

/// Whether a schema says that its values are strings or numbers, and lists none of them.
fn is_scalar(schema: &Map<String, Value>) -> bool {
    let is_one = |name: &Value| matches!(name.as_str(), Some("string" | "integer" | "number"));
    let is_typed = match schema.get("type") {
        Some(Value::Array(names)) => names.iter().any(is_one),
        Some(name) => is_one(name),
        None => false,
    };
    is_typed && !schema.contains_key("enum") && !schema.contains_key("const")
}

/// How often a type stands in the types that are generated.
fn stands(model: &Model, foreign: &Foreign) -> usize {
    fn inside(form: &Form, foreign: &Foreign) -> usize {
        let here = matches!(form, Form::Foreign(stand_in) if stand_in.foreign == *foreign);
        form.parts().into_iter().map(|part| inside(&part.form, foreign)).sum::<usize>() + usize::from(here)
    }
    model.definitions.iter().map(|definition| inside(&definition.form, foreign)).sum()
}
