//! Errors that point at the line: [`from_json`] reads a generated type, or tells all that is wrong with the text.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use isomorph_json::{Tape, TapeNode, locate, parse, position, span};
use isomorph_validator::explain::{Schema, SchemaText, explain};
use schemars::JsonSchema;
use serde_json::Value;

use crate::bytes::{ReadError, from_str};
use crate::input::Read;
use crate::schema_of::schema_of;

pub use isomorph_json::Position;
pub use isomorph_validator::explain::{Branch, Problem, SchemaPlace};

/// How deep an instance may be nested: as deep as serde_json reads it, so that what then walks it by recursion
/// needs no more of the stack than serde_json does.
const DEEPEST: usize = 128;

/// Everything that is wrong with a text that is no `T`, each with its line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What is wrong, in the order of the text; at least one.
    pub problems: Vec<Problem>,
    /// Where each of them begins.
    pub positions: Vec<Position>,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (index, (problem, at)) in self.problems.iter().zip(&self.positions).enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{}:{}: {}", at.line, at.column, problem.message)?;
            if let Some(path) = &problem.path {
                write!(f, " ({path})")?;
            }
            for help in &problem.help {
                write!(f, "; {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Explained {}

/// Reads a generated type from JSON, and explains what is wrong where it cannot.
pub trait FromJson: Read + JsonSchema {
    /// Reads `text` as [`from_str`] does; only if that fails is everything that is wrong looked for, by
    /// the schema of the type.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or not what the schema accepts.
    fn from_json(text: &str) -> Result<Self, Explained> {
        from_str(text).map_err(|error| explained::<Self>(text, &error))
    }
}

impl<T: Read + JsonSchema> FromJson for T {}

/// [`FromJson::from_json`], as a function.
///
/// # Errors
///
/// If the text is not JSON, or not what the schema accepts.
pub fn from_json<T: FromJson>(text: &str) -> Result<T, Explained> {
    T::from_json(text)
}

#[cold]
fn explained<T: JsonSchema>(text: &str, error: &ReadError) -> Explained {
    let mut tape = Tape::default();
    let faults = parse(text, DEEPEST, &mut tape).err();
    let is_read = faults.as_ref().is_none_or(|faults| faults.is_read);
    let root = TapeNode::root(text, &tape);
    let mut problems: Vec<Problem> =
        faults.into_iter().flat_map(|faults| faults.faults).map(Problem::from).collect();
    if is_read {
        problems.extend(schema::<T>().map(|schema| explain(&schema, root, usize::MAX).0).unwrap_or_default());
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    }
    if problems.is_empty() {
        // What the type refuses and the schema does not, such as an integer that its type cannot hold.
        problems.push(told(root, error));
    }
    let positions = problems.iter().map(|problem| position(text, problem.span.start)).collect();
    Explained { problems, positions }
}

/// The schema of a type, made once: schema and validator take longer than what they explain.
fn schema<T: JsonSchema>() -> Option<Arc<Schema>> {
    static MADE: Mutex<BTreeMap<String, Option<Arc<Schema>>>> = Mutex::new(BTreeMap::new());
    let of = T::schema_id();
    // Whoever panicked while holding it has left it as it was.
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(schema) = made().get(of.as_ref()) {
        return schema.clone();
    }
    let schema = make::<T>().map(Arc::new);
    made().entry(of.into_owned()).or_insert(schema).clone()
}

/// The schema of a type is what its source says: schemars gives it back. So no copy is embedded.
fn make<T: JsonSchema>() -> Option<Schema> {
    let root: Value = schema_of::<T>().into();
    let text = serde_json::to_string_pretty(&root).ok()?;
    let uri = "isomorph:///type".to_owned();
    let dialect =
        root.get("$schema").and_then(Value::as_str).unwrap_or("https://json-schema.org/draft/2020-12/schema");
    let dialect = dialect.to_owned();
    let file = T::schema_name().into_owned();
    Schema::new(
        vec![SchemaText { uri: uri.clone(), file, text: Arc::new(text.into()), root, moved: Vec::new() }],
        &uri,
        &dialect,
        "",
    )
    .ok()
}

/// What the type says, at the place that it says.
fn told(root: TapeNode, error: &ReadError) -> Problem {
    let pointer = error.pointer();
    let located = locate(root, pointer);
    let path = located.as_ref().map(|located| located.words.clone()).filter(|words| !words.is_empty());
    let span = located.map_or(0..0, |located| span(located.value));
    Problem { instance_location: pointer.to_owned(), path, ..Problem::new("type", error.reason(), span) }
}
