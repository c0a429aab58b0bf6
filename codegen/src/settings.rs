use std::collections::BTreeMap;
use std::path::PathBuf;

use isomorph_schema::{Dialect, LockedName, Unresolved};
use serde::Deserialize;

use crate::by_name::ByName;
use crate::foreign::Foreign;

/// What to make of the schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// The name of the type of a document's root, where there is only one document.
    pub root_name: Option<String>,
    /// Names of types, by `FILE#POINTER`, or by a pattern of what they would be called.
    pub names: BTreeMap<String, String>,
    /// Names of fields, by `FILE#POINTER` of properties, or by `TYPE.PROPERTY` with patterns.
    pub fields: BTreeMap<String, String>,
    /// Names of variants, by `FILE#POINTER` of branches and constants, or by `TYPE.NAME` with patterns.
    pub variants: BTreeMap<String, String>,
    /// Rust types of formats; a format that is not here stays a `String`.
    pub formats: BTreeMap<String, Foreign>,
    /// Rust types of schemas, by `FILE#POINTER` or by the name of a definition or document.
    pub types: BTreeMap<String, Foreign>,
    /// Rust types of strings by their `contentEncoding`.
    pub encodings: BTreeMap<String, Foreign>,
    /// The crates of which schemas may name types, by `x-rust-type`.
    pub allow_rust_types: Vec<String>,
    /// The crates, or modules of them, that have the types of a document already, by its URI or file.
    pub crates: BTreeMap<String, String>,
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
    /// Which Rust type an integer is.
    pub integers: Integers,
    /// What a schema of properties without a type is.
    pub untyped: Untyped,
    /// Whether an absent property and one that is `null` are told apart, where both may be.
    pub absent_null: AbsentNull,
    /// The folder of the files that are there, if what types are called otherwise in them is to stay for a while.
    pub aliases: Option<PathBuf>,
    /// What holds the elements of an array that have to differ.
    pub sets: Sets,
    /// What an array of a certain length is.
    pub arrays: Arrays,
    /// What the names of a map's members are, if they have to be integers.
    pub keys: Keys,
    /// The type of maps.
    pub map_type: MapType,
    /// The type of strings.
    pub string_type: StringType,
    /// In which modules types are called as their sources call them.
    pub modules: Modules,
    /// What becomes of a value that no variant of an enum stands for.
    pub unknown_variants: UnknownVariants,
    /// The lock that keeps names, if one does.
    pub lock: Option<PathBuf>,
    /// The names that it keeps, as it was read; `None` if none does.
    pub locked: Option<Vec<LockedName>>,
    /// Whether structs get builders.
    pub constructors: bool,
    /// Traits that types derive besides those that they always do, by their paths.
    pub derive: ByName,
    /// Attributes of types, as `#[…]`.
    pub attributes: ByName,
    /// The definitions and documents, by name, that types are made of, with what they need; empty for all.
    pub only: Vec<String>,
}

/// Whether formats are Rust types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formats {
    /// A known format becomes a Rust type, and is asserted.
    #[default]
    Types,
    /// Strings stay strings, and accept anything.
    Annotate,
}

/// What becomes of properties that a schema neither declares, types nor forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undeclared {
    /// They are read and forgotten.
    #[default]
    Ignore,
    /// They are kept in a map, as they are.
    Keep,
}

/// Whether a property that is absent and has a `default` reads as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Defaults {
    /// It does, and is written again with it, as pydantic has it; unless a schema around it tells instances
    /// apart by the properties that they have.
    #[default]
    Apply,
    /// It stays absent.
    Keep,
}

/// Which Rust type an integer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Integers {
    /// The one whose range its bounds are, else one of 64 bits.
    #[default]
    Bounds,
    /// The one that its format says, which is asserted: `int32` is `i32`.
    Format,
}

/// What a schema is that says something of objects, and no type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untyped {
    /// What it says: an object, or any other value.
    #[default]
    Any,
    /// An object, and nothing else.
    Object,
}

/// Whether an absent property and one that is `null` are told apart, where both may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AbsentNull {
    /// They are: an `Option` of an `Option`.
    #[default]
    Apart,
    /// They are not: one `Option`, and what is `None` is not written.
    Same,
}

/// What holds the elements of an array that have to differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Sets {
    /// A list, which is checked.
    #[default]
    Vec,
    /// A set, where its elements are strings, integers or booleans; their order is its own.
    BTreeSet,
}

