//! The action and the hook, as far as they can be tested without their hosts.

use std::fs;
use std::process::Command;

use super::repository::repository;
use super::{folder, report};

#[test]
fn the_action_and_the_hook_are_what_their_hosts_read() {
    let action = r#"{"required": ["name", "description", "runs"], "properties": {
        "inputs": {"additionalProperties": {"required": ["description"]}},
        "runs": {"properties": {"using": {"const": "composite"}, "steps": {"items": {
            "required": ["run", "shell"], "properties": {"run": {"type": "string"}}}}},
            "required": ["using", "steps"]}}}"#;
    let hook =
        r#"{"type": "array", "minItems": 1, "items": {"required": ["id", "name", "entry", "language"]}}"#;
    let here = folder(&[("action.schema", action), ("hook.schema", hook)]);
    for (schema, file) in [("action.schema", "action.yml"), ("hook.schema", ".pre-commit-hooks.yaml")] {
        let path = repository().join(file).display().to_string();
        let (code, report) = report(here.path(), &["--schema", schema, &path]);
        assert_eq!(code, 0, "{report}");
    }
}

#[cfg(unix)]
#[test]
fn the_hook_runs_a_program_that_is_here() {
    use std::os::unix::fs::PermissionsExt;

    let hooks = fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).expect("there is a hook");
    let entry = hooks.lines().find_map(|line| line.trim().strip_prefix("entry: ")).expect("it has an entry");
    let program = repository().join(entry.split(' ').next().unwrap_or_default());
    let permissions = fs::metadata(&program).expect("it is a file").permissions();
    assert_ne!(permissions.mode() & 0o111, 0, "{} can be run", program.display());
}

#[cfg(unix)]
#[test]
fn the_action_passes_its_inputs_on_and_takes_none_for_a_command() {
    let action = fs::read_to_string(repository().join("action.yml")).expect("there is an action");
    let (_, script) = action.rsplit_once("run: |\n").expect("a script comes last");
    let here = folder(&[("s.json", r#"{"type": "null"}"#), ("a b.json", "1"), ("c.json", "null")]);
    fs::create_dir_all(here.path().join("isomorph/bin")).expect("a folder");
    let binary = here.path().join("isomorph/bin/isomorph");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_isomorph"), binary).expect("a link");
    let mut command = Command::new("bash");
    command.args(["-e", "-c", script]).current_dir(here.path());
    command.env("RUNNER_TEMP", here.path()).env("SCHEMA", "s.json").env("ARGUMENTS", "--max-errors\n5");
    let output = command.env("FILES", "a b.json\nc.json\n$(touch pwned)").output().expect("there is a shell");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{stdout}");
    assert!(stdout.contains("::error file=a b.json,line=1"), "{stdout}");
    assert!(!stdout.contains("c.json"), "{stdout}");
    assert!(!here.path().join("pwned").exists());
}
