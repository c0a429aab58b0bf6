//! Lists of cases: a schema, and instances near it.

use std::fs;
use std::path::Path;

use isomorph_codegen::Dialect;
use serde::Deserialize;
use serde_json::Value;

use super::trial::Trial;
use super::worker::Wanted;
use crate::failure::Failure;
use crate::settings::Settings;

#[derive(Deserialize)]
struct Case {
    schema: Value,
    /// A list; other lists say it in words, and then there are none.
    #[serde(default)]
    valid: Value,
    #[serde(default)]
    invalid: Value,
    /// Those of which it is not said.
    #[serde(default)]
    instances: Value,
    /// Its settings, in the words of the tool.
    #[serde(default)]
    args: String,
}

/// The cases of a file, each with so many random instances beside its own. Which of their instances are valid, the validator says.
///
/// # Errors
///
/// If the file cannot be read, or is no list of cases.
pub fn read(path: &Path, random: usize) -> Result<Vec<Trial>, Failure> {
    let text = fs::read_to_string(path).map_err(|source| Failure::Read { path: path.to_owned(), source })?;
    let json = |source| Failure::Json { path: path.to_owned(), source };
    let all: Value = serde_json::from_str(&text).map_err(json)?;
    let all = if all.is_array() { all } else { Value::Array(vec![all]) };
    let cases: Vec<Case> = serde_json::from_value(all).map_err(json)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(cases
        .into_iter()
        .enumerate()
        .map(|(number, case)| trial(format!("{name}#{number}"), case, random))
        .collect())
}

fn trial(name: String, case: Case, random: usize) -> Trial {
    let dialect = case.schema.get("$schema").and_then(Value::as_str).and_then(Dialect::of);
    let lists = [case.valid.as_array(), case.invalid.as_array(), case.instances.as_array()];
    let instances = lists.into_iter().flatten().flatten();
    Trial {
        name,
        dialect: dialect.unwrap_or_default(),
        settings: Settings::of_arguments(&case.args),
        wanted: Wanted { random, ..Wanted::these(instances.map(Value::to_string)) },
        schema: case.schema,
    }
}
