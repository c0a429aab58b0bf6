//! Each block of the book is run, or read, by a test: those that are not worked through as they stand (`book.rs`) by one here, or by
//! one that is named here.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::isomorph;
use super::repository::repository;
use super::tool::folder;

/// Pages whose commands and files are worked through.
const WORKED_THROUGH: [&str; 3] = ["everyday-mistakes.md", "first-steps.md", "three-ways.md"];

/// How many other blocks there are on each page, and who runs them.
const OTHERS: [(&str, usize, &str); 8] = [
    ("documents-that-hold-schemas.md", 1, "every_command_about_documents_that_hold_schemas_runs"),
    ("first-steps.md", 2, ".ci/installed; book.rs: the_program_of_the_first_steps_reads_an_order"),
    ("from-typify.md", 1, "what_is_told_to_typify_is_read"),
    ("play.md", 1, "commands_have_the_options_that_pages_name"),
    ("three-ways.md", 3, "codegen/tests/build_script.rs and crates/macros/tests, by what the README says"),
    ("validate.md", 7, "those about validate below; the action and the hook: validate/hosts.rs"),
    ("when-the-schema-changes.md", 8, "evolution/story.rs; commands_have_the_options_that_pages_name"),
    ("your-own-types.md", 3, "types_are_mapped_as_the_page_says"),
];

/// A block: its page, what its fence says, and its text. Inside a list it is indented.
struct Fenced {
    page: String,
    info: String,
    text: String,
}

fn page(name: &str) -> String {
    fs::read_to_string(repository().join("docs").join(name)).expect("the page is there")
}

fn fenced(name: &str) -> Vec<Fenced> {
    let (mut all, mut open) = (Vec::new(), None::<(usize, Fenced)>);
    for line in page(name).lines() {
        let plain = line.trim_start();
        match (plain.strip_prefix("```"), open.take()) {
            (Some(info), None) => {
                let block = Fenced { page: name.to_owned(), info: info.to_owned(), text: String::new() };
                open = Some((line.len() - plain.len(), block));
            }
            (Some(_), Some((_, block))) => all.push(block),
            (None, Some((indent, mut block))) => {
                block.text += line.get(indent..).unwrap_or_default();
                block.text.push('\n');
                open = Some((indent, block));
            }
            (None, None) => {}
        }
    }
    all
}

fn pages() -> Vec<String> {
    let entries = fs::read_dir(repository().join("docs")).expect("a folder").flatten();
    let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| Path::new(name).extension().is_some_and(|ending| ending == "md"));
    names.sort();
    names
}

/// The one block of a page that begins so, without the fence.
fn block(name: &str, start: &str) -> String {
    let found = fenced(name).into_iter().find(|block| block.text.starts_with(start));
    found.unwrap_or_else(|| panic!("{name} has a block that begins with {start}")).text
}

/// The commands of a block, without their comments.
fn commands(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().map(|line| line.trim_start_matches("$ ").trim_start_matches("- run: "));
    let lines = lines.filter_map(|line| line.strip_prefix("isomorph "));
    let words = |line: &str| {
        let line = line.split("  #").next().unwrap_or_default();
        line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect()
    };
    lines.map(words).collect()
}

