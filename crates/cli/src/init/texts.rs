//! The texts of a crate.

use std::collections::BTreeSet;
use std::fmt::Write;

use isomorph_codegen::Needs;
use isomorph_schema::{Setting, Unresolved};

use super::crate_file::CrateFile;
use super::plan::{Kind, Plan, Root};
use super::schema_files::elsewhere;

/// The dependency on the runtime, as a table of TOML.
pub fn runtime(needs: &Needs, path: Option<&str>) -> String {
    let mut table = format!("version = {:?}, default-features = false", needs.version);
    if !needs.features.is_empty() {
        let _ = write!(table, ", features = {:?}", needs.features);
    }
    if let Some(path) = path {
        let _ = write!(table, ", path = {}", quoted(path));
    }
    format!("{{ {table} }}")
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    toml_edit::value(text).to_string().trim().to_owned()
}

/// The configuration.
pub fn configuration(plan: &Plan, out: &str) -> String {
    let schema = match plan.named.as_slice() {
        [only] => quoted(only),
        several => format!("[{}]", several.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", ")),
    };
    let mut text = format!("[package.metadata.isomorph]\nschema = {schema}\nout = {out:?}\n");
    if let Some(dialect) = plan.settings.dialect {
        let _ = writeln!(text, "dialect = {:?}", dialect.uri());
    }
    for (word, is_set) in
        [("operations", plan.settings.opening.operations), ("allow-any", plan.settings.opening.allow_any)]
    {
        if is_set {
            let _ = writeln!(text, "{word} = true");
        }
    }
    if plan.settings.unresolved != Unresolved::default() {
        let _ = writeln!(text, "unresolved = {:?}", plan.settings.unresolved.word());
    }
    if !plan.mapped.is_empty() {
        text.push_str("\n[package.metadata.isomorph.map]\n");
    }
    for ((uri, _), path) in plan.mapped.iter().zip(elsewhere(&plan.mapped, &plan.folders)) {
        let _ = writeln!(text, "{} = {}", quoted(uri), quoted(&path));
    }
    text
}

/// The manifest of a new crate.
pub fn manifest(name: &str, plan: &Plan, needs: &Needs, runtime_path: Option<&str>) -> String {
    let serde_json = if needs.serde_json { "serde_json = \"1\"\n" } else { "" };
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\
         readme = \"README.md\"\n\n\
         [features]\n# `schemars::JsonSchema` for every type: the schema that it was generated from.\n\
         schemars = [\"dep:schemars\", \"isomorph-runtime/schemars\"]\n\n\
         [dependencies]\nisomorph-runtime = {runtime}\n\
         schemars = {{ version = \"1\", default-features = false, features = [\"std\", \"derive\"], optional = true }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n{serde_json}\n\
         [dev-dependencies]\nserde_json = \"1\"\n\n\
         # What `isomorph generate` makes of what.\n{configuration}",
        runtime = runtime(needs, runtime_path),
        configuration = configuration(plan, "src"),
    )
}

/// The library, or the module.
pub fn library(plan: &Plan, is_crate: bool) -> String {
    let files: Vec<_> = plan
        .schemas
        .iter()
        .map(|schema| format!("`{}/{}`", plan.folders.schemas(), plain(&schema.name)))
        .collect();
    let forbid = if is_crate { "#![forbid(unsafe_code)]\n" } else { "" };
    format!(
        "//! Types that are the JSON Schemas {}.\n{forbid}\nmod model;\nmod read;\n#[cfg(feature = \"schemars\")]\nmod schema;\n\npub use model::*;\n",
        files.join(", ")
    )
}

