//! From what a macro is told to types.

use std::env;
use std::path::PathBuf;

use isomorph_codegen::{Generator, Layout, Manifest};
use proc_macro::TokenStream;

use super::said::manifest;

/// The types, or why there are none.
pub fn of(said: TokenStream) -> Result<TokenStream, String> {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let manifest = Manifest::of_text(&folder.join("Cargo.toml"), &manifest(said));
    let manifest = manifest.map_err(|error| error.to_string())?;
    let mut generator = Generator::from_manifest(&manifest);
    generator.layout(Layout::Included);
    let generated = generator.generate("types.rs").map_err(|error| error.to_string())?;
    let files = generator.files_read().map_err(|error| error.to_string())?;
    let mut text = String::new();
    for file in files {
        // The compiler looks at what is included, and comes back when it changes.
        let file = file.display().to_string();
        text = text + "const _: &[u8] = include_bytes!(" + &format!("{file:?}") + ");\n";
    }
    text.extend(generated.files.iter().map(|file| file.text.as_str()));
    text.parse()
        .map_err(|error| format!("the generated code is not Rust ({error}); this is a bug in isomorph"))
}