/// What an array of a certain length is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrays {
    /// A list, which is checked.
    List,
    /// An array of Rust, up to 32 elements, if these are numbers: a colour, a place on a map. Otherwise a list, which is checked.
    #[default]
    Numbers,
    /// An array of Rust, up to 32 elements.
    Fixed,
}

/// What the names of a map's members are, if they have to be integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keys {
    /// Strings, which are checked.
    #[default]
    Text,
    /// The integers, of 64 bits.
    Integer,
}

/// The type of maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum MapType {
    /// The one of the standard library that sorts its members.
    #[default]
    BTreeMap,
    /// The one of the standard library that has them in no order.
    HashMap,
    /// The one of the crate `indexmap`, which has them in the order in which they were read.
    IndexMap,
}

impl MapType {
    /// The path of the type.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::BTreeMap => "std::collections::BTreeMap",
            Self::HashMap => "std::collections::HashMap",
            Self::IndexMap => "indexmap::IndexMap",
        }
    }
}

/// The type of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum StringType {
    /// One that grows.
    #[default]
    String,
    /// One that does not.
    #[serde(rename = "Box<str>")]
    BoxStr,
    /// One that clones share.
    #[serde(rename = "Arc<str>")]
    ArcStr,
}

impl StringType {
    /// The path of the type.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::BoxStr => "Box<str>",
            Self::ArcStr => "std::sync::Arc<str>",
        }
    }
}

/// In which modules types are called as their sources call them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modules {
    /// In none: all are beside each other.
    #[default]
    One,
    /// In one for each file, which is in those of its folders.
    Files,
    /// In one for each namespace that names of definitions have: `core::v1::Pod` of `io.k8s.api.core.v1.Pod`.
    Namespaces,
}

/// What becomes of a value that no variant of an enum stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownVariants {
    /// It is refused.
    #[default]
    Refuse,
    /// A variant keeps it, as it is, so that a reader survives the next version of the schema.
    Keep,
}

/// When generated types implement `schemars::JsonSchema`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schemars {
    /// Always: the crate depends on `schemars`.
    #[default]
    Always,
    /// If the feature `schemars` of their crate is on.
    Feature,
    /// Never.
    Never,
}

/// How generated text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One file, a module: the types, and below them modules for what else there is.
    Single,
    /// The same in one text for `include!`.
    Included,
    /// The types in `model.rs`, for people; what their schemas say beyond the derive in `schema.rs`, for schemars; how
    /// they are read in `read.rs`, for the compiler.
    Split,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            root_name: None,
            names: BTreeMap::new(),
            fields: BTreeMap::new(),
            variants: BTreeMap::new(),
            formats: Formats::default().types(),
            types: BTreeMap::new(),
            encodings: BTreeMap::new(),
            allow_rust_types: Vec::new(),
            crates: BTreeMap::new(),
            dialect: Dialect::default(),
            schemars: Schemars::default(),
            layout: Layout::Single,
            unresolved: Unresolved::default(),
            defaults: Defaults::default(),
            undeclared: Undeclared::default(),
            integers: Integers::default(),
            untyped: Untyped::default(),
            absent_null: AbsentNull::default(),
            aliases: None,
            lock: None,
            locked: None,
            sets: Sets::default(),
            arrays: Arrays::default(),
            keys: Keys::default(),
            map_type: MapType::default(),
            string_type: StringType::default(),
            modules: Modules::default(),
            unknown_variants: UnknownVariants::default(),
            constructors: false,
            derive: ByName::default(),
            attributes: ByName::default(),
            only: Vec::new(),
        }
    }
}

impl Settings {
    /// Says of all formats at once whether they are types; those of numbers stay what was said of them.
    pub(crate) fn say_formats(&mut self, formats: Formats) {
        self.formats.retain(|_, foreign| ["f32", "isize", "usize"].contains(&foreign.path()));
        self.formats.extend(formats.types());
    }
}

impl Formats {
    /// The Rust types of formats, where nothing else is said of them.
    pub(crate) fn types(self) -> BTreeMap<String, Foreign> {
        match self {
            Self::Types => [("path".to_owned(), "std::path::PathBuf".into())].into(),
            Self::Annotate => BTreeMap::new(),
        }
    }
}
