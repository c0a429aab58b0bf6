//! How types are called: how many names a person could have chosen, and how long they are.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use isomorph_codegen::{Formats, Generated, Generator, Row, Source, Unresolved};
use serde_json::Value;

use crate::corpus;
use crate::failure::Failure;
use crate::renamed::Changes;

/// What is to be named.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of the corpora
    #[arg(long, env = "ISOMORPH_CORPUS", default_value = "../shared/corpus")]
    corpus: PathBuf,

    /// Print every type whose name no person would have chosen
    #[arg(long)]
    unnamed: bool,

    /// Print every type, with its place
    #[arg(long)]
    list: bool,

    /// Generate each schema again with its keys in another order, and with one property or definition more at so many
    /// places, and count the other names that change
    #[arg(long, value_name = "NUMBER")]
    additions: Option<usize>,

    /// Only schemas whose name contains one of these
    only: Vec<String>,
}

/// The longest name that a person would choose.
const LONGEST: usize = 40;

/// Words that say where something stands in the syntax, and not what it is.
const STRUCTURAL: [&str; 5] = ["variant", "object", "array", "item", "value"];

/// A type, and where its schema stands.
struct Named {
    schema: String,
    name: String,
    place: String,
    is_inline: bool,
    a_person_could: bool,
}

/// Generates the corpora, and prints what their types are called.
///
/// # Errors
///
/// If a corpus cannot be read.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (mut all, mut lines, mut failed, mut changes) = (Vec::new(), 0, 0, Changes::default());
    for schema in schemas(&arguments.corpus)? {
        let name = &schema.name;
        if !arguments.only.is_empty() && !arguments.only.iter().any(|wanted| name.contains(wanted)) {
            continue;
        }
        let generated = match schema.generated(schema.text.as_deref()) {
            Ok(generated) => generated,
            Err(why) => {
                println!("{name}: {why}");
                failed += 1;
                continue;
            }
        };
        lines += generated.files.iter().map(|file| file.text.lines().count()).sum::<usize>();
        all.extend(generated.report.definitions.iter().map(|row| named(name, row, &schema.words)));
        if let (Some(most), Some(text)) = (arguments.additions, &schema.text) {
            let generate = |text: &[u8]| schema.generated(Some(text)).ok().map(|generated| generated.report);
            changes.count(name, text, &generated.report, most, &generate);
        }
    }
    for one in all.iter().filter(|one| arguments.list || (arguments.unnamed && !one.a_person_could)) {
        println!("{:<40} {} {}", one.name, one.schema, one.place);
    }
    println!(
        "{:<16} {:>6} {:>8} {:>7} {:>5} {:>8} {:>8} {:>9} {:>11}",
        "names", "types", "named", "median", "p95", "longest", "over 40", "number", "structural"
    );
    print("all", &all.iter().collect::<Vec<_>>());
    print("of inline schemas", &all.iter().filter(|one| one.is_inline).collect::<Vec<_>>());
    println!("{lines} lines; {failed} schemas are not generated");
    if arguments.additions.is_some() {
        changes.print();
    }
    Ok(ExitCode::SUCCESS)
}

/// What is generated from one or several documents.
pub struct Schema {
    /// What it is called.
    pub name: String,
    /// What is set, without the document where there is one alone.
    generator: Generator,
    /// The document, and its file.
    pub text: Option<Vec<u8>>,
    file: String,
    /// The words that people use in it.
    words: BTreeSet<String>,
}

impl Schema {
    /// Generates from this text, or from what the generator has.
    ///
    /// # Errors
    ///
    /// If that fails: what was said.
    pub fn generated(&self, text: Option<&[u8]>) -> Result<Generated, String> {
        let mut generator = self.generator.clone();
        if let Some(text) = text {
            generator.source(Source { file: self.file.clone(), uri: None, text: text.to_owned() });
        }
        match catch_unwind(AssertUnwindSafe(|| generator.generate("module.rs"))) {
            Ok(generated) => generated.map_err(|error| error.to_string()),
            Err(_) => Err("panicked".to_owned()),
        }
    }
}