/// The tests: instances, and the schemas that come back. `library` is the path of the types, `folder` where
/// their instances are.
pub fn tests(plan: &Plan, library: &str, folder: &str) -> Vec<CrateFile> {
    let mut instances = String::from(INSTANCES);
    let has =
        |kind: fn(&Root) -> &Vec<serde_json::Value>| plan.roots.iter().any(|root| !kind(root).is_empty());
    let (accepts, rejects) = (has(|root| &root.accepted), has(|root| &root.rejected));
    instances.extend(
        [(accepts, ACCEPTS), (rejects, REJECTS)].iter().filter(|(any, _)| *any).map(|(_, text)| *text),
    );
    let mut files = Vec::new();
    for root in &plan.roots {
        let name = &root.name;
        let test = snake(name);
        let lines = |values: &[serde_json::Value]| {
            values.iter().map(|value| value.to_string() + "\n").collect::<String>()
        };
        let kinds = [("accepted", &root.accepted), ("rejected", &root.rejected)];
        // A test without instances could not fail.
        for (kind, values) in kinds.into_iter().filter(|(_, values)| !values.is_empty()) {
            files.push(CrateFile::new(format!("tests/{folder}/{name}.{kind}.jsonl"), lines(values)));
            let verb = if kind == "accepted" { "accept" } else { "reject" };
            let _ = write!(
                instances,
                "\n#[test]\nfn {test}_{verb}s_what_its_schema_{verb}s() {{\n    let lines = include_str!(\"{folder}/{name}.{kind}.jsonl\");\n    {verb}s::<{library}::{name}>(lines);\n}}\n"
            );
        }
    }
    let prefix = if folder == "instances" { String::new() } else { format!("{folder}_") };
    if accepts || rejects {
        files.push(CrateFile::new(format!("tests/{prefix}instances.rs"), instances));
    }
    let schemas = schema_tests(plan, library);
    files.extend(schemas.map(|text| CrateFile::new(format!("tests/{prefix}schemas.rs"), text)));
    files
}

/// The tests that schemas come back, if there is one that a test can read.
fn schema_tests(plan: &Plan, library: &str) -> Option<String> {
    let told: Vec<_> = plan.roots.iter().filter(|root| root.given_back.len() + root.cut.len() > 0).collect();
    let mut text = String::from(SCHEMAS);
    let has = |kind: Kind| told.iter().any(|root| root.kind == kind);
    let has_source = has(Kind::Own) || has(Kind::OfDefinition);
    let parts = [
        (has_source, SOURCE),
        (has(Kind::Own), OWN),
        (has(Kind::OfDefinition), OF_DEFINITION),
        (has_source, HOLD),
        (has(Kind::Holder), HELD),
    ];
    text.extend(parts.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, part)| part));
    let up = format!("../{}", plan.folders.schemas());
    let mut files = BTreeSet::new();
    for root in &told {
        let file = format!("{:?}", format!("{up}/{}", root.file));
        match root.kind {
            // Each gives all of its document back.
            Kind::Holder if files.insert(&root.file) => {
                let (function, name) = (snake(&root.name), &root.name);
                let _ = write!(
                    text,
                    "\n#[test]\nfn what_is_beside_{function}_comes_back() {{\n    let text = include_str!({file});\n    comes_back::<{library}::{name}>(text);\n}}\n",
                );
            }
            Kind::Holder => {}
            Kind::Own | Kind::OfDefinition => text += &schema_test(root, library, &file),
        }
    }
    (!told.is_empty()).then_some(text)
}

/// The test that the schemas of a file come back.
fn schema_test(root: &Root, library: &str, file: &str) -> String {
    let (function, name) = (snake(&root.name), &root.name);
    let source = match root.kind {
        Kind::OfDefinition => format!(
            "let said = {library}::{name}::schema_document();\n    let source = Source::of_definition(text, said);"
        ),
        _ => format!("let source = Source::new::<{library}::{name}>(text);"),
    };
    let mut text = format!(
        "\n#[test]\nfn {function}_gives_its_schema_back() {{\n    let text = include_str!({file});\n    {source}\n"
    );
    // The root first, then its definitions.
    let (roots, definitions): (Vec<_>, Vec<_>) =
        root.given_back.iter().partition(|(_, pointer)| pointer.is_empty());
    for (name, pointer) in roots.into_iter().chain(definitions) {
        if pointer.is_empty() && root.kind == Kind::OfDefinition {
            text.push_str("    source.hold_whole();\n");
            continue;
        }
        text += &called(&format!("source.hold::<{library}::{name}>"), &format!("{pointer:?}"));
    }
    for name in &root.cut {
        let _ = writeln!(text, "    // {name} refers to itself, and comes back without that.");
    }
    text.push_str("}\n");
    text
}

