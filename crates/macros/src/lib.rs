//! `types!("order.json")`: Rust types of JSON Schemas, made where they stand.
//!
//! ```
//! mod order {
//!     isomorph_macros::types!("tests/order.json", constructors = true);
//! }
//!
//! let order: order::Order = serde_json::from_str(r#"{"id": "a", "lines": [{"sku": "b"}]}"#).unwrap();
//! assert_eq!(order.lines[0].sku, "b");
//! assert!(serde_json::from_str::<order::Order>(r#"{"id": "a", "lines": []}"#).is_err());
//! ```

#![warn(missing_docs)]

mod said;
mod types;

use proc_macro::TokenStream;

/// Makes types of schemas: of a file, a folder or a glob, or of a list of such, from the folder of the crate's `Cargo.toml`.
///
/// Behind a comma come settings, under the names that they have in `[package.metadata.isomorph]`: `constructors = true`,
/// `formats = { uuid = "uuid::Uuid" }`. The types implement `schemars::JsonSchema` unless it says `schemars = "never"`.
///
/// It stands in a module of its own, since it brings everything that the types need beside them.
#[proc_macro]
pub fn types(said: TokenStream) -> TokenStream {
    types::of(said)
        .unwrap_or_else(|message| format!("::core::compile_error!({message:?});").parse().unwrap_or_default())
}
