use std::collections::BTreeMap;

use isomorph_schema::{Dialect, Unresolved};

/// What to make of the schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The name of the type of a document's root, where there is only one document.
    pub root_name: Option<String>,
    /// Names of types, by `FILE#POINTER`.
    pub names: BTreeMap<String, String>,
    /// Rust types of formats; a format that is not here stays a `String`.
    pub formats: BTreeMap<String, String>,
    /// The dialect of a file without `$schema`.
    pub dialect: Dialect,
    /// When the types implement `schemars::JsonSchema`.
    pub schemars: Schemars,
    /// How the text is laid out.
    pub layout: Layout,
    /// What becomes of a schema that refers to documents which are not here, or to itself.
    pub unresolved: Unresolved,
    /// Whether an absent property reads as its default.
    pub defaults: Defaults,
    /// What becomes of properties that a schema neither declares, types nor forbids.
    pub undeclared: Undeclared,
    /// Whether structs get a function that makes them of what is required, and functions that add the rest.
    pub constructors: bool,
}

/// What becomes of properties that a schema neither declares, types nor forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undeclared {
    /// They are read and forgotten.
    Ignore,
    /// They are kept in a map, as they are.
    Keep,
}

/// Whether a property that is absent and has a `default` reads as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defaults {
    /// It does, and is written again with it, as pydantic has it; unless a schema around it tells instances
    /// apart by the properties that they have.
    Apply,
    /// It stays absent.
    Keep,
}

/// When generated types implement `schemars::JsonSchema`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schemars {
    /// Always: the crate depends on `schemars`.
    Always,
    /// If the feature `schemars` of their crate is on.
    Feature,
    /// Never.
    Never,
}

/// How generated text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One file.
    Single,
    /// The types in `model.rs`, for people; how they are read in `read.rs`, for the compiler.
    Split,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            root_name: None,
            names: BTreeMap::new(),
            formats: [("path".to_owned(), "std::path::PathBuf".to_owned())].into(),
            dialect: Dialect::default(),
            schemars: Schemars::Always,
            layout: Layout::Single,
            unresolved: Unresolved::Refuse,
            defaults: Defaults::Apply,
            undeclared: Undeclared::Ignore,
            constructors: false,
        }
    }
}

impl Settings {
    /// Whether strings of `format` become another type.
    pub(crate) fn maps_format(&self, format: &str) -> bool {
        self.formats.contains_key(format)
    }

    /// The Rust type of strings of `format`.
    pub(crate) fn format_type(&self, format: &str) -> String {
        self.formats.get(format).cloned().unwrap_or_else(|| "String".to_owned())
    }
}
