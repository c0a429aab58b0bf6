//! Corpora in the form that their README describes: a schema and the instances it is to accept or refuse.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isomorph_codegen::Dialect;
use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::settings::Settings;

/// A schema, and instances with the verdict on each.
#[derive(Debug, Clone)]
pub struct Case {
    /// Where it comes from: `draft7/ref.json#3`, `schemastore/NAME`.
    pub name: String,
    /// The schema file's text.
    pub schema: Vec<u8>,
    /// The dialect, if the schema does not say it.
    pub dialect: Dialect,
    /// The instances.
    pub instances: Vec<Instance>,
    /// How it is generated.
    pub settings: Settings,
}

/// An instance.
#[derive(Debug, Clone)]
pub struct Instance {
    /// What it is about.
    pub description: String,
    /// Its JSON text.
    pub text: String,
    /// Whether it is to be accepted.
    pub valid: bool,
}

/// A set of cases, and the documents that they may refer to.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Its name.
    pub name: String,
    /// Its cases.
    pub cases: Vec<Case>,
    /// Documents by URI.
    pub remotes: BTreeMap<String, PathBuf>,
    /// Whether its schemas refer to documents that are not in it, so that nobody here can judge what reaches
    /// those.
    pub is_incomplete: bool,
}

#[derive(Deserialize)]
struct Group {
    description: String,
    schema: Value,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

#[derive(Deserialize)]
struct Judged {
    description: String,
    valid: bool,
    #[serde(default = "nothing_said")]
    validator: Option<Value>,
    text: String,
}

#[expect(clippy::unnecessary_wraps, reason = "the type of the field")]
fn nothing_said() -> Option<Value> {
    Some(Value::Null)
}

/// The dialects of the official suite.
pub const DRAFTS: [(&str, Dialect); 5] = [
    ("draft2020-12", Dialect::Draft202012),
    ("draft7", Dialect::Draft7),
    ("draft2019-09", Dialect::Draft201909),
    ("draft6", Dialect::Draft6),
    ("draft4", Dialect::Draft4),
];

/// The required tests of one draft of the official suite.
///
/// # Errors
///
/// If a file cannot be read.
pub fn suite(root: &Path, draft: &str, dialect: Dialect) -> Result<Corpus, Failure> {
    let suite = root.join("json-schema-test-suite");
    let mut cases = Vec::new();
    for path in files(&suite.join("tests").join(draft))? {
        let groups: Vec<Group> = read(&path)?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (index, group) in groups.into_iter().enumerate() {
            let instances = group.tests.into_iter().map(|test| Instance {
                description: test.description,
                text: test.data.to_string(),
                valid: test.valid,
            });
            cases.push(Case {
                name: format!("{draft}/{file}#{index} {}", group.description),
                schema: group.schema.to_string().into_bytes(),
                dialect,
                instances: instances.collect(),
                settings: Settings::default(),
            });
        }
    }
    let mut remotes = BTreeMap::new();
    let folder = suite.join("remotes");
    collect_remotes(&folder, &folder, &mut remotes)?;
    Ok(Corpus { name: draft.to_owned(), cases, remotes, is_incomplete: false })
}

/// A folder of `NAME/schema.json` and `NAME/instances.json`. Instances on which the corpus and the
/// independent validator do not agree are left out, as the README of the corpora asks.
///
/// # Errors
///
/// If a file cannot be read.
pub fn folder(root: &Path, name: &str) -> Result<Corpus, Failure> {
    let mut cases = Vec::new();
    for path in entries(&root.join(name))? {
        let schema = path.join("schema.json");
        if !schema.is_file() {
            continue;
        }
        let judged: Vec<Judged> = read(&path.join("instances.json")).unwrap_or_default();
        let agreed = judged.into_iter().filter(|one| match &one.validator {
            Some(Value::Bool(verdict)) => *verdict == one.valid,
            Some(Value::Null) => true,
            _ => false,
        });
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        cases.push(Case {
            name: format!("{name}/{file}"),
            schema: fs::read(&schema).map_err(|source| Failure::Read { path: schema.clone(), source })?,
            dialect: Dialect::default(),
            instances: agreed
                .map(|one| Instance { description: one.description, text: one.text, valid: one.valid })
                .collect(),
            settings: Settings::default(),
        });
    }
    let mut remotes = BTreeMap::new();
    if name == "schemastore" {
        for path in files(&root.join("schemastore-remotes"))? {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for host in ["json.schemastore.org", "www.schemastore.org"] {
                remotes.insert(format!("https://{host}/{file}"), path.clone());
            }
        }
        for path in entries(&root.join(name))? {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for name in [file.clone(), format!("{file}.json")] {
                for host in ["json.schemastore.org", "www.schemastore.org"] {
                    let schema = path.join("schema.json");
                    remotes.entry(format!("https://{host}/{name}")).or_insert(schema);
                }
            }
        }
    }
    Ok(Corpus { name: name.to_owned(), cases, remotes, is_incomplete: name == "schemastore" })
}

fn collect_remotes(
    root: &Path,
    folder: &Path,
    remotes: &mut BTreeMap<String, PathBuf>,
) -> Result<(), Failure> {
    for path in entries(folder)? {
        if path.is_dir() {
            collect_remotes(root, &path, remotes)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            remotes.insert(format!("http://localhost:1234/{}", relative.display()), path.clone());
        }
    }
    Ok(())
}

/// What is in a folder, in order.
///
/// # Errors
///
/// If it cannot be read.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |source| Failure::Read { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// The JSON files in a folder, in order.
///
/// # Errors
///
/// If it cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = entries(folder)?;
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "json"));
    Ok(paths)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let text = fs::read(path).map_err(|source| Failure::Read { path: path.to_owned(), source })?;
    serde_json::from_slice(&text).map_err(|source| Failure::Json { path: path.to_owned(), source })
}
