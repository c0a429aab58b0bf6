//! The configuration of a generated crate: `[package.metadata.isomorph]` in its manifest.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use isomorph_schema::{Configuration, ConfiguredText, Dialect, Opening};
use serde::de::value::MapAccessDeserializer;
use serde::de::{IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::by_name::ByName;
use crate::error::Error;
use crate::fault::Fault;
use crate::foreign::Foreign;
use crate::preset::Preset;
use crate::settings::{
    AbsentNull, Arrays, Defaults, Formats, Integers, Keys, Layout, MapType, Modules, Schemars, Sets,
    Settings, StringType, Undeclared, UnknownVariants, Untyped,
};

/// What a manifest says about a generated crate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Manifest {
    /// The manifest.
    pub path: PathBuf,
    /// The schemas: files, folders and globs.
    pub schemas: Vec<PathBuf>,
    /// The folder that references stay in, if it is not that of the schemas.
    pub within: Option<PathBuf>,
    /// The folder of the generated files, if that is said: to compare schemas it is not needed.
    pub out: Option<PathBuf>,
    /// The files of documents elsewhere, by the URIs that schemas refer to them by.
    pub map: BTreeMap<String, PathBuf>,
    /// The dialect of schemas whose `$schema` is not known, if one is said.
    pub unknown: Option<Dialect>,
    /// What is taken for a schema.
    pub opening: Opening,
    /// What to make of the schemas.
    pub settings: Settings,
    /// What says so.
    pub(crate) text: ConfiguredText,
}

// How it is written is not what it says.
impl PartialEq for Manifest {
    fn eq(&self, other: &Self) -> bool {
        let Self { path, schemas, within, out, map, unknown, opening, settings, text: _ } = self;
        (path, schemas, within, out) == (&other.path, &other.schemas, &other.within, &other.out)
            && (map, unknown, opening, settings)
                == (&other.map, &other.unknown, &other.opening, &other.settings)
    }
}

impl Eq for Manifest {}

/// What of the configuration is only for generating.
#[derive(Deserialize)]
struct Table {
    out: Option<PathBuf>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    variants: BTreeMap<String, String>,
    #[serde(default)]
    formats: FormatsTable,
    #[serde(default)]
    encodings: BTreeMap<String, Foreign>,
    #[serde(default)]
    types: BTreeMap<String, Foreign>,
    #[serde(default, rename = "allow-rust-types")]
    allow_rust_types: Vec<String>,
    #[serde(default)]
    crates: BTreeMap<String, String>,
    #[serde(default)]
    derive: ByName,
    #[serde(default)]
    preset: Preset,
    integers: Option<Integers>,
    #[serde(default)]
    untyped: Untyped,
    #[serde(rename = "absent-null")]
    absent_null: Option<AbsentNull>,
    sets: Option<Sets>,
    arrays: Option<Arrays>,
    keys: Option<Keys>,
    #[serde(default, rename = "map-type")]
    map_type: MapType,
    #[serde(default, rename = "string-type")]
    string_type: StringType,
    #[serde(default)]
    modules: Modules,
    #[serde(default, rename = "unknown-variants")]
    unknown_variants: UnknownVariants,
    #[serde(default)]
    attributes: ByName,
    #[serde(default = "behind_a_feature")]
    schemars: Schemars,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    undeclared: Undeclared,
    #[serde(default)]
    aliases: bool,
    #[serde(default, rename = "lock-names")]
    lock_names: bool,
    #[serde(default)]
    constructors: bool,
    #[serde(default)]
    only: Vec<String>,
}

/// `"annotate"`, or Rust types by format.
enum FormatsTable {
    Word(Formats),
    Types(BTreeMap<String, Foreign>),
}

impl<'de> Deserialize<'de> for FormatsTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FormatsWritten)
    }
}

/// Takes a word, or a table of types.
struct FormatsWritten;

impl<'de> Visitor<'de> for FormatsWritten {
    type Value = FormatsTable;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("\"types\", \"annotate\", or a table of Rust types by format")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<FormatsTable, E> {
        Formats::deserialize(word.into_deserializer()).map(FormatsTable::Word)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<FormatsTable, M::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(FormatsTable::Types)
    }
}

impl Default for FormatsTable {
    fn default() -> Self {
        Self::Word(Formats::default())
    }
}

/// What a crate of its own has, unlike a module in one that knows which.
fn behind_a_feature() -> Schemars {
    Schemars::Feature
}

