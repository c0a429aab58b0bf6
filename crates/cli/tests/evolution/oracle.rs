use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use fastrand::Rng;
use serde_json::Value;

use super::corpora::corpora;
use super::known_edits::{Pair, pairs};
use super::{diff, each, validator};

/// How many pairs there shall be.
const PAIRS: usize = 500;
/// How many of one schema.
const OF_ONE: usize = 4;
/// Schemas beyond this, in bytes, would take too long in a test.
const LARGEST: usize = 40_000;

/// Pairs of all edits, of schemas that others wrote.
fn known_pairs(corpus: &Path) -> Vec<Pair> {
    let mut random = Rng::with_seed(6);
    let mut found = Vec::new();
    for part in ["pydantic", "schemastore"] {
        let folders = fs::read_dir(corpus.join(part)).into_iter().flatten().flatten();
        let mut folders: Vec<_> = folders.map(|entry| entry.path()).collect();
        folders.sort();
        for folder in folders {
            let text = fs::read_to_string(folder.join("schema.json")).unwrap_or_default();
            let instances = fs::read_to_string(folder.join("instances.json")).unwrap_or_default();
            let (Ok(schema), Ok(Value::Array(instances))) =
                (serde_json::from_str(&text), serde_json::from_str(&instances))
            else {
                continue;
            };
            let valid = instances
                .iter()
                .filter(|instance| instance["valid"] == true && instance["validator"] != false);
            let parsed = valid.filter_map(|instance| serde_json::from_str(instance["text"].as_str()?).ok());
            let first: Option<Value> = parsed.into_iter().next();
            if text.len() > LARGEST {
                continue;
            }
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.extend(
                first
                    .map(|instance| pairs(&name, &schema, &instance, OF_ONE, &mut random))
                    .into_iter()
                    .flatten(),
            );
        }
    }
    random.shuffle(&mut found);
    found.truncate(PAIRS);
    found
}

/// What the tool said of one direction, beside what is known.
struct Said {
    pair: String,
    edit: &'static str,
    breaks: Option<bool>,
    verdict: String,
    witness: Option<bool>,
}

fn ask(pair: &Pair) -> Vec<Said> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, schema) in [("old.json", &pair.old), ("new.json", &pair.new)] {
        fs::write(folder.path().join(name), schema.to_string()).expect("a file");
    }
    let report = diff(folder.path(), "old.json", "new.json", &["--no-api", "--unresolved", "accept"]);
    let report = report.unwrap_or_else(|error| panic!("{} ({}): {error}", pair.name, pair.edit));
    let (old, new) = (validator(&pair.old), validator(&pair.new));
    let directions =
        [("old_data", pair.breaks_old_data, &old, &new), ("new_data", pair.breaks_new_data, &new, &old)];
    let say = |(name, breaks, accepts, rejects): (&str, Option<bool>, &Option<_>, &Option<_>)| {
        let told = &report["data"][name];
        let witness = told.get("witness").map(|witness| {
            let is_valid = |validator: &Option<jsonschema::Validator>| {
                validator.as_ref().is_some_and(|validator| validator.is_valid(witness))
            };
            is_valid(accepts) && !is_valid(rejects)
        });
        let verdict = told["verdict"].as_str().unwrap_or_default().to_owned();
        Said { pair: pair.name.clone(), edit: pair.edit, breaks, verdict, witness }
    };
    directions.into_iter().map(say).collect()
}

#[test]
fn edits_are_judged_as_they_are_known_to_be() {
    let Some(corpus) = corpora() else { return };
    let pairs = known_pairs(&corpus);
    let said: Vec<_> = each(&pairs, ask).into_iter().flatten().collect();
    let mut table: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for one in &said {
        let known = match one.breaks {
            Some(true) => "breaking",
            Some(false) => "compatible",
            None => "not known",
        };
        *table.entry((one.edit, known, one.verdict.as_str())).or_default() += 1;
    }
    for ((edit, known, verdict), count) in &table {
        println!("{edit:22} known to be {known:10}  called {verdict:10}  {count:4}");
    }
    let count = |breaks: Option<bool>, verdict: &str| {
        said.iter().filter(|one| one.breaks == breaks && one.verdict == verdict).count()
    };
    let breaking = said.iter().filter(|one| one.breaks == Some(true)).count();
    let compatible = said.iter().filter(|one| one.breaks == Some(false)).count();
    let unproven = said.iter().filter(|one| one.breaks.is_some() && one.verdict == "unproven").count();
    println!(
        "{} pairs: {breaking} breaking directions, {} called so; {compatible} compatible ones, {} called so, {} called \
         breaking; {unproven} unproven",
        pairs.len(),
        count(Some(true), "breaking"),
        count(Some(false), "compatible"),
        count(Some(false), "breaking"),
    );
    for one in said.iter().filter(|one| one.verdict == "unproven" && one.breaks.is_some()) {
        println!("unproven: {} ({}), known: {:?}", one.pair, one.edit, one.breaks);
    }
    assert!(pairs.len() >= PAIRS, "only {} pairs were made", pairs.len());
    let wrong: Vec<_> = said
        .iter()
        .filter(|one| one.breaks == Some(true) && one.verdict == "compatible")
        .map(|one| format!("{} ({})", one.pair, one.edit))
        .collect();
    assert!(wrong.is_empty(), "breaking, and called compatible: {wrong:#?}");
    assert!(count(Some(false), "breaking") * 100 <= compatible, "compatible, and called breaking");
    let unreal: Vec<_> = said.iter().filter(|one| one.witness == Some(false)).map(|one| &one.pair).collect();
    assert!(unreal.is_empty(), "no witnesses: {unreal:#?}");
}
