//! The types of a schema, and where each stands: in the Rust, and in the schema.

use std::collections::HashMap;

use isomorph_codegen::{Generated, Member, Report, Row};
use isomorph_formats as formats;
use isomorph_json::{DEEPEST, Pointer, SourceText};
use serde::Serialize;

use crate::ask::Ask;
use crate::error::Error;
use crate::extents::Extents;
use crate::given::{Beside, Given};
use crate::items::{Item, items};
use crate::problem::{self, Problem};
use crate::utf16::Utf16;

/// What became of a schema.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Types {
    /// What the schema is written in.
    format: &'static str,
    /// What is wrong with the schema, or worth a look. Where something is wrong there are no types.
    problems: Vec<Problem>,
    /// Whether there are types.
    is_made: bool,
    /// The generated files.
    files: Vec<String>,
    /// The one that is shown.
    file: String,
    /// What it holds.
    rust: String,
    /// What became of each definition.
    definitions: Vec<Definition>,
    /// The same, counted.
    totals: Totals,
    /// Settings that give up something, what is mapped, and what the code depends on: a line each.
    said: Vec<String>,
}

/// All definitions, counted.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Totals {
    definitions: usize,
    by_shape: usize,
    checked: usize,
    guarded: usize,
    derived: usize,
    typed_percent: f64,
}

/// What became of a definition.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    name: String,
    shape: &'static str,
    /// The keywords that are checked on the typed value.
    checked_by: Vec<String>,
    /// The keywords that are left to a validator.
    guarded_by: Vec<String>,
    carried_because: Option<String>,
    only_for: Option<String>,
    /// Its places, in a file or another: that of the schema without the file's name.
    places: Vec<String>,
    /// The same in the text of the schema, as far as they are there.
    schema: Vec<[usize; 2]>,
    /// All of it in the Rust that is shown, if it is there.
    rust: Option<[usize; 2]>,
    /// Its name there.
    declared: Option<[usize; 2]>,
    /// Its fields and variants that stand in both texts.
    members: Vec<Linked>,
    /// Its subschemas that have a type, and all.
    typed: [usize; 2],
}

/// A field or a variant.
#[derive(Debug, Serialize)]
struct Linked {
    name: String,
    /// Its place, as those of the definition.
    place: String,
    schema: [usize; 2],
    rust: [usize; 2],
}

/// The types, as a question wants them.
///
/// # Errors
///
/// If the question cannot be understood.
pub fn types(ask: &Ask, beside: &Beside) -> Result<Types, Error> {
    let given = Given::new(&ask.schema, ask, beside)?;
    let text = Utf16::new(&ask.schema.text);
    let format = isomorph_schema::Setting::word(given.format);
    match given.generator.generate("model.rs") {
        Err(error) => {
            let problems = problem::of_schema(&error, &given.file, &text);
            Ok(Types { format, problems, ..Types::default() })
        }
        Ok(generated) => {
            // Places are asked for only where there is something to say.
            let notes = if generated.notes.is_empty() { None } else { given.generator.set().ok() };
            let notes = notes.map(|set| set.notes).unwrap_or_default();
            let problems = problem::of_notes(&notes, &given.file, &text);
            Ok(Types { format, problems, ..made(generated, ask, &given, &text) })
        }
    }
}

fn made(generated: Generated, ask: &Ask, given: &Given, text: &Utf16) -> Types {
    let Generated { files, report, .. } = generated;
    let names = files.iter().map(|file| file.name.clone()).collect();
    let is_asked = |name: &str| ask.file.as_deref().unwrap_or("model.rs") == name;
    let at = files.iter().position(|file| is_asked(&file.name)).unwrap_or_default();
    let (file, rust) = files.into_iter().nth(at).map(|file| (file.name, file.text)).unwrap_or_default();
    let said = said(&report);
    let totals = totals(&report);
    let definitions = definitions(report.definitions, &rust, ask, given, text);
    Types { is_made: true, files: names, file, rust, definitions, totals, said, ..Types::default() }
}

fn definitions(rows: Vec<Row>, rust: &str, ask: &Ask, given: &Given, text: &Utf16) -> Vec<Definition> {
    let (items, units) = (items(rust), Utf16::new(rust));
    let place = |name: &String| Pointer::parse(name.strip_prefix(given.file.as_str())?.strip_prefix('#')?);
    let mut pointers: HashMap<String, Pointer> = HashMap::new();
    let members = rows.iter().flat_map(|row| &row.members).map(|member| &member.schema);
    for name in rows.iter().flat_map(names).chain(members) {
        pointers.extend(place(name).map(|pointer| (name.clone(), pointer)));
    }
    let source = source(ask, given);
    let extents = Extents::of(&source, pointers.values());
    let find = |name: &String| extents.get(pointers.get(name)?).map(|bytes| text.span(bytes));
    let shown = |name: &String| name.strip_prefix(given.file.as_str()).unwrap_or(name).to_owned();
    let linked = |member: &Member, item: &Item| {
        // The fields of a short variant stand in its line.
        let around = || item.members.get(member.name.split_once('.')?.0);
        let rust = units.span(item.members.get(&member.name).or_else(around)?);
        Some(Linked {
            name: member.name.clone(),
            place: shown(&member.schema),
            schema: find(&member.schema)?,
            rust,
        })
    };
    let definition = |row: Row| {
        let item: Option<&Item> = items.get(row.name.as_str());
        Definition {
            places: names(&row).map(shown).collect(),
            schema: names(&row).filter_map(find).collect(),
            rust: item.map(|item| units.span(&item.all)),
            declared: item.map(|item| units.span(&item.name)),
            members: row.members.iter().filter_map(|member| linked(member, item?)).collect(),
            name: row.name,
            shape: row.shape,
            checked_by: row.checked_by,
            guarded_by: row.guarded_by,
            carried_because: row.carried_because,
            only_for: row.only_for,
            typed: [row.positions.typed, row.positions.all],
        }
    };
    rows.into_iter().map(definition).collect()
}

/// The places of a definition, by file and pointer.
fn names(row: &Row) -> impl Iterator<Item = &String> {
    std::iter::once(&row.schema).chain(&row.also_for)
}

/// The schema's text, in which places can be found.
fn source(ask: &Ask, given: &Given) -> SourceText {
    let text = &ask.schema.text;
    let transcribed = formats::read(text, given.format, DEEPEST).ok().and_then(|mut all| all.pop());
    SourceText::new(text.clone(), transcribed)
}

fn totals(report: &Report) -> Totals {
    let rows = &report.definitions;
    Totals {
        definitions: report.totals.definitions,
        by_shape: report.totals.exact_by_shape,
        checked: rows.iter().filter(|row| !row.checked_by.is_empty() && row.guarded_by.is_empty()).count(),
        guarded: rows.iter().filter(|row| !row.guarded_by.is_empty()).count(),
        derived: report.totals.derived,
        typed_percent: report.totals.positions.typed_percent(),
    }
}

fn said(report: &Report) -> Vec<String> {
    let traded = report.traded.iter().map(|one| format!("{} = {:?}: {}", one.setting, one.value, one.told));
    let missing = report.missing.iter().map(|uri| format!("{uri} is not here"));
    let needs = report.needs.iter().map(|one| format!("needs {}: {}", one.what, one.why));
    traded.chain(missing).chain(needs).collect()
}
