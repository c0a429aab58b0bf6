//! Schemas that name the Rust type that they stand for, by `x-rust-type`: taken at their word for crates that settings list.

use isomorph_schema::{Location, Types, live};
use serde_json::Value;

use super::builder::Builder;
use crate::error::Error;
use crate::foreign::Foreign;
use crate::known;
use crate::names::is_word;
use crate::via::Via;

impl Builder<'_> {
    /// The types that schemas name, of crates that may be named.
    ///
    /// # Errors
    ///
    /// If a path is none, or of another crate than the schema says.
    pub(super) fn named_types(&self) -> Result<Vec<(Location, Foreign)>, Error> {
        let allowed = &self.settings.allow_rust_types;
        if allowed.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for one in live::find(self.documents, &self.resolver)? {
            let Some(Value::Object(said)) = one.schema.get("x-rust-type") else { continue };
            let text = |key: &str| said.get(key).and_then(Value::as_str);
            let (Some(name), Some(path)) = (text("crate"), text("path")) else { continue };
            // What a generic type is of, other schemas say.
            let is_generic =
                said.get("parameters").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
            if !allowed.iter().any(|allowed| is_crate(allowed, name)) || is_generic {
                continue;
            }
            let mut segments = path.trim_start_matches("::").split("::");
            let is_inside = segments.next().is_some_and(|first| is_crate(first, name));
            if !is_inside || !segments.clone().all(is_word) || segments.next().is_none() {
                let place = self.documents[one.location.document].place(&one.location.pointer);
                let message =
                    format!("{place}: `x-rust-type` names `{path}`, which is no path of the crate `{name}`");
                return Err(Error::Setting { message, said: None });
            }
            let is_text = self.types_of(&one.location)? == Types::STRING;
            let foreign = match known::of(path) {
                Some(known) if is_text => Foreign::new(path, known.via.clone()),
                _ => Foreign::new(path, Via::Serde),
            };
            found.push((one.location, foreign));
        }
        Ok(found)
    }
}

/// Whether two names are of one crate, whose code has no hyphens.
fn is_crate(one: &str, other: &str) -> bool {
    one.replace('-', "_") == other.replace('-', "_")
}
