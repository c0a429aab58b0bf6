//! What the tool says of changes, held against what is known of them: edits whose verdict is known, the history
//! of real schemas, and the story of the seed.

mod accepted;
mod assumption;
#[path = "../corpora/mod.rs"]
mod corpora;
mod history;
mod known_edits;
mod oracle;
mod pairs;
mod random_pairs;
#[path = "../repository/mod.rs"]
mod repository;
mod semver;
mod story;

use std::path::Path;
use std::process::Command;

use jsonschema::Validator;
use serde_json::Value;

/// What `isomorph diff` says of two schema files, as JSON.
fn diff(folder: &Path, old: &str, new: &str, arguments: &[&str]) -> Result<Value, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .current_dir(folder)
        .args(["diff", old, new, "--format", "json"])
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

/// Accepts what is not here, as `--unresolved accept` does.
struct Anything;

impl jsonschema::Retrieve for Anything {
    fn retrieve(
        &self,
        _uri: &jsonschema::Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        Ok(serde_json::json!({}))
    }
}

/// A validator that owes the tool nothing; `None` if the schema cannot be used.
fn validator(schema: &Value) -> Option<Validator> {
    let mut schema = schema.clone();
    if let Value::Object(keywords) = &mut schema {
        // As the tool does, what says no dialect is of the newest.
        keywords.entry("$schema").or_insert_with(|| "https://json-schema.org/draft/2020-12/schema".into());
    }
    jsonschema::options()
        .with_retriever(Anything)
        .should_validate_formats(false)
        .without_content_media_type_support("application/json")
        .without_content_encoding_support("base64")
        .build(&schema)
        .ok()
}

/// Does the same to each of many things, on all cores.
fn each<T: Sync, R: Send>(things: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = things.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let run = &run;
        let shares: Vec<_> = things
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(run).collect::<Vec<_>>()))
            .collect();
        shares.into_iter().flat_map(|share| share.join().expect("it ends")).collect()
    })
}
