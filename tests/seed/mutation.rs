//! The round trip can fail: a type that is changed in one thing no longer gives its schema back.
//!
//! Every mutant is a module of one crate that is compiled once; its program prints which were caught. The
//! scoreboard makes the same mutants of types of other schemas.

#[path = "../../crates/conformance/src/mutants/arguments.rs"]
mod arguments;
#[allow(dead_code, reason = "the scoreboard looks closer at what was changed")]
#[path = "../../crates/conformance/src/mutants/change.rs"]
mod change;
#[path = "../../crates/conformance/src/mutants/retype.rs"]
mod retype;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quote::{ToTokens, quote};
use syn::Item;

/// The items that the build script has generated, less the module around them.
fn generated() -> Vec<Item> {
    let text = fs::read_to_string(concat!(env!("OUT_DIR"), "/fresh.rs")).expect("it was generated");
    let file = syn::parse_file(&text).expect("it is Rust");
    file.items.into_iter().filter_map(|item| named_module(item, "types")).flatten().collect()
}

/// What a module of this name holds.
fn named_module(item: Item, name: &str) -> Option<Vec<Item>> {
    match item {
        Item::Mod(module) if module.ident == name => module.content.map(|(_, items)| items),
        _ => None,
    }
}

/// What is said of the types beyond the derive, as a module; it is not changed.
fn schema() -> String {
    let is_entries = |item: &Item| match item {
        Item::Macro(item) => item.mac.path.segments.last().is_some_and(|last| last.ident == "schema"),
        _ => false,
    };
    let inside = generated().into_iter().filter_map(|item| named_module(item, "schema")).flatten();
    let entries: String = inside.filter(is_entries).map(|item| item.to_token_stream().to_string()).collect();
    format!("mod schema {{ use isomorph_runtime::v1; {entries} }}\n")
}

/// A changed text: what was changed, in which type, and all items.
struct Mutant {
    what: String,
    of: String,
    items: Vec<Item>,
}

/// The types of the fresh text; how they are read is of no concern here.
fn types() -> Vec<Item> {
    let mut items = generated();
    items.retain(|item| matches!(item, Item::Struct(_) | Item::Enum(_)));
    items.iter_mut().for_each(keep_what_every_type_has);
    items
}

/// Takes the traits from an item that it loses with a number or a text in it.
fn keep_what_every_type_has(item: &mut Item) {
    let attributes = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        _ => return,
    };
    // A list of traits that no line holds stands in two attributes.
    let mut is_first = true;
    attributes.retain(|attribute| !attribute.path().is_ident("derive") || std::mem::take(&mut is_first));
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        *attribute = syn::parse_quote!(#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]);
    }
}

