//! The configuration of a crate of schemas, `[package.metadata.isomorph]` in its manifest, or of a folder without one,
//! `isomorph.toml`: what everybody needs who reads
//! the schemas. What only some need they read from it themselves.

#![expect(clippy::disallowed_methods, reason = "manifests are files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isomorph_validator::Formats;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use toml::de::DeValue;

use crate::configured_text::{ConfiguredText, parse};
use crate::dialect::Dialect;
use crate::disk::Disk;
use crate::document::Document;
use crate::error::Error;
use crate::files::Files;
use crate::held_against::HeldAgainst;
use crate::lock::Lock;
use crate::opening::Opening;
use crate::root::normal;
use crate::setting::Setting;
use crate::unresolved::Unresolved;

/// What is configured where there is no manifest: the same keys.
const FILE: &str = "isomorph.toml";

/// Where a manifest has it.
const TABLE: [&str; 3] = ["package", "metadata", "isomorph"];

/// What a manifest says about schemas.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// The manifest.
    pub path: PathBuf,
    /// The schemas: files, folders and globs; none if that is not said, as not all who read a configuration need it.
    pub schemas: Vec<PathBuf>,
    /// The folder that references stay in, if it is not that of the schemas.
    pub within: Option<PathBuf>,
    /// The files of documents elsewhere, by the URIs that schemas refer to them by.
    pub map: BTreeMap<String, PathBuf>,
    /// The folder of what is fetched, from the manifest's.
    pub vendor: Option<String>,
    /// The dialect of a file without `$schema`.
    pub dialect: Dialect,
    /// The same, if it is said: that of a file whose `$schema` is not known, too.
    pub unknown: Option<Dialect>,
    /// What becomes of a schema that refers to documents which are not here, or to itself.
    pub unresolved: Unresolved,
    /// What is taken for a schema.
    pub opening: Opening,
    /// Which formats assert where instances are checked, whatever the schemas say.
    pub formats: Formats,
    /// Whether instances may name their schema by `$schema` though that is closed and does not declare it.
    pub allow_schema_key: bool,
    /// The schemas that instances are checked against: globs of files, from the manifest's folder, with the
    /// name of a schema file or a definition.
    pub validate: BTreeMap<String, HeldAgainst>,
    /// All that is configured.
    text: ConfiguredText,
}

/// The table as it is written. Of what is only for generating types, no more than the names are known here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a field that is not read is a name that may be there")]
struct Table {
    schema: Option<OneOrMore>,
    within: Option<PathBuf>,
    #[serde(default)]
    out: IgnoredAny,
    #[serde(default)]
    map: BTreeMap<String, PathBuf>,
    vendor: Option<String>,
    #[serde(default)]
    names: IgnoredAny,
    #[serde(default)]
    fields: IgnoredAny,
    #[serde(default)]
    variants: IgnoredAny,
    #[serde(default)]
    formats: IgnoredAny,
    #[serde(default)]
    encodings: IgnoredAny,
    #[serde(default)]
    types: IgnoredAny,
    #[serde(default, rename = "allow-rust-types")]
    allow_rust_types: IgnoredAny,
    #[serde(default)]
    crates: IgnoredAny,
    #[serde(default)]
    derive: IgnoredAny,
    #[serde(default)]
    integers: IgnoredAny,
    #[serde(default)]
    untyped: IgnoredAny,
    #[serde(default, rename = "absent-null")]
    absent_null: IgnoredAny,
    #[serde(default)]
    preset: IgnoredAny,
    #[serde(default)]
    sets: IgnoredAny,
    #[serde(default)]
    arrays: IgnoredAny,
    #[serde(default)]
    keys: IgnoredAny,
    #[serde(default)]
    modules: IgnoredAny,
    #[serde(default, rename = "map-type")]
    map_type: IgnoredAny,
    #[serde(default, rename = "string-type")]
    string_type: IgnoredAny,
    #[serde(default, rename = "unknown-variants")]
    unknown_variants: IgnoredAny,
    #[serde(default)]
    attributes: IgnoredAny,
    dialect: Option<String>,
    #[serde(default)]
    schemars: IgnoredAny,
    #[serde(default)]
    defaults: IgnoredAny,
    #[serde(default)]
    undeclared: IgnoredAny,
    #[serde(default)]
    aliases: IgnoredAny,
    #[serde(default, rename = "lock-names")]
    lock_names: IgnoredAny,
    #[serde(default)]
    constructors: IgnoredAny,
    #[serde(default)]
    only: IgnoredAny,
    #[serde(default)]
    accepted: IgnoredAny,
    #[serde(default)]
    redact: IgnoredAny,
    #[serde(default)]
    baseline: IgnoredAny,
    #[serde(default)]
    validate: BTreeMap<String, HeldAgainst>,
    #[serde(default)]
    unresolved: Unresolved,
    #[serde(default)]
    operations: bool,
    #[serde(default, rename = "allow-any")]
    allow_any: bool,
    #[serde(default, rename = "assert-formats")]
    assert_formats: Asserted,
    #[serde(default, rename = "allow-schema-key")]
    allow_schema_key: bool,
}

