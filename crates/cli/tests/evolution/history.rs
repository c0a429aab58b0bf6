use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::corpora::corpora;
use super::{diff, each, validator};

struct Said {
    pair: String,
    direction: &'static str,
    verdict: String,
    witness: Option<Value>,
    /// Whether the witness is one.
    is_real: bool,
    /// An instance that shows that the verdict is wrong.
    against: Option<Value>,
}

fn ask(folder: &PathBuf) -> Vec<Said> {
    let pair = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let report = diff(folder, "old.json", "new.json", &["--unresolved", "accept"]);
    let report = report.unwrap_or_else(|error| panic!("{pair}: {error}"));
    let read = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(folder.join(name)).expect("a file")).expect("JSON")
    };
    let (old, new) = (validator(&read("old.json")), validator(&read("new.json")));
    let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
    let directions = [("old_data", "old.json", &old, &new), ("new_data", "new.json", &new, &old)];
    let say = |(direction, file, accepts, rejects): (
        &'static str,
        &str,
        &jsonschema::Validator,
        &jsonschema::Validator,
    )| {
        let told = &report["data"][direction];
        let verdict = told["verdict"].as_str().unwrap_or_default().to_owned();
        let shows = |instance: &Value| accepts.is_valid(instance) && !rejects.is_valid(instance);
        // A witness for a definition is no instance of the root.
        let is_of_root = told["schema"].as_str().is_none_or(|schema| !schema.contains('#'));
        let witness = told.get("witness").cloned();
        let is_real = witness.as_ref().is_none_or(|witness| !is_of_root || shows(witness));
        let samples = if verdict == "compatible" { samples(folder, file) } else { Vec::new() };
        let against = samples.into_iter().find(|sample| shows(sample));
        Said { pair: pair.clone(), direction, verdict, witness, is_real, against }
    };
    directions.into_iter().map(say).collect()
}

/// Instances of a schema.
fn samples(folder: &PathBuf, file: &str) -> Vec<Value> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .current_dir(folder)
        .args(["sample", file, "-n", "40", "--seed", "1000", "--unresolved", "accept"])
        .output()
        .expect("the tool starts");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn the_history_of_real_schemas_is_judged_with_real_witnesses() {
    let Some(corpus) = corpora() else { return };
    let folders = fs::read_dir(corpus.join("evolution")).into_iter().flatten().flatten();
    let mut folders: Vec<_> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    let said: Vec<_> = each(&folders, ask).into_iter().flatten().collect();
    let count = |verdict: &str| said.iter().filter(|one| one.verdict == verdict).count();
    println!(
        "{} pairs, of which an independent validator can judge {}, both directions: {} compatible, {} breaking ({} without a witness), {} unproven",
        folders.len(),
        said.len() / 2,
        count("compatible"),
        count("breaking"),
        said.iter().filter(|one| one.verdict == "breaking" && one.witness.is_none()).count(),
        count("unproven"),
    );
    for one in said.iter().filter(|one| one.verdict == "unproven") {
        println!("unproven: {} {}", one.pair, one.direction);
    }
    for one in &said {
        assert!(one.is_real, "{} {}: {:?} is no witness", one.pair, one.direction, one.witness);
        assert_eq!(one.against, None, "{} {} is called {}", one.pair, one.direction, one.verdict);
    }
    assert!(said.len() > folders.len(), "both directions of most pairs are judged");
}
