//! The story of the seed: immichpy 9.2.4 publishes other schemas than 4.2.3, and whoever imports the generated crate
//! learns what that means before it bites.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::corpora::corpora;
use super::diff;
use super::repository::repository;

const ROOTS: [&str; 5] = ["FailedEntry", "RejectedEntry", "UploadResult", "UploadStats", "UploadedEntry"];

/// The schemas of both versions.
fn versions() -> Option<(PathBuf, PathBuf)> {
    let immichpy = corpora()?.join("immichpy");
    Some((immichpy.join("4.2.3"), immichpy.join("9.2.4")))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for name in ROOTS {
        let file = format!("{name}.json");
        fs::copy(from.join(&file), to.join(&file)).expect("a schema");
    }
}

fn isomorph(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the tool starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn the_page_shows_what_the_diff_says() {
    let Some((old, new)) = versions() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&old, &folder.path().join("immichpy-4.2.3"));
    copy(&new, &folder.path().join("immichpy-9.2.4"));
    let page = fs::read_to_string(repository().join("docs/when-the-schema-changes.md")).expect("the page");
    let command = "isomorph diff immichpy-4.2.3 immichpy-9.2.4";
    let (_, shown) = page.split_once(&format!("$ {command}\n")).expect("the page shows the command");
    let (shown, _) = shown.split_once("```").expect("the page shows what it says");
    let arguments: Vec<_> = command.split(' ').skip(1).collect();
    assert_eq!(isomorph(folder.path(), &arguments), (0, shown.to_owned()));
}

#[test]
fn the_diff_names_each_change_wherever_it_occurs() {
    let Some((old, new)) = versions() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&old, &folder.path().join("old"));
    copy(&new, &folder.path().join("new"));
    let report = diff(folder.path(), "old", "new", &[]).expect("a report");
    let told: Vec<_> = report["definitions"]
        .as_array()
        .expect("definitions")
        .iter()
        .map(|definition| {
            let change = &definition["changes"][0];
            let asserted = &change["with_formats_asserted"]["old_data"];
            json!([
                definition["name"],
                definition["places"],
                change["pointer"],
                change["changes"][0]["change"],
                change["data"]["old_data"]["verdict"],
                asserted["verdict"],
            ])
        })
        .collect();
    let places = |first: &str, definition: &str| json!([first, format!("new/{definition}")]);
    let expected = [
        json!([
            "RejectedEntry",
            places("new/RejectedEntry.json#", "UploadResult.json#/$defs/RejectedEntry"),
            "/properties/asset_id/anyOf/0",
            "format `\"uuid\"` was added",
            "compatible",
            "breaking"
        ]),
        json!([
            "AssetMediaResponseDto",
            places(
                "new/UploadResult.json#/$defs/AssetMediaResponseDto",
                "UploadedEntry.json#/$defs/AssetMediaResponseDto"
            ),
            "/properties/id",
            "format `\"uuid\"` was added",
            "compatible",
            "breaking"
        ]),
        json!([
            "AssetMediaStatus",
            places(
                "new/UploadResult.json#/$defs/AssetMediaStatus",
                "UploadedEntry.json#/$defs/AssetMediaStatus"
            ),
            "",
            "`replaced` left the enum",
            "breaking",
            null
        ]),
    ];
    assert_eq!(told, expected);
    let verdicts = [
        &report["data"]["old_data"]["verdict"],
        &report["data"]["new_data"]["verdict"],
        &report["api"]["release"],
    ];
    assert_eq!(verdicts, ["breaking", "compatible", "major"]);
    assert_eq!(report["api"]["changes"][0]["item"], "AssetMediaStatus::Replaced");
    let witness = &report["definitions"][2]["changes"][0]["data"]["old_data"]["witness"];
    assert_eq!(witness, "replaced");
    let whole = &report["data"]["old_data"]["witness"];
    assert!(whole.to_string().contains("\"replaced\""), "{whole}");
}

/// A crate of the old schemas, mended for the new ones, with a program that judges lines.
fn mended(old: &Path, new: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(old, &folder.path().join("seed"));
    let runtime = repository().join("crates/runtime").display().to_string();
    let arguments = ["init", "--schema", "seed", "--crate", "immich-story", "--runtime-path", &runtime];
    let (code, said) = isomorph(folder.path(), &arguments);
    assert_eq!(code, 0, "{said}");
    let story = folder.path().join("immich-story");
    assert_eq!(isomorph(&story, &["generate", "--check"]).0, 0, "what init makes is fresh");
    copy(new, &story.join("schema"));
    assert_eq!(isomorph(&story, &["generate", "--check"]).0, 1, "the new schemas are noticed");
    assert_eq!(isomorph(&story, &["generate"]).0, 0, "generate mends");
    assert_eq!(isomorph(&story, &["generate", "--check"]).0, 0);
    fs::create_dir_all(story.join("examples")).expect("a folder");
    fs::write(story.join("examples/judge.rs"), JUDGE).expect("a file");
    fs::copy(repository().join("Cargo.lock"), story.join("Cargo.lock")).expect("a lock");
    folder
}