/// Which formats assert: all or none, or those of these names.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected true, false or a list of formats")]
enum Asserted {
    All(bool),
    Some(Vec<String>),
}

impl Default for Asserted {
    fn default() -> Self {
        Self::All(false)
    }
}

/// A path, or several.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a path, or a list of paths")]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

impl Configuration {
    /// Reads the configuration in the manifest at `path`, the first of several; `None` if it has none.
    ///
    /// # Errors
    ///
    /// If the manifest cannot be read, or its configuration cannot be used.
    pub fn read(path: &Path) -> Result<Option<Self>, Error> {
        Self::of_text(path, &text(path)?)
    }

    /// Reads the configuration in the text of a manifest that stands, or could stand, at `path`, the first of several; `None` if it
    /// has none.
    ///
    /// # Errors
    ///
    /// If the configuration cannot be used.
    pub fn of_text(path: &Path, text: &str) -> Result<Option<Self>, Error> {
        Ok(Self::all_of_text(path, text)?.into_iter().next())
    }

    /// The same, each of several: a package may have `[[package.metadata.isomorph]]` for each of its modules.
    ///
    /// # Errors
    ///
    /// If a configuration cannot be used.
    pub fn all_of_text(path: &Path, text: &str) -> Result<Vec<Self>, Error> {
        let tables = ConfiguredText::new(path, text.into(), &TABLE).each()?;
        tables.into_iter().map(|table| Self::of_table(path, table)).collect()
    }

    /// The configurations to work on from `folder`: that of the nearest manifest with one, upwards; or else
    /// those of the members of the workspace there.
    ///
    /// # Errors
    ///
    /// If a manifest cannot be read, or its configuration cannot be used.
    pub fn nearest(folder: &Path) -> Result<Vec<Self>, Error> {
        for folder in folder.ancestors() {
            let found = Self::of_manifests(folder)?;
            if !found.is_empty() {
                return Ok(found);
            }
            let path = folder.join(FILE);
            if path.is_file() {
                let text = ConfiguredText::new(&path, text(&path)?.into(), &[]);
                return Ok(vec![Self::of_table(&path, text)?]);
            }
        }
        Ok(Vec::new())
    }

    /// That of the manifest in a folder, or those of the members of the workspace there.
    fn of_manifests(folder: &Path) -> Result<Vec<Self>, Error> {
        let path = folder.join("Cargo.toml");
        if !path.is_file() {
            return Ok(Vec::new());
        }
        let text = text(&path)?;
        let own = Self::all_of_text(&path, &text)?;
        if !own.is_empty() {
            return Ok(own);
        }
        let members = members(folder, parse(&path, &text)?.get_ref());
        let all = |member: &PathBuf| Self::all_of_text(member, &self::text(member)?);
        let found: Result<Vec<_>, _> = members.iter().map(all).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    fn of_table(path: &Path, text: ConfiguredText) -> Result<Self, Error> {
        let Table {
            schema,
            within,
            map,
            vendor,
            dialect,
            validate,
            unresolved,
            operations,
            allow_any,
            assert_formats,
            allow_schema_key,
            ..
        } = text.read()?;
        let around = folder(path);
        let unknown = |uri: &String| {
            let known = "known are draft-04, draft-06, draft-07, 2019-09 and 2020-12".to_owned();
            text.invalid(&["dialect"], format!("unknown dialect `{uri}`"), vec![known])
        };
        let dialect = dialect
            .map(|uri| Dialect::of(&uri).or_else(|| Dialect::said(&uri)).ok_or_else(|| unknown(&uri)))
            .transpose()?;
        let mapped = |(uri, file): (String, PathBuf)| {
            (uri.trim_end_matches('#').to_owned(), normal(&around.join(file)))
        };
        let formats = match assert_formats {
            Asserted::All(all) => Formats::all_if(all),
            Asserted::Some(names) => Formats::named(names)
                .map_err(|message| text.invalid(&["assert-formats"], message, Vec::new()))?,
        };
        let schemas = match schema {
            None => Vec::new(),
            Some(OneOrMore::One(schema)) => vec![schema],
            Some(OneOrMore::More(schemas)) => schemas,
        };
        Ok(Self {
            path: path.to_owned(),
            schemas: schemas.iter().map(|schema| normal(&around.join(schema))).collect(),
            within: within.map(|folder| normal(&around.join(folder))),
            map: map.into_iter().map(mapped).collect(),
            vendor,
            dialect: dialect.unwrap_or_default(),
            unknown: dialect,
            unresolved,
            opening: Opening { operations, allow_any },
            formats,
            allow_schema_key,
            validate,
            text,
        })
    }

    /// The part of the configuration that is a `T`.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn part<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.text.read()
    }

