//! Which schema an instance is held against.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use isomorph_json::{Pointer, TapeNode};
use isomorph_schema::{Configuration, Dialect, Location, Note, Set, Source, meta_schema, of_file_uri};
use isomorph_validator::explain::Schema;
use jsonschema::json::Node;

use super::compile::compile;
use super::configured::Configured;
use super::error::Error;
use super::options::{Options, References};
use super::root;

/// Why an instance has no schema.
#[derive(Debug, Clone)]
pub enum NoSchema {
    /// None is named for it.
    Unnamed(String),
    /// The one that is named cannot be used.
    Unusable(String),
}

/// The schemas of a run.
pub struct Schemas {
    /// The one of `--schema`.
    fixed: Option<Arc<Schema>>,
    /// What is worth a line about that.
    notes: Vec<Note>,
    configured: Vec<Configured>,
    references: References,
    /// The folder that relative paths start from.
    here: PathBuf,
    /// Whether no message shows a value.
    is_redacted: bool,
    allow_schema_key: bool,
    loaded: Mutex<HashMap<Key, Result<Arc<Schema>, String>>>,
}

/// A file, and the name of a schema in it.
type Key = (PathBuf, String);

impl Schemas {
    /// Loads what is named for all instances.
    ///
    /// # Errors
    ///
    /// If that schema, or a configuration, cannot be used.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let references = options.references.clone();
        let (root, sources) = (options.root.as_deref(), options.sources.as_slice());
        let path_of = |name: &String| references.file_of(name).unwrap_or_else(|| PathBuf::from(name));
        let is_built_in = |name: &&String| references.file_of(name).is_none() && meta_schema(name).is_some();
        let (built_in, others): (Vec<_>, Vec<_>) = options.schemas.iter().partition(is_built_in);
        let names: Vec<PathBuf> = others.into_iter().map(path_of).collect();
        let built_in = built_in.into_iter().filter_map(|name| meta_schema(name));
        let sources: Vec<Source> = sources.iter().cloned().chain(built_in).collect();
        let (fixed, notes) = if names.is_empty() && sources.is_empty() {
            (None, Vec::new())
        } else {
            let (schema, notes) = load(&names, &sources, root, &references)?;
            (Some(Arc::new(shown(schema, options.is_redacted))), notes)
        };
        let found = if fixed.is_some() { Vec::new() } else { Configuration::nearest(&options.here)? };
        let configured = found.into_iter().map(|found| Configured::new(found, &options.here));
        let configured = configured.collect::<Result<_, _>>()?;
        Ok(Self {
            fixed,
            notes,
            configured,
            references,
            here: options.here.clone(),
            is_redacted: options.is_redacted,
            allow_schema_key: options.allow_schema_key,
            loaded: Mutex::default(),
        })
    }

    /// The schema of documents that are read already, which all instances are held against.
    ///
    /// # Errors
    ///
    /// If it is not said which one is meant, or it cannot be used.
    pub fn of_set(set: &Set, root: Option<&str>, options: &Options) -> Result<Self, Error> {
        let Location { document, pointer } = chosen(set, root)?;
        let formats = options.references.formats.clone();
        let schema = compile(&set.documents, document, pointer.as_str(), formats)?;
        Ok(Self {
            fixed: Some(Arc::new(shown(schema, options.is_redacted))),
            notes: Vec::new(),
            configured: Vec::new(),
            references: options.references.clone(),
            here: options.here.clone(),
            is_redacted: options.is_redacted,
            allow_schema_key: options.allow_schema_key,
            loaded: Mutex::default(),
        })
    }

    /// What is worth a line about the schema that is named for all.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The files that the configuration names, without those that are not there.
    pub fn configured(&self) -> &[Configured] {
        &self.configured
    }

    /// Whether an instance may name its schema by `$schema` though that is closed and does not declare it.
    pub fn allow_schema_key(&self) -> bool {
        self.allow_schema_key || self.configured.iter().any(Configured::allows_schema_key)
    }

    /// The files of the schemas that were loaded, and those that name what could not be.
    pub fn files(&self) -> Vec<PathBuf> {
        let loaded = self.loaded.lock().map(|loaded| loaded.clone()).unwrap_or_default();
        let unusable: Vec<_> =
            loaded.iter().filter(|(_, one)| one.is_err()).map(|(key, _)| key.0.clone()).collect();
        let schemas = self.fixed.iter().cloned().chain(loaded.into_values().flatten());
        let texts = schemas.flat_map(|schema| {
            schema.texts().iter().map(|text| PathBuf::from(&text.file)).collect::<Vec<_>>()
        });
        texts.chain(unusable).collect()
    }

    /// The schema of an instance in a file, or from standard input.
    ///
    /// `commented` is what a comment in front of it names, where it cannot say so itself.
    pub fn of(
        &self,
        path: Option<&Path>,
        commented: Option<&str>,
        instance: TapeNode,
    ) -> Result<Cow<'_, Arc<Schema>>, NoSchema> {
        if let Some(schema) = &self.fixed {
            return Ok(Cow::Borrowed(schema));
        }
        let uri = instance.member("$schema").filter(|(_, value)| value.is_string());
        let uri = commented.map(Cow::Borrowed).or_else(|| uri.map(|(_, value)| value.string()));
        if let Some(file) = uri.as_deref().and_then(|uri| self.named(path, uri)) {
            return self.cached((file.clone(), String::new()), || {
                Ok(load(std::slice::from_ref(&file), &[], None, &self.references)?.0)
            });
        }
        let configured =
            path.and_then(|path| self.configured.iter().find_map(|all| Some((all, all.name_of(path)?))));
        match configured {
            Some((all, name)) => {
                let key = (all.manifest().to_owned(), name.to_owned());
                self.cached(key, || all.load(name, &self.references.formats))
            }
            None => Err(NoSchema::Unnamed(unnamed(uri.as_deref()))),
        }
    }

    /// The file that the `$schema` of an instance names: one that is mapped, or one beside it or below here.
    fn named(&self, path: Option<&Path>, uri: &str) -> Option<PathBuf> {
        let uri = uri.trim_end_matches('#');
        if let Some(file) = self.references.file_of(uri) {
            return Some(file);
        }
        let is_path = !uri.is_empty() && !uri.contains(':') && !uri.starts_with('#');
        let folder = path.and_then(Path::parent).unwrap_or(Path::new("."));
        let by_path = || is_path.then(|| folder.join(uri.replace("%20", " ")));
        let file = of_file_uri(uri).or_else(by_path)?;
        let real = file.canonicalize().ok()?;
        let around = [folder.canonicalize().ok(), self.here.canonicalize().ok()];
        around.into_iter().flatten().any(|folder| real.starts_with(folder)).then_some(file)
    }

    fn cached(
        &self,
        key: Key,
        load: impl FnOnce() -> Result<Schema, Error>,
    ) -> Result<Cow<'_, Arc<Schema>>, NoSchema> {
        let mut loaded =
            self.loaded.lock().map_err(|_| NoSchema::Unusable("another thread failed".to_owned()))?;
        let load = || {
            load().map(|schema| Arc::new(shown(schema, self.is_redacted))).map_err(|error| error.to_string())
        };
        loaded.entry(key).or_insert_with(load).clone().map(Cow::Owned).map_err(NoSchema::Unusable)
    }
}