/// Prints for each line where it is wrong; nothing for one that is right.
const JUDGE: &str = r#"
fn main() {
    for line in std::io::stdin().lines() {
        match serde_json::from_str::<immich_story::UploadResult>(&line.expect("UTF-8")) {
            Ok(_) => println!(),
            Err(error) => println!("{}", error.to_string().replace('\n', " ")),
        }
    }
}
"#;

fn cargo(folder: &Path, arguments: &[&str], input: &str) -> (bool, String, String) {
    let mut child = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder.join("immich-story"))
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("story"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    let _ = writer.join();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

/// Where the diff says that old data breaks: a status that left the enum.
fn replaced(line: &str) -> Vec<String> {
    let result: Value = serde_json::from_str(line).expect("JSON");
    let uploaded = result["uploaded"].as_array().into_iter().flatten().enumerate();
    let replaced = uploaded.filter(|(_, entry)| entry["asset"]["status"] == "replaced");
    replaced.map(|(index, _)| format!("/uploaded/{index}/asset/status")).collect()
}

#[test]
fn generate_mends_the_round_trip_holds_and_old_data_is_rejected_exactly_where_the_diff_said() {
    let Some((old, new)) = versions() else { return };
    let folder = mended(&old, &new);
    let (holds, said, errors) =
        cargo(folder.path(), &["test", "--quiet", "--offline", "--all-features", "--test", "schemas"], "");
    assert!(holds, "{said}{errors}");
    let (_, samples) = isomorph(&old, &["sample", "UploadResult.json", "-n", "60"]);
    let written = python(OLD, &["write", "400"], "");
    let lines = format!("{samples}{}", written.unwrap_or_default());
    let (ran, judged, errors) =
        cargo(folder.path(), &["run", "--quiet", "--offline", "--example", "judge"], &lines);
    assert!(ran, "{errors}");
    assert_eq!(judged.lines().count(), lines.lines().count());
    let mut rejected = 0;
    for (line, said) in lines.lines().zip(judged.lines()) {
        // The first error ends the reading.
        match replaced(line).first() {
            Some(place) => assert!(said.starts_with(&format!("{place}: ")), "{line}: {said}"),
            None => assert_eq!(said, "", "{line}"),
        }
        rejected += usize::from(!said.is_empty());
    }
    assert!(rejected > 10 && rejected < lines.lines().count(), "{rejected} are rejected");
    println!("{rejected} of {} old results are rejected by the new types", lines.lines().count());
}

/// Pythons with immichpy 4.2.3 and 9.2.4; `.ci/interop` makes both.
const OLD: &str = "ISOMORPH_PYTHON";
const NEXT: &str = "ISOMORPH_PYTHON_NEXT";

fn python(variable: &str, arguments: &[&str], input: &str) -> Option<String> {
    let Ok(python) = std::env::var(variable) else {
        println!("skipped: {variable} names no Python with immichpy; run .ci/interop");
        return None;
    };
    let script = repository().join("tests/interop/immichpy_models.py");
    let mut child = Command::new(python)
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("Python ends");
    let _ = writer.join();
    assert!(output.status.success(), "Python ends with {}", output.status);
    Some(String::from_utf8(output.stdout).expect("Python prints UTF-8"))
}

#[test]
fn the_next_immichpy_prints_the_new_schemas_and_rejects_old_data_where_the_diff_said() {
    let Some((_, new)) = versions() else { return };
    let (Some(printed), Some(written)) = (python(NEXT, &["schemas"], ""), python(OLD, &["write", "400"], ""))
    else {
        return;
    };
    let printed: Value = serde_json::from_str(&printed).expect("JSON");
    for name in ROOTS {
        let text = fs::read_to_string(new.join(format!("{name}.json"))).expect("a schema");
        assert_eq!(printed[name], serde_json::from_str::<Value>(&text).expect("JSON"), "{name}");
    }
    let judged = python(NEXT, &["judge"], &written).expect("there is a Python");
    assert_eq!(judged.lines().count(), written.lines().count());
    let mut rejected = 0;
    for (line, said) in written.lines().zip(judged.lines()) {
        let said: Vec<String> = serde_json::from_str(said).expect("JSON");
        // The diff says the same where formats are asserted, as pydantic does.
        let mut expected = [replaced(line), no_uuids(line)].concat();
        expected.sort();
        assert_eq!(said, expected, "{line}");
        rejected += usize::from(!said.is_empty());
    }
    println!("{rejected} of 400 old results are rejected by immichpy 9.2.4, all where the diff said");
}

/// The places of the two identifiers, where they are no UUIDs; the texts of the script never are.
fn no_uuids(line: &str) -> Vec<String> {
    let result: Value = serde_json::from_str(line).expect("JSON");
    let each = |list: &str| result[list].as_array().cloned().unwrap_or_default().into_iter().enumerate();
    let uploaded = each("uploaded").map(|(index, _)| format!("/uploaded/{index}/asset/id"));
    let rejected = each("rejected").filter(|(_, entry)| entry["asset_id"].is_string());
    uploaded.chain(rejected.map(|(index, _)| format!("/rejected/{index}/asset_id"))).collect()
}
