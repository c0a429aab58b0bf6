//! Generates the models from `schema/` into `$OUT_DIR`, for the tests to hold against the laws, and warns
//! when `generated/` is not what would be generated now.
//!
//! It writes nowhere else and never fails: a build that fails here would lock out the very command that
//! repairs it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use isomorph_codegen::{Error, Generator, Layout, Manifest, Schemars};

fn main() {
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    let manifest = root.join("generated/Cargo.toml");
    println!("cargo::rerun-if-changed=schema");
    println!("cargo::rerun-if-changed=generated/src");
    println!("cargo::rerun-if-changed=generated/Cargo.toml");
    let fresh = fresh(&manifest).unwrap_or_else(|error| {
        warn(&error.to_string());
        format!("compile_error!({:?});\n", error.to_string())
    });
    if let Err(error) = fs::write(out.join("fresh.rs"), fresh) {
        warn(&format!("cannot write the fresh models: {error}"));
    }
}

/// The text of the models, in one file.
fn fresh(manifest: &Path) -> Result<String, Error> {
    let Some(manifest) = Manifest::read(manifest)? else {
        return Err(Error::Config {
            path: manifest.to_owned(),
            message: "there is no [package.metadata.isomorph]".to_owned(),
        });
    };
    warn_if_stale(&manifest)?;
    let mut generator = Generator::from_manifest(&manifest);
    generator.layout(Layout::Included).schemars(Schemars::Always);
    let generated = generator.generate("fresh.rs")?;
    Ok(generated.files.into_iter().map(|file| file.text).collect())
}

fn warn_if_stale(manifest: &Manifest) -> Result<(), Error> {
    let generated = Generator::from_manifest(manifest).generate("models.rs")?;
    for difference in generated.differences(manifest.folder()?)? {
        let path = difference.path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&difference.path);
        let state = if difference.expected.is_some() { "is stale" } else { "is left over" };
        warn(&format!("{} {state}; run `cargo run -- generate`", path.display()));
    }
    Ok(())
}

fn warn(message: &str) {
    println!("cargo::warning={}", message.replace(['\n', '\r'], " "));
}
