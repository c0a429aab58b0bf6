use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::corpus::Corpus;
use crate::crates::{Crate, manifest, put};
use crate::entrant::{Kind, Module};
use crate::failure::Failure;

/// The instances of a case, for the program.
#[derive(Serialize)]
struct Job<'a> {
    case: usize,
    schema: &'a str,
    instances: Vec<String>,
}

/// Writes a program that reads the instances of some modules.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(corpus: &Corpus, modules: &[Module], folder: &Path) -> Result<Crate, Failure> {
    let (mut declared, mut table, mut jobs) = (String::new(), String::new(), Vec::new());
    for module in modules {
        let Ok(text) = &module.text else { continue };
        let case = &corpus.cases[module.case];
        put(&folder.join(format!("src/m{}.rs", module.case)), text)?;
        let _ = writeln!(declared, "mod m{};", module.case);
        let _ = writeln!(table, "            {0} => time::<m{0}::Root>(&job, only),", module.case);
        jobs.push(Job {
            case: module.case,
            schema: std::str::from_utf8(&case.schema).unwrap_or_default(),
            instances: case.instances.iter().filter_map(|instance| compact(&instance.text)).collect(),
        });
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    put(&folder.join("src/main.rs"), &format!("#![allow(warnings)]\n{declared}{PROGRAM}{table}{END}"))?;
    let dependencies = format!(
        "{}jsonschema = {{ version = \"0.61\", default-features = false }}\n",
        Kind::Isomorph.dependencies()
    );
    put(&folder.join("Cargo.toml"), &manifest(&name, &dependencies))?;
    put(&folder.join("jobs.json"), &serde_json::to_string(&jobs).map_err(Failure::Write)?)?;
    Ok(Crate {
        folder: folder.to_owned(),
        cases: modules.iter().map(|module| module.case).collect(),
        stand_ins: BTreeMap::new(),
    })
}

/// The JSON of an instance, without the white space that a compact one has not.
fn compact(text: &str) -> Option<String> {
    serde_json::from_str::<Value>(text).ok().map(|value| value.to_string())
}

/// The program: of each schema a line with the shortest time for all of its instances by each way to read them, the ways
/// in turns. With a number of a way and of rounds it only reads the instances so often that way, for who counts
/// instructions.
const PROGRAM: &str = r#"
use std::hint::black_box;
use std::time::{Duration, Instant};

#[derive(serde::Deserialize)]
struct Job {
    case: usize,
    schema: String,
    instances: Vec<String>,
}

fn ways<T: isomorph_runtime::Read + serde::de::DeserializeOwned>(schema: &str) -> Vec<Box<dyn Fn(&str) -> bool>> {
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let mut ways: Vec<Box<dyn Fn(&str) -> bool>> = vec![
        Box::new(|text| isomorph_runtime::from_str::<T>(text).is_ok()),
        Box::new(|text| serde_json::from_str::<T>(text).is_ok()),
        Box::new(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()),
        Box::new(|text| serde_json::from_str::<serde_json::Value>(text).is_ok()),
    ];
    if let Ok(validator) = jsonschema::validator_for(&schema) {
        ways.push(Box::new(move |text| {
            serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| validator.is_valid(&value))
        }));
    }
    ways
}

fn read(way: &dyn Fn(&str) -> bool, texts: &[&String], rounds: u32) {
    for _ in 0..rounds {
        for text in texts {
            black_box(way(black_box(text)));
        }
    }
}

fn time<T: isomorph_runtime::Read + serde::de::DeserializeOwned>(job: &Job, only: Option<(usize, u32)>) {
    let ways = ways::<T>(&job.schema);
    let texts: Vec<&String> = job.instances.iter().filter(|text| ways[0](text)).collect();
    if let Some((way, rounds)) = only {
        return ways.get(way).map_or((), |way| read(way, &texts, rounds));
    }
    if texts.len() < job.instances.len() {
        println!("case {}: {} refused, and not timed", job.case, job.instances.len() - texts.len());
    }
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    if bytes == 0 {
        return;
    }
    // So often that the clock can tell.
    let once = Instant::now();
    read(&ways[0], &texts, 1);
    let often = (Duration::from_millis(2).as_nanos() / once.elapsed().as_nanos().max(1)).clamp(1, 2000) as u32;
    let mut best = vec![f64::MAX; ways.len()];
    for _ in 0..12 {
        for (way, best) in ways.iter().zip(&mut best) {
            let start = Instant::now();
            read(way, &texts, often);
            *best = best.min(start.elapsed().as_nanos() as f64 / f64::from(often));
        }
    }
    println!("{}", serde_json::json!({
        "case": job.case, "bytes": bytes, "text": best[0], "serde": best[1], "ignored": best[2], "value": best[3],
        "validated": best.get(4),
    }));
}

fn main() {
    let path = std::env::args().nth(1).expect("the jobs");
    let numbers: Vec<u32> = std::env::args().skip(2).map(|number| number.parse().expect("a number")).collect();
    let only = numbers.get(1).zip(numbers.get(2)).map(|(way, rounds)| (*way as usize, *rounds));
    let text = std::fs::read_to_string(path).expect("the jobs can be read");
    let jobs: Vec<Job> = serde_json::from_str(&text).expect("the jobs are JSON");
    for job in jobs {
        if numbers.first().is_some_and(|case| job.case != *case as usize) {
            continue;
        }
        match job.case {
"#;

const END: &str = "            _ => {}\n        }\n    }\n}\n";
