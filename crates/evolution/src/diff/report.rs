//! What a comparison came to, as it is printed.

use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::Bundle;
use serde::Serialize;

use super::changes::Changed;
use super::compare::Comparison;
use super::instance::Instance;
use super::local::definition;
use super::seen::Seen;
use super::verdict::{Judgement, Verdict, Verdicts};

/// Everything.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What the old version is called.
    pub old: String,
    /// What the new version is called.
    pub new: String,
    /// What the verdicts on whole instances rest on, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assuming: Option<&'static str>,
    /// The worst of all schemas.
    pub data: Data,
    /// The changed definitions.
    pub definitions: Vec<Definition>,
    /// What the changes do to whole instances of each changed schema.
    pub schemas: Vec<Schema>,
    /// What the changes do to the operations that use those.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// Schemas that are only in the new version.
    pub added: Vec<String>,
    /// Schemas that are only in the old version.
    pub removed: Vec<String>,
    /// Places at which breaks are accepted, though nothing changed there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepted_in_vain: Vec<String>,
    /// Places at which breaks are accepted, and something changed.
    #[serde(skip)]
    pub accepted: Vec<String>,
    /// Schemas that are in another file now: the old one and the new one.
    pub renamed: Vec<(String, String)>,
    /// Which definitions and places are there.
    #[serde(skip)]
    known: Known,
}

/// Both directions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Data {
    /// Old data under the new schema.
    pub old_data: Told,
    /// New data under the old schema.
    pub new_data: Told,
}

/// A verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Whether something breaks.
    pub verdict: Verdict,
    /// The schema that it was reached for, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// An instance that the one schema accepts and the other rejects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Instance>,
    /// Why it is rejected; or why nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Why changes that break something are accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<String>,
    /// How many instances were tried in vain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<usize>,
}

/// A definition that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// Its name; of a whole file, that of the file.
    pub name: String,
    /// Where it stands now: file and JSON Pointer.
    pub places: Vec<String>,
    /// The places in it that changed.
    pub changes: Vec<Place>,
}

/// A place in a definition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// From the definition.
    pub pointer: String,
    /// What happened there.
    pub changes: Vec<Change>,
    /// What that does to values there; absent if nothing there binds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Data>,
    /// The same where formats are asserted, if it makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_formats_asserted: Option<Data>,
    /// Instead of these, what it does to whole instances, where values there do not show that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub around: Option<Data>,
}

/// A change in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The keyword, as a JSON Pointer from the place.
    pub keyword: String,
    /// What happened, in words.
    pub change: String,
    /// Whether instances may be concerned.
    pub binds: bool,
    /// Why that is accepted, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

/// A schema and the verdicts on its instances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schema {
    /// Where it stands.
    pub schema: String,
    /// What becomes of its instances.
    #[serde(flatten)]
    pub data: Data,
}

/// What an operation of an API uses a changed schema for, and whom that breaks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// The operation.
    pub operation: String,
    /// The part of it.
    pub part: String,
    /// Whether instances are sent to it.
    pub is_request: bool,
    /// The schema.
    pub schema: String,
    /// Of a request, what becomes of old data under the new schema; of a response, of new data under the old one.
    pub data: Told,
}

impl Told {
    fn new(judgement: &Judgement, schema: Option<String>) -> Self {
        let witness = judgement.witness();
        Self {
            verdict: judgement.verdict(),
            schema,
            witness: witness.map(|witness| witness.instance.clone().into()),
            error: match judgement {
                Judgement::Unknown(why) | Judgement::Told(why) => Some(why.clone()),
                _ => witness.map(|witness| witness.error.clone()),
            },
            accepted: if let Judgement::Accepted(reasons, _) = judgement {
                reasons.clone()
            } else {
                Vec::new()
            },
            tried: if let Judgement::Unproven { tried } = judgement { Some(*tried) } else { None },
        }
    }

    /// Whether something breaks.
    pub fn is_breaking(&self) -> bool {
        self.verdict == Verdict::Breaking
    }

    /// Whether nobody can say that nothing breaks, nor that something does.
    pub fn is_open(&self) -> bool {
        [Verdict::Unproven, Verdict::Unknown].contains(&self.verdict)
    }
}

impl Data {
    fn new(verdicts: &Verdicts) -> Self {
        Self {
            old_data: Told::new(&verdicts.old_data, None),
            new_data: Told::new(&verdicts.old_readers, None),
        }
    }
}

impl Operation {
    /// What became of a part of an operation: of old data in requests, of new data in responses.
    pub fn new(
        (operation, part): (String, String),
        is_request: bool,
        schema: String,
        judgement: &Judgement,
    ) -> Self {
        let data = Told::new(judgement, Some(schema.clone()));
        Self { operation, part, is_request, schema, data }
    }
}

impl Report {
    /// A report in which nothing changed.
    pub fn new(old: String, new: String) -> Self {
        let data = Data::new(&Verdicts::COMPATIBLE);
        Self {
            old,
            new,
            assuming: None,
            data,
            definitions: Vec::new(),
            schemas: Vec::new(),
            operations: Vec::new(),
            added: Vec::new(),
            removed: Vec::new(),
            accepted_in_vain: Vec::new(),
            accepted: Vec::new(),
            renamed: Vec::new(),
            known: Known::default(),
        }
    }

