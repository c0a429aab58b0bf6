//! One side of a comparison: schemas, and the types that are made of them.

use std::collections::BTreeMap;
use std::path::{Component, PathBuf};

use isomorph_codegen::{Api, Document, File, Generated, Generator, Layout, Location, Manifest, Schemars};
use isomorph_schema::Note;
use tempfile::TempDir;

use super::lines::Lines;
use super::revision;
use crate::command_line::References;
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::{generator, is_named};

/// Where the schemas of a side are.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What the side is called.
    pub label: String,
    /// The revision, if it is not what lies in the folder.
    pub revision: Option<String>,
    /// The schemas, as they are named.
    pub paths: Vec<PathBuf>,
}

impl Origin {
    /// Schemas, in a revision or as they are.
    pub fn new(revision: Option<&String>, paths: &[PathBuf]) -> Self {
        let shown = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        let label = revision.map_or_else(|| shown.clone(), |one| format!("{one}:{shown}"));
        Self { label, revision: revision.cloned(), paths: paths.to_vec() }
    }

    /// Whether the schemas are at the same paths as others.
    pub fn is_at(&self, other: &Self) -> bool {
        let paths = |origin: &Self| -> Vec<PathBuf> {
            let plain = |path: &PathBuf| {
                let path = revision::from_here(path);
                path.components().filter(|part| *part != Component::CurDir).collect()
            };
            origin.paths.iter().map(plain).collect()
        };
        paths(self) == paths(other)
    }
}

/// One side.
pub struct Side {
    pub label: String,
    pub documents: Vec<Document>,
    /// The schemas that were named by themselves, if any were.
    pub selected: Vec<Location>,
    pub generator: Generator,
    /// Whether it is one schema file, whatever the file is called.
    pub is_file: bool,
    /// Whether there is nothing of it.
    pub is_absent: bool,
    /// Where places are in the files.
    pub lines: Lines,
    /// Of a revision; it is removed when the side is.
    _folder: Option<TempDir>,
}

impl Side {
    /// Reads a side. A manifest says what to make of the schemas, and the arguments where references lead.
    ///
    /// # Errors
    ///
    /// If the schemas cannot be read, or are none.
    pub fn read(
        origin: &Origin,
        manifest: Option<&Manifest>,
        references: &References,
    ) -> Result<Self, Failure> {
        let is_absent = match &origin.revision {
            Some(revision) => {
                let lacks = origin.paths.iter().map(|path| revision::lacks(revision, path));
                lacks.collect::<Result<Vec<_>, _>>()?.into_iter().all(|lacks| lacks)
            }
            None => origin.paths.iter().all(|path| !is_named(path)),
        };
        if is_absent {
            return Ok(Self::absent(origin));
        }
        let within = manifest.map_or(&references.within, |manifest| &manifest.within);
        let (checked_out, paths, within) = match &origin.revision {
            Some(revision) => {
                let checked_out = revision::check_out(revision, &origin.paths, within.as_deref())?;
                let (paths, within) = (checked_out.paths.clone(), checked_out.within.clone());
                (Some(checked_out), paths, within)
            }
            None => (None, origin.paths.clone(), within.clone()),
        };
        let folder = checked_out.as_ref().map(|checked_out| &checked_out.folder);
        // A configuration knows the dialect of its schemas.
        let generator = match manifest {
            Some(manifest) => {
                let map = mapped(manifest, origin, folder)?;
                let mut manifest = manifest.clone();
                (manifest.schemas, manifest.within, manifest.map) = (paths.clone(), within, map);
                Generator::from_manifest(&manifest)
            }
            None => generator(&paths, &References { within, ..references.clone() })?,
        };
        let mut set = generator.set()?;
        // What is not compared is not passed over in silence.
        for note in &set.notes {
            if let Note::LeftOut { file, message } = note {
                let file = checked_out.as_ref().map_or_else(|| file.clone(), |there| there.shown(file));
                say(format_args!("{}", Note::LeftOut { file, message: message.clone() }.line()));
            }
        }
        let mut lines = Lines::default();
        for document in &mut set.documents {
            if let Some(checked_out) = &checked_out {
                document.file = checked_out.shown(&document.file);
            }
            lines.add(document.file.clone(), document.text.clone());
        }
        let is_file = match paths.as_slice() {
            [path] => {
                !path.is_dir() && set.documents.iter().filter(|document| !document.is_guest).count() == 1
            }
            _ => false,
        };
        Ok(Self {
            label: origin.label.clone(),
            documents: set.documents,
            selected: set.selected,
            generator,
            is_file,
            is_absent,
            lines,
            _folder: checked_out.map(|checked_out| checked_out.folder),
        })
    }