fn runs(here: &TempDir, text: &str) {
    for command in commands(text) {
        let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0, "{command:?}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn no_block_of_the_book_is_left_out() {
    let is_worked = |block: &Fenced| {
        WORKED_THROUGH.contains(&block.page.as_str())
            && (block.info == "console" || block.info.contains(" file="))
    };
    for name in pages() {
        let left = fenced(&name).iter().filter(|block| !is_worked(block)).count();
        let known = OTHERS.iter().find(|(page, ..)| *page == name).map_or(0, |(_, count, _)| *count);
        assert_eq!(left, known, "docs/{name}: blocks that no test is known to run; see the list above");
    }
}

#[test]
fn commands_have_the_options_that_pages_name() {
    let here = folder(&[]);
    let mut seen = 0;
    for block in pages().iter().flat_map(|name| fenced(name)) {
        for command in commands(&block.text) {
            let help = isomorph(here.path(), &[&command[0], "--help"]);
            assert_eq!(help.code, 0, "{}: {command:?}", block.page);
            for option in command.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap_or_default();
                assert!(help.stdout.contains(option), "{}: {command:?}: {option}", block.page);
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

const PETSTORE: &str = r##"{
  "openapi": "3.0.3", "info": {"title": "p", "version": "1"},
  "paths": {"/pets": {"get": {"operationId": "listPets", "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
    "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}}}},
  "components": {"schemas": {"Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}}}
}"##;

#[test]
fn every_command_about_documents_that_hold_schemas_runs() {
    let here = folder(&[
        ("petstore.json", PETSTORE),
        ("petstore-1.json", PETSTORE),
        ("petstore-2.json", &PETSTORE.replace("integer", "number")),
        ("pet.json", r#"{"name": "Rex"}"#),
        ("src/lib.rs", ""),
    ]);
    runs(&here, &block("documents-that-hold-schemas.md", "isomorph generate"));
    assert!(here.path().join("src/petstore.rs").is_file());
}

#[test]
fn what_is_told_to_typify_is_read() {
    let here = folder(&[
        ("order.json", r#"{"title": "Order", "type": "object"}"#),
        ("src/lib.rs", "typify::import_types!(\"order.json\");\n"),
        ("build.rs", "fn main() {}\n"),
    ]);
    runs(&here, &block("from-typify.md", "isomorph init"));
}

#[test]
fn a_problem_is_told_as_the_page_on_validate_begins() {
    let instance = r#"{
  "uploaded": [{"asset": {"id": "5c1b", "status": "craeted"}, "filepath": "a.jpg"}],
  "rejected": [], "failed": [], "stats": {"total": 1, "uploaded": 1, "rejected": 0, "failed": 0}
}"#;
    let schema = fs::read_to_string(repository().join("schema/UploadResult.json")).expect("the schema");
    let here = folder(&[("result.json", instance), ("schema/UploadResult.json", &schema)]);
    let run =
        isomorph(here.path(), &["validate", "-q", "--schema", "schema/UploadResult.json", "result.json"]);
    assert_eq!(run.stdout.trim_end(), block("validate.md", "error[enum]").trim_end());
}

#[test]
fn what_is_configured_as_the_page_on_validate_says_is_checked() {
    let manifest = format!(
        "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"schema\"\nout = \"src\"\n{}",
        block("validate.md", "[package.metadata.isomorph.validate]")
    );
    let here = folder(&[
        ("Cargo.toml", &manifest),
        ("schema/UploadResult.json", r#"{"type": "integer"}"#),
        ("results/a.json", "1"),
        ("results/b.json", "\"1\""),
    ]);
    let run = isomorph(here.path(), &["validate"]);
    assert!(run.code == 1 && run.stdout.contains("results/b.json"), "{}{}", run.stdout, run.stderr);
    let here = folder(&[
        ("isomorph.toml", &block("validate.md", "schema = \"schemas\"")),
        ("schemas/workflow.json", r#"{"properties": {"on": {"const": "push"}}}"#),
        ("schemas/tsconfig.json", r#"{"properties": {"day": {"format": "date"}}}"#),
        // The glob on `tsconfig*.json` matches one of the schemas, too.
        (".github/workflows/ci.yml", "on: push\n"),
        ("shop/order.schema.json", r##"{"$ref": "#/$defs/o", "$defs": {"o": {"const": 1}}}"##),
        ("orders/a.json", "1"),
        ("in/tsconfig.base.json", "{\"day\": \"2024-01-01\", /* with comments */}"),
    ]);
    let run = isomorph(here.path(), &["validate"]);
    assert!(run.code == 0 && run.stderr.contains("checked 4 instances"), "{}{}", run.stdout, run.stderr);
    // Problems that are known.
    fs::write(here.path().join(".github/workflows/ci.yml"), "on: pull\n").expect("a file");
    assert_eq!(isomorph(here.path(), &["validate"]).code, 1);
    runs(&here, &block("validate.md", "isomorph validate --baseline"));
}

#[test]
fn types_are_mapped_as_the_page_says() {
    let formats = ["uuid", "date-time", "ipv4", "money", "color", "seconds"];
    let members =
        formats.map(|format| format!("\"{format}\": {{\"type\": \"string\", \"format\": \"{format}\"}}"));
    let schema = format!(
        r##"{{"title": "Order", "type": "object", "properties": {{{}, "count": {{"type": "integer", "format": "int32"}},
        "data": {{"type": "string", "contentEncoding": "base64"}}, "total": {{"type": "string"}}, "at": {{"$ref": "#/$defs/Point"}}}},
        "$defs": {{"Point": {{"type": "object", "properties": {{"x": {{"type": "number"}}}}}}}}}}"##,
        members.join(", ")
    );
    let manifest = format!(
        "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"order.json\"\nout = \"src\"\n{}\n{}",
        block("your-own-types.md", "[package.metadata.isomorph.formats]"),
        block("your-own-types.md", "[package.metadata.isomorph.types]")
    );
    let here = folder(&[("Cargo.toml", &manifest), ("order.json", &schema)]);
    let run = isomorph(here.path(), &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = super::read(&here, "src/model.rs");
    for ty in [
        "uuid: Option<Uuid>",
        "date_time: Option<Timestamp>",
        "ipv4: Option<Ipv4Addr>",
        "money: Option<Money>",
        "color: Option<Color>",
        "seconds: Option<Duration>",
        "count: Option<i32>",
        "data: Option<Vec<u8>>",
        "total: Option<Money>",
        "struct Point(pub(super) geo::Point)",
    ] {
        assert!(model.contains(ty), "{ty}: {model}");
    }
    let manifest = format!(
        "[package]\nname = \"a\"\n{}out = \"src\"\n",
        block("your-own-types.md", "[package.metadata.isomorph]\n")
    );
    let here = folder(&[
        ("shop/Cargo.toml", &manifest),
        (
            "shop/order.json",
            r#"{"title": "Order", "$ref": "https://example.com/common.json#/$defs/Address"}"#,
        ),
        (
            "common/common.json",
            r#"{"$defs": {"Address": {"type": "object", "properties": {"street": {"type": "string"}}}}}"#,
        ),
    ]);
    let shop = here.path().join("shop");
    let run = isomorph(&shop, &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = fs::read_to_string(shop.join("src/model.rs")).expect("it is made");
    assert!(model.contains("common_types::Address"), "{model}");
}
