//! The build script of the README in a fresh crate: it works at the first try, and an error is told for people.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a fresh crate is written, and compiled by cargo"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use isomorph_codegen::{Generator, Needs};
use serde_json::Value;

/// The block of the README that begins with these words.
fn of_readme(first: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(path).expect("the README");
    let blocks = readme.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let mut blocks = blocks.map(|(_, text)| text.to_owned());
    blocks.find(|text| text.starts_with(first)).expect("the README has the block")
}

#[test]
fn the_book_says_what_the_readme_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/three-ways.md");
    let page = fs::read_to_string(path).expect("the page");
    for first in ["fn main() -> Result<(), isomorph_codegen::Error>", "include!(", "mod order {"] {
        let block = of_readme(first);
        assert!(page.contains(&block), "{block}");
    }
}

const SCHEMA: &str = r#"{"title": "Order", "type": "object",
    "properties": {"count": {"type": "integer", "minimum": 1}, "note": {"type": "string"}}, "required": ["count"]}"#;

const MAIN: &str = r##"
fn main() {
    let order: Order = serde_json::from_str(r#"{"count": 3}"#).expect("it is one");
    assert!(serde_json::from_str::<Order>(r#"{"count": 0}"#).is_err());
    println!("{} of {:?}", order.count, order.note);
}
"##;

/// A dependency that the header of what is generated names, as a line of a manifest.
fn dependencies(needs: &Needs) -> String {
    let runtime = Value::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/runtime"));
    let mut lines = format!(
        "isomorph-runtime = {{ path = {runtime}, default-features = false, features = {:?} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n",
        needs.features
    );
    if needs.schemars.is_some() {
        lines +=
            "schemars = { version = \"1\", default-features = false, features = [\"std\", \"derive\"] }\n";
    }
    lines
}

fn run(folder: &Path) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--offline"]).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", folder.join("target")).output().expect("cargo starts")
}

#[test]
fn three_lines_make_types_in_a_fresh_crate() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fresh");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::create_dir_all(folder.join("schema")).expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file");
    put("schema/order.json", SCHEMA);
    let generated = Generator::new().schema_folder(folder.join("schema")).generate("models.rs");
    let needs = Needs::of(&generated.expect("types").files);
    put(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"fresh\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{}[build-dependencies]\nisomorph-codegen = {{ path = {:?} }}\n",
            dependencies(&needs),
            env!("CARGO_MANIFEST_DIR")
        ),
    );
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a lock");
    put("build.rs", &of_readme("fn main() -> Result<(), isomorph_codegen::Error>"));
    put("src/main.rs", &format!("{}{MAIN}", of_readme("include!(")));
    let output = run(&folder);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "3 of None\n");
    assert!(!stderr.contains("warning"), "{stderr}");

    // A schema that changes is read again; one that is none is told with its line.
    put("schema/order.json", &SCHEMA.replace("\"minimum\": 1", "\"minimum\": \"1\""));
    let output = run(&folder);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{stderr}");
    assert!(stderr.contains("order.json:2") && stderr.contains("minimum"), "{stderr}");
}
