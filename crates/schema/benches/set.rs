//! What reading and linking a set of schemas takes, as a ratio to parsing them: `cargo bench -p isomorph-schema`. The folder is
//! the first argument, or where the shared corpora are; each measure is the best of several.

#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "it takes the time")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use isomorph_formats::Format;
use isomorph_schema::{Dialect, Files, Unresolved, files_below, is_schema_file, validate_all};
use serde_json::Value;

fn main() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/schemastore");
    let folder = named.map_or(shared, PathBuf::from);
    let paths = files_below(&folder, &isomorph_schema::Disk, &is_schema_file).unwrap_or_default();
    let texts: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    if texts.is_empty() {
        println!("no schemas in {}", folder.display());
        return;
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let parsing = best(|| {
        for path in &paths {
            std::hint::black_box(parsed(path));
        }
    });
    let files = Files { schemas: vec![folder.clone()], ..Files::default() };
    // What is not there is to be told, and is no reason to stop.
    let read = || files.read(Dialect::default(), Unresolved::Accept);
    let set = match read() {
        Ok(set) => set,
        Err(error) => return println!("{error}"),
    };
    let reading = best(|| drop(std::hint::black_box(read())));
    let checking = best(|| drop(std::hint::black_box(validate_all(&set.documents))));
    let ratio = |taken: Duration| taken.as_secs_f64() / parsing.as_secs_f64();
    println!(
        "{} files, {bytes} bytes: parsing {parsing:?}; reading and linking {reading:?}, {:.2} times; against meta-schemas \
         {checking:?}, {:.2} times; {} documents are not here",
        texts.len(),
        ratio(reading),
        ratio(checking),
        set.missing.len(),
    );
}

/// The values of a file: what JSON is parsed to, and each document of YAML.
fn parsed(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let parse = |json: &str| serde_json::from_str(json).ok();
    match Format::of(path) {
        None | Some(Format::Json) => parse(&text).into_iter().collect(),
        Some(format) => {
            let documents = isomorph_formats::read(&text, format, isomorph_json::DEEPEST).unwrap_or_default();
            documents.iter().filter_map(|document| parse(&document.json)).collect()
        }
    }
}

/// The shortest of several runs.
fn best(run: impl Fn()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..5).map(timed).min().unwrap_or_default()
}