impl Manifest {
    /// Reads the configuration in the manifest at `path`; `None` if it has none.
    ///
    /// # Errors
    ///
    /// If the manifest cannot be read, or its configuration cannot be used.
    pub fn read(path: &Path) -> Result<Option<Self>, Error> {
        Configuration::read(path)?.map(Self::of).transpose()
    }

    /// Reads the configuration in the text of a manifest that stands, or could stand, at `path`.
    ///
    /// # Errors
    ///
    /// If it has none, or its configuration cannot be used.
    pub fn of_text(path: &Path, text: &str) -> Result<Self, Error> {
        let none =
            || Error::Config { path: path.to_owned(), message: "there is no configuration".to_owned() };
        Self::of(Configuration::of_text(path, text)?.ok_or_else(none)?)
    }

    /// The manifests to work on from `folder`: the nearest one with a configuration, upwards; or else
    /// those of the members of the workspace there.
    ///
    /// # Errors
    ///
    /// If a manifest cannot be read, or its configuration cannot be used.
    pub fn nearest(folder: &Path) -> Result<Vec<Self>, Error> {
        Configuration::nearest(folder)?.into_iter().map(Self::of).collect()
    }

    /// The folder of the generated files, for whoever cannot do without.
    ///
    /// # Errors
    ///
    /// If the configuration does not say.
    pub fn folder(&self) -> Result<&Path, Error> {
        self.out.as_deref().ok_or_else(|| Error::Config {
            path: self.path.clone(),
            message: "missing field `out`: the folder that types are generated into".to_owned(),
        })
    }

    fn of(configuration: Configuration) -> Result<Self, Error> {
        let table: Table = configuration.part()?;
        configuration.named()?;
        if let Some(out) = table.out.as_ref().filter(|out| !stays_inside(out)) {
            let shown = out.display();
            let message = format!("`out` must stay in the crate's folder, not `{shown}`");
            return Err(configuration.invalid(&["out"], message, Vec::new()).into());
        }
        if let Some(out) = table.out.as_ref().filter(|out| out.extension().is_some_and(|end| end == "rs")) {
            let (shown, folder) = (out.display(), out.with_extension(""));
            let message = format!(
                "`out` is the folder of the generated files, and `{shown}` is called like one of them"
            );
            let help = format!("say `{}`", folder.display());
            return Err(configuration.invalid(&["out"], message, vec![help]).into());
        }
        let out = table.out.as_ref().map(|out| configuration.from_here(out));
        let aliases = out.clone().filter(|_| table.aliases);
        if table.lock_names && configuration.text().is_later() {
            let message =
                "modules of one package share `isomorph.lock`, which has the names of the first".to_owned();
            return Err(configuration.invalid(&["lock-names"], message, Vec::new()).into());
        }
        let lock = table.lock_names.then(|| configuration.lock());
        let settings = Settings { aliases, lock, ..settings(table, &configuration)? };
        let map = configuration.elsewhere()?;
        let text = configuration.text().clone();
        let Configuration { path, schemas, within, unknown, opening, .. } = configuration;
        Ok(Self { path, schemas, within, out, map, unknown, opening, settings, text })
    }
}

fn settings(table: Table, configuration: &Configuration) -> Result<Settings, Error> {
    let mut settings = Settings {
        names: table.names,
        fields: table.fields,
        variants: table.variants,
        dialect: configuration.dialect,
        layout: Layout::Split,
        schemars: table.schemars,
        defaults: table.defaults,
        undeclared: table.undeclared,
        constructors: table.constructors,
        only: table.only,
        encodings: table.encodings,
        types: table.types,
        allow_rust_types: table.allow_rust_types,
        crates: table.crates,
        derive: table.derive,
        untyped: table.untyped,
        map_type: table.map_type,
        string_type: table.string_type,
        modules: table.modules,
        unknown_variants: table.unknown_variants,
        attributes: table.attributes,
        unresolved: configuration.unresolved,
        ..Settings::default()
    };
    table.preset.set(&mut settings);
    settings.integers = table.integers.unwrap_or(settings.integers);
    settings.absent_null = table.absent_null.unwrap_or(settings.absent_null);
    settings.sets = table.sets.unwrap_or(settings.sets);
    settings.arrays = table.arrays.unwrap_or(settings.arrays);
    settings.keys = table.keys.unwrap_or(settings.keys);
    match table.formats {
        FormatsTable::Word(formats) => settings.say_formats(formats),
        FormatsTable::Types(types) => settings.formats.extend(types),
    }
    if let Some(Fault { table, key, message }) = settings.fault() {
        return Err(configuration.invalid(&[table, &key], message, Vec::new()).into());
    }
    Ok(settings)
}

fn stays_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
