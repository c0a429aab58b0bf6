//! Generating from a hostile schema stays within the time and the memory that are allowed for it. The operating
//! system enforces both, on the tool itself.

#![cfg(unix)]

#[allow(dead_code, reason = "only the schemas matter here")]
#[path = "../../../codegen/tests/any_schema/case.rs"]
mod case;
#[path = "../../../codegen/tests/any_schema/hostile.rs"]
mod hostile;

use std::fs;
use std::process::Command;

use case::{Case, Settings};

/// Seconds of processor time.
const SECONDS: u32 = 10;
/// Address space, in KiB: 1 GiB.
const MEMORY: u32 = 1 << 20;

#[test]
fn every_hostile_schema_ends_within_ten_seconds_and_a_gibibyte() {
    let mut schemas: Vec<(String, String)> =
        hostile::cases().into_iter().map(|case| (case.name, case.schema.to_string())).collect();
    for depth in [129, 100_000] {
        let text = format!("{}{{}}{}", r#"{"items":"#.repeat(depth), "}".repeat(depth));
        schemas.push((format!("depth {depth}"), text));
    }
    schemas.push(("a pattern too large for any engine".into(), r#"{"pattern": "a{1000000}"}"#.into()));
    let here = tempfile::tempdir().expect("a temporary folder");
    for (name, schema) in schemas {
        fs::write(here.path().join("hostile.json"), schema).expect("a file");
        let limits = format!("ulimit -t {SECONDS} && ulimit -v {MEMORY} && exec \"$0\" \"$@\"");
        let status = Command::new("sh")
            .args(["-c", &limits, env!("CARGO_BIN_EXE_isomorph")])
            .args(["generate", "--schema", "hostile.json", "--out", "hostile.rs"])
            .current_dir(here.path())
            .stderr(std::process::Stdio::null())
            .status()
            .expect("a shell");
        assert!(matches!(status.code(), Some(0 | 2)), "{name}: {status}");
    }
}