    /// A path that the configuration names, from where the manifest is.
    pub fn from_here(&self, path: &Path) -> PathBuf {
        normal(&folder(&self.path).join(path))
    }

    /// The schemas, for whoever cannot do without.
    ///
    /// # Errors
    ///
    /// If the configuration does not say where they are.
    pub fn named(&self) -> Result<&[PathBuf], Error> {
        if self.schemas.is_empty() {
            return Err(self.missing("schema", "the files, folders and globs of the schemas"));
        }
        Ok(&self.schemas)
    }

    /// The configuration cannot be used without a field.
    pub fn missing(&self, field: &str, what: &str) -> Error {
        self.invalid(&[], format!("missing field `{field}`: {what}"), Vec::new())
    }

    /// The configuration cannot be used for what it says at some keys, because of what `message` says; `help` may help.
    pub fn invalid(&self, keys: &[&str], message: String, help: Vec<String>) -> Error {
        self.text.invalid(keys, message, help)
    }

    /// The text that says all this.
    pub fn text(&self) -> &ConfiguredText {
        &self.text
    }

    /// The schemas, as they are named.
    pub fn shown(&self) -> String {
        self.schemas.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
    }

    /// Where the lock of what is fetched is, or would be: beside the manifest.
    pub fn lock(&self) -> PathBuf {
        folder(&self.path).join(Lock::NAME)
    }

    /// The files of documents elsewhere, by their URIs: what was fetched, and before that what is mapped.
    ///
    /// # Errors
    ///
    /// If the lock beside the manifest cannot be read.
    pub fn elsewhere(&self) -> Result<BTreeMap<String, PathBuf>, Error> {
        let lock = Lock::read(&self.lock(), &Disk)?.unwrap_or_default();
        let mut map = lock.map(folder(&self.path));
        map.extend(self.map.clone());
        Ok(map)
    }

    /// Where the schemas are.
    ///
    /// # Errors
    ///
    /// If the lock beside the manifest cannot be read.
    pub fn files(&self) -> Result<Files, Error> {
        let (schemas, within) = (self.named()?.to_vec(), self.within.clone());
        let (map, unknown, opening) = (self.elsewhere()?, self.unknown, self.opening);
        Ok(Files { schemas, map, within, unknown, opening, lock: false, ..Files::default() })
    }