fn name(item: &Item) -> String {
    match item {
        Item::Struct(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        _ => String::new(),
    }
}

/// All mutants of one item.
fn mutants(items: &[Item], index: usize) -> Vec<Mutant> {
    let of = name(&items[index]);
    let among_the_others = |changed: change::Mutant| {
        let mut items = items.to_vec();
        items[index] = changed.item;
        Mutant { what: changed.what, of: of.clone(), items }
    };
    change::mutants(&items[index]).into_iter().map(among_the_others).collect()
}

/// The text of an item; of an enum with a default, so that a field which loses its `Option` still has one.
fn text(item: &Item) -> String {
    let default = match item {
        Item::Enum(item) => item.variants.first().map(|first| {
            let (name, variant) = (&item.ident, &first.ident);
            quote!(impl Default for #name { fn default() -> Self { Self::#variant } })
        }),
        _ => None,
    };
    quote!(#item #default).to_string()
}

/// The names of the items that are needed to compile `root`.
fn reachable(items: &[Item], root: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([root.to_owned()]);
    loop {
        let before = found.clone();
        for item in items.iter().filter(|item| before.contains(&name(item))) {
            let text = item.to_token_stream().to_string();
            let words: BTreeSet<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
            found.extend(items.iter().map(name).filter(|name| words.contains(name.as_str())));
        }
        if found == before {
            return found;
        }
    }
}

/// The smallest document that the type is part of.
fn document_of(items: &[Item], of: &str) -> &'static str {
    let documents = ["FailedEntry", "UploadStats", "RejectedEntry", "UploadedEntry", "UploadResult"];
    documents.into_iter().find(|document| reachable(items, document).contains(of)).expect("it is part of one")
}

fn module(number: usize, mutant: &Mutant, document: &str, schema: &str) -> String {
    let needed = reachable(&mutant.items, document);
    let items = mutant.items.iter().filter(|item| needed.contains(&name(item)) || name(item) == mutant.of);
    let items: String = items.map(|item| text(item) + "\n").collect();
    format!(
        "mod m{number} {{\n#![allow(dead_code, unused_imports)]\nuse std::path::PathBuf;\n\
         use schemars::JsonSchema;\nuse serde::Serialize;\n{items}{schema}}}\n"
    )
}

/// Holds the document that a type is part of, and the type by itself, against their sources.
const CHECK: &str = r#"
fn check(what: &str, documents: [(schemars::Schema, &str, &str); 2]) {
    let survived = documents.into_iter().all(|(derived, file, pointer)| {
        let text = std::fs::read_to_string(file).expect(file);
        let source: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let (mut derived, mut source) = (derived.to_value(), source.pointer(pointer).expect(pointer).clone());
        if !pointer.is_empty() {
            // Where a definition is written by itself, its definitions stand in the document around it.
            derived.as_object_mut().expect("an object").remove("$defs");
            source.as_object_mut().expect("an object").remove("$defs");
        }
        isomorph_runtime::same_schema(&derived, &source)
    });
    println!("{} {what}", if survived { "survived" } else { "caught" });
}"#;

fn program(mutants: &[Mutant], original: &[Item]) -> String {
    let generator = isomorph_codegen::Generator::from_manifest(&super::freshness::manifest());
    let places = generator.generate("model.rs").expect("the seed generates").report.definitions;
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let entries = self::schema();
    let (mut modules, mut checks) = (String::new(), String::new());
    for (number, mutant) in mutants.iter().enumerate() {
        let document = document_of(original, &mutant.of);
        modules += &module(number, mutant, document, &entries);
        let what = format!("{}: {}", mutant.of, mutant.what);
        let own = places.iter().find(|row| row.name == mutant.of).expect("it is reported");
        let (file, pointer) = own.schema.split_once('#').expect("a place has a pointer");
        let file = schema.with_file_name(file);
        writeln!(
            checks,
            "check({what:?}, [\
                (isomorph_runtime::schema_of::<m{number}::{document}>(), {}, \"\"),\
                (isomorph_runtime::schema_of::<m{number}::{}>(), {}, {pointer:?})]);",
            literal(&schema.join(format!("{document}.json"))),
            mutant.of,
            literal(&file),
        )
        .expect("a string can be written");
    }
    format!("{modules}\n{CHECK}\nfn main() {{\n{checks}}}\n")
}

/// A path as a string literal.
fn literal(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}

fn run(program: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("mutants");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"mutants\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         isomorph-runtime = {{ path = {}, features = [\"schemars\"] }}\n\
         schemars = {{ version = \"1.2\", default-features = false, features = [\"std\", \"derive\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n[profile.dev]\ndebug = false\n",
        literal(&root.join("crates/runtime"))
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(folder.join("src/main.rs"), program).expect("a program");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_mutant_of_the_types_is_caught() {
    let original = types();
    let mutants: Vec<_> = (0..original.len()).flat_map(|index| mutants(&original, index)).collect();
    // One that is not changed must survive: the test can tell the two apart.
    let unchanged = Mutant { what: "nothing".into(), of: "UploadResult".into(), items: original.clone() };
    let all: Vec<_> = mutants.into_iter().chain([unchanged]).collect();
    let said = run(&program(&all, &original));
    let survivors: Vec<_> = said.lines().filter(|line| line.starts_with("survived")).collect();
    let caught = said.lines().filter(|line| line.starts_with("caught")).count();
    println!("{caught} of {} mutants caught", all.len() - 1);
    assert_eq!(survivors, ["survived UploadResult: nothing"]);
    assert_eq!(caught, all.len() - 1);
}
