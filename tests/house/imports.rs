//! What the files of a crate import of each other, by the paths that they write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, VisRestricted};

use super::loops::Graph;

/// A module by its path: `["diff", "print"]`.
type Name = Vec<String>;

/// The modules of a crate, each with the file that it stands in.
type Modules = BTreeMap<Name, PathBuf>;

/// Macros that make code of tokens.
const QUOTING: [&str; 3] = ["quote", "quote_spanned", "parse_quote"];

/// What each file of the crate with this first file imports of the others.
pub fn imports(root: &Path) -> Graph {
    let mut files = Vec::new();
    let folder = root.parent().expect("a file is in a folder");
    read(root, folder, Vec::new(), &mut files);
    let mut modules = Modules::new();
    for (name, path, file) in &files {
        modules.insert(name.clone(), path.clone());
        inline(name, path, &file.items, &mut modules);
    }
    let shown = |path: &Path| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    let mut graph = Graph::new();
    for (name, path, file) in &files {
        let mut reader = Reader { modules: &modules, here: name.clone(), found: Vec::new() };
        reader.visit_file(file);
        let others = reader.found.iter().filter(|other| *other != path).map(|other| shown(other));
        graph.entry(shown(path)).or_default().extend(others);
    }
    graph
}

/// Reads a file, and those of the modules that it declares; their folder is where it would look for them.
fn read(path: &Path, folder: &Path, name: Name, files: &mut Vec<(Name, PathBuf, syn::File)>) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for item in file.items.iter().filter_map(declared) {
        let child = item.ident.to_string();
        let beside = folder.join(format!("{child}.rs"));
        let inside = folder.join(&child);
        let path = if beside.is_file() { beside } else { inside.join("mod.rs") };
        let name = name.iter().cloned().chain([child]).collect();
        read(&path, &inside, name, files);
    }
    files.push((name, path.to_owned(), file));
}

/// A module that is in a file of its own, and not for tests.
fn declared(item: &Item) -> Option<&ItemMod> {
    match item {
        Item::Mod(item) if item.content.is_none() && !is_for_tests(&item.attrs) => Some(item),
        _ => None,
    }
}

/// Notes the modules that are written out in a file.
fn inline(name: &Name, path: &Path, items: &[Item], modules: &mut Modules) {
    for item in items {
        if let Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) = item {
            let name: Name = name.iter().cloned().chain([ident.to_string()]).collect();
            inline(&name, path, items, modules);
            modules.insert(name, path.to_owned());
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(is_test)
}

/// Collects the files that the paths in a file lead to.
struct Reader<'a> {
    modules: &'a Modules,
    /// The module that is read.
    here: Name,
    found: Vec<PathBuf>,
}

impl Reader<'_> {
    /// Notes where a path leads: to the innermost module on it.
    fn note(&mut self, path: &[String]) {
        let mut segments = path.iter().peekable();
        let mut module = match segments.peek().map(|first| first.as_str()) {
            Some("crate") => {
                segments.next();
                Name::new()
            }
            Some("self" | "super") => self.here.clone(),
            // Any other name is one of a child, or none of this crate's.
            Some(first) if path.len() > 1 && self.is_module(&self.here, first) => self.here.clone(),
            _ => return,
        };
        while let Some(segment) = segments.next_if(|segment| ["self", "super"].contains(&segment.as_str())) {
            if segment == "super" {
                module.pop();
            }
        }
        for segment in segments {
            if !self.is_module(&module, segment) {
                break;
            }
            module.push(segment.clone());
        }
        self.found.extend(self.modules.get(&module).cloned());
    }

    fn is_module(&self, around: &Name, name: &str) -> bool {
        let name: Name = around.iter().cloned().chain([name.to_owned()]).collect();
        self.modules.contains_key(&name)
    }

    fn tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| -> Vec<String> { before.iter().cloned().chain([name]).collect() };
        match tree {
            UseTree::Path(path) => self.tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.note(&with(name.ident.to_string())),
            UseTree::Rename(rename) => self.note(&with(rename.ident.to_string())),
            UseTree::Glob(_) => self.note(&with("*".to_owned())),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before, item)),
        }
    }

    /// Paths in what a macro is given, which nobody parses: names with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.note(&std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Group(group) => {
                    self.note(&std::mem::take(&mut path));
                    self.tokens(group.stream());
                    colons = 0;
                }
                other => {
                    self.note(&std::mem::take(&mut path));
                    // `$crate` is the crate of whoever wrote the macro, where it is used.
                    path.extend((other.to_string() == "$").then(|| "$".to_owned()));
                    colons = if path.is_empty() { 0 } else { 2 };
                }
            }
        }
        self.note(&path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_none() && segments.len() > 1 {
            self.note(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.visit_path(&called.path);
        // What is quoted is code of somebody else's.
        let is_quoted = called
            .path
            .segments
            .last()
            .is_some_and(|last| QUOTING.contains(&last.ident.to_string().as_str()));
        if !is_quoted {
            self.tokens(called.tokens.clone());
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.here.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.here.pop();
    }

    // Who may see a thing is no import.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}
