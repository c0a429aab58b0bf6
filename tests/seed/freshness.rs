//! `generated/` is what codegen makes now.

use std::path::Path;

use isomorph_codegen::{Generator, Manifest};

/// The configuration of the generated crate.
pub fn manifest() -> Manifest {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/Cargo.toml");
    Manifest::read(&path).expect("the configuration can be used").expect("there is a configuration")
}

#[test]
fn generated_is_fresh() {
    let manifest = manifest();
    let generated = Generator::from_manifest(&manifest).generate("model.rs").expect("the seed generates");
    let differences =
        generated.differences(manifest.folder().expect("it says where")).expect("generated/ can be read");
    let paths: Vec<_> = differences.iter().map(|difference| difference.path.display().to_string()).collect();
    assert!(paths.is_empty(), "not fresh: {}; run `cargo run -- generate`", paths.join(", "));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let generator = Generator::from_manifest(&manifest());
    let run = || generator.generate("model.rs").expect("the seed generates");
    assert_eq!(run(), run());
}
