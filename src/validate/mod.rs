use std::fs;
use std::io::{Write, stderr};
use std::path::Path;
use std::process::ExitCode;

use isomorph_codegen::Generator;
use jsonschema::Validator;
use serde_json::Value;

use crate::command_line::Validate;
use crate::failure::Failure;

/// Checks JSON files against a schema. Every error is printed to stderr.
pub fn run(arguments: &Validate) -> Result<ExitCode, Failure> {
    let mut generator = Generator::new();
    generator.schema_file(&arguments.schema);
    arguments.references.apply(&mut generator);
    let documents = generator.documents()?;
    let validator = isomorph_codegen::validator(&documents)?;
    let mut valid = true;
    for instance in &arguments.instances {
        valid &= check(&validator, instance)?;
    }
    Ok(ExitCode::from(u8::from(!valid)))
}

fn check(validator: &Validator, path: &Path) -> Result<bool, Failure> {
    let text = fs::read(path).map_err(|source| Failure::Read { path: path.to_owned(), source })?;
    let mut errors = stderr().lock();
    let instance: Value = match serde_json::from_slice(&text) {
        Ok(instance) => instance,
        Err(error) => {
            writeln!(errors, "{}: not JSON: {error}", path.display())?;
            return Ok(false);
        }
    };
    let mut valid = true;
    for error in validator.iter_errors(&instance) {
        valid = false;
        writeln!(errors, "{}#{}: {error}", path.display(), error.instance_path().as_str())?;
    }
    Ok(valid)
}
