//! What the sources say beyond what schemars derives.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::items::Items;
use super::sayings::{block, unindented};
use super::{carried, whole_documents};
use crate::annotate::{Annotated, Entry, Saying};
use crate::model::{DefinitionId, Model};
use crate::names::{Names, field_ident};

/// What the entries are called, by their types.
pub struct Entries(HashMap<DefinitionId, String>);

impl Entries {
    /// Of all items: each is called like the type.
    pub fn of(items: &[Annotated]) -> Self {
        let mut names = Names::default();
        names.take(EVERY);
        let of_item = |item: &Annotated| {
            let entry = item.entry()?;
            if entry.is_every() {
                return Some((item.pair.definition.id, EVERY.to_owned()));
            }
            let name = field_ident(&item.pair.definition.ident);
            let name = name.strip_prefix("r#").map_or(name.clone(), |keyword| format!("{keyword}_"));
            Some((item.pair.definition.id, names.take(&name)))
        };
        Self(items.iter().filter_map(of_item).collect())
    }

    /// What the entry of a type is called, if it has one.
    pub fn name(&self, item: &Annotated) -> Option<&str> {
        self.0.get(&item.pair.definition.id).map(String::as_str)
    }
}

/// The entry for types of which there is no more to say.
const EVERY: &str = "every";

/// All entries, the types whose schemas are carried, and `documents` if nothing else needs them; empty if there is nothing to
/// say.
pub fn schema(model: &Model, all: &Items, module: &str, documents: &str) -> String {
    let (items, every) = (all.own, all.all());
    let mut text = String::new();
    for item in items.iter().filter(|item| item.is_carried()) {
        text += &carried::carried(model, item);
    }
    for item in items.iter().filter(|item| whole_documents::is_document(model, item)) {
        text += &whole_documents::document(model, &every, item);
    }
    text += &whole_documents::bare(model, &every);
    text += &whole_documents::held(model, &every);
    let needs_types = !text.is_empty();
    let (guarded, carried) =
        (items.iter().any(Annotated::is_guarded), items.iter().any(Annotated::is_carried));
    if carried && !guarded {
        text += documents;
    }
    let mut head = String::new();
    if needs_types {
        let _ = writeln!(head, "#[allow(unused_imports)]\nuse {module}::*;");
    }
    if carried && guarded {
        head += "use super::read::DOCUMENTS;\n";
    }
    let entries = entries(items);
    if !head.is_empty() && !entries.is_empty() {
        head.push('\n');
    }
    if entries.is_empty() && text.is_empty() {
        return String::new();
    }
    let between = if entries.is_empty() || text.is_empty() { "" } else { "\n" };
    format!("use isomorph_runtime::v1;\n\n{head}{entries}{between}{text}")
}

fn entries(items: &[Annotated]) -> String {
    let names = Entries::of(items);
    let all = items.iter().filter_map(|item| Some((names.name(item)?, item.entry()?)));
    let every = all.clone().map(|(_, entry)| entry.every.as_slice()).find(|every| !every.is_empty());
    let mut blocks: Vec<_> = every.map(|every| block(EVERY, 4, every)).into_iter().collect();
    blocks.extend(all.filter(|(_, entry)| !entry.is_every()).map(|(name, entry)| one(name, entry, every)));
    if blocks.is_empty() {
        return String::new();
    }
    format!("v1::schema! {{\n{}}}\n", blocks.concat())
}

fn one(name: &str, entry: &Entry, every: Option<&[Saying]>) -> String {
    let without = if entry.every.is_empty() && every.is_some() { " - every" } else { "" };
    let head = format!("{name}{without}");
    if entry.first.is_empty() {
        return block(&head, 4, &entry.then);
    }
    let first = unindented(&format!("{head} first"), 4, &entry.first);
    block(&first, 4, &entry.then)
}