/// The page of a new crate.
pub fn readme(name: &str, plan: &Plan, runtime_path: Option<&str>) -> String {
    let types: Vec<_> =
        plan.roots.iter().map(|root| format!("* `{}`: `schema/{}`", root.name, plain(&root.file))).collect();
    let ident = name.replace('-', "_");
    let example = plan.roots.first().map_or_else(String::new, |root| {
        format!("```rust,ignore\nlet value: {ident}::{} = serde_json::from_str(text)?;\n```\n\n", root.name)
    });
    let runtime = runtime_path.map_or_else(String::new, |path| {
        format!(
            "`isomorph-runtime` is taken from `{}`. Before this crate is published, depend on the runtime by its version alone.\n\n",
            plain(path)
        )
    });
    format!(
        "# {name}\n\nRust types that are JSON Schemas: they parse exactly the JSON that the schemas accept.\n\n{}\n\n{example}\
         Edit `schema/`, then run `isomorph generate`; `isomorph generate --check` shows what is stale, `isomorph diff HEAD` whom a \
         change breaks. `cargo test --all-features` holds the types against instances that the schemas accept and reject, \
         and against the schemas themselves.\n\n{runtime}",
        types.join("\n")
    )
}

/// The checks of a new crate, for GitHub.
pub const CI: &str = "\
name: ci
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: rustup toolchain install stable --profile minimal --component clippy
      - run: cargo clippy --all-targets --all-features -- -D warnings
      - run: cargo test
      - run: cargo test --all-features
      # With isomorph on the machine:
      # - run: isomorph generate --check
      # - run: isomorph diff --against origin/main --format github --fail-on breaking
";

const INSTANCES: &str = "\
//! Instances that the schemas accept and reject. Made by `isomorph init`; add your own, a JSON text a line.
#![allow(deprecated)]

use std::fmt::Debug;

use serde::de::DeserializeOwned;
";

