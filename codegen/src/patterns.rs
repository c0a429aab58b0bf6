//! What the settings say of types, formats and encodings that are not there.

use std::collections::BTreeSet;

use isomorph_validator::explain::near;
use serde_json::Value;

use crate::foreign::Foreign;
use crate::model::{Model, Unmatched, did_you_mean};
use crate::settings::{Formats, Settings};

/// All of it: patterns that no type is of, and formats that no schema has but for a slip.
pub fn unmatched(model: &mut Model, settings: &Settings) -> Vec<Unmatched> {
    let mut all = std::mem::take(&mut model.unmatched);
    let types: Vec<_> = model.in_order().map(|definition| definition.ident.as_str()).collect();
    for (table, said) in [("derive", &settings.derive), ("attributes", &settings.attributes)] {
        let patterns: BTreeSet<_> =
            said.all().map(|(pattern, _)| pattern).filter(|one| *one != "*").collect();
        all.extend(patterns.into_iter().filter_map(|pattern| Unmatched::of_types(table, pattern, &types)));
    }
    let by_default = Formats::default().types();
    let formats = settings.formats.iter().filter(|said| by_default.get(said.0) != Some(said.1));
    all.extend(misspelt(model, "formats", "format", formats));
    all.extend(misspelt(model, "encodings", "contentEncoding", settings.encodings.iter()));
    all
}

/// What is said of values of a keyword that no schema has, where one that is nearly the same is said nothing of. That others are
/// said and are not there is no fault: settings are the same for many schemas.
fn misspelt<'s>(
    model: &Model,
    table: &'static str,
    keyword: &str,
    said: impl Iterator<Item = (&'s String, &'s Foreign)>,
) -> Vec<Unmatched> {
    let said: Vec<&str> = said.map(|(value, _)| value.as_str()).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let mut there = BTreeSet::new();
    model.documents.iter().for_each(|document| collect(&document.root, keyword, &mut there));
    let lost = said.iter().filter(|value| !there.contains(**value));
    let free: Vec<&str> = there.iter().copied().filter(|value| !said.contains(value)).collect();
    lost.filter_map(|value| {
        let meant = near(value, free.iter().copied()).first().copied()?;
        let told =
            format!("no schema has the {keyword} `{}`{}", value.escape_debug(), did_you_mean(Some(meant)));
        Some(Unmatched { table, pattern: (*value).to_owned(), told })
    })
    .collect()
}

/// The values of a keyword that are strings, wherever it stands.
fn collect<'v>(value: &'v Value, keyword: &str, into: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(members) => {
            into.extend(members.get(keyword).and_then(Value::as_str));
            members.values().for_each(|inner| collect(inner, keyword, into));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| collect(inner, keyword, into)),
        _ => {}
    }
}
