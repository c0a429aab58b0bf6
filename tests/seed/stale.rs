//! What `cargo build` says when the schemas change: immichpy 9.2.4 publishes other ones than 4.2.3, the seed's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::corpora::corpora;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for name in ["FailedEntry", "RejectedEntry", "UploadResult", "UploadStats", "UploadedEntry"] {
        let file = format!("{name}.json");
        fs::copy(from.join(&file), to.join(&file)).expect("a schema");
    }
}

/// What the build script of the project says of a copy of it with other schemas: it is the very program that
/// `cargo build` runs.
#[test]
fn a_build_with_the_new_schemas_warns_and_names_the_command() {
    let Some(immichpy) = corpora().map(|corpora| corpora.join("immichpy")) else { return };
    let (old, new) = (immichpy.join("4.2.3"), immichpy.join("9.2.4"));
    let project = tempfile::tempdir().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(project.path().join("generated/src")).expect("a folder");
    let sources = ["model.rs", "schema.rs", "read.rs", "lib.rs"].map(|name| format!("generated/src/{name}"));
    for file in sources.iter().map(String::as_str).chain(["generated/Cargo.toml"]) {
        fs::copy(root.join(file), project.path().join(file)).expect("a file");
    }
    let say = |schemas: &Path| {
        copy(schemas, &project.path().join("schema"));
        let output = Command::new(build_script())
            .env("CARGO_MANIFEST_DIR", project.path())
            .env("OUT_DIR", project.path())
            .output()
            .expect("the build script starts");
        assert!(output.status.success(), "it never fails");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.lines().filter(|line| line.starts_with("cargo::warning=")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(say(&old).is_empty(), "the seed is fresh");
    let warnings = say(&new);
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    assert!(
        warnings.iter().all(|warning| warning.ends_with("is stale; run `cargo run -- generate`")),
        "{warnings:?}"
    );
}

/// The newest build script of the root package.
fn build_script() -> PathBuf {
    let target = Path::new(env!("OUT_DIR")).ancestors().nth(2).expect("the folder of build scripts");
    let entries = fs::read_dir(target).expect("they can be listed").flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("seed-"));
    let scripts = ours.map(|entry| entry.path().join("build-script-build")).filter(|script| script.is_file());
    scripts
        .max_by_key(|script| script.metadata().and_then(|data| data.modified()).ok())
        .expect("a build script")
}
