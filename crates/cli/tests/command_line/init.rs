use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::repository::repository;
use super::{folder, isomorph, read};

const ORDER: &str = r#"{
    "title": "Order",
    "type": "object",
    "properties": {"item": {"type": "string", "minLength": 1}, "tags": {"type": "array", "uniqueItems": true}},
    "required": ["item"],
    "additionalProperties": false
}"#;

pub fn runtime() -> String {
    repository().join("crates/runtime").display().to_string()
}

/// Runs the tests of a crate, which is outside the workspace.
pub fn test(folder: &Path) {
    let lock = repository().join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a lock");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--all-features"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("init"))
        .output()
        .expect("cargo starts");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn a_new_crate_is_formatted_as_rustfmt_does_by_itself() {
    let api = r##"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "components": {"schemas": {
        "Pet": {"type": "object", "properties": {"owner": {"$ref": "#/components/schemas/Owner"}}}, "Owner": {"type": "string"}}}}"##;
    // Something is left to a validator, and something is no shape at all.
    let odd = r##"{"title": "Odd", "properties": {"a": {"if": {"$dynamicRef": "#x"}, "then": {"type": "string"}}}, "$defs":
        {"x": {"$dynamicAnchor": "x", "type": "integer"}, "A very long name for a type of a crate": {"minProperties": 2}}}"##;
    let bare = r##"{"$ref": "#/$defs/Only", "$defs": {"Only": {"type": "integer"}}}"##;
    let here = folder(&[("order.json", ORDER), ("api.json", api), ("odd.json", odd), ("bare.json", bare)]);
    for (name, schemas) in [
        ("one", vec!["order.json"]),
        ("held", vec!["api.json"]),
        ("bare", vec!["bare.json"]),
        ("two", vec!["odd.json", "order.json"]),
    ] {
        let mut arguments = vec!["init", "--crate", name, "--schema"];
        arguments.extend(schemas);
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let output = Command::new(env!("CARGO"))
            .args(["fmt", "--check"])
            .current_dir(here.path().join(name))
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_new_crate_is_complete_fresh_and_passes_its_tests() {
    let here = folder(&[("order.json", ORDER)]);
    let arguments =
        ["init", "--schema", "order.json", "--crate", "order-types", "--runtime-path", &runtime()];
    let run = isomorph(here.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for file in [
        ".github/workflows/ci.yml",
        "README.md",
        "schema/order.json",
        "src/lib.rs",
        "src/model.rs",
        "tests/instances/Order.accepted.jsonl",
        "tests/instances/Order.rejected.jsonl",
    ] {
        assert!(!read(&here, &format!("order-types/{file}")).is_empty(), "{file}");
    }
    let made = here.path().join("order-types");
    assert_eq!(isomorph(&made, &["generate", "--check"]).code, 0);
    test(&made);
    // A crate of another type does not pass them.
    let model = read(&here, "order-types/src/model.rs");
    fs::write(made.join("src/model.rs"), model.replace("item: String", "item: Vec<String>")).expect("a file");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--test", "instances"])
        .current_dir(&made)
        .env("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("init"))
        .output()
        .expect("cargo starts");
    assert!(!output.status.success());
}

#[test]
fn a_crate_passes_its_tests_whatever_its_documents_are() {
    // Which of its definitions it is, and one of them refers to itself.
    let welcome = r##"{"$schema": "http://json-schema.org/draft-06/schema#", "$ref": "#/definitions/Welcome", "definitions": {
        "Welcome": {"type": "object", "properties": {"next": {"$ref": "#/definitions/Welcome"}, "state": {"$ref": "#/definitions/State"}}},
        "State": {"type": "string", "enum": ["a", "b"]}}}"##;
    let yaml = "title: Listing\ntype: object\nproperties:\n  count: {type: integer}\nrequired: [count]\n";
    let kinds = "openapi: 3.0.3\ninfo: {title: Kinds, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Kind: {type: string, enum: [a]}\n";
    // What tells it apart is not required first.
    let api = r#"{"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "paths": {}, "components": {"schemas": {
        "Account": {"type": "object", "required": ["id", "object"], "properties": {"id": {"type": "string"}, "object": {"type": "string", "enum": ["account"]}}}}}}"#;
    let here = folder(&[
        ("all/welcome.json", welcome),
        ("all/listing.yaml", yaml),
        ("all/kinds.yaml", kinds),
        ("all/api.json", api),
        ("yaml/listing.yaml", yaml),
    ]);
    for folder in ["all", "yaml"] {
        let arguments = [
            "init",
            "--schema",
            folder,
            "--crate",
            "made",
            &format!("{folder}-made"),
            "--runtime-path",
            &runtime(),
        ];
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        test(&here.path().join(format!("{folder}-made")));
    }
    let schemas = read(&here, "all-made/tests/schemas.rs");
    for told in [
        "source.hold_whole();",
        "source.hold::<made::State>(\"/definitions/State\")",
        "comes_back::<made::Account>",
    ] {
        assert!(schemas.contains(told), "{told} in {schemas}");
    }
    assert!(!schemas.contains(".yaml"), "{schemas}");
    assert!(!here.path().join("yaml-made/tests/schemas.rs").exists());
}

