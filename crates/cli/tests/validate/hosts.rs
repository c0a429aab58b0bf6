//! The action and the hook, as far as they can be tested without their hosts.

use std::fs;
use std::process::Command;

use super::corpora::corpora;
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

#[test]
fn the_workflows_and_the_action_are_what_schema_store_says_they_are() {
    let Some(corpora) = corpora() else { return };
    let of =
        |folder: &str| corpora.join("schemastore").join(folder).join("schema.json").display().to_string();
    for (schema, file) in [("github-workflow", ".github/workflows/*.yml"), ("github-action", "action.yml")] {
        let (code, report) = report(repository(), &["--schema", &of(schema), file]);
        assert_eq!(code, 0, "{report}");
        assert_ne!(report["summary"]["valid"], 0, "{file}: {report}");
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

/// The target that this machine's binary is released for.
#[cfg(unix)]
fn target() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-unknown-linux-gnu"),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-gnu"),
        ("macos", "x86_64") => Some("x86_64-apple-darwin"),
        ("macos", "aarch64") => Some("aarch64-apple-darwin"),
        _ => None,
    }
}

/// Makes a release as the workflow does, whose program says so, in the folder `site`.
#[cfg(unix)]
fn release(here: &std::path::Path, target: &str) {
    let workflow = fs::read_to_string(repository().join(".github/workflows/release.yml"));
    let workflow = workflow.expect("there is a workflow");
    let (_, pack) = workflow.split_once("name: Pack\n        run: |\n").expect("it packs");
    let pack: String = pack
        .lines()
        .take_while(|line| line.starts_with("          "))
        .map(|line| line.to_owned() + "\n")
        .collect();
    let script = format!(
        "mkdir -p target/{target}/release && cd . && touch README.md CHANGELOG.md LICENSE-MIT
         for program in isomorph cargo-isomorph; do
             printf '#!/bin/sh\necho released \"$@\"\n' > target/{target}/release/$program
             chmod +x target/{target}/release/$program
         done
         {pack}
         mkdir -p site/releases/download/$TAG && mv $folder.tar.gz* site/releases/download/$TAG"
    );
    let mut command = Command::new("bash");
    command.args(["-euc", &script]).current_dir(here).env("TARGET", target).env("TAG", "v9.8.7");
    let output = command.output().expect("there is a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_released_binary_is_brought_if_its_checksum_is_right() {
    let Some(target) = target() else { return };
    let here = folder(&[]);
    release(here.path(), target);
    let address = format!("file://{}/site", here.path().display());
    let bring = |address: &str, tag: &str, folder: &str| {
        let mut command = Command::new(repository().join("crates/cli/released"));
        command
            .args([address, tag, folder])
            .current_dir(here.path())
            .output()
            .expect("it starts")
            .status
            .code()
    };
    assert_eq!(bring(&address, "v9.8.7", "bin"), Some(0));
    let output = Command::new(here.path().join("bin/isomorph")).arg("a").output().expect("it is there");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "released a\n");
    for (address, tag) in
        [(address.as_str(), "main"), (&address, "v9.8.8"), ("", "v9.8.7"), ("git@example.com:a/b", "v9.8.7")]
    {
        assert_eq!(bring(address, tag, "other"), Some(1), "{address} {tag}");
    }
    let packed = format!("site/releases/download/v9.8.7/isomorph-v9.8.7-{target}.tar.gz");
    fs::write(here.path().join(packed), "something else").expect("a file");
    assert_eq!(bring(&address, "v9.8.7", "other"), Some(1));
    assert!(!here.path().join("other").exists());
}

#[cfg(unix)]
#[test]
fn the_hook_of_a_release_runs_its_binary_and_builds_nothing() {
    let Some(target) = target() else { return };
    let here = folder(&[]);
    release(here.path(), target);
    let script = "git init --quiet origin && mkdir -p origin/crates/cli && cp $PROGRAMS/pre-commit $PROGRAMS/released origin/crates/cli
        git -C origin add . && git -C origin -c user.name=a -c user.email=a@example.com commit --quiet -m a
        git -C origin -c user.name=a -c user.email=a@example.com tag v9.8.7
        git init --quiet kept && git -C kept remote add origin \"file://$PWD/origin\"
        git -C kept fetch --quiet --depth=1 origin v9.8.7 && git -C kept checkout --quiet FETCH_HEAD
        git -C kept config remote.origin.url \"file://$PWD/site\"
        mkdir empty && ln -s /nowhere empty/cargo
        PATH=$PWD/empty:$PATH kept/crates/cli/pre-commit validate 'a b'";
    let mut command = Command::new("bash");
    command.args(["-euc", script]).current_dir(here.path()).env("PROGRAMS", repository().join("crates/cli"));
    let output = command.output().expect("there is a shell");
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    assert_eq!(String::from_utf8_lossy(&said), "released validate a b\n");
}

#[test]
fn what_is_installed_without_a_build_is_what_the_release_makes() {
    let read = |file: &str| fs::read_to_string(repository().join(file)).expect("it is there");
    let workflow = read(".github/workflows/release.yml");
    let manifest: toml_edit::DocumentMut = read("crates/cli/Cargo.toml").parse().expect("TOML");
    let said = |key: &str| {
        let expanded = manifest["package"]["metadata"]["binstall"][key].as_str().unwrap_or_default();
        expanded.replace("v{ version }", "$TAG").replace("{ target }", "$TARGET")
    };
    let folder = "isomorph-$TAG-$TARGET";
    assert!(workflow.contains(&format!("folder=\"{folder}\"\n")), "{workflow}");
    assert!(workflow.contains("tar czf \"$folder.tar.gz\" \"$folder\""), "{workflow}");
    assert_eq!(said("pkg-url"), format!("{{ repo }}/releases/download/$TAG/{folder}.tar.gz"));
    assert_eq!(said("bin-dir"), format!("{folder}/{{ bin }}{{ binary-ext }}"));
    assert_eq!(said("pkg-fmt"), "tgz");
    // And what the action and the hook look for.
    let released = read("crates/cli/released");
    assert!(released.contains("name=\"isomorph-$tag-$target\""), "{released}");
    let targets =
        workflow.lines().filter_map(|line| line.trim().strip_prefix("- { target: ")?.split(',').next());
    let targets: Vec<_> = targets.collect();
    assert_eq!(targets.len(), 5, "{workflow}");
    for target in targets {
        assert!(released.contains(&format!("target={target} ")), "{target}");
    }
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