/// The schemas of SchemaStore and those in wide use.
///
/// # Errors
///
/// If a corpus cannot be read.
pub fn schemas(root: &Path) -> Result<Vec<Schema>, Failure> {
    let mut all = Vec::new();
    let store = corpus::folder(root, "schemastore")?;
    let mut generator = plain();
    for (uri, path) in &store.remotes {
        generator.map(uri, path);
    }
    for case in store.cases {
        let name = case.name.rsplit('/').next().unwrap_or_default();
        let (file, words) =
            (format!("{name}.json"), words_of_texts(name, std::slice::from_ref(&case.schema)));
        let generator = generator.clone();
        all.push(Schema { name: case.name.clone(), generator, text: Some(case.schema), file, words });
    }
    for path in corpus::files(&root.join("wild/schema"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read(&path).map_err(|source| Failure::Read { path: path.clone(), source })?;
        let words = words_of_texts(&name, std::slice::from_ref(&text));
        let (name, file) = (format!("wild/{name}"), format!("{name}.json"));
        all.push(Schema { name, generator: plain(), text: Some(text), file, words });
    }
    for path in corpus::entries(&root.join("wild/folder"))? {
        let mut generator = plain();
        generator.schema_folder(&path);
        let files = corpus::files(&path)?;
        let texts = files.iter().map(|file| fs::read(file).unwrap_or_default()).collect::<Vec<_>>();
        let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        let name = format!("wild/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let words = words_of_texts(&names.join(" "), &texts);
        all.push(Schema { name, generator, text: None, file: String::new(), words });
    }
    Ok(all)
}

fn plain() -> Generator {
    let mut generator = Generator::new();
    generator.formats(Formats::Annotate).unresolved(Unresolved::Accept);
    generator
}

/// The words of titles, of properties, of definitions and of the names of files.
fn words_of_texts(names: &str, texts: &[Vec<u8>]) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = words(names).collect();
    for text in texts {
        let mut work: Vec<Value> = serde_json::from_slice(text).into_iter().collect();
        while let Some(value) = work.pop() {
            match value {
                Value::Object(members) => {
                    known.extend(members.get("title").and_then(Value::as_str).into_iter().flat_map(words));
                    for (keyword, held) in members {
                        let holds_names = ["properties", "definitions", "$defs"].contains(&keyword.as_str());
                        if let (true, Value::Object(held)) = (holds_names, &held) {
                            known.extend(held.keys().flat_map(|name| words(name)));
                        }
                        work.push(held);
                    }
                }
                Value::Array(elements) => work.extend(elements),
                _ => {}
            }
        }
    }
    known
}

/// The words of a name, in lower case: at most one capital letter or number begins each.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in name.chars() {
        let begins = letter.is_ascii_digit() != last.is_ascii_digit()
            || !last.is_alphanumeric()
            || letter.is_uppercase() && last.is_lowercase();
        if letter.is_alphanumeric() {
            if begins || words.is_empty() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        last = letter;
    }
    words.into_iter()
}

fn named(schema: &str, row: &Row, known: &BTreeSet<String>) -> Named {
    let pointer = row.schema.split_once('#').map(|(_, pointer)| pointer).unwrap_or_default();
    let segments: Vec<_> = pointer.split('/').collect();
    let around = segments.len().checked_sub(2).and_then(|index| segments.get(index)).copied();
    let is_definition = matches!(around, None | Some("definitions" | "$defs"));
    let is_odd =
        |word: &str| STRUCTURAL.contains(&word) || word.starts_with(|first: char| first.is_ascii_digit());
    let is_said = |word: &str| known.contains(word) || known.contains(&format!("{word}s"));
    let a_person_could =
        row.name.len() <= LONGEST && words(&row.name).all(|word| !is_odd(&word) || is_said(&word));
    Named {
        schema: schema.to_owned(),
        name: row.name.clone(),
        place: row.schema.clone(),
        is_inline: !is_definition,
        a_person_could,
    }
}

fn print(title: &str, all: &[&Named]) {
    let mut lengths: Vec<_> = all.iter().map(|one| one.name.len()).collect();
    lengths.sort_unstable();
    let at = |share: usize| lengths.get(lengths.len() * share / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "counts of types are far below 2^53")]
    let percent = |is: &dyn Fn(&Named) -> bool| {
        let count = all.iter().filter(|one| is(one)).count();
        100.0 * count as f64 / all.len().max(1) as f64
    };
    println!(
        "{title:<16} {:>6} {:>6.1} % {:>7} {:>5} {:>8} {:>6.2} % {:>7.2} % {:>9.2} %",
        all.len(),
        percent(&|one| one.a_person_could),
        at(50),
        at(95),
        lengths.last().copied().unwrap_or_default(),
        percent(&|one| one.name.len() > LONGEST),
        percent(&|one| one.name.ends_with(|last: char| last.is_ascii_digit())),
        percent(&|one| words(&one.name).any(|word| STRUCTURAL.contains(&word.as_str()))),
    );
}
