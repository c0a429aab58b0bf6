//! The crates that settings name: of types, functions, traits and attributes that are nobody's whom this generator knows.

use std::collections::{BTreeMap, BTreeSet};

use syn::parse::Parser;
use syn::visit::{Visit, visit_path};
use syn::{Attribute, Path};

use super::adapters;
use super::items::Items;
use crate::model::Model;
use crate::settings::Settings;
use crate::via::Via;

/// Where paths begin that lead to no crate that has to be added.
const AT_HAND: [&str; 7] = ["crate", "self", "super", "Self", "std", "core", "alloc"];

/// The paths that are written in what is generated, by their crates; those of `known` aside.
pub fn named(
    model: &Model,
    items: &Items,
    settings: &Settings,
    known: &BTreeSet<String>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut named = Named { known, found: BTreeMap::new() };
    let mut stand_ins = Vec::new();
    for item in items.own {
        let definition = item.pair.definition;
        adapters::stand_ins(model, &definition.form, &mut stand_ins);
        settings.derive.of(&definition.ident).into_iter().for_each(|path| named.say(path));
        settings.attributes.of(&definition.ident).into_iter().for_each(|text| named.say_attribute(text));
    }
    for foreign in stand_ins.into_iter().map(|stand_in| &stand_in.foreign) {
        if let Via::With(module) = foreign.via() {
            named.say(module);
        }
        named.visit_type(&foreign.ty());
    }
    items.imports.iter().for_each(|import| named.say(&format!("{}::{}", import.path, import.there)));
    named.found
}

struct Named<'k> {
    known: &'k BTreeSet<String>,
    found: BTreeMap<String, BTreeSet<String>>,
}

impl Named<'_> {
    fn say(&mut self, path: &str) {
        if let Ok(path) = syn::parse_str::<Path>(path) {
            self.visit_path(&path);
        }
    }

    /// What an attribute is called, and what a `derive` in it lists.
    fn say_attribute(&mut self, text: &str) {
        for attribute in Attribute::parse_outer.parse_str(text).into_iter().flatten() {
            self.visit_path(attribute.path());
            if attribute.path().is_ident("derive") {
                let paths = attribute
                    .parse_args_with(syn::punctuated::Punctuated::<Path, syn::Token![,]>::parse_terminated);
                paths.into_iter().flatten().for_each(|path| self.visit_path(&path));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        // A word alone is something of the prelude, or of nobody.
        if path.segments.len() > 1 {
            let name = path.segments[0].ident.to_string();
            if !AT_HAND.contains(&name.as_str()) && !self.known.contains(&name) {
                let plain: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
                self.found.entry(name).or_default().insert(plain.join("::"));
            }
        }
        visit_path(self, path);
    }
}