    /// A side that has nothing.
    fn absent(origin: &Origin) -> Self {
        Self {
            label: origin.label.clone(),
            documents: Vec::new(),
            selected: Vec::new(),
            generator: Generator::new(),
            is_file: false,
            is_absent: true,
            lines: Lines::default(),
            _folder: None,
        }
    }

    /// The same with the schemas as its types read them, where those accept more.
    ///
    /// # Errors
    ///
    /// If the schemas cannot be used.
    pub fn as_read(&self) -> Result<Option<Self>, isomorph_codegen::Error> {
        if self.is_absent {
            return Ok(None);
        }
        let documents = self.generator.documents_as_read()?;
        Ok(documents.map(|documents| Self {
            label: self.label.clone(),
            documents,
            selected: self.selected.clone(),
            generator: self.generator.clone(),
            is_file: self.is_file,
            is_absent: false,
            lines: Lines::default(),
            _folder: None,
        }))
    }

    /// The documents that were asked for, not those that they refer to.
    pub fn roots(&self) -> Vec<usize> {
        (0..self.documents.len()).filter(|index| !self.documents[*index].is_guest).collect()
    }

    /// What makes its types. `root_name` is the name of a single schema's.
    pub fn maker(&self, root_name: Option<&str>) -> Maker {
        let mut generator = self.generator.clone();
        if let Some(name) = root_name {
            generator.root_name(name);
        }
        // How a type gives its schema back is no matter of the API.
        generator.layout(Layout::Single).schemars(Schemars::Never);
        Maker(Some(generator).filter(|_| !self.is_absent))
    }
}

/// What makes the types of a side, if it has any.
pub struct Maker(Option<Generator>);

impl Maker {
    /// The types.
    ///
    /// # Errors
    ///
    /// If they cannot be made.
    pub fn make(self) -> Result<(Vec<File>, Api), isomorph_codegen::Error> {
        let Some(generator) = self.0 else { return Ok((Vec::new(), Api::default())) };
        let generated = generator.generate("model.rs")?;
        let api = Api::of(&generated.files)?;
        Ok((generated.files, api))
    }
}

impl Side {
    /// The files that are generated of this side, under the names of others.
    ///
    /// # Errors
    ///
    /// If they cannot be generated.
    pub fn files(&self, like: &Generated) -> Result<Vec<File>, isomorph_codegen::Error> {
        let name = like.files.first().map_or("model.rs", |file| file.name.as_str());
        Ok(self.generator.generate(name)?.files)
    }
}

/// The documents elsewhere, as they were in the revision; those that were not there then, as they are.
fn mapped(
    manifest: &Manifest,
    origin: &Origin,
    folder: Option<&TempDir>,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut map = manifest.map.clone();
    let (Some(revision), Some(folder)) = (&origin.revision, folder) else { return Ok(map) };
    for (number, file) in map.values_mut().enumerate() {
        if let Some(text) = revision::file(revision, &revision::from_here(file)) {
            // In a folder of its own each, so that all keep their names.
            let around = folder.path().join("elsewhere").join(number.to_string());
            std::fs::create_dir_all(&around)?;
            *file = around.join(file.file_name().unwrap_or_default());
            std::fs::write(&file, text)?;
        }
    }
    Ok(map)
}
