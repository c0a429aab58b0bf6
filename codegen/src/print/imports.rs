//! Paths into the standard library and serde_json, and to types of other crates, become imports, unless a type of the module has the name.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Item, parse_quote};

use crate::foreign::Foreign;
use crate::names::is_taken;

/// Imports what `file` names by `std::…`, and of other crates these types.
pub fn import(file: &mut syn::File, foreign: &[&Foreign]) {
    let own = file.items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    let crates = foreign.iter().filter_map(|foreign| {
        let path = foreign.path().trim_start_matches("::");
        path.split_once("::").map(|(first, _)| first.to_owned())
    });
    let crates = crates.chain(["indexmap".to_owned(), "serde_json".to_owned(), "std".to_owned()]).collect();
    let mut imports = Imports { own: own.collect(), crates, paths: BTreeMap::new() };
    imports.visit_file_mut(file);
    let before = file.items.iter().take_while(|item| matches!(item, Item::Use(_))).count();
    let mut all: Vec<_> = file.items.drain(..before).map(|item| (sorted_by(&item), item)).collect();
    all.extend(imports.uses().map(|item| (sorted_by(&item), item)));
    // The standard library first, as people have it.
    all.sort_by(|(a, _), (b, _)| (!a.starts_with("std"), a).cmp(&(!b.starts_with("std"), b)));
    file.items.splice(0..0, all.into_iter().map(|(_, item)| item));
}

/// The path of an import, as a text.
fn sorted_by(item: &Item) -> String {
    match item {
        Item::Use(item) => {
            let tree = &item.tree;
            quote::quote!(#tree).to_string()
        }
        _ => String::new(),
    }
}

struct Imports {
    own: BTreeSet<String>,
    /// Whose types are imported.
    crates: BTreeSet<String>,
    /// What is imported, by the last name.
    paths: BTreeMap<String, String>,
}

impl Imports {
    /// Whether a name can stand for what is at a path: nothing else is called so.
    fn takes(&mut self, name: &str, path: &str) -> bool {
        if self.own.contains(name) || (is_taken(name) && !path.starts_with("std::")) {
            return false;
        }
        self.paths.entry(name.to_owned()).or_insert_with(|| path.to_owned()) == path
    }

    /// An import for each, and one for all of a module of another crate.
    fn uses(&self) -> impl Iterator<Item = Item> {
        let mut by_module: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in self.paths.values() {
            // Of the standard library each has a line, as ever.
            let (module, name) = match path.rsplit_once("::") {
                Some(parts) if !path.starts_with("std::") => parts,
                _ => (path.as_str(), ""),
            };
            by_module.entry(module).or_default().push(name);
        }
        by_module.into_iter().filter_map(|(module, names)| {
            let text = match names.as_slice() {
                [""] => module.to_owned(),
                [only] => format!("{module}::{only}"),
                several => format!("{module}::{{{}}}", several.join(", ")),
            };
            let tree = syn::parse_str::<syn::UseTree>(&text).ok()?;
            Some(parse_quote!(use #tree;))
        })
    }
}

impl VisitMut for Imports {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_path_mut(self, path);
        let is_known = |first: &syn::PathSegment| self.crates.contains(&first.ident.to_string());
        if !path.segments.first().is_some_and(is_known) {
            return;
        }
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // The type in `std::collections::BTreeMap::new`.
        let Some(index) = names.iter().position(|name| name.starts_with(char::is_uppercase)) else {
            return;
        };
        if self.takes(&names[index], &names[..=index].join("::")) {
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(index).collect();
            path.leading_colon = None;
        }
    }

    /// Imports stay as they are.
    fn visit_item_use_mut(&mut self, _: &mut syn::ItemUse) {}
}