const ACCEPTS: &str = "
fn accepts<T: DeserializeOwned + serde::Serialize + PartialEq + Debug>(lines: &str) {
    for line in lines.lines() {
        let value: T = serde_json::from_str(line).unwrap_or_else(|error| panic!(\"{line}: {error}\"));
        let text = serde_json::to_string(&value).expect(\"it can be written\");
        let again: T = serde_json::from_str(&text).expect(&text);
        assert_eq!(value, again, \"{line} comes back as {text}\");
    }
}
";

const REJECTS: &str = "
fn rejects<T: DeserializeOwned + Debug>(lines: &str) {
    for line in lines.lines() {
        let value = serde_json::from_str::<T>(line);
        assert!(value.is_err(), \"{line} is accepted as {value:?}\");
    }
}
";

const SCHEMAS: &str = "\
//! The schemas that come back from the types. Made by `isomorph init`.
#![cfg(feature = \"schemars\")]
#![allow(deprecated)]

use serde_json::Value;
";

const HELD: &str = "
/// Holds the schemas of the types of a document against what it holds.
fn comes_back<T: isomorph_runtime::held::Held>(text: &str) {
    let document: Value = serde_json::from_str(text).expect(\"the document is JSON\");
    for (place, schema) in isomorph_runtime::schemas_beside::<T>() {
        let source = document.pointer(&place);
        let is_same = |source| isomorph_runtime::same_schema(schema.as_value(), source);
        assert!(
            source.is_some_and(is_same),
            \"at {place}: {schema:?}, and not {source:?}\"
        );
    }
}
";

const SOURCE: &str = "
struct Source {
    document: Value,
    keyword: &'static str,
    root: String,
    /// What schemars says of the whole document.
    said: Value,
}

impl Source {";

const OWN: &str = "
    fn new<Root: schemars::JsonSchema>(text: &str) -> Self {
        let document: Value = serde_json::from_str(text).expect(\"a schema is JSON\");
        let older = document.get(\"definitions\").is_some() && document.get(\"$defs\").is_none();
        let keyword = if older { \"definitions\" } else { \"$defs\" };
        let said = isomorph_runtime::schema_with_definitions::<Root>(keyword).to_value();
        Self {
            document,
            keyword,
            root: Root::schema_name().into_owned(),
            said,
        }
    }
";

const OF_DEFINITION: &str = "
    /// A document that says only which of its definitions it is, and what its type says of all of it.
    fn of_definition(text: &str, said: schemars::Schema) -> Self {
        let document: Value = serde_json::from_str(text).expect(\"a schema is JSON\");
        let older = document.get(\"definitions\").is_some() && document.get(\"$defs\").is_none();
        Self {
            document,
            keyword: if older { \"definitions\" } else { \"$defs\" },
            root: String::new(),
            said: said.to_value(),
        }
    }

    fn hold_whole(&self) {
        let (said, document) = (&self.said, &self.document);
        let is_same = isomorph_runtime::same_schema(said, document);
        assert!(is_same, \"{said}, and not {document}\");
    }
";

const HOLD: &str = "
    /// Holds the schema of a type against the one in the document, both without definitions.
    fn hold<T: schemars::JsonSchema>(&self, pointer: &str) {
        let source = self.document.pointer(pointer).cloned().unwrap_or_default();
        let (said, source) = (own(self.say::<T>(pointer)), own(source));
        let is_same = isomorph_runtime::same_schema(&said, &source);
        assert!(is_same, \"at #{pointer}: {said}, and not {source}\");
    }

    fn say<T: schemars::JsonSchema>(&self, pointer: &str) -> Value {
        if pointer.is_empty() {
            return self.said.clone();
        }
        let name = T::schema_name();
        let all = self.said.get(self.keyword);
        let part = all.and_then(|all| all.get(name.as_ref()));
        if let Some(part) = part.filter(|_| !T::inline_schema()) {
            return part.clone();
        }
        let alone = isomorph_runtime::definition_of::<T>(self.keyword);
        let alone = alone.to_value().to_string();
        // What the whole document calls \"#\" has a name here.
        let named = format!(\"\\\"$ref\\\":\\\"#/{}/{}\\\"\", self.keyword, self.root);
        serde_json::from_str(&alone.replace(&named, \"\\\"$ref\\\":\\\"#\\\"\")).expect(\"it is still JSON\")
    }
}

fn own(mut schema: Value) -> Value {
    if let Some(keywords) = schema.as_object_mut() {
        keywords.remove(\"$defs\");
        keywords.remove(\"definitions\");
    }
    schema
}
";

/// A statement that calls a function, as rustfmt lays it out by itself.
fn called(function: &str, argument: &str) -> String {
    /// How long a line may be, and the arguments in one.
    const WIDTH: usize = 100;
    const ARGUMENTS: usize = 60;
    let line = format!("    {function}({argument});\n");
    if line.chars().count() <= WIDTH + 1 && argument.chars().count() <= ARGUMENTS {
        return line;
    }
    format!("    {function}(\n        {argument},\n    );\n")
}

/// Text in documentation.
fn plain(text: &str) -> String {
    text.replace(['`', '\n', '\r'], "?")
}

/// `UploadResult` → `upload_result`. Names that differ do so after it, unlike after `heck`, to which `AB` and `Ab` are one.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, c) in name.char_indices() {
        if c.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
