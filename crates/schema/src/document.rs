use std::path::PathBuf;
use std::sync::Arc;

use isomorph_formats::Format;
use isomorph_json::{Pointer, SourceText, span};
use serde_json::Value;

use crate::dialect::Dialect;
use crate::holders::Holder;
use crate::place::{Place, Spot};
use crate::root::clipped;

/// A schema file that is a valid schema.
#[derive(Debug, Clone)]
pub struct Document {
    /// What the file is called in messages.
    pub file: String,
    /// The URI that references in other documents are resolved to.
    pub uri: String,
    /// The dialect that it is written in.
    pub dialect: Dialect,
    /// Whether its `$schema` is a meta-schema of its author's own, based on that dialect. Which keywords
    /// mean something there is for the validator to say.
    pub is_custom: bool,
    /// Whether its `$schema` is not known, and its dialect is the one that was said for such.
    pub is_assumed: bool,
    /// Whether it is only here because others refer to it by a URI of its own.
    pub is_guest: bool,
    /// Other URIs that references to it are resolved to.
    pub aliases: Vec<String>,
    /// The file that it was read from, if it was.
    pub path: Option<PathBuf>,
    /// The schema; of a document that holds schemas, these as definitions, and nothing else.
    pub root: Value,
    /// Where the schemas stood, if they are those that a document of another kind holds: it has no schema of its own.
    pub holder: Option<Arc<Holder>>,
    /// The text that it was read from.
    pub text: Arc<SourceText>,
}

impl Document {
    /// A place in the document, as it is in the file.
    pub fn place(&self, pointer: &Pointer) -> Place {
        Place::new(self.file.clone(), self.in_file(pointer))
    }

    /// A place in the document, with its line there.
    pub fn place_in_text(&self, pointer: &Pointer) -> Place {
        Place::in_text(self.file.clone(), self.in_file(pointer), &self.text)
    }

    /// The key of a member in the document, with its line there.
    pub fn place_of_key(&self, pointer: &Pointer) -> Place {
        let in_file = self.in_file(pointer);
        let key = self.text.located(in_file.as_str()).and_then(|located| located.key).map(span);
        match key.map(|key| self.text.origin(key)) {
            Some(key) => {
                let spot = Some(Box::new(Spot::new(&self.text.text, &key)));
                Place { file: self.file.clone(), pointer: in_file, spot }
            }
            None => self.place_in_text(pointer),
        }
    }

    fn in_file(&self, pointer: &Pointer) -> Pointer {
        let in_file = self.holder.as_ref().and_then(|holder| holder.place(pointer));
        in_file.unwrap_or_else(|| pointer.clone())
    }

    /// The place in the document that a place in the file became.
    pub fn locate(&self, in_file: &Pointer) -> Pointer {
        let here = self.holder.as_ref().and_then(|holder| holder.locate(in_file));
        here.unwrap_or_else(|| in_file.clone())
    }

    /// All URIs that references to it are resolved to.
    pub fn uris(&self) -> impl Iterator<Item = String> {
        std::iter::once(self.uri.clone()).chain(self.aliases.iter().map(|alias| clipped(alias)))
    }

    /// The schema, with a `$schema` that says its dialect.
    pub fn with_dialect(&self) -> Value {
        let mut root = self.root.clone();
        isomorph_validator::encode_references(&mut root);
        if let Value::Object(keywords) = &mut root {
            let is_own = |uri: &str| self.is_custom && Dialect::of(uri).is_none();
            if !keywords.get("$schema").and_then(Value::as_str).is_some_and(is_own) {
                keywords.insert("$schema".to_owned(), self.dialect.uri().into());
            }
        }
        root
    }

    /// The last part of the file's name.
    pub fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }

    /// The file's name without its ending: `order.schema` of `order.schema.json`.
    pub fn name(&self) -> &str {
        self.file_name().rsplit_once('.').map_or(self.file_name(), |(name, _)| name)
    }

    /// The file's name without what says that it is a schema: `bom-1.6` of `bom-1.6.schema.json`.
    pub fn stem(&self) -> &str {
        let name = if Format::of_name(self.file_name().as_bytes()).is_some() {
            self.name()
        } else {
            self.file_name()
        };
        name.strip_suffix(".schema").unwrap_or(name)
    }
}