    /// The schemas, as they are validated against.
    ///
    /// # Errors
    ///
    /// If one cannot be read, or is none.
    pub fn documents(&self) -> Result<Vec<Document>, Error> {
        Ok(self.files()?.linked(self.dialect, self.unresolved)?.documents)
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

fn text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The manifests of the members of a workspace; a member may end in `/*`.
fn members(folder: &Path, manifest: &DeValue) -> Vec<PathBuf> {
    let members = manifest.get("workspace").and_then(|workspace| workspace.get_ref().get("members"));
    let members = members.and_then(|members| members.get_ref().as_array()).into_iter().flatten();
    let mut manifests = Vec::new();
    for member in members.filter_map(|member| member.get_ref().as_str()) {
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
    manifests
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use serde::Deserialize;

    use super::{Configuration, HeldAgainst};
    use crate::{Dialect, Error, Unresolved};

    fn read(more: &str) -> Result<Option<Configuration>, Error> {
        let path = Path::new("shop/Cargo.toml");
        Configuration::of_text(path, &format!("[package.metadata.isomorph]\n{more}"))
    }

    #[test]
    fn a_package_may_have_several() {
        let path = Path::new("shop/Cargo.toml");
        let one = "[[package.metadata.isomorph]]\nschema = \"schema\"\n";
        let other = "[[package.metadata.isomorph]]\nschema = \"other\"\nwithin = \".\"\n";
        let all = Configuration::all_of_text(path, &format!("{one}\n{other}")).expect("they can be used");
        let schemas: Vec<_> = all.iter().map(Configuration::shown).collect();
        assert_eq!(schemas, ["shop/schema", "shop/other"]);
        assert_eq!(all.iter().map(|one| one.text().is_later()).collect::<Vec<_>>(), [false, true]);
        let wrong = Configuration::all_of_text(path, &format!("{one}\n{other}dialekt = \"x\"\n"));
        assert!(wrong.is_err_and(|error| error.to_string().contains("shop/Cargo.toml:7:1")));
        assert!(Configuration::all_of_text(path, "[package]\n").is_ok_and(|none| none.is_empty()));
        assert!(Configuration::all_of_text(path, "[package.metadata]\nisomorph = 3\n").is_err());
    }

    #[test]
    fn a_configuration_says_where_schemas_are_and_what_is_held_against_them() {
        let dialect = "dialect = \"http://json-schema.org/draft-07/schema#\"";
        let text = format!(
            "schema = \"./schema\"\nout = \"src\"\n{dialect}\nunresolved = \"accept\"\n\
             map = {{ \"https://example.com/far.json#\" = \"../far.json\" }}\nvalidate = {{ \"*.json\" = \"near\" }}\n"
        );
        let found = read(&text).expect("it can be used").expect("it is there");
        assert_eq!((found.schemas, found.dialect), (vec!["shop/schema".into()], Dialect::Draft7));
        assert_eq!(found.unresolved, Unresolved::Accept);
        assert_eq!(found.map, BTreeMap::from([("https://example.com/far.json".into(), "far.json".into())]));
        let near = HeldAgainst { schema: "near".into(), format: None };
        assert_eq!(found.validate, BTreeMap::from([("*.json".into(), near)]));
    }

    #[test]
    fn what_nobody_knows_is_refused_and_what_others_know_is_theirs_to_read() {
        #[derive(Deserialize)]
        struct Theirs {
            names: BTreeMap<String, String>,
        }
        let plain = "schema = \"schema\"\nout = \"src\"\n";
        let found = read(&format!("{plain}names = {{ a = \"A\" }}")).expect("it can be used");
        let theirs: Theirs = found.expect("it is there").part().expect("it is one");
        assert_eq!(theirs.names, BTreeMap::from([("a".into(), "A".into())]));
        for (text, expected) in [
            (format!("{plain}name = {{}}"), "4:1: unknown key `name`; did you mean `names`?"),
            (format!("{plain}derves = []"), "4:1: unknown key `derves`; did you mean `derive`?"),
            (format!("{plain}nonsense = []"), "4:1: unknown key `nonsense`; there are `schema`, `within`"),
            (format!("{plain}map = {{ a = 3 }}"), "4:13: invalid type: integer `3`, expected path string"),
            (format!("{plain}dialect = \"new\""), "4:11: unknown dialect `new`; known are draft-04"),
            (format!("{plain}unresolved = \"acept\""), "4:14: unknown value `acept`; did you mean `accept`?"),
            (format!("{plain}unresolved = 3"), "4:14: expected a text"),
            (format!("{plain}assert-formats = [\"dat\"]"), "4:18: there is no format `dat`"),
            (
                format!("{plain}validate = {{ a = 3 }}"),
                "4:18: invalid type: integer `3`, expected the name of a schema, or a table",
            ),
            (
                format!(
                    "{plain}[package.metadata.isomorph.validate]\na = {{ schema = \"a\", fromat = \"x\" }}"
                ),
                "5:21: unknown key `fromat`; did you mean `format`?",
            ),
            (format!("{plain}schema = \"a\""), "4:1: not TOML: the key `schema` comes twice"),
            ("schema".to_owned(), "2:7: not TOML"),
        ] {
            let error = read(&text).expect_err("it cannot be used").to_string();
            assert!(error.starts_with(&format!("shop/Cargo.toml:{expected}")), "{error}");
        }
    }

    #[test]
    fn only_who_needs_the_schemas_asks_where_they_are() {
        let found = read("allow-schema-key = true").expect("it can be used").expect("it is there");
        assert!(found.schemas.is_empty() && found.allow_schema_key);
        let error = found.files().expect_err("there are none").to_string();
        assert!(error.starts_with("shop/Cargo.toml:1:1: missing field `schema`"), "{error}");
    }
}
