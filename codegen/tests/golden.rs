//! What is generated, as text, for a few schemas that are small enough to be read: `golden/NAME/schema.json` makes
//! `model.rs`, `read.rs` and `report.json` beside it, with the settings of a `settings.toml` if there is one. `ISOMORPH_GOLDEN=rewrite cargo test -p isomorph-codegen --test golden`
//! writes them anew, to be reviewed as any other change.

#![expect(
    clippy::disallowed_methods,
    reason = "goldens are files, and the environment says what to do with them"
)]

use std::fs;
use std::path::{Path, PathBuf};

use isomorph_codegen::{Generator, Layout, Manifest, Source};

fn folders() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(all).expect("the folder is there");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    folders
}

/// The files that a schema makes, by their names.
fn made(folder: &Path) -> Vec<(String, String)> {
    let generator = match fs::exists(folder.join("settings.toml")) {
        Ok(true) => configured(folder),
        _ => plain(folder),
    };
    let generated = generator.generate("model.rs").expect("a schema that can be generated from");
    let report = serde_json::to_string_pretty(&generated.report).expect("a report") + "\n";
    let files = generated.files.into_iter().map(|file| (file.name, file.text));
    files.chain([("report.json".to_owned(), report)]).collect()
}

/// A generator with the settings of the manifest.
fn configured(folder: &Path) -> Generator {
    let manifest = Manifest::read(&folder.join("settings.toml")).expect("settings that can be used");
    Generator::from_manifest(&manifest.expect("a table of settings"))
}

fn plain(folder: &Path) -> Generator {
    let text = fs::read(folder.join("schema.json")).expect("a schema");
    let mut generator = Generator::new();
    generator.source(Source { file: "schema.json".into(), uri: None, text }).layout(Layout::Split);
    generator.root_name("Root");
    generator
}

#[test]
fn what_is_generated_is_what_was_reviewed() {
    let rewrites = std::env::var_os("ISOMORPH_GOLDEN").is_some_and(|what| what == "rewrite");
    let folders = folders();
    assert!(folders.len() > 4, "there is little to hold it against");
    let mut different = Vec::new();
    for folder in folders {
        for (name, text) in made(&folder) {
            let path = folder.join(name);
            if rewrites {
                fs::write(&path, text).expect("a file can be written");
            } else if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                different.push(path.display().to_string());
            }
        }
    }
    assert!(different.is_empty(), "changed; review and rewrite (see above):\n{}", different.join("\n"));
}
