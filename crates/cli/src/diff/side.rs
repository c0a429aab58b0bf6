//! One side of a comparison: schemas, and the types that are made of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use isomorph_codegen::{Api, Document, File, Generated, Generator, Layout, Manifest, Schemars};
use tempfile::TempDir;

use super::lines::Lines;
use super::revision;
use crate::command_line::References;
use crate::failure::Failure;

/// Where the schemas of a side are.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What the side is called.
    pub label: String,
    /// The revision, if it is not what lies in the folder.
    pub revision: Option<String>,
    /// A schema or a folder of schemas.
    pub path: PathBuf,
}

impl Origin {
    /// What lies in the working tree.
    pub fn here(path: PathBuf) -> Self {
        Self::of(None, path)
    }

    /// What lies in a revision, or in the working tree.
    pub fn of(revision: Option<String>, path: PathBuf) -> Self {
        let shown = path.display();
        let label = revision.as_ref().map_or_else(|| shown.to_string(), |one| format!("{one}:{shown}"));
        Self { label, revision, path }
    }
}

/// One side.
pub struct Side {
    pub label: String,
    pub documents: Vec<Document>,
    pub generator: Generator,
    /// Whether it is one schema file, whatever the file is called.
    pub is_file: bool,
    /// Whether a configuration says what is made of it.
    is_configured: bool,
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
        let (folder, path, is_absent) = match &origin.revision {
            Some(revision) => {
                let (folder, path) = revision::check_out(revision, &origin.path)?;
                let is_absent = path.is_none();
                (Some(folder), path.unwrap_or_default(), is_absent)
            }
            // What is not in the working tree may have been there.
            None => (None, origin.path.clone(), !origin.path.exists()),
        };
        let mut generator = match manifest {
            Some(manifest) => Generator::from_manifest(&Manifest {
                schema: path.clone(),
                map: mapped(manifest, origin, folder.as_ref())?,
                ..manifest.clone()
            }),
            None => of_path(&path),
        };
        // A configuration knows the dialect of its schemas.
        if manifest.is_none() {
            references.apply(&mut generator);
        }
        let mut lines = Lines::default();
        let mut documents = if is_absent { Vec::new() } else { generator.documents()? };
        for document in &mut documents {
            let text = std::fs::read_to_string(&document.file).ok();
            document.file = shown(&document.file, &path, origin);
            if let Some(text) = text {
                lines.add(document.file.clone(), text);
            }
        }
        Ok(Self {
            label: origin.label.clone(),
            documents,
            generator,
            is_file: path.is_file(),
            is_configured: manifest.is_some(),
            is_absent,
            lines,
            _folder: folder,
        })
    }

    /// The documents that were asked for, not those that they refer to.
    pub fn roots(&self) -> Vec<usize> {
        (0..self.documents.len()).filter(|index| !self.documents[*index].is_guest).collect()
    }

    /// The types. `root_name` is the name of a single schema's.
    ///
    /// # Errors
    ///
    /// If they cannot be made.
    pub fn generate(&self, root_name: Option<&str>) -> Result<(Vec<File>, Api), isomorph_codegen::Error> {
        if self.is_absent {
            return Ok((Vec::new(), Api::default()));
        }
        let mut generator = self.generator.clone();
        if let Some(name) = root_name {
            generator.root_name(name);
        }
        // Whoever has no configuration here may generate constructors elsewhere.
        if !self.is_configured {
            generator.constructors();
        }
        // How a type gives its schema back is no matter of the API.
        generator.layout(Layout::Single).schemars(Schemars::Never);
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

fn of_path(path: &Path) -> Generator {
    let mut generator = Generator::new();
    if path.is_dir() {
        generator.schema_folder(path)
    } else {
        generator.schema_file(path)
    };
    generator
}

/// The name of a file as the user knows it.
fn shown(file: &str, read_from: &Path, origin: &Origin) -> String {
    let around = |path: &Path| {
        if read_from.is_dir() { Some(path.to_owned()) } else { path.parent().map(Path::to_owned) }
    };
    let inside =
        around(read_from).and_then(|folder| Path::new(file).strip_prefix(folder).ok().map(Path::to_owned));
    let (Some(inside), Some(_)) = (inside, &origin.revision) else { return file.to_owned() };
    let known = if read_from.is_dir() { Some(origin.path.as_path()) } else { origin.path.parent() };
    known.unwrap_or(Path::new("")).join(inside).to_string_lossy().replace('\\', "/")
}