/// A schema whose values messages show, or do not.
fn shown(schema: Schema, is_redacted: bool) -> Schema {
    if is_redacted { schema.redacted() } else { schema }
}

/// Says what to do for an instance without a schema, whose own `$schema` leads nowhere.
fn unnamed(uri: Option<&str>) -> String {
    match uri.filter(|uri| !uri.is_empty()) {
        Some(uri) if Dialect::of(uri).is_some() => {
            "this is a schema itself: say `--as-schema` to check it, or `--schema` in front of it to check other files against it"
                .to_owned()
        }
        Some(uri) => {
            let shown: String = uri.chars().take(200).collect::<String>().escape_debug().to_string();
            format!(
                "the `$schema` of this, `{shown}`, is neither mapped nor a file beside it or below this folder; say \
                 `--map URI=FILE` or `--schema FILE`"
            )
        }
        None => {
            "no schema is named for this; say `--schema FILE`, or name one as its `$schema`, or configure \
                 one in `isomorph.toml` or `[package.metadata.isomorph.validate]`"
                .to_owned()
        }
    }
}

/// Loads the schema that is named, and what it refers to; gives it, and what is worth a line about it.
fn load(
    names: &[PathBuf],
    sources: &[Source],
    root: Option<&str>,
    references: &References,
) -> Result<(Schema, Vec<Note>), Error> {
    let set = references.set(names, sources)?;
    let Location { document, pointer } = chosen(&set, root)?;
    Ok((compile(&set.documents, document, pointer.as_str(), references.formats.clone())?, set.notes))
}

/// The schema that all instances are held against: the one that is named by itself, or the definition in any document of
/// that name, or the only document.
fn chosen(set: &Set, root: Option<&str>) -> Result<Location, Error> {
    let own: Vec<_> = (0..set.documents.len()).filter(|index| !set.documents[*index].is_guest).collect();
    let Some(name) = root else {
        return match (set.selected.first(), own.as_slice()) {
            (Some(selected), _) => Ok(selected.clone()),
            (None, [only]) => located(set, *only, None),
            (None, []) => Err(Error::NoRoot { message: "there is no schema".to_owned() }),
            (None, several) => Err(Error::NoRoot {
                message: format!(
                    "there are {} schemas; say which by `--schema FILE#/POINTER` or `--root NAME`, where NAME is a file or \
                     a definition in one",
                    several.len()
                ),
            }),
        };
    };
    let is_file = |index: &&usize| {
        let document = &set.documents[**index];
        document.file_name() == name || document.name() == name
    };
    if own.len() > 1
        && let Some(index) = own.iter().find(is_file)
    {
        return located(set, *index, None);
    }
    let mut failed = None;
    for index in own {
        match located(set, index, Some(name)) {
            Ok(found) => return Ok(found),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Err(failed.unwrap_or_else(|| Error::NoRoot { message: "there is no schema".to_owned() }))
}

/// The schema of this name in a document, or the whole.
fn located(set: &Set, document: usize, name: Option<&str>) -> Result<Location, Error> {
    let pointer = root::of(&set.documents[document], name)?;
    Ok(Location { document, pointer: Pointer::parse(&pointer).unwrap_or_default() })
}
