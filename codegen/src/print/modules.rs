//! Modules in which types are called as their files, or their namespaces, call them. The types themselves stand beside each
//! other, where no two have one name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use isomorph_schema::Document;

use super::layout::indented;
use crate::annotate::Annotated;
use crate::model::{Definition, Model, Origin};
use crate::names::{field_ident, type_ident};
use crate::settings::{Modules, Settings};

/// What no module at the top may be called: the modules that are there, and the standard library.
const TAKEN: [&str; 5] = ["schema", "read", "types", "model", "std"];

/// How deep modules may lie in each other. What would lie deeper has none: nobody would write the way there.
const DEEPEST: usize = 16;

/// A module, and what is in it.
#[derive(Debug, Default)]
struct Module<'m> {
    /// Whose types they are, if they are one's.
    of: Option<String>,
    /// The names of types, by what they are called here.
    types: BTreeMap<String, &'m str>,
    inner: BTreeMap<String, Self>,
}

/// The modules; `texts` are those among which they stand, which name crates.
pub fn modules(model: &Model, items: &[Annotated], settings: &Settings, texts: &[&str]) -> String {
    let definitions = items.iter().map(|item| item.pair.definition);
    let mut top = match settings.modules {
        Modules::One => return String::new(),
        Modules::Files => by_file(model, definitions),
        Modules::Namespaces => by_namespace(definitions),
    };
    let idents: BTreeSet<&str> = items.iter().map(|item| item.pair.definition.ident.as_str()).collect();
    let used: BTreeSet<&str> = texts.iter().flat_map(|text| beginnings(text)).collect();
    let is_taken = |name: &str| TAKEN.contains(&name) || idents.contains(name) || used.contains(name);
    top.rename(&is_taken);
    let text = top.inner.iter().map(|(name, module)| format!("\n{}", module.text(name, 1)));
    text.collect()
}

/// The names that paths in a text begin with.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("::").filter_map(|(at, _)| {
        let before = text[..at].trim_end_matches(|c: char| c == '_' || c.is_alphanumeric());
        (!before.ends_with(':') && before.len() < at).then(|| &text[before.len()..at])
    })
}

/// A module for each file, in one for each of its folders.
fn by_file<'m>(model: &Model, definitions: impl Iterator<Item = &'m Definition>) -> Module<'m> {
    let folders = |document: &Document| -> Vec<String> {
        let folders = document.file.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned).collect()
    };
    let own = model.documents.iter().filter(|document| !document.is_guest);
    let shared = common(own.map(folders));
    let mut wanted = Vec::new();
    for definition in definitions {
        let document = &model.documents[definition.location.document];
        let all = folders(document);
        let mut path: Vec<_> = all.get(shared..).unwrap_or_default().to_vec();
        path.push(document.stem().to_owned());
        let name = match &definition.origin {
            Origin::Named(name) => type_ident(name),
            _ => definition.ident.clone(),
        };
        wanted.push((path, document.file_name().to_owned(), name, definition.ident.as_str()));
    }
    put(wanted)
}

/// A module for each namespace: `core::v1::Pod` of `io.k8s.api.core.v1.Pod`, if all begin with `io.k8s.api`.
fn by_namespace<'m>(definitions: impl Iterator<Item = &'m Definition>) -> Module<'m> {
    let mut named = Vec::new();
    for definition in definitions {
        let Origin::Named(name) = &definition.origin else { continue };
        let mut path: Vec<String> =
            name.split(['.', ':', '/']).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let last = path.pop().unwrap_or_default();
        if !path.is_empty() {
            named.push((path, type_ident(&last), definition.ident.as_str()));
        }
    }
    // What all share says nothing; but the last part of a namespace does.
    let but_last = |path: &Vec<String>| path[..path.len() - 1].to_vec();
    let shared = common(named.iter().map(|(path, ..)| but_last(path)));
    let wanted =
        named.into_iter().map(|(path, name, ident)| (path[shared..].to_vec(), path.join("."), name, ident));
    put(wanted.collect())
}

/// How many parts at the beginning all of these have in common.
fn common(paths: impl Iterator<Item = Vec<String>>) -> usize {
    let same = |a: &[String], b: &[String]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let shared = paths.reduce(|shared, path| {
        let count = same(&shared, &path);
        shared.into_iter().take(count).collect()
    });
    shared.map_or(0, |shared| shared.len())
}

