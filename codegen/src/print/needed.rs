//! What generated code depends on, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::items::Items;
use super::{adapters, conditions, named_crates};
use crate::annotate::Annotated;
use crate::foreign::StandIn;
use crate::known::BySchemars;
use crate::model::{Form, Model, Rest};
use crate::pair::Shape;
use crate::settings::{MapType, Schemars, Settings, StringType};
use crate::via::Via;

/// A crate, or a feature of the runtime, that generated code depends on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Needed {
    /// What it is: `isomorph-runtime/guard`, `uuid 1 (serde)`.
    pub what: String,
    /// Why it is needed.
    pub why: String,
}

/// What the first lines say that is needed.
pub fn line(model: &Model, items: &Items, settings: &Settings) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let features: Vec<_> = features(model, items.own, settings).into_iter().map(|(name, _)| name).collect();
    let features = if features.is_empty() { String::new() } else { format!(" ({})", features.join(", ")) };
    let runtime = format!("isomorph-runtime {version}{features}");
    let others = crates(model, items, settings).into_iter().map(|needed| needed.what);
    std::iter::once(runtime).chain(others).collect::<Vec<_>>().join(", ")
}

/// All that is needed, with the reasons.
pub fn all(model: &Model, items: &Items, settings: &Settings) -> Vec<Needed> {
    let runtime = features(model, items.own, settings)
        .into_iter()
        .map(|(name, why)| Needed { what: format!("isomorph-runtime/{name}"), why });
    runtime.chain(crates(model, items, settings)).collect()
}

/// The features of the runtime.
fn features(model: &Model, items: &[Annotated], settings: &Settings) -> Vec<(&'static str, String)> {
    let mut features = Vec::new();
    let guards = guards(items);
    let is_built = |item: &&Annotated| matches!(item.pair.shape, Shape::Struct { .. });
    let is_guarded = !guards.is_empty();
    if is_guarded {
        features.push(("guard", format!("a validator checks {}", guards.join(", "))));
    } else if let Some(why) = values(items) {
        features.push(("value", why));
    } else if settings.constructors && items.iter().any(|item| is_built(&item)) {
        features.push(("value", "builders hold what they make against its schema".to_owned()));
    }
    // What a validator needs is enough for patterns.
    let patterns = conditions::Named::of(model, items).needing_engine();
    if !is_guarded && !patterns.is_empty() {
        features.push(("pattern", format!("an engine matches {}", quoted(patterns).join(", "))));
    }
    features.extend(
        by_known(model, items, |stand_in| stand_in.foreign.known()?.feature)
            .into_iter()
            .map(|(feature, paths)| (feature, format!("it reads {}", quoted(paths).join(", ")))),
    );
    if holds_indexed(model, items) {
        features.push(("indexmap", "it reads maps that keep their order".to_owned()));
    }
    if settings.schemars == Schemars::Always {
        features.push(("schemars", BY_SCHEMARS.to_owned()));
    }
    features
}

const BY_SCHEMARS: &str = "types implement `JsonSchema`; see the setting `schemars`";

/// The crates beside the runtime: those that this generator knows, and those that settings name.
fn crates(model: &Model, items: &Items, settings: &Settings) -> Vec<Needed> {
    let mut crates = known_crates(model, items.own, settings);
    let first = |needed: &Needed| needed.what.split(' ').next().unwrap_or_default().replace('-', "_");
    let known = crates.iter().map(first).chain(["isomorph_runtime".to_owned()]).collect();
    let named = named_crates::named(model, items, settings, &known);
    crates.extend(named.into_iter().map(|(name, paths)| {
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        let why = format!("settings name {}", some(&paths));
        Needed { what: name, why }
    }));
    crates
}

