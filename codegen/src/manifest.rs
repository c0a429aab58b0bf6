//! The configuration of a generated crate: `[package.metadata.isomorph]` in its manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use isomorph_schema::{Dialect, Unresolved};
use serde::Deserialize;

use crate::error::Error;
use crate::settings::{Defaults, Layout, Schemars, Settings, Undeclared};

/// What a manifest says about a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The manifest.
    pub path: PathBuf,
    /// The folder of the schemas.
    pub schema: PathBuf,
    /// The folder of the generated files.
    pub out: PathBuf,
    /// The files of documents elsewhere, by the URIs that schemas refer to them by.
    pub map: BTreeMap<String, PathBuf>,
    /// What to make of the schemas.
    pub settings: Settings,
    /// The schemas that instances are checked against: globs of files, from the manifest's folder, with the
    /// name of a schema file or a definition.
    pub validate: BTreeMap<String, String>,
}

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    schema: PathBuf,
    out: PathBuf,
    #[serde(default)]
    map: BTreeMap<String, PathBuf>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    formats: Formats,
    dialect: Option<String>,
    #[serde(default)]
    schemars: SchemarsName,
    #[serde(default)]
    defaults: DefaultsName,
    #[serde(default)]
    undeclared: UndeclaredName,
    #[serde(default)]
    constructors: bool,
    #[serde(default)]
    validate: BTreeMap<String, String>,
    #[serde(default)]
    unresolved: UnresolvedName,
}

/// `"annotate"`, or Rust types by format.
#[derive(Deserialize)]
#[serde(untagged)]
enum Formats {
    Keyword(FormatsKeyword),
    Types(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormatsKeyword {
    Annotate,
}

impl Default for Formats {
    fn default() -> Self {
        Self::Types(BTreeMap::new())
    }
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum SchemarsName {
    Always,
    #[default]
    Feature,
    Never,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum DefaultsName {
    #[default]
    Apply,
    Keep,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum UndeclaredName {
    #[default]
    Ignore,
    Keep,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum UnresolvedName {
    #[default]
    Refuse,
    Reject,
    Accept,
}

impl Manifest {
    /// Reads the configuration in the manifest at `path`; `None` if it has none.
    ///
    /// # Errors
    ///
    /// If the manifest cannot be read, or its configuration cannot be used.
    pub fn read(path: &Path) -> Result<Option<Self>, Error> {
        let invalid = |message: String| Error::Config { path: path.to_owned(), message };
        let manifest = parse(path)?;
        let table = manifest.get("package").and_then(|package| package.get("metadata"));
        let Some(table) = table.and_then(|metadata| metadata.get("isomorph")) else {
            return Ok(None);
        };
        let mut table: Table = table.clone().try_into().map_err(|error: toml::de::Error| {
            invalid(format!("in [package.metadata.isomorph]: {}", error.message()))
        })?;
        let folder = path.parent().unwrap_or(Path::new("."));
        if !stays_inside(&table.out) {
            return Err(invalid(format!(
                "`out` must stay in the crate's folder, not `{}`",
                table.out.display()
            )));
        }
        let (schema, out) = (normal(&folder.join(&table.schema)), normal(&folder.join(&table.out)));
        let map = std::mem::take(&mut table.map).into_iter();
        let map = map.map(|(uri, file)| (without_fragment(&uri), normal(&folder.join(file)))).collect();
        let validate = std::mem::take(&mut table.validate);
        let settings = settings(table, &invalid)?;
        Ok(Some(Self { path: path.to_owned(), schema, out, map, settings, validate }))
    }

    /// The manifests to work on from `folder`: the nearest one with a configuration, upwards; or else
    /// those of the members of the workspace there.
    ///
    /// # Errors
    ///
    /// If a manifest cannot be read, or its configuration cannot be used.
    pub fn nearest(folder: &Path) -> Result<Vec<Self>, Error> {
        for folder in folder.ancestors() {
            let path = folder.join("Cargo.toml");
            if !path.is_file() {
                continue;
            }
            if let Some(manifest) = Self::read(&path)? {
                return Ok(vec![manifest]);
            }
            let members = members(&path)?;
            let found: Result<Vec<_>, _> = members.iter().map(|member| Self::read(member)).collect();
            let found: Vec<_> = found?.into_iter().flatten().collect();
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}

fn without_fragment(uri: &str) -> String {
    uri.trim_end_matches('#').to_owned()
}

fn settings(table: Table, invalid: &dyn Fn(String) -> Error) -> Result<Settings, Error> {
    let mut settings = Settings { names: table.names, layout: Layout::Split, ..Settings::default() };
    match table.formats {
        Formats::Keyword(FormatsKeyword::Annotate) => settings.formats.clear(),
        Formats::Types(types) => settings.formats.extend(types),
    }
    if let Some(uri) = table.dialect {
        settings.dialect = Dialect::of(&uri).ok_or_else(|| invalid(format!("unknown dialect `{uri}`")))?;
    }
    settings.schemars = match table.schemars {
        SchemarsName::Always => Schemars::Always,
        SchemarsName::Feature => Schemars::Feature,
        SchemarsName::Never => Schemars::Never,
    };
    settings.defaults = match table.defaults {
        DefaultsName::Apply => Defaults::Apply,
        DefaultsName::Keep => Defaults::Keep,
    };
    settings.undeclared = match table.undeclared {
        UndeclaredName::Ignore => Undeclared::Ignore,
        UndeclaredName::Keep => Undeclared::Keep,
    };
    settings.constructors = table.constructors;
    settings.unresolved = match table.unresolved {
        UnresolvedName::Refuse => Unresolved::Refuse,
        UnresolvedName::Reject => Unresolved::Reject,
        UnresolvedName::Accept => Unresolved::Accept,
    };
    for (format, path) in &settings.formats {
        if syn::parse_str::<syn::TypePath>(path).is_err() {
            return Err(invalid(format!("`{path}`, for the format `{format}`, is no path of a Rust type")));
        }
    }
    Ok(settings)
}

fn parse(path: &Path) -> Result<toml::Table, Error> {
    let text = fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    text.parse().map_err(|error: toml::de::Error| Error::Config {
        path: path.to_owned(),
        message: format!("not TOML: {}", error.message()),
    })
}

/// The manifests of the members of a workspace; a member may end in `/*`.
fn members(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let manifest = parse(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let members = manifest.get("workspace").and_then(|workspace| workspace.get("members"));
    let members = members.and_then(toml::Value::as_array).into_iter().flatten();
    let mut manifests = Vec::new();
    for member in members.filter_map(toml::Value::as_str) {
        match member.strip_suffix("/*") {
            Some(parent) => {
                let entries = fs::read_dir(folder.join(parent)).into_iter().flatten().flatten();
                let mut found: Vec<_> = entries.map(|entry| entry.path().join("Cargo.toml")).collect();
                found.sort();
                manifests.extend(found);
            }
            None => manifests.push(folder.join(member).join("Cargo.toml")),
        }
    }
    manifests.retain(|manifest| manifest.is_file());
    Ok(manifests)
}

/// A path without `.` and `..`, as far as they can be told by looking.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            _ => normal.push(part),
        }
    }
    normal
}

fn stays_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
