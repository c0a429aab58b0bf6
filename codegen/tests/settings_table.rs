//! Manifest, builder and documentation know the settings of one table, and no others. What a command line knows of them is
//! held to it where that is (`crates/cli/tests/command_line/settings.rs`).

#![expect(
    clippy::disallowed_methods,
    reason = "the documentation is a file, and the environment says what to do with it"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use isomorph_codegen::{Manifest, SETTINGS, tables, trades};

fn read(said: &str) -> Result<Manifest, String> {
    let plain = |name: &str, value: &str| {
        let is_said = said.starts_with(&format!("{name} "));
        if is_said { String::new() } else { format!("{name} = \"{value}\"\n") }
    };
    let text =
        format!("[package.metadata.isomorph]\n{}{}{said}\n", plain("schema", "schema"), plain("out", "src"));
    Manifest::of_text(Path::new("shop/Cargo.toml"), &text).map_err(|error| error.to_string())
}

#[test]
fn a_manifest_knows_the_settings_of_the_table_and_no_others() {
    let error = read("nothing = 1").expect_err("there is no such setting");
    let (_, known) = error.split_once("there are ").expect("a list of what there is");
    let known: BTreeSet<_> = known.split('`').skip(1).step_by(2).collect();
    let told: BTreeSet<_> = SETTINGS.iter().map(|row| row.name).collect();
    assert_eq!(known, told);
    for row in SETTINGS {
        assert!(row.example.starts_with(&format!("{} = ", row.name)), "{}", row.example);
        assert_eq!(read(row.example).map(drop), Ok(()), "{}", row.example);
    }
}

#[test]
fn a_manifest_knows_the_words_of_each_setting_and_no_others() {
    for row in SETTINGS {
        let Some(words) = row.words else { continue };
        for word in words() {
            assert_eq!(read(&format!("{} = \"{word}\"", row.name)).map(drop), Ok(()));
        }
        let error = read(&format!("{} = \"no such word\"", row.name)).expect_err(row.name);
        assert!(words().iter().all(|word| error.contains(word)), "{}: {error}", row.name);
        assert!(
            row.example.ends_with(&format!("\"{}\"", words()[0])),
            "{} is not its first word",
            row.example
        );
    }
}

#[test]
fn a_builder_has_a_function_for_each_setting_and_for_nothing_else() {
    // What has to do with no manifest: text in memory, one file's root, and how the text is laid out.
    const OTHERS: [&str; 14] = [
        "new",
        "from_manifest",
        "from_files",
        "schema_folder",
        "schema_file",
        "store",
        "source",
        "generate",
        "files_read",
        "documents",
        "documents_as_read",
        "set",
        "root_name",
        "layout",
    ];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for file in ["as_read.rs", "said.rs", "generator.rs"] {
        let text = fs::read_to_string(source.join(file)).expect("the source is there");
        for item in syn::parse_file(&text).expect("it is Rust").items {
            let syn::Item::Impl(item) = item else { continue };
            let is_generator = matches!(&*item.self_ty, syn::Type::Path(ty) if ty.path.is_ident("Generator"));
            let functions = item.items.into_iter().filter(|_| is_generator && item.trait_.is_none());
            found.extend(functions.filter_map(|item| match item {
                syn::ImplItem::Fn(function) if matches!(function.vis, syn::Visibility::Public(_)) => {
                    Some(function.sig.ident.to_string())
                }
                _ => None,
            }));
        }
    }
    let told = SETTINGS.iter().filter_map(|row| row.builder).chain(OTHERS).chain(["formats"]);
    assert_eq!(found, told.map(str::to_owned).collect());
}

/// `ISOMORPH_GOLDEN=rewrite cargo test -p isomorph-codegen --test settings_table` prints the table anew.
#[test]
fn the_documentation_prints_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/settings.md");
    let found = fs::read_to_string(&path).expect("the page is there");
    let mut text = found.clone();
    for (name, table) in [("settings", tables()), ("trades", trades())] {
        let (begins, ends) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let begin = text.find(&begins).expect("the table begins") + begins.len();
        let end = text.find(&ends).expect("the table ends");
        text.replace_range(begin..end, &format!("\n{table}\n"));
    }
    if std::env::var_os("ISOMORPH_GOLDEN").is_some_and(|what| what == "rewrite") {
        fs::write(&path, text).expect("a file can be written");
    } else {
        assert_eq!(
            found, text,
            "docs/settings.md is not the table of codegen/src/table.rs; rewrite it (see above)"
        );
    }
}
