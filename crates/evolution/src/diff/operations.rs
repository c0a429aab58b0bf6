//! Operations that are gone, and those that ask for more than before.

use std::collections::{BTreeSet, HashMap};

use isomorph_json::Pointer;
use isomorph_schema::{Place, holders};

use super::accepted::Decisions;
use super::holding::{Files, holders as holders_of};
use super::report::{self, Report};
use super::verdict::Judgement;
use super::version::Version;

/// What became of operations.
#[derive(Default)]
pub struct Operations {
    /// The places of those that are gone, and what they were to those who asked them.
    gone: Vec<(String, String)>,
    /// What has to be sent now, and had not: the operation, what it is, and its place.
    required: Vec<(String, String, String)>,
    /// The old files that have operations: of what those hold, nobody but they decides.
    files: BTreeSet<String>,
}

impl Operations {
    /// Those of the documents in these files.
    pub fn of((old, new): (&Version, &Version), files: &Files) -> Self {
        let now: HashMap<(&str, &str), _> =
            all(new).map(|one| ((one.0, one.2.sign.as_str()), (one.1, one.2))).collect();
        let mut operations = Self::default();
        for (file, document, before) in all(old) {
            operations.files.insert(file.to_owned());
            // A file that is gone is told as that.
            let Some(there) = files.now(file) else { continue };
            let Some((new_document, after)) = now.get(&(there, before.sign.as_str())) else {
                let place = place(old, document, &before.pointer);
                operations.gone.push((place, before.sign.clone()));
                continue;
            };
            let had = |what: &str| before.required.iter().any(|one| one.what == what);
            for required in after.required.iter().filter(|one| !had(&one.what)) {
                let place = place(new, *new_document, &required.pointer);
                operations.required.push((after.name.clone(), required.what.clone(), place));
            }
        }
        operations
    }

    /// Whether operations decide about what an old file holds.
    pub fn decide_about(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    /// Whether a part was one of an operation that is gone.
    pub fn is_gone(&self, part: &str) -> bool {
        let is_of =
            |sign: &String| part.strip_prefix(sign.as_str()).is_some_and(|rest| rest.starts_with(' '));
        self.gone.iter().any(|(_, sign)| is_of(sign))
    }

    /// Reports what is gone, and what is asked for.
    pub fn report(&self, decisions: &mut Decisions, report: &mut Report) {
        for (place, _) in &self.gone {
            let judgement = decisions.on(place, Judgement::Told("the operation was removed".to_owned()));
            report.remove(place.clone(), &judgement);
        }
        for (operation, what, place) in &self.required {
            let judgement = decisions.on(place, Judgement::Told(format!("{what} is required now")));
            let names = (operation.clone(), what.clone());
            report.add_operation(report::Operation::new(names, true, place.clone(), &judgement));
        }
    }
}

/// The operations of a version: the file, the index of the document, and the operation.
fn all<'d>(version: &Version<'d>) -> impl Iterator<Item = (&'d str, usize, &'d holders::Operation)> {
    holders_of(version).into_iter().flat_map(|(index, document, holder)| {
        holder.operations.iter().map(move |operation| (document.file.as_str(), index, operation))
    })
}

/// Where something stands in the file of a document.
fn place(version: &Version, document: usize, at: &Pointer) -> String {
    Place::new(version.documents[document].file.clone(), at.clone()).to_string()
}
