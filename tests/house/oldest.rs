//! The oldest Rust that `rust-version` promises.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn output(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    let output = command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is text")
}

/// `1.88.0` and `1.88` as numbers.
fn version(text: &str) -> (u32, u32) {
    let mut numbers = text.split('.').map(|number| number.parse().unwrap_or_default());
    (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default())
}

/// What asks for more than `promised`, of the packages that say what they ask for.
fn newer(packages: &[Value], promised: (u32, u32)) -> Vec<String> {
    let asks = packages.iter().filter_map(|package| Some((package, package["rust_version"].as_str()?)));
    let too_new = asks.filter(|(_, asked)| version(asked) > promised);
    too_new.map(|(package, asked)| format!("{} asks for {asked}", package["name"])).collect()
}

#[test]
fn no_dependency_asks_for_a_newer_rust_than_is_promised() {
    let rustc = output("rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let arguments = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&output(env!("CARGO"), &arguments)).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let own: Vec<_> = packages.iter().filter(|package| package["source"].is_null()).collect();
    assert!(own.len() > 10 && packages.len() > 100, "{} of {}", own.len(), packages.len());
    let promised = version(own[0]["rust_version"].as_str().expect("it is said"));
    for package in own {
        let said = package["rust_version"].as_str().map(version);
        assert_eq!(said, Some(promised), "{}", package["name"]);
    }
    assert_eq!(newer(packages, promised), Vec::<String>::new());
    // Such a list is not always empty.
    assert!(!newer(packages, (1, 0)).is_empty());
}
