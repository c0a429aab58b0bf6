//! The verdict on the Rust API, case by case: `semver/NAME.json` holds `{"release", "old", "new"}`, and where
//! cargo-semver-checks cannot see a change, why.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::diff;
use super::repository::repository;

fn cases() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evolution/semver");
    let entries = fs::read_dir(folder).expect("the cases").flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a case");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (name, serde_json::from_str(&text).expect("JSON"))
    };
    files.iter().map(read).collect()
}

fn write(folder: &Path, case: &Value) {
    for side in ["old", "new"] {
        let schemas = folder.join(side);
        fs::create_dir_all(&schemas).expect("a folder");
        fs::write(schemas.join("Order.json"), case[side].to_string()).expect("a schema");
    }
}

#[test]
fn the_release_is_the_one_that_the_change_asks_for() {
    for (name, case) in cases() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &case);
        let report = diff(folder.path(), "old", "new", &[]).expect("a report");
        assert_eq!(report["api"]["release"], case["release"], "{name}: {}", report["api"]);
    }
}

#[test]
fn cargo_semver_checks_agrees() {
    let version = Command::new(env!("CARGO")).args(["semver-checks", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        println!("skipped: there is no cargo-semver-checks; `cargo install cargo-semver-checks`");
        return;
    }
    let runtime = repository().join("crates/runtime").display().to_string();
    for (name, case) in cases() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &case);
        for side in ["old", "new"] {
            let made = Command::new(env!("CARGO_BIN_EXE_isomorph"))
                .current_dir(folder.path())
                .args([
                    "init",
                    "--schema",
                    side,
                    "--crate",
                    "api",
                    &format!("{side}-api"),
                    "--runtime-path",
                    &runtime,
                ])
                .output()
                .expect("the tool starts");
            assert!(made.status.success(), "{name}: {}", String::from_utf8_lossy(&made.stderr));
        }
        let output = Command::new(env!("CARGO"))
            .current_dir(folder.path())
            .args(["semver-checks", "--manifest-path", "new-api/Cargo.toml", "--baseline-root", "old-api"])
            .args(["--release-type", "minor", "--default-features"])
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver"))
            .output()
            .expect("cargo-semver-checks starts");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let is_major = said.contains("semver requires new major version");
        assert!(is_major || output.status.success(), "{name}: {said}");
        let expected = case["release"] == "major" && case["unseen"].is_null();
        assert_eq!(is_major, expected, "{name}: {said}");
    }
}
