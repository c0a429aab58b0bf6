//! The items that people wrote beside those that were read back.

use std::collections::BTreeMap;

use isomorph_codegen::Generated;

use super::items::{Items, Lines};
use super::printed::{SOURCES, printed};
use super::read_back::read_back;

/// Which items came back, and what differs of the others.
#[derive(Debug, Default)]
pub struct Compared {
    /// What differs of each item, by its name; nothing of those that came back.
    pub items: BTreeMap<String, Lines>,
}

impl Compared {
    /// How many came back.
    pub fn equal(&self) -> usize {
        self.items.values().filter(|differences| differences.is_empty()).count()
    }
}

/// Prints the items, reads them back, and compares. An item is compared wherever it is printed, also as part of others.
pub fn compare() -> Compared {
    let written = written();
    let mut items: BTreeMap<String, Lines> =
        written.names().map(|name| (name.clone(), Lines::new())).collect();
    for (name, schema) in printed() {
        let differences = match read_back(name, &schema) {
            Ok(generated) => differences(name, &written, &generated),
            Err(error) => vec![(name.to_owned(), error.to_string())],
        };
        for (name, difference) in differences {
            items.entry(name).or_default().insert(difference);
        }
    }
    Compared { items }
}

/// The items as they were written.
pub fn written() -> Items {
    let mut items = Items::default();
    for text in SOURCES {
        if let Ok(file) = syn::parse_file(text) {
            items.add(file);
        }
    }
    items
}

/// What differs in the types of one document, by the names of the items.
fn differences(root: &str, written: &Items, generated: &Generated) -> Vec<(String, String)> {
    let mut items = Items::default();
    let model = generated.files.iter().find(|file| file.name == "model.rs");
    match model.map(|file| syn::parse_file(&file.text)) {
        Some(Ok(file)) => items.add(file),
        _ => return vec![(root.to_owned(), "no types".to_owned())],
    }
    let root_place = format!("{root}.json#");
    let is_root = |schema: &str| schema.trim_end_matches('/') == root_place;
    let mut all = Vec::new();
    let mut has_root = false;
    for row in generated.report.definitions.iter().filter(|row| row.only_for.is_none()) {
        let name = if is_root(&row.schema) { root } else { &row.name };
        has_root |= name == root;
        if row.name != name && !written.is_transparent(name) {
            all.push((name.to_owned(), format!("is called {}", row.name)));
        }
        if written.generic().iter().any(|generic| generic == name) {
            continue;
        }
        let Some(lines) = written.lines(name, written.generic()) else { continue };
        let found = items.lines(&row.name, written.generic()).unwrap_or_default();
        let gone = lines.difference(&found).map(|line| format!("- {line}"));
        let new = found.difference(&lines).map(|line| format!("+ {line}"));
        all.extend(gone.chain(new).map(|line| (name.to_owned(), line)));
        all.extend(row.carried_because.iter().map(|why| (name.to_owned(), format!("+ carried: {why}"))));
    }
    if !has_root {
        all.push((root.to_owned(), "has no type".to_owned()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::printed::printed;
    use super::{compare, written};

    /// In percent.
    const BAR: usize = 95;

    #[test]
    fn every_item_is_printed() {
        let printed: Vec<_> = printed().into_iter().map(|(name, _)| name).collect();
        let written = written();
        let missing: Vec<_> = written.names().filter(|name| !printed.contains(&name.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?} are not held against anything");
        assert!(printed.len() >= 60, "there are only {}", printed.len());
    }

    #[test]
    fn what_schemars_printed_comes_back() {
        let compared = compare();
        let (equal, all) = (compared.equal(), compared.items.len());
        assert!(100 * equal >= BAR * all, "{equal} of {all} came back: {:#?}", compared.items);
    }
}
