//! What is said of crates where they are published.

use std::path::Path;

use serde_json::Value;

use crate::workspace::metadata;

/// What a registry shows of a crate, and what it is found by.
const SAID: [&str; 7] =
    ["description", "documentation", "readme", "license", "rust_version", "keywords", "categories"];

fn is_published(package: &Value) -> bool {
    // `publish = false` is an empty list of registries.
    package["publish"].as_array().is_none_or(|registries| !registries.is_empty())
}

#[test]
fn each_published_crate_says_what_it_is_and_brings_both_licences() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("a list");
    let published: Vec<_> = packages.iter().filter(|package| is_published(package)).collect();
    assert!(published.len() > 10, "{} are published", published.len());
    let mut missing = Vec::new();
    for package in published {
        let name = package["name"].as_str().unwrap_or_default();
        let is_said = |key: &&str| match &package[key] {
            Value::Array(all) => !all.is_empty(),
            said => said.is_string(),
        };
        missing.extend(SAID.iter().filter(|key| !is_said(key)).map(|key| format!("{name}: {key}")));
        if package["metadata"]["docs"]["rs"]["all-features"] != true {
            missing.push(format!("{name}: all features on docs.rs"));
        }
        let folder =
            Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let text = |folder: &Path| std::fs::read_to_string(folder.join(licence)).ok();
            if text(folder) != text(root) {
                missing.push(format!("{name}: {licence}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
