//! Paths into the standard library become imports, unless a type of the module has the name.

use std::collections::BTreeSet;

use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Item, parse_quote};

/// Imports what `file` names by `std::…`.
pub fn import(file: &mut syn::File) {
    let own = file.items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    let mut imports = Imports { own: own.collect(), paths: BTreeSet::new() };
    imports.visit_file_mut(file);
    let paths = imports.paths.iter().filter_map(|path| syn::parse_str::<syn::Path>(path).ok());
    let uses = paths.map(|path| -> Item { parse_quote!(use #path;) });
    file.items.splice(0..0, uses);
}

struct Imports {
    own: BTreeSet<String>,
    paths: BTreeSet<String>,
}

impl VisitMut for Imports {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_path_mut(self, path);
        if path.segments.first().is_none_or(|first| first.ident != "std") {
            return;
        }
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // The type in `std::collections::BTreeMap::new`.
        let Some(index) = names.iter().position(|name| name.starts_with(char::is_uppercase)) else {
            return;
        };
        if !self.own.contains(&names[index]) {
            self.paths.insert(names[..=index].join("::"));
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(index).collect();
            path.leading_colon = None;
        }
    }

    /// Imports stay as they are.
    fn visit_item_use_mut(&mut self, _: &mut syn::ItemUse) {}
}
