//! The configuration of a generated crate: `[package.metadata.isomorph]` in its manifest.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use isomorph_schema::{Configuration, Dialect, Opening};
use serde::Deserialize;

use crate::error::Error;
use crate::settings::{Defaults, Formats, Layout, Schemars, Settings, Undeclared};

/// What a manifest says about a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The manifest.
    pub path: PathBuf,
    /// The schemas: files, folders and globs.
    pub schemas: Vec<PathBuf>,
    /// The folder that references stay in, if it is not that of the schemas.
    pub within: Option<PathBuf>,
    /// The folder of the generated files.
    pub out: PathBuf,
    /// The files of documents elsewhere, by the URIs that schemas refer to them by.
    pub map: BTreeMap<String, PathBuf>,
    /// The dialect of schemas whose `$schema` is not known, if one is said.
    pub unknown: Option<Dialect>,
    /// What is taken for a schema.
    pub opening: Opening,
    /// What to make of the schemas.
    pub settings: Settings,
}

/// What of the configuration is only for generating.
#[derive(Deserialize)]
struct Table {
    out: PathBuf,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    formats: FormatsTable,
    #[serde(default = "behind_a_feature")]
    schemars: Schemars,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    undeclared: Undeclared,
    #[serde(default)]
    constructors: bool,
    #[serde(default)]
    only: Vec<String>,
}

/// `"annotate"`, or Rust types by format.
#[derive(Deserialize)]
#[serde(untagged)]
enum FormatsTable {
    Word(Formats),
    Types(BTreeMap<String, String>),
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

    /// The manifests to work on from `folder`: the nearest one with a configuration, upwards; or else
    /// those of the members of the workspace there.
    ///
    /// # Errors
    ///
    /// If a manifest cannot be read, or its configuration cannot be used.
    pub fn nearest(folder: &Path) -> Result<Vec<Self>, Error> {
        Configuration::nearest(folder)?.into_iter().map(Self::of).collect()
    }

    fn of(configuration: Configuration) -> Result<Self, Error> {
        let table: Table = configuration.part()?;
        let out = configuration.from_here(&table.out);
        if !stays_inside(&table.out) {
            let shown = table.out.display();
            return Err(configuration
                .invalid(format!("`out` must stay in the crate's folder, not `{shown}`"))
                .into());
        }
        let settings = settings(table, &configuration)?;
        let map = configuration.elsewhere()?;
        let Configuration { path, schemas, within, unknown, opening, .. } = configuration;
        Ok(Self { path, schemas, within, out, map, unknown, opening, settings })
    }
}

fn settings(table: Table, configuration: &Configuration) -> Result<Settings, Error> {
    let mut settings = Settings {
        names: table.names,
        dialect: configuration.dialect,
        layout: Layout::Split,
        schemars: table.schemars,
        defaults: table.defaults,
        undeclared: table.undeclared,
        constructors: table.constructors,
        only: table.only,
        unresolved: configuration.unresolved,
        ..Settings::default()
    };
    match table.formats {
        FormatsTable::Word(formats) => settings.formats = formats.types(),
        FormatsTable::Types(types) => settings.formats.extend(types),
    }
    for (format, path) in &settings.formats {
        if syn::parse_str::<syn::TypePath>(path).is_err() {
            let message = format!("`{path}`, for the format `{format}`, is no path of a Rust type");
            return Err(configuration.invalid(message).into());
        }
    }
    Ok(settings)
}

fn stays_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
