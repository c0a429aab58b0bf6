//! What a comparison came to, as it is printed.

use isomorph_codegen::{Bundle, Pointer};
use serde::Serialize;
use serde_json::Value;

use super::api::{ApiChange, Release};
use super::changes::Changed;
use super::compare::{Comparison, Judged};
use super::local::definition;
use super::verdict::{Verdict, Verdicts};

/// Everything.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub old: String,
    pub new: String,
    /// The worst of all schemas.
    pub data: Data,
    /// The changed definitions.
    pub definitions: Vec<Definition>,
    /// What the changes do to whole instances of each changed schema.
    pub schemas: Vec<Schema>,
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub api: Option<ApiReport>,
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
    pub verdict: &'static str,
    /// The schema that it was reached for, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// An instance that the one schema accepts and the other rejects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Value>,
    /// Why it is rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How many instances were tried in vain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<usize>,
}

/// A definition that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    pub name: String,
    /// Where it stands now: file and JSON Pointer.
    pub places: Vec<String>,
    pub changes: Vec<Place>,
}

/// A place in a definition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// From the definition.
    pub pointer: String,
    pub changes: Vec<Words>,
    /// What that does to values there; absent if nothing there binds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Data>,
    /// The same where formats are asserted, if it makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_formats_asserted: Option<Data>,
}

/// A change in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Words {
    /// The keyword, as a JSON Pointer from the place.
    pub keyword: String,
    pub change: String,
    /// Whether instances may be concerned.
    pub binds: bool,
}

/// A schema and the verdicts on its instances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schema {
    pub schema: String,
    #[serde(flatten)]
    pub data: Data,
}

/// What changes for code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApiReport {
    pub release: Release,
    pub changes: Vec<ApiChange>,
}

impl Told {
    fn new(verdict: &Verdict, schema: Option<String>) -> Self {
        let witness = verdict.witness();
        Self {
            verdict: verdict.word(),
            schema,
            witness: witness.map(|witness| witness.instance.clone()),
            error: witness.map(|witness| witness.error.clone()),
            tried: if let Verdict::Unproven { tried } = verdict { Some(*tried) } else { None },
        }
    }

    pub fn is_breaking(&self) -> bool {
        self.verdict == "breaking"
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

impl Report {
    /// A report in which nothing changed.
    pub fn new(old: String, new: String) -> Self {
        let data = Data::new(&Verdicts::COMPATIBLE);
        Self {
            old,
            new,
            data,
            definitions: Vec::new(),
            schemas: Vec::new(),
            added: Vec::new(),
            removed: Vec::new(),
            api: None,
        }
    }

    /// Whether nothing changed at all.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
            && self.schemas.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.api.as_ref().is_none_or(|api| api.changes.is_empty())
    }

    /// Adds what became of one schema.
    pub fn add(&mut self, bundle: &Bundle, comparison: &Comparison) {
        if comparison.places.is_empty() && comparison.data == Verdicts::COMPATIBLE {
            return;
        }
        for (changed, judged) in &comparison.places {
            self.add_place(bundle, changed, judged.as_ref());
        }
        let name = bundle.root.to_string();
        let schema = name.strip_suffix('#').unwrap_or(&name).to_owned();
        worsen(&mut self.data.old_data, &comparison.data.old_data, &schema);
        worsen(&mut self.data.new_data, &comparison.data.old_readers, &schema);
        self.schemas.push(Schema { schema, data: Data::new(&comparison.data) });
    }

    fn add_place(&mut self, bundle: &Bundle, changed: &Changed, judged: Option<&Judged>) {
        let (name, definition_place, pointer) = owner(bundle, &changed.new_at);
        let words = |change: &super::changes::Change| Words {
            keyword: change.keyword.as_str().to_owned(),
            change: change.words.clone(),
            binds: change.binds,
        };
        let place = Place {
            pointer: pointer.as_str().to_owned(),
            changes: changed.changes.iter().map(words).collect(),
            data: judged.map(|judged| Data::new(&judged.verdicts)),
            with_formats_asserted: judged.and_then(|judged| judged.with_formats.as_ref()).map(Data::new),
        };
        let known = self.definitions.iter_mut().find(|definition| {
            definition.name == name
                && (definition.places.contains(&definition_place) || definition.changes.contains(&place))
        });
        match known {
            // A definition that several files repeat is told once.
            Some(definition) => {
                if !definition.places.contains(&definition_place) {
                    definition.places.push(definition_place);
                }
                if !definition.changes.contains(&place) {
                    definition.changes.push(place);
                }
            }
            None => {
                self.definitions.push(Definition {
                    name,
                    places: vec![definition_place],
                    changes: vec![place],
                });
            }
        }
    }
}

fn worsen(told: &mut Told, verdict: &Verdict, schema: &str) {
    let rank = |word: &str| ["compatible", "unproven", "breaking"].iter().position(|known| *known == word);
    if rank(verdict.word()) > rank(told.verdict) {
        *told = Told::new(verdict, Some(schema.to_owned()));
    }
}

/// The definition that a place of a bundle belongs to: its name, where it stands, and the rest of the way.
fn owner(bundle: &Bundle, at: &Pointer) -> (String, String, Pointer) {
    for (name, place) in &bundle.places {
        if let Some(rest) = at.strip_prefix(&definition(bundle, name)) {
            let name = if place.pointer == Pointer::root() { stem(&place.file) } else { name.clone() };
            return (name, place.to_string(), rest);
        }
    }
    let name = if bundle.root.pointer == Pointer::root() {
        stem(&bundle.root.file)
    } else {
        bundle.root.pointer.last()
    };
    (name, bundle.root.to_string(), at.clone())
}

fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}
