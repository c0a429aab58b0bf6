//! With the real thing: immichpy's own models print the schemas and read back what Rust wrote.
//!
//! `ISOMORPH_PYTHON` names a Python that has `immichpy==4.2.3`; `.ci/interop` makes one. Without it the
//! test says that it was skipped.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use immich_upload::UploadResult;
use serde_json::Value;

const RESULTS: usize = 400;

fn python(arguments: &[&str], input: &str) -> Option<String> {
    let Ok(python) = std::env::var("ISOMORPH_PYTHON") else {
        println!("skipped: ISOMORPH_PYTHON names no Python with immichpy; run .ci/interop");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/immichpy_models.py");
    let mut child = Command::new(python)
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(input.as_bytes()).expect("Python reads");
    drop(stdin);
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "Python ends with {}", output.status);
    Some(String::from_utf8(output.stdout).expect("Python prints UTF-8"))
}

#[test]
fn the_models_of_immichpy_print_the_schemas_of_the_seed() {
    let Some(schemas) = python(&["schemas"], "") else { return };
    let schemas: Value = serde_json::from_str(&schemas).expect("JSON");
    for name in ["UploadResult", "UploadedEntry", "RejectedEntry", "FailedEntry", "UploadStats"] {
        assert_eq!(schemas[name], super::source(name), "{name}");
    }
}

#[test]
fn what_python_writes_comes_back_from_rust_with_nothing_lost() {
    let Some(written) = python(&["write", &RESULTS.to_string()], "") else { return };
    let mut back = String::new();
    for line in written.lines() {
        let result: UploadResult =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        back += &serde_json::to_string(&result).expect("it can be written");
        back.push('\n');
    }
    let said = python(&["compare", &RESULTS.to_string()], &back).expect("there is a Python");
    assert_eq!(said.trim(), format!("{RESULTS} results came back"));
}
