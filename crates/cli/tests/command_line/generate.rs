use std::fs;

use tempfile::TempDir;

use super::{folder, isomorph, read};

const MANIFEST: &str =
    "[package]\nname = \"shop\"\n\n[package.metadata.isomorph]\nschema = \"schema\"\nout = \"src\"\n";

const ORDER: &str = r#"{
    "description": "What somebody wants.",
    "type": "object",
    "properties": {"item": {"description": "The thing.", "type": "string"}},
    "required": ["item"]
}"#;

fn shop() -> TempDir {
    folder(&[("Cargo.toml", MANIFEST), ("schema/Order.json", ORDER)])
}

#[test]
fn what_is_generated_is_fresh() {
    let shop = shop();
    let run = isomorph(shop.path(), &["generate"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "created src/model.rs\ncreated src/schema.rs\ncreated src/read.rs\n")
    );
    let run = isomorph(shop.path(), &["generate", "--check"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    let run = isomorph(shop.path(), &["generate"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "unchanged files are left alone");
}

#[test]
fn a_changed_description_is_a_diff_of_one_line() {
    let shop = shop();
    isomorph(shop.path(), &["generate"]);
    let before = read(&shop, "src/model.rs");
    fs::write(shop.path().join("schema/Order.json"), ORDER.replace("The thing.", "The article.")).unwrap();

    let check = isomorph(shop.path(), &["generate", "--check"]);
    assert_eq!(check.code, 1);
    let changed: Vec<_> = check.stdout.lines().filter(|line| line.starts_with(['+', '-'])).collect();
    let expected = ["--- src/model.rs", "+++ src/model.rs", "-    /// The thing.", "+    /// The article."];
    assert_eq!(changed, expected);
    assert!(check.stderr.contains("run `isomorph generate`"), "{}", check.stderr);
    assert_eq!(read(&shop, "src/model.rs"), before, "--check writes nothing");

    let mend = isomorph(shop.path(), &["generate"]);
    assert_eq!((mend.code, mend.stderr.as_str()), (0, "updated src/model.rs\n"));
    assert_eq!(isomorph(shop.path(), &["generate", "--check"]).code, 0);
}

#[test]
fn a_deleted_file_and_one_left_over_are_not_fresh() {
    let shop = shop();
    isomorph(shop.path(), &["generate"]);
    fs::rename(shop.path().join("src/read.rs"), shop.path().join("src/old.rs")).unwrap();
    fs::write(shop.path().join("src/lib.rs"), "mod model;\n").unwrap();
    let check = isomorph(shop.path(), &["generate", "--check"]);
    assert_eq!(check.code, 1);
    assert!(check.stdout.contains("--- src/old.rs\n+++ /dev/null"), "{}", check.stdout);
    assert!(check.stdout.contains("--- /dev/null\n+++ src/read.rs"), "{}", check.stdout);
    let mend = isomorph(shop.path(), &["generate"]);
    assert_eq!(mend.stderr, "created src/read.rs\nremoved src/old.rs\n");
    assert_eq!(read(&shop, "src/lib.rs"), "mod model;\n", "what was not generated is left alone");
    fs::create_dir(shop.path().join("src/folder.rs")).unwrap();
    assert_eq!(
        isomorph(shop.path(), &["generate", "--check"]).code,
        0,
        "a folder is no file that was generated"
    );
    fs::remove_file(shop.path().join("src/read.rs")).unwrap();
    fs::create_dir(shop.path().join("src/read.rs")).unwrap();
    let run = isomorph(shop.path(), &["generate"]);
    let expected = "src/read.rs: cannot read: it is a folder, and a file is to be there; move it away\n";
    assert!(run.code == 2 && run.stderr.ends_with(expected), "{}", run.stderr);
}

#[test]
fn the_configuration_is_found_from_below_and_from_a_workspace() {
    let workspace = folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/shop/Cargo.toml", MANIFEST),
        ("crates/shop/schema/Order.json", ORDER),
        ("crates/other/Cargo.toml", "[package]\nname = \"other\"\n"),
    ]);
    let run = isomorph(workspace.path(), &["generate"]);
    assert_eq!((run.code, run.stderr.lines().count()), (0, 3), "{}", run.stderr);
    let below = workspace.path().join("crates/shop/src");
    assert_eq!(isomorph(&below, &["generate", "--check"]).code, 0);
}

#[test]
fn no_configuration_could_not_run() {
    let empty = folder(&[]);
    let run = isomorph(empty.path(), &["generate"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("[package.metadata.isomorph]"), "{}", run.stderr);
}

#[test]
fn a_configuration_that_cannot_be_used_could_not_run() {
    let cases = [
        ("out = \"../src\"", "must stay in the crate's folder"),
        ("out = \"/src\"", "must stay in the crate's folder"),
        ("out = \"src/order.rs\"", "is called like one of them\n"),
        ("out = \"src/order.rs\"", "= help: say `src/order`"),
        ("out = \"src\"\nnonsense = 1", "unknown key `nonsense`"),
        ("out = \"src\"\ndeirve = 1", "| ^^^^^^\n  = help: did you mean `derive`?"),
        ("out = \"src\"\ndialect = \"nonsense\"", "unknown dialect `nonsense`"),
        ("out = \"src\"\nformats = { uuid = \"a b\" }", "no path of a Rust type"),
        ("out = \"src\"\nnames = { \"Order.json#/nowhere\" = \"Name\" }", "where no type is made"),
        ("out = \"src\"\ntypes = { Oder = \"f64\" }", "| types = { Oder = \"f64\" }"),
        (
            "out = \"src\"\nfields = { \"Order.json#/propertes/item\" = \"a\" }",
            "did you mean `Order.json#/properties/item`?",
        ),
        ("out = \"src\"\nnames = { \"Ordr.json#\" = \"Name\" }", "did you mean `Order.json#`?"),
        ("out = \"src\"\nonly = [\"Oder\"]", "| only = [\"Oder\"]"),
        ("out = \"src\"\nnames = { \"Order.json#\" = \"a-b\" }", "cannot name a type"),
        ("out = \"src\"\nnames = { \"Order.json#\" = \"Option\" }", "cannot name a type"),
    ];
    for (out, message) in cases {
        let manifest = MANIFEST.replace("out = \"src\"", out);
        let shop = folder(&[("Cargo.toml", manifest.as_str()), ("schema/Order.json", ORDER)]);
        let run = isomorph(shop.path(), &["generate"]);
        assert_eq!(run.code, 2, "{out}");
        assert!(run.stderr.contains(message), "{out}: {}", run.stderr);
        assert!(!shop.path().join("src").exists(), "{out}: nothing is written");
    }
}

#[test]
fn what_settings_say_of_what_is_not_there_is_told_with_its_place() {
    let cases = [
        (
            "derive = { Ordr = [\"Ord\"], \"Ord*\" = [\"Ord\"] }",
            Some("`derive`: no type is called `Ordr`; did you mean `Order`?"),
        ),
        (
            "attributes = { \"*Shop*\" = [\"#[non_exhaustive]\"] }",
            Some("`attributes`: no type is called `*Shop*`"),
        ),
        ("names = { Ordr = \"A\" }", Some("`names`: no type is called `Ordr`; did you mean `Order`?")),
        (
            "fields = { \"Order.itme\" = \"a\" }",
            Some("`fields`: nothing is called `Order.itme` there; did you mean `Order.item`?"),
        ),
        (
            "fields = { \"Ordr.item\" = \"a\" }",
            Some("`fields`: no type that has such is called `Ordr`; did you mean `Order.item`?"),
        ),
        (
            "variants = { \"Order.Open\" = \"A\" }",
            Some("`variants`: no type that has such is called `Order`"),
        ),
        (
            "formats = { dat = \"chrono::NaiveDate\" }",
            Some("`formats`: no schema has the format `dat`; did you mean `date`?"),
        ),
        (
            "derive = [\"Ord\"]\nnames = { \"O*\" = \"*\" }\nfields = { \"*.item\" = \"a\", \"rder.item\" = \"b\" }\nformats = { uuid = \"uuid::Uuid\" }",
            None,
        ),
    ];
    let schema = ORDER.replace("\"type\": \"string\"", "\"type\": \"string\", \"format\": \"date\"");
    for (settings, expected) in cases {
        let manifest = format!("{MANIFEST}\n{settings}\n");
        let line =
            manifest.lines().position(|line| settings.starts_with(line) && !line.is_empty()).expect("a line")
                + 1;
        let shop = folder(&[("Cargo.toml", manifest.as_str()), ("schema/Order.json", &schema)]);
        let run = isomorph(shop.path(), &["generate"]);
        assert_eq!(run.code, 0, "{settings}: {}", run.stderr);
        let found = run.stderr.lines().find(|line| line.contains("Cargo.toml"));
        match expected {
            Some(expected) => {
                let found = found.unwrap_or_default();
                let is_there = found.contains(&format!("Cargo.toml:{line}:")) && found.ends_with(expected);
                assert!(is_there, "{settings}: {}", run.stderr);
            }
            None => assert_eq!(found, None, "{settings}"),
        }
    }
}

#[test]
fn what_settings_say_that_cannot_be_used_is_told_with_its_place() {
    for (setting, word, expected) in [
        ("fields = { Order = \"a\" }", "Order", "neither FILE#POINTER nor TYPE.NAME"),
        ("fields = { \"Order.item\" = \"a b\" }", "\"a b\"", "no identifier of Rust"),
        ("crates = { \"https://x\" = \"a b\" }", "\"https://x\"", "no path of a crate or module"),
        ("crates = { \"https://x\" = \"ab\" }", "\"https://x\"", "no schema here is `https://x`"),
        ("names = { \"O*\" = \"Self\" }", "\"Self\"", "cannot name a type"),
    ] {
        let manifest = format!("{MANIFEST}\n{setting}\n");
        let line = manifest.lines().count();
        let column = setting.find(word).expect("it is there") + 1;
        let shop = folder(&[("Cargo.toml", manifest.as_str()), ("schema/Order.json", ORDER)]);
        let run = isomorph(shop.path(), &["generate"]);
        assert_eq!(run.code, 2, "{setting}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{setting}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("Cargo.toml:{line}:{column}:")), "{setting}: {}", run.stderr);
    }
}

#[test]
fn definitions_of_one_name_are_one_type_where_they_are_equal_and_else_each_its_own() {
    let other = r#"{"$defs": {"Order": {
        "description": "What somebody wants.",
        "type": "object",
        "properties": {"item": {"description": "The thing.", "type": "integer"}},
        "required": ["item"]
    }}}"#;
    let shop = folder(&[("Cargo.toml", MANIFEST), ("schema/Order.json", ORDER), ("schema/Shop.json", other)]);
    let run = isomorph(shop.path(), &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = read(&shop, "src/model.rs");
    assert!(model.contains("pub struct Order {") && model.contains("pub struct ShopOrder {"), "{model}");
    fs::write(shop.path().join("schema/Shop.json"), other.replace("integer", "string")).unwrap();
    assert_eq!(isomorph(shop.path(), &["generate"]).code, 0, "one definition in two files is one type");
    assert_eq!(read(&shop, "src/model.rs").matches("Order {").count(), 1);
}

#[test]
fn definitions_that_are_written_alike_and_mean_something_else_are_types_of_their_own() {
    let node = r##"{"title": "TITLE", "type": "object", "properties": {"node": {"$ref": "#/$defs/Node"}, "PROPERTY": {}},
        "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#"}}}}}"##;
    let (a, b) = (node.replace("TITLE", "A").replace("PROPERTY", "a"), node.replace("TITLE", "B"));
    let shop = folder(&[("Cargo.toml", MANIFEST), ("schema/A.json", &a), ("schema/B.json", &b)]);
    let run = isomorph(shop.path(), &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = read(&shop, "src/model.rs");
    for (node, root) in [("ANode", "A"), ("BNode", "B")] {
        let (_, node) = model.split_once(&format!("pub struct {node} {{")).expect("a type of its own");
        assert!(node.trim_start().contains(&format!("pub next: Option<Box<{root}>>")), "{model}");
    }
}

