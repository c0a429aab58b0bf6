//! What changed since another version of a schema, and whom it breaks.

use std::time::Duration;

use isomorph_codegen::{self as codegen, Api, File, Layout, Pointer, Schemars, Set};
use isomorph_evolution::{self as evolution, Data, Options, Report, Told, Version};
use serde::Serialize;

use crate::ask::Ask;
use crate::error::Error;
use crate::extents::Extents;
use crate::given::{Beside, Given};
use crate::outside::{ApiChange, Outside};
use crate::problem::{self, Problem};
use crate::utf16::Utf16;

/// How long to look for proofs and witnesses.
const TIME: Duration = Duration::from_secs(3);
/// How many places that changed are shown.
const SHOWN: usize = 300;

/// What changed.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// What the schema before is written in.
    format: &'static str,
    /// What is wrong with the schema before; then nothing is compared.
    problems: Vec<Problem>,
    /// Why nothing is compared, if something else is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<String>,
    /// What became of data: of the worst of all schemas.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data>,
    /// The places that changed.
    places: Vec<Place>,
    /// How many more did.
    more: usize,
    /// Schemas that came, and that went.
    added: Vec<String>,
    removed: Vec<String>,
    /// Parts of operations, and what becomes of them.
    operations: Vec<evolution::Operation>,
    /// What it does to code that uses the types; absent if one side has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<ApiReport>,
}

/// What changes for code.
#[derive(Debug, Serialize)]
struct ApiReport {
    /// The release that it asks for; `none` if the generated text is the same.
    release: &'static str,
    changes: Vec<ApiChange>,
    /// How many more there are.
    more: usize,
}

/// A place that changed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    /// The definition that it is in.
    definition: String,
    /// Where, from there.
    pointer: String,
    /// What happened, in words, and whether instances may be concerned.
    changes: Vec<evolution::Change>,
    /// What that does to values there.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data>,
    /// Where it stands in the text of the schema now, or what is around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<[usize; 2]>,
}

/// Compares the schema of a question with that before.
///
/// # Errors
///
/// If the question cannot be understood.
pub fn changes(ask: &Ask, beside: &Beside, outside: &Outside) -> Result<Changes, Error> {
    let Some(before) = &ask.before else { return Err(Error::Lacks { what: "before" }) };
    let (old, new) = (Given::new(before, ask, beside)?, Given::new(&ask.schema, ask, beside)?);
    let none = Changes { format: isomorph_schema::Setting::word(old.format), ..Changes::default() };
    let (old_set, new_set) = match (old.generator.set(), new.generator.set()) {
        (Err(error), _) => {
            let problems = problem::of_schema(&error, &old.file, &Utf16::new(&before.text));
            return Ok(Changes { problems, ..none });
        }
        (_, Err(_)) => {
            return Ok(Changes { none: Some("The schema now cannot be used.".to_owned()), ..none });
        }
        (Ok(old), Ok(new)) => (old, new),
    };
    Ok(match compared(&old_set, &new_set, outside) {
        Err(error) => Changes { none: Some(error.to_string()), ..none },
        Ok(report) => {
            let api = if report.is_empty() { None } else { api(&old, &new, outside).ok() };
            let told = told(report, &new_set, &new.file, &Utf16::new(&ask.schema.text), none);
            Changes { api, ..told }
        }
    })
}

fn compared(old: &Set, new: &Set, outside: &Outside) -> Result<Report, evolution::Error> {
    fn version<'a>(label: &'a str, set: &'a Set) -> Version<'a> {
        Version { label, documents: &set.documents, selected: &set.selected }
    }
    let canonical = (outside.canonical)(TIME);
    let (old, new) = (version("before", old), version("now", new));
    evolution::compare(&old, &new, &Options::new(TIME), canonical.as_ref(), outside.clock)
}

fn api(old: &Given, new: &Given, outside: &Outside) -> Result<ApiReport, codegen::Error> {
    let generate = |given: &Given| -> Result<(Vec<File>, Api), codegen::Error> {
        // How a type gives its schema back is no matter of the API.
        let mut generator = given.generator.clone();
        let files = generator.layout(Layout::Single).schemars(Schemars::Never).generate("model.rs")?.files;
        let api = Api::of(&files)?;
        Ok((files, api))
    };
    let ((old_files, old_api), (new_files, new_api)) = (generate(old)?, generate(new)?);
    let mut changes = (outside.api)(&old_api, &new_api);
    let least = if old_files == new_files { "none" } else { "patch" };
    let release = changes.first().map_or(least, |worst| worst.release);
    let more = changes.len().saturating_sub(SHOWN);
    changes.truncate(SHOWN);
    Ok(ApiReport { release, changes, more })
}

fn told(report: Report, set: &Set, file: &str, text: &Utf16, none: Changes) -> Changes {
    let (added, removed) = (report.added, report.removed);
    let of_definition = |definition: evolution::Definition| {
        let at = definition.places.into_iter().next().unwrap_or_default();
        let name = definition.name;
        definition.changes.into_iter().map(move |place| (name.clone(), at.clone(), place))
    };
    let mut all: Vec<_> = report.definitions.into_iter().flat_map(of_definition).collect();
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    let pointers: Vec<_> = all.iter().map(|(_, at, place)| pointer(at, place, file)).collect();
    let document = set.documents.iter().find(|document| document.file == file);
    let extents = document.map(|document| Extents::of(&document.text, pointers.iter().flatten()));
    let place = |((definition, _, place), pointer): ((String, _, evolution::Place), Option<Pointer>)| Place {
        definition,
        pointer: place.pointer,
        changes: place.changes,
        data: place.data.map(short),
        at: pointer.and_then(|pointer| Some(text.span(extents.as_ref()?.get(&pointer)?))),
    };
    Changes {
        data: Some(short(report.data)),
        places: all.into_iter().zip(pointers).map(place).collect(),
        more,
        added,
        removed,
        operations: report.operations,
        ..none
    }
}

/// Where the keyword stands that changed first at a place.
fn pointer(at: &str, place: &evolution::Place, file: &str) -> Option<Pointer> {
    let from = at.strip_prefix(file)?.trim_start_matches('#');
    let keyword = place.changes.first().map_or("", |change| change.keyword.as_str());
    Pointer::parse(&format!("{from}{}{keyword}", place.pointer))
}

/// Verdicts without witnesses that nobody would read.
fn short(data: Data) -> Data {
    const LONGEST: usize = 20_000;
    let told = |told: Told| {
        let is_short = told.witness.as_ref().is_none_or(|witness| witness.to_string().len() <= LONGEST);
        if is_short { told } else { Told { witness: None, ..told } }
    };
    Data { old_data: told(data.old_data), new_data: told(data.new_data) }
}