/// Puts types into modules: by their paths, whose they are, what they are called there, and everywhere.
fn put(wanted: Vec<(Vec<String>, String, String, &str)>) -> Module<'_> {
    let mut top = Module::default();
    let mut called: BTreeMap<(Vec<String>, String), usize> = BTreeMap::new();
    let wanted: Vec<_> = wanted
        .into_iter()
        .map(|(path, of, name, ident)| {
            (path.iter().map(|part| module_ident(part)).collect::<Vec<_>>(), of, name, ident)
        })
        .collect();
    for (path, _, name, ident) in &wanted {
        for one in BTreeSet::from([name.as_str(), *ident]) {
            *called.entry((path.clone(), one.to_owned())).or_default() += 1;
        }
    }
    for (path, of, name, ident) in wanted.into_iter().filter(|(path, ..)| path.len() <= DEEPEST) {
        let is_alone = called.get(&(path.clone(), name.clone())) == Some(&1);
        let module = path.into_iter().fold(&mut top, |module, part| module.inner.entry(part).or_default());
        module.of.get_or_insert(of);
        module.types.insert(if is_alone { name } else { ident.to_owned() }, ident);
    }
    top
}

/// The name of a module: `bom-1.6` → `bom_1_6`.
fn module_ident(text: &str) -> String {
    let ident = field_ident(text);
    // A raw name of a module is one that nobody likes to write.
    ident.strip_prefix("r#").map_or(ident.clone(), |word| format!("{word}_"))
}

impl Module<'_> {
    /// Has no module in this one be called as something that is there: a `_` is put behind it, or as many as it takes.
    fn rename(&mut self, is_taken: &dyn Fn(&str) -> bool) {
        let (taken, free): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.inner).into_iter().partition(|(name, _)| is_taken(name));
        self.inner = free;
        for (mut name, module) in taken {
            while is_taken(&name) || self.inner.contains_key(&name) {
                name.push('_');
            }
            self.inner.insert(name, module);
        }
        for module in self.inner.values_mut() {
            let types: BTreeSet<String> = module.types.keys().cloned().collect();
            module.rename(&|name| types.contains(name));
        }
    }

    /// The module, so deep in others.
    fn text(&self, name: &str, depth: usize) -> String {
        let mut text = String::new();
        if let Some(of) = &self.of {
            let _ = writeln!(text, "/// The types of `{}`.", of.replace('`', "'"));
        }
        if depth == 1 {
            // Where the module is a program's own, nobody may use them.
            text += "#[allow(unused_imports)]\n";
        }
        let up = "super::".repeat(depth);
        let mut inner = String::new();
        for (name, ident) in &self.types {
            let called = if name == ident { String::new() } else { format!(" as {name}") };
            let _ = writeln!(inner, "pub use {up}{ident}{called};");
        }
        for (name, module) in &self.inner {
            if !inner.is_empty() {
                inner.push('\n');
            }
            inner += &module.text(name, depth + 1);
        }
        let _ = writeln!(text, "pub mod {name} {{\n{}}}", indented(&inner, 4));
        text
    }
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;

    use super::beginnings;
    use crate::Settings;
    use crate::settings::Modules;

    /// The names that a set of files has in its modules, each with its path, of files with an object `Address` each.
    fn names(files: &[&str]) -> Vec<String> {
        let source = |file: &&str| {
            let own = format!(
                r#"{{"$defs": {{"Address": {{"type": "object", "properties": {{"{file}": {{}}}}}}}}}}"#
            );
            Source { file: (*file).to_owned(), uri: None, text: own.into_bytes() }
        };
        let sources: Vec<_> = files.iter().map(source).collect();
        let settings = Settings { modules: Modules::Files, ..Settings::default() };
        let generated = crate::generate(&sources, &settings, "model.rs").expect("valid schemas");
        let names = crate::api::Api::of(&generated.files)
            .expect("Rust")
            .items
            .into_iter()
            .filter(|item| item.kind == "name");
        names.map(|item| item.name).collect()
    }

    #[test]
    fn each_file_has_a_module_in_those_of_its_folders() {
        assert_eq!(names(&["s/a/x.json", "s/b/x.json"]), ["a::x::Address", "b::x::Address"]);
        assert_eq!(names(&["s/bom-1.6.schema.json", "s/std.json"]), ["bom_1_6::Address", "std_::Address"]);
        assert_eq!(names(&["a.json"]), ["a::Address"]);
    }

    #[test]
    fn what_lies_too_deep_has_no_module() {
        let deep = "a/".repeat(5_000) + "x.json";
        assert_eq!(names(&[&deep, "b/y.json"]), ["b::y::Address"]);
    }

    #[test]
    fn types_of_files_that_have_one_module_are_called_there_as_everywhere() {
        assert_eq!(names(&["std.json", "std_.json"]), ["std_::StdAddress", "std_::StdAddressSchema"]);
        let names = names(&["x.json", "x.schema.json"]);
        assert_eq!(names.len(), 2);
        assert!(names.iter().all(|name| name.starts_with("x::") && name != "x::Address"), "{names:?}");
    }

    #[test]
    fn a_path_begins_where_no_name_stands_before_it() {
        let text = "use std::fmt; ::core::x; a::b::c; é_1::d; ::e";
        assert_eq!(beginnings(text).collect::<Vec<_>>(), ["std", "a", "é_1"]);
    }
}
