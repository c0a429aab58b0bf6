//! The dependencies of a crate that gets a module.

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

use crate::failure::Failure;

/// Something to depend on.
pub struct Dependency {
    pub table: &'static str,
    pub name: &'static str,
    /// How it is written where there is none yet.
    pub value: String,
    /// What it must have where there is one.
    pub features: Vec<String>,
}

/// Adds what is not there, and to what is there the features that it lacks; and the feature `schemars`.
///
/// # Errors
///
/// If something in the manifest is not as cargo has it.
pub fn add(manifest: &mut DocumentMut, needed: &[Dependency]) -> Result<(), Failure> {
    for dependency in needed {
        let table = table(manifest, dependency.table)?;
        match table.get_mut(dependency.name) {
            Some(there) => add_features(there, dependency)?,
            None => drop(table.insert(dependency.name, Item::Value(parsed(&dependency.value)?))),
        }
    }
    let schemars = table(manifest, "dependencies")?.get("schemars");
    let is_optional = |item: &Item| item.get("optional").and_then(Item::as_bool) == Some(true);
    let own = schemars.is_some_and(is_optional).then_some("dep:schemars");
    let features = table(manifest, "features")?;
    let feature = features.entry("schemars").or_insert_with(|| Array::new().into());
    let Some(feature) = feature.as_array_mut() else { return Err(odd("features.schemars")) };
    for one in own.into_iter().chain(["isomorph-runtime/schemars"]) {
        push(feature, one);
    }
    Ok(())
}

fn table<'a>(manifest: &'a mut DocumentMut, name: &str) -> Result<&'a mut dyn TableLike, Failure> {
    manifest.entry(name).or_insert_with(toml_edit::table).as_table_like_mut().ok_or_else(|| odd(name))
}

fn add_features(there: &mut Item, dependency: &Dependency) -> Result<(), Failure> {
    if dependency.features.is_empty() {
        return Ok(());
    }
    if let Some(version) = there.as_value().filter(|value| value.is_str()) {
        let mut table = InlineTable::new();
        let mut plain = version.clone();
        plain.decor_mut().clear();
        table.insert("version", plain);
        // A comment after it stays.
        *table.decor_mut() = version.decor().clone();
        *there = Item::Value(table.into());
    }
    if let Some((_, last)) = there.as_inline_table_mut().and_then(|table| table.iter_mut().last()) {
        last.decor_mut().set_suffix("");
    }
    let features = there
        .as_table_like_mut()
        .map(|table| table.entry("features").or_insert_with(|| Array::new().into()))
        .and_then(Item::as_array_mut);
    let Some(features) = features else {
        return Err(odd(&format!("{}.{}", dependency.table, dependency.name)));
    };
    dependency.features.iter().for_each(|feature| push(features, feature));
    Ok(())
}

fn push(list: &mut Array, text: &str) {
    if !list.iter().any(|one| one.as_str() == Some(text)) {
        list.push(text);
    }
}

fn parsed(value: &str) -> Result<Value, Failure> {
    value.parse().map_err(|_| odd(value))
}

fn odd(what: &str) -> Failure {
    Failure::Init(format!("Cargo.toml: `{what}` is not as cargo has it"))
}