#[test]
fn one_schema_becomes_one_module() {
    let here = folder(&[("order.schema.json", ORDER)]);
    let run = isomorph(here.path(), &["generate", "--schema", "order.schema.json", "--out", "out/order.rs"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = read(&here, "out/order.rs");
    assert!(text.contains("pub struct Order {"), "{text}");
    let header: Vec<_> = text.lines().take_while(|line| line.starts_with("//")).collect();
    assert!(header[0].starts_with("// Generated by isomorph "), "{header:?}");
    let needs = header.iter().find(|line| line.starts_with("// Needs: ")).expect("it says what it needs");
    assert!(needs.contains("isomorph-runtime") && needs.contains("schemars 1"), "{header:?}");

    let named = ["generate", "--schema", "order.schema.json", "--out", "out/order.rs", "--root-name", "Wish"];
    let check = isomorph(here.path(), &[&named[..], &["--check"]].concat());
    assert_eq!(check.code, 1);
    assert!(check.stderr.contains(&format!("isomorph {}", named.join(" "))), "{}", check.stderr);
    assert_eq!(isomorph(here.path(), &named).code, 0);
    assert!(read(&here, "out/order.rs").contains("pub struct Wish {"));
    assert_eq!(isomorph(here.path(), &[&named[..], &["--check"]].concat()).code, 0);
}

#[test]
fn a_module_leaves_other_generated_files_alone() {
    let here = folder(&[("a.json", ORDER), ("b.json", ORDER)]);
    for name in ["a", "b", "a"] {
        let (schema, out) = (format!("{name}.json"), format!("{name}.rs"));
        assert_eq!(isomorph(here.path(), &["generate", "--schema", &schema, "--out", &out]).code, 0);
    }
    assert!(here.path().join("a.rs").exists() && here.path().join("b.rs").exists());
}

#[test]
fn a_folder_gets_a_file_for_each_reader_and_keeps_what_else_is_in_it() {
    let here = folder(&[("a.json", ORDER), ("there/x", "")]);
    for out in ["there", "new/"] {
        let arguments = ["generate", "--schema", "a.json", "--out", out];
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("pub use model::*;"), "{}", run.stderr);
        for name in ["model.rs", "schema.rs", "read.rs"] {
            assert!(run.stderr.contains(&format!("mod {}; ", &name[..name.len() - 3])), "{}", run.stderr);
            assert!(read(&here, &format!("{out}/{name}")).starts_with("// Generated by isomorph"));
        }
        assert_eq!(isomorph(here.path(), &[&arguments[..], &["--check"]].concat()).code, 0);
    }
    assert!(here.path().join("there/x").exists());
}

#[test]
fn out_must_be_a_file_that_can_be_written() {
    let here = folder(&[("a.json", ORDER)]);
    fs::write(here.path().join("main.rs"), "fn main() {}\n").unwrap();
    for precious in ["main.rs", "a.json"] {
        let run = isomorph(here.path(), &["generate", "--schema", "a.json", "--out", precious]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("was not generated"), "{}", run.stderr);
    }
    assert_eq!((read(&here, "main.rs").as_str(), read(&here, "a.json").as_str()), ("fn main() {}\n", ORDER));
    let run = isomorph(here.path(), &["generate", "--schema", "missing.json", "--out", "a.rs"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("missing.json: cannot read"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_written_through() {
    let here = folder(&[("a.json", ORDER), ("target.rs", "precious\n")]);
    std::os::unix::fs::symlink("target.rs", here.path().join("a.rs")).unwrap();
    let run = isomorph(here.path(), &["generate", "--schema", "a.json", "--out", "a.rs"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("symbolic link"), "{}", run.stderr);
    assert_eq!(read(&here, "target.rs"), "precious\n");
}

#[test]
fn the_mark_of_the_repository_is_fresh() {
    let run = isomorph(super::repository::repository(), &["generate", "--check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn old_names_stay_as_deprecated_aliases() {
    let order = |property: &str| {
        format!(
            r#"{{"type": "object", "properties": {{"{property}": {{"type": "object", "properties": {{"a": {{"type": "string"}}}}}}}}}}"#
        )
    };
    let manifest = format!("{MANIFEST}aliases = true\n");
    let shop = folder(&[("Cargo.toml", &manifest), ("schema/Order.json", &order("basket"))]);
    isomorph(shop.path(), &["generate"]);
    assert!(!read(&shop, "src/model.rs").contains("pub type"));
    for (property, expected) in [
        ("cart", vec!["pub type Basket = Cart;"]),
        ("trolley", vec!["pub type Basket = Trolley;", "pub type Cart = Trolley;"]),
        ("basket", vec!["pub type Cart = Basket;", "pub type Trolley = Basket;"]),
    ] {
        fs::write(shop.path().join("schema/Order.json"), order(property)).unwrap();
        assert_eq!(isomorph(shop.path(), &["generate"]).code, 0);
        let text = read(&shop, "src/model.rs");
        let aliases: Vec<_> = text.lines().filter(|line| line.starts_with("pub type")).collect();
        assert_eq!(aliases, expected);
        assert_eq!(text.matches("#[deprecated(note = ").count(), expected.len());
        let run = isomorph(shop.path(), &["generate", "--check"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "they stay");
    }
    fs::write(shop.path().join("Cargo.toml"), MANIFEST).unwrap();
    isomorph(shop.path(), &["generate"]);
    assert!(!read(&shop, "src/model.rs").contains("pub type"), "they go with the setting");
}