    /// Whether nothing changed at all.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
            && self.schemas.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
            && self.operations.is_empty()
    }

    /// Adds what became of the schema that stands at `root`, and what changed in its bundle; whether it counts for all, or operations
    /// alone decide what becomes of instances.
    pub fn add(
        &mut self,
        bundle: &Bundle,
        root: &isomorph_schema::Place,
        comparison: &Comparison,
        counts: bool,
    ) {
        if comparison.places.is_empty() && comparison.data == Verdicts::COMPATIBLE {
            return;
        }
        for (changed, seen) in Seen::all(comparison) {
            self.add_place(bundle, changed, &seen);
        }
        let name = root.to_string();
        let schema = name.strip_suffix('#').unwrap_or(&name).to_owned();
        if counts {
            worsen(&mut self.data.old_data, &comparison.data.old_data, &schema);
            worsen(&mut self.data.new_data, &comparison.data.old_readers, &schema);
        }
        self.schemas.push(Schema { schema, data: Data::new(&comparison.data) });
    }

    /// Adds what became of a part of an operation: of old data if it is sent there, of new data if it is read.
    pub fn add_operation(&mut self, operation: Operation) {
        let is_request = operation.is_request;
        let worst = if is_request { &mut self.data.old_data } else { &mut self.data.new_data };
        if operation.data.verdict > worst.verdict {
            *worst = operation.data.clone();
        }
        self.operations.push(operation);
    }

    /// Says that what stood at a place is no longer there, and what that does to data, both ways.
    pub fn remove(&mut self, place: String, judgement: &Judgement) {
        worsen(&mut self.data.old_data, judgement, &place);
        worsen(&mut self.data.new_data, judgement, &place);
        self.list_removed(place);
    }

    /// Says that what stood at a place is no longer there, which may concern nobody.
    pub fn list_removed(&mut self, place: String) {
        self.removed.push(place);
    }

    /// Says that nothing is known of data, and why.
    pub fn know_nothing(&mut self, why: &str) {
        for told in [&mut self.data.old_data, &mut self.data.new_data] {
            let unknown = Judgement::Unknown(why.to_owned());
            if unknown.verdict() > told.verdict {
                *told = Told::new(&unknown, None);
            }
        }
    }

    fn add_place(&mut self, bundle: &Bundle, changed: &Changed, seen: &Seen) {
        let (name, definition_place, pointer) = owner(bundle, &changed.new_at);
        let words = |change: &super::change::Change| Change {
            keyword: change.keyword.as_str().to_owned(),
            change: change.words.clone(),
            binds: change.binds,
            accepted: change.accepted.clone(),
        };
        let place = Place {
            pointer: pointer.as_str().to_owned(),
            changes: changed.changes.iter().map(words).collect(),
            data: seen.here.as_ref().map(|judged| Data::new(&judged.verdicts)),
            with_formats_asserted: seen
                .here
                .as_ref()
                .and_then(|here| here.with_formats.as_ref())
                .map(Data::new),
            around: seen.around.map(Data::new),
        };
        let known = self.known.definition(&name, &definition_place, &place, &self.definitions);
        // A definition that several files repeat is told once.
        let index = known.unwrap_or_else(|| {
            self.known.by_name.entry(name.clone()).or_default().push(self.definitions.len());
            self.definitions.push(Definition { name, places: Vec::new(), changes: Vec::new() });
            self.definitions.len() - 1
        });
        let definition = &mut self.definitions[index];
        if !definition.places.contains(&definition_place) {
            definition.places.push(definition_place);
        }
        if !self.known.has(index, &place, definition) {
            let at = (index, place.pointer.clone());
            self.known.by_place.entry(at).or_default().push(definition.changes.len());
            definition.changes.push(place);
        }
    }
}

/// Where definitions and places are in a report.
#[derive(Debug, Clone, Default, PartialEq)]
struct Known {
    by_name: HashMap<String, Vec<usize>>,
    /// By the definition's index, and the place in it.
    by_place: HashMap<(usize, String), Vec<usize>>,
}

impl Known {
    /// The index of the definition of this name that stands there, or changed in the same way.
    fn definition(&self, name: &str, stands: &String, place: &Place, all: &[Definition]) -> Option<usize> {
        let of_name = self.by_name.get(name)?.iter().copied();
        let mut of_name = of_name.map(|index| (index, &all[index]));
        let is_it =
            |(index, one): &(usize, &Definition)| one.places.contains(stands) || self.has(*index, place, one);
        of_name.find(is_it).map(|(index, _)| index)
    }

    /// Whether a place is among those of a definition.
    fn has(&self, index: usize, place: &Place, definition: &Definition) -> bool {
        let of_place = self.by_place.get(&(index, place.pointer.clone()));
        of_place.is_some_and(|indices| indices.iter().any(|index| definition.changes[*index] == *place))
    }
}

fn worsen(told: &mut Told, judgement: &Judgement, schema: &str) {
    if judgement.verdict() > told.verdict {
        *told = Told::new(judgement, Some(schema.to_owned()));
    }
}

/// A place of a bundle, as a report names it: file and JSON Pointer.
pub fn place_of(bundle: &Bundle, at: &Pointer) -> String {
    let (_, definition, rest) = owner(bundle, at);
    format!("{definition}{}", rest.as_str())
}

/// The definition that a place of a bundle belongs to: its name, where it stands, and the rest of the way.
fn owner(bundle: &Bundle, at: &Pointer) -> (String, String, Pointer) {
    let mut segments = at.segments();
    if segments.next().is_some_and(|keyword| keyword == bundle.keyword())
        && let Some(name) = segments.next()
        && let Some(place) = bundle.places.get(&name)
        && let Some(rest) = at.strip_prefix(&definition(bundle, &name))
    {
        let name = if place.pointer == Pointer::root() { stem(&place.file) } else { name };
        return (name, place.to_string(), rest);
    }
    let name =
        if bundle.root.pointer == Pointer::root() { stem(&bundle.root.file) } else { bundle.at.last() };
    (name, bundle.root.to_string(), at.clone())
}

fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}