#[test]
fn a_module_is_added_to_a_crate_that_is_there() {
    let manifest =
        "[package]\nname = \"my-shop\"\nversion = \"0.1.0\"\nedition = \"2024\" # ours\n\n[workspace]\n";
    let here = folder(&[("Cargo.toml", manifest), ("src/lib.rs", "//! Ours.\n"), ("order.json", ORDER)]);
    let arguments = ["init", "--schema", "order.json", "--module", "order", "--runtime-path", &runtime()];
    let run = isomorph(here.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        read(&here, "Cargo.toml").contains("edition = \"2024\" # ours"),
        "what was there stays as it was"
    );
    assert_eq!(read(&here, "src/lib.rs"), "//! Ours.\n\npub mod order;\n");
    assert!(run.stderr.contains(".: 1 type, tested with 8 instances that are accepted"), "{}", run.stderr);
    assert_eq!(isomorph(here.path(), &["generate", "--check"]).code, 0);
    test(here.path());
    let again = isomorph(here.path(), &arguments);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("is already there"), "{}", again.stderr);
}

#[test]
fn a_second_module_stands_beside_the_first() {
    const THING: &str = r#"{"title": "Thing", "type": "object", "properties": {"n": {"type": "integer"}}}"#;
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let here = folder(&[
        ("Cargo.toml", manifest),
        ("src/lib.rs", ""),
        ("order.json", ORDER),
        ("in/thing.json", THING),
    ]);
    for (schema, module) in [("order.json", "order"), ("in", "thing")] {
        let run = isomorph(
            here.path(),
            &["init", "--schema", schema, "--module", module, "--runtime-path", &runtime()],
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    assert_eq!(isomorph(here.path(), &["generate", "--check"]).code, 0);
    test(here.path());
    // Each is made of its own schemas.
    let named = THING.replace("\"n\"", "\"m\"");
    fs::write(here.path().join("schema-thing/thing.json"), named).expect("a file");
    let stale = isomorph(here.path(), &["generate", "--check"]);
    assert_eq!(stale.code, 1);
    let told = format!("{}{}", stale.stdout, stale.stderr);
    assert!(told.contains("src/thing/") && !told.contains("src/order/"), "{told}");
    assert_eq!(isomorph(here.path(), &["generate"]).code, 0);
    assert!(read(&here, "src/thing/model.rs").contains("pub m: "));
    let other = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\nmetadata.isomorph.schema = \"s\"\n";
    fs::write(here.path().join("Cargo.toml"), other).expect("a file");
    let run = isomorph(here.path(), &["init", "--schema", "in", "--module", "more"]);
    assert!(run.stderr.contains("written in another way"), "{}", run.stderr);
}

#[test]
fn a_folder_behind_the_schemas_is_not_taken_for_more_of_them() {
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let here =
        folder(&[("Cargo.toml", manifest), ("src/lib.rs", ""), ("order.json", ORDER), ("other.json", "{}")]);
    let run = isomorph(here.path(), &["init", "--module", "order", "--schema", "order.json", "."]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("`init . --module order …`"), "{}", run.stderr);
    assert!(!here.path().join("schema").exists() && read(&here, "Cargo.toml") == manifest);
    let run = isomorph(here.path(), &["init", ".", "--module", "order", "--schema", "order.json"]);
    assert!(run.code == 0 && run.stderr.contains(".: 1 type"), "{}", run.stderr);
}

#[test]
fn a_module_of_a_program_has_no_tests_and_that_is_said() {
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let here = folder(&[("Cargo.toml", manifest), ("src/main.rs", "fn main() {}\n"), ("order.json", ORDER)]);
    let run = isomorph(here.path(), &["init", "--schema", "order.json", "--module", "order"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains(".: 1 type, without tests: "), "{}", run.stderr);
    assert!(!here.path().join("tests").exists());
}

/// Whether cargo takes a crate, with whatever workspace it is in.
fn is_taken(folder: &Path) -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(folder)
        .output()
        .expect("cargo starts");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn a_crate_in_a_workspace_becomes_its_member() {
    const OURS: &str = "[workspace] # ours\nresolver = \"3\"\nmembers = [\n    \"first\", # the first\n]\n";
    const FIRST: &str = "[package]\nname = \"first\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    const ALONE: &str =
        "[package]\nname = \"alone\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let lib = ("first/src/lib.rs", "");
    for (manifest, member, after) in [
        (OURS, "crates/made", Some(OURS.replace("# the first\n]", "# the first\n    \"crates/made\",\n]"))),
        (OURS, "made", Some(OURS.replace("# the first\n]", "# the first\n    \"made\",\n]"))),
        (ALONE, "made", Some(format!("{ALONE}members = [\"made\"]\n"))),
        ("[workspace]\nmembers = [\"first\", \"crates/*\"]\n", "crates/made", None),
        ("[workspace]\nmembers = [\"first\"]\nexclude = [\"crates\"]\n", "crates/made", None),
    ] {
        let files = [
            ("order.json", ORDER),
            ("Cargo.toml", manifest),
            ("first/Cargo.toml", FIRST),
            lib,
            ("src/lib.rs", ""),
        ];
        let here = folder(&files);
        let arguments =
            ["init", "--schema", "order.json", "--crate", "made", member, "--runtime-path", &runtime()];
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(
            run.stderr.contains(&format!("\"{member}\" is a member now")),
            after.is_some(),
            "{}",
            run.stderr
        );
        assert_eq!(read(&here, "Cargo.toml"), after.as_deref().unwrap_or(manifest));
        assert_eq!(is_taken(&here.path().join(member)), Ok(()));
        // From inside the folder of the workspace too, and again it is one.
        assert_eq!(is_taken(here.path()), Ok(()));
    }
}

#[test]
fn a_workspace_that_cannot_be_changed_is_said_to_want_the_member() {
    let here = folder(&[("order.json", ORDER), ("Cargo.toml", "[workspace]\nmembers = [\"first\"]\n")]);
    let manifest = here.path().join("Cargo.toml");
    let mut permissions = fs::metadata(&manifest).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&manifest, permissions).expect("a file");
    let run = isomorph(here.path(), &["init", "--schema", "order.json", "--crate", "made"]);
    assert_eq!(run.code, 2);
    let wanted = "cargo wants \"made\" among the `members` of [workspace] there";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
    assert_eq!(read(&here, "Cargo.toml"), "[workspace]\nmembers = [\"first\"]\n");
    let bad = folder(&[("order.json", ORDER), ("Cargo.toml", "[workspace")]);
    let run = isomorph(bad.path(), &["init", "--schema", "order.json", "--crate", "made"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Cargo.toml: not TOML"), "{}", run.stderr);
    assert!(!bad.path().join("made").exists());
}

#[test]
fn a_schema_that_nothing_breaks_gets_no_test_that_cannot_fail() {
    let here = folder(&[("any.json", "{}")]);
    let run = isomorph(
        here.path(),
        &["init", "--schema", "any.json", "--crate", "made", "--runtime-path", &runtime()],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!here.path().join("made/tests/instances/Any.rejected.jsonl").exists());
    let instances = read(&here, "made/tests/instances.rs");
    assert!(instances.contains("fn accepts") && !instances.contains("rejects"), "{instances}");
}

#[test]
fn documents_elsewhere_come_along_and_are_no_schemas_of_the_crate() {
    let near = r#"{"type": "object", "properties": {"far": {"$ref": "https://example.com/far"},
        "other": {"$ref": "https://example.com/other"}}, "required": ["far"]}"#;
    let far = r#"{"type": "string", "maxLength": 3}"#;
    let here = folder(&[
        ("near.json", near),
        ("cache/far.json", far),
        ("cache/other/far.json", r#"{"type": "integer"}"#),
    ]);
    let arguments = ["init", "--schema", "near.json", "--crate", "made", "--runtime-path", &runtime()];
    let run = isomorph(here.path(), &arguments);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--map https://example.com/far=FILE"), "{}", run.stderr);
    assert!(!here.path().join("made").exists());
    let (map, other) =
        ("https://example.com/far=cache/far.json", "https://example.com/other=cache/other/far.json");
    let run = isomorph(here.path(), &[&arguments[..], &["--map", map, "--map", other]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(read(&here, "made/vendor/far.json"), far);
    assert_eq!(read(&here, "made/vendor/2/far.json"), r#"{"type": "integer"}"#);
    assert!(!here.path().join("made/schema/far.json").exists());
    let made = here.path().join("made");
    assert_eq!(isomorph(&made, &["generate", "--check"]).code, 0);
    test(&made);
}

#[test]
fn what_refers_to_itself_and_is_accepted_is_not_held_to_come_back() {
    let loops = r##"{"properties": {"a": {"$ref": "#/$defs/A"}, "b": {"$ref": "#/$defs/B"}}, "$defs": {
        "A": {"allOf": [{"$ref": "#/$defs/A"}, {"required": ["a"]}]}, "B": {"type": "integer"}}}"##;
    let here = folder(&[("schemas/loops.json", loops), ("schemas/whole.json", r##"{"$ref": "#"}"##)]);
    let arguments = ["init", "--schema", "schemas", "--crate", "made", "--runtime-path", &runtime()];
    assert_eq!(isomorph(here.path(), &arguments).code, 2);
    let run = isomorph(here.path(), &[&arguments[..], &["--unresolved", "accept"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let held = read(&here, "made/tests/schemas.rs");
    assert!(held.contains("// A refers to itself, and comes back without that."), "{held}");
    assert!(held.contains("source.hold::<made::B>(\"/$defs/B\");"), "{held}");
    test(&here.path().join("made"));
}

#[test]
fn a_crate_is_not_called_as_what_it_depends_on_or_what_is_of_rust() {
    let here = folder(&[("order.json", ORDER)]);
    for name in ["serde-json", "isomorph_runtime", "proc-macro", "str", "self", "nul"] {
        let run = isomorph(here.path(), &["init", "--schema", "order.json", "--crate", name]);
        assert_eq!(run.code, 2, "{name}");
        assert!(run.stderr.contains("that name is taken"), "{name}: {}", run.stderr);
    }
}

#[test]
fn schemas_of_several_folders_make_one_crate_and_may_be_called_the_same() {
    let other = r#"{"title": "Item", "type": "object", "properties": {"n": {"type": "integer"}}}"#;
    let clash = ORDER.replace("\"minLength\": 1", "\"minLength\": 2");
    let here = folder(&[("z/a.json", ORDER), ("a b/b.schema", other), ("a b/z.json", &clash)]);
    let run = isomorph(here.path(), &["init", "--schema", "z/a.json", "a b/b.schema", "--crate", "made"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(isomorph(&here.path().join("made"), &["generate", "--check"]).code, 0);
    let run = isomorph(here.path(), &["init", "--schema", "z/a.json", "a b/z.json", "--crate", "clash"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = read(&here, "clash/src/model.rs");
    assert!(model.contains("pub struct ZOrder {") && model.contains("pub struct AOrder {"), "{model}");
}

#[cfg(unix)]
#[test]
fn a_link_to_an_empty_folder_is_filled_and_one_to_nowhere_refused() {
    let here = folder(&[("order.json", ORDER)]);
    fs::create_dir(here.path().join("real")).expect("a folder");
    for (target, link) in [("real", "link"), ("nowhere", "broken"), ("order.json", "file")] {
        std::os::unix::fs::symlink(target, here.path().join(link)).expect("a link");
    }
    let make = |folder| isomorph(here.path(), &["init", "--schema", "order.json", "--crate", "made", folder]);
    assert_eq!(make("link").code, 0);
    assert!(here.path().join("real/src/lib.rs").is_file());
    for name in ["broken", "file"] {
        let run = make(name);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("is already there"), "{}", run.stderr);
    }
    assert_eq!(fs::read_dir(here.path()).expect("a folder").count(), 5, "nothing is left behind");
}

#[test]
fn a_module_takes_the_dependencies_as_they_are_and_adds_what_they_lack() {
    const BEFORE: &str = r#"[package]
name = "my-shop"
version = "0.1.0"
edition = "2021"

[dependencies]
isomorph-runtime = "0.1" # ours
serde = { version = "1.0.1", default-features = false }

[dependencies.schemars]
version = "1"
"#;
    let here = folder(&[("Cargo.toml", BEFORE), ("src/lib.rs", ""), ("order.json", ORDER)]);
    let run = isomorph(here.path(), &["init", "--schema", "order.json", "--module", "order"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = read(&here, "Cargo.toml");
    for line in [
        "isomorph-runtime = { version = \"0.1\", features = [\"value\"] } # ours",
        "serde = { version = \"1.0.1\", default-features = false, features = [\"derive\"] }",
        "features = [\"derive\"]",
        "schemars = [\"isomorph-runtime/schemars\"]",
    ] {
        assert!(after.lines().any(|printed| printed == line), "{line}: {after}");
    }
}

#[test]
fn a_crate_that_cannot_take_a_module_stays_as_it_is() {
    const MANIFEST: &str = "[package]\nname = \"my-shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let old = MANIFEST.replace("2024", "2015");
    for (manifest, root, more, module, message) in [
        (MANIFEST, "", "src/order.rs", "order", "order.rs: is already there"),
        (MANIFEST, "", "schema/order.json", "order", "order.json: is already there"),
        (MANIFEST, "pub(crate) mod order;\n", "a", "order", "already has a module `order`"),
        (MANIFEST, "", "a", "lib", "that name is taken"),
        (old.as_str(), "", "a", "order", "edition 2018 or a later one"),
        ("[workspace]\n", "", "a", "order", "of no package"),
        (
            "dependencies = 1\n[package]\nedition = \"2024\"\n",
            "",
            "a",
            "order",
            "`dependencies` is not as cargo has it",
        ),
    ] {
        let here =
            folder(&[("Cargo.toml", manifest), ("src/lib.rs", root), (more, ""), ("order.json", ORDER)]);
        let run = isomorph(here.path(), &["init", "--schema", "order.json", "--module", module]);
        assert_eq!(run.code, 2, "{message}");
        assert!(run.stderr.contains(message), "{message}: {}", run.stderr);
        assert_eq!(
            (read(&here, "Cargo.toml"), read(&here, "src/lib.rs")),
            (manifest.to_owned(), root.to_owned())
        );
        assert!(!here.path().join("src/order").join("mod.rs").exists());
    }
}

#[test]
fn a_module_that_cannot_be_written_to_its_end_is_taken_back() {
    const MANIFEST: &str = "[package]\nname = \"my-shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let here = folder(&[("Cargo.toml", MANIFEST), ("src/lib.rs", "//! Ours.\n"), ("order.json", ORDER)]);
    let path = here.path().join("Cargo.toml");
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("a file");
    let run = isomorph(here.path(), &["init", "--schema", "order.json", "--module", "order"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Cargo.toml: cannot write"), "{}", run.stderr);
    assert_eq!(read(&here, "src/lib.rs"), "//! Ours.\n");
    assert!(!here.path().join("src/order/mod.rs").exists());
}

#[test]
fn what_cannot_be_made_leaves_nothing_behind() {
    let here = folder(&[("order.json", ORDER), ("bad.json", r#"{"type": 1}"#), ("full/file", "")]);
    for (arguments, message) in [
        (&["--schema", "order.json", "--crate", "Order Types"][..], "cannot name a crate"),
        (&["--schema", "order.json", "--crate", "fn"], "that name is taken"),
        (&["--schema", "bad.json", "--crate", "made"], "not a valid schema"),
        (&["--schema", "nowhere.json", "--crate", "made"], "cannot read"),
        (&["--schema", "order.json", "--crate", "made", "full"], "is already there"),
        (
            &["--schema", "order.json", "--crate", "made", "--runtime-path", "full"],
            "no Cargo.toml of isomorph-runtime",
        ),
        (&["--schema", "order.json", "--module", "order"], "Cargo.toml: cannot read"),
    ] {
        let run = isomorph(here.path(), &[&["init"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(message), "{arguments:?}: {}", run.stderr);
    }
    let left = fs::read_dir(here.path()).expect("a folder").count();
    assert_eq!(left, 3, "nothing is left behind");
}