fn known_crates(model: &Model, items: &[Annotated], settings: &Settings) -> Vec<Needed> {
    let needed = |what: String, why: String| Needed { what, why };
    let serde =
        if settings.string_type == StringType::ArcStr { "serde 1 (derive, rc)" } else { "serde 1 (derive)" };
    let mut crates = vec![needed(serde.to_owned(), "types are written by it".to_owned())];
    if holds_indexed(model, items) {
        crates.push(needed("indexmap 2 (serde)".to_owned(), "it has `indexmap::IndexMap`".to_owned()));
    }
    let by_schemars = |stand_in: &StandIn| {
        stand_in.foreign.known()?.schemars.filter(|_| stand_in.said() != BySchemars::Otherwise)
    };
    let mut by_schemars: Vec<_> = by_known(model, items, by_schemars).into_keys().collect();
    by_schemars.extend(holds_indexed(model, items).then_some("indexmap2"));
    let by_schemars =
        if by_schemars.is_empty() { String::new() } else { format!(" ({})", by_schemars.join(", ")) };
    match settings.schemars {
        Schemars::Always => crates.push(needed(format!("schemars 1{by_schemars}"), BY_SCHEMARS.to_owned())),
        Schemars::Feature => crates.push(needed(
            format!("schemars 1{by_schemars} behind a feature of that name"),
            BY_SCHEMARS.to_owned(),
        )),
        Schemars::Never => {}
    }
    let guarded = items.iter().any(Annotated::is_guarded).then(|| "a validator looks at values".to_owned());
    crates.extend(values(items).or(guarded).map(|why| needed("serde_json 1".to_owned(), why)));
    let others = by_known(model, items, |stand_in| stand_in.foreign.known()?.dependency);
    crates.extend(others.into_iter().map(|((name, version), paths)| {
        needed(format!("{name} {version}"), format!("it has {}", quoted(paths).join(", ")))
    }));
    crates
}

/// The paths of types that are not ours, by what is known of each.
fn by_known<K: Ord>(
    model: &Model,
    items: &[Annotated],
    known: impl Fn(&StandIn) -> Option<K>,
) -> BTreeMap<K, BTreeSet<String>> {
    let mut all = Vec::new();
    for item in items {
        adapters::stand_ins(model, &item.pair.definition.form, &mut all);
    }
    let mut found: BTreeMap<K, BTreeSet<String>> = BTreeMap::new();
    for stand_in in all {
        if let Some(key) = known(stand_in) {
            found.entry(key).or_default().insert(stand_in.foreign.path().to_owned());
        }
    }
    found
}

/// Whether maps are of the crate `indexmap`, and there are any.
fn holds_indexed(model: &Model, items: &[Annotated]) -> bool {
    model.map_type == MapType::IndexMap
        && items.iter().any(|item| holds_maps(model, &item.pair.definition.form))
}

fn holds_maps(model: &Model, form: &Form) -> bool {
    let is_kept = matches!(form, Form::Object(object) if matches!(object.rest, Rest::Kept(_)));
    let in_part = matches!(form, Form::Reference(id) if model.is_part(*id) && holds_maps(model, &model.definition(*id).form));
    is_kept
        || in_part
        || matches!(form, Form::Map(_, _))
        || form.parts().iter().any(|part| holds_maps(model, &part.form))
}

/// What is left to a validator, by keyword, with the types.
fn guards(items: &[Annotated]) -> Vec<String> {
    let mut types: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.is_guarded()) {
        let definition = item.pair.definition;
        let mut keywords: Vec<_> = definition.guard.iter().map(|reason| format!("`{reason}`")).collect();
        if item.pair.without_shape.is_some() {
            keywords = vec!["what has no shape".to_owned()];
        }
        for keyword in keywords {
            types.entry(keyword).or_default().push(&definition.ident);
        }
    }
    types.into_iter().map(|(keyword, types)| format!("{keyword} of {}", some(&types))).collect()
}

/// Which types hold values of any type, or are read before it is known what they are.
fn values(items: &[Annotated]) -> Option<String> {
    let found = items.iter().filter(|item| needs_values(&item.pair.definition.form));
    let names: Vec<_> = found.map(|item| item.pair.definition.ident.as_str()).collect();
    (!names.is_empty()).then(|| {
        format!("values of any type are held, or looked at before they are read, by {}", some(&names))
    })
}

/// The first of these names, and how many others there are.
fn some(names: &[&str]) -> String {
    const MOST: usize = 5;
    match names.len().checked_sub(MOST) {
        None | Some(0) => quoted(names.iter().copied()).join(", "),
        Some(others) => {
            let word = if others == 1 { "other" } else { "others" };
            format!("{} and {others} {word}", quoted(names[..MOST].iter().copied()).join(", "))
        }
    }
}

fn quoted(names: impl IntoIterator<Item = impl std::fmt::Display>) -> Vec<String> {
    names.into_iter().map(|name| format!("`{name}`")).collect()
}

/// Whether values of any type are held, or read before their type is known.
fn needs_values(form: &Form) -> bool {
    let is_deserialized = |stand_in: &StandIn| matches!(stand_in.foreign.via(), Via::Serde | Via::With(_));
    matches!(form, Form::Any | Form::Union(_) | Form::Literals(_) | Form::NumberAsWritten)
        || matches!(form, Form::Foreign(stand_in) if is_deserialized(stand_in))
        || form.parts().iter().any(|part| needs_values(&part.form))
}
