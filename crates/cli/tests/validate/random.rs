//! Bytes changed at random: no panic, and every position that is reported lies in its file.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::written::{Style, write as written};
use super::{Numbers, folder, report, schema, write};

fn damaged(numbers: &mut Numbers, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len().max(1));
        if bytes.is_empty() {
            return bytes;
        }
        match numbers.below(4) {
            0 => bytes[at] = b"\"\\{}[],:-0e\n\xff\xc3 #&*'"[numbers.below(19)],
            1 => bytes[at] = u8::try_from(numbers.below(256)).expect("a byte"),
            2 => _ = bytes.remove(at),
            _ => bytes.truncate(at.max(1)),
        }
    }
    bytes
}

fn toml(instance: &Value) -> String {
    let strings = instance["failed"].as_array().into_iter().flatten();
    let failed =
        strings.map(|entry| format!("[[failed]]\nfilepath = {}\nerror = \"x\"\n", entry["filepath"]));
    let stats = "[stats]\ntotal = 1\nuploaded = 1\nrejected = 0\nfailed = 0\n";
    format!("uploaded = []\nrejected = []\n{}{stats}", failed.collect::<String>())
}

#[test]
fn ten_thousand_damaged_files_are_reported_with_places_inside_them() {
    let mut numbers = Numbers(11);
    let here = folder(&[]);
    for index in 0..10_000 {
        let instance = numbers.upload_result();
        let (text, ending) = match index % 5 {
            0 => (written(&instance, "", Style::Pretty).text, "json"),
            1 => (written(&instance, "", Style::Yaml).text, "yaml"),
            2 => (toml(&instance), "toml"),
            3 => (format!("// a\n{}", written(&instance, "", Style::Compact).text), "json5"),
            _ => (format!("{instance}\n{instance}\n"), "ndjson"),
        };
        write(&here, &format!("{index:05}.{ending}"), &damaged(&mut numbers, text.into_bytes()));
    }
    let (code, report) = report(here.path(), &["--schema", &schema(), "."]);
    assert_eq!(code, 1);
    assert_eq!(report["summary"]["files"], 10_000);
    let problems = report["problems"].as_array().expect("an array");
    assert!(problems.len() > 5_000, "{} problems", problems.len());
    for problem in problems {
        lies_inside(here.path(), problem);
    }
}

fn lies_inside(folder: &Path, problem: &Value) {
    let name = problem["file"].as_str().expect("a name");
    let bytes = fs::read(folder.join(name)).expect("a file");
    let number = |field: &str| {
        usize::try_from(problem[field].as_u64().unwrap_or_else(|| panic!("{field} in {problem}")))
            .expect("small")
    };
    assert!(
        number("offset") + number("length") <= bytes.len(),
        "{problem} in {}",
        String::from_utf8_lossy(&bytes)
    );
    let lines: Vec<_> = bytes.split(|&byte| byte == b'\n').collect();
    for (line, column) in [("line", "column"), ("endLine", "endColumn")] {
        let text = lines.get(number(line) - 1).unwrap_or_else(|| panic!("{problem}"));
        let columns = String::from_utf8_lossy(text).chars().count() + 1;
        assert!((1..=columns).contains(&number(column)), "{problem}: {columns} columns");
    }
}
