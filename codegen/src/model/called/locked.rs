//! Names that are kept: what types and variants were called before, in `isomorph.lock`, by the places of their schemas.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::{Document, LockedName};

use super::equal::core;
use super::places::place_of;
use crate::model::definition::Definition;
use crate::model::definition_id::DefinitionId;
use crate::model::definitions::Model;
use crate::model::form::{Form, Union};
use crate::names::{Names, is_taken, is_type_ident};

/// What was called by which name before.
#[derive(Debug, Default)]
pub struct Locked {
    /// The names of types.
    pub names: BTreeMap<DefinitionId, String>,
    /// The names of variants, by what tells each from the others.
    pub variants: BTreeMap<DefinitionId, Vec<(String, String)>>,
}

impl Locked {
    /// What of a lock is still there. A schema whose place moved in an array is known by what it says; and where one type
    /// stood for several places that are no longer equal, it is that of the place that did not change.
    pub fn of(
        documents: &[Document],
        definitions: &[Definition],
        order: &[DefinitionId],
        lock: &[LockedName],
        given: &BTreeMap<DefinitionId, String>,
    ) -> Self {
        if lock.is_empty() {
            return Self::default();
        }
        let mut ids = order.to_vec();
        ids.sort_by_key(|id| place_of(&definitions[id.0]));
        let there: Vec<_> = ids.iter().map(|id| (*id, Known::of(documents, &definitions[id.0]))).collect();
        let claims = claims(&there, lock);
        let configured: BTreeSet<&String> = given.values().collect();
        let is_free = |name: &String| is_type_ident(name) && !is_taken(name) && !configured.contains(name);
        let mut found = Self::default();
        let mut exact: BTreeSet<&String> = BTreeSet::new();
        for is_exact in [true, false] {
            let mut named = BTreeSet::new();
            for (id, claim) in claims.iter().filter(|(_, claim)| claim.is_exact == is_exact) {
                let name = &claim.row.name;
                if !claim.row.variants.is_empty() {
                    found.variants.insert(*id, claim.row.variants.clone());
                }
                // Of several that changed, the first keeps it.
                let is_another = !is_exact && (exact.contains(name) || !named.insert(name));
                if is_free(name) && !given.contains_key(id) && !is_another {
                    found.names.insert(*id, name.clone());
                    exact.extend(is_exact.then_some(name));
                }
            }
        }
        found
    }
}

/// A row of a lock, and whether the schema is what it was.
struct Claim<'l> {
    row: &'l LockedName,
    is_exact: bool,
}

/// Whether a definition is that of a row, at one of its places.
type IsClaimed<'a> = dyn Fn(&Known, &LockedName, &str) -> bool + 'a;

/// Which definition each row is of: the one at its place that says the same; one that says the same and whose place differs
/// in numbers of arrays alone; the one at its place.
fn claims<'l>(there: &[(DefinitionId, Known)], lock: &'l [LockedName]) -> BTreeMap<DefinitionId, Claim<'l>> {
    let rows: Vec<_> = lock.iter().flat_map(|row| row.places.iter().map(move |place| (row, place))).collect();
    let mut claims: BTreeMap<DefinitionId, Claim> = BTreeMap::new();
    let mut left: Vec<bool> = rows.iter().map(|_| true).collect();
    let says_same = |known: &Known, row: &LockedName| known.digest == row.digest && known.of == row.of;
    let steps: [&IsClaimed; 3] = [
        &|known, row, place| known.place == place && says_same(known, row),
        &|known, row, place| says_same(known, row) && numberless(&known.place) == numberless(place),
        &|known, row, place| known.place == place && known.of == row.of,
    ];
    for (step, is_it) in steps.into_iter().enumerate() {
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, (_, place)) in rows.iter().enumerate().filter(|(index, _)| left[*index]) {
            by_key.entry(numberless(place)).or_default().push(index);
        }
        for (id, known) in there {
            if claims.contains_key(id) {
                continue;
            }
            let near = by_key.get(&numberless(&known.place)).into_iter().flatten();
            let mut near = near.filter(|index| left[**index]);
            if let Some(index) = near.find(|index| is_it(known, rows[**index].0, rows[**index].1)) {
                left[*index] = false;
                claims.insert(*id, Claim { row: rows[*index].0, is_exact: step < 2 });
            }
        }
    }
    claims
}

/// A place without the numbers of arrays in it.
fn numberless(place: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = place.split('/').map(|part| if is_number(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// What a definition is known by.
struct Known {
    place: String,
    of: Option<String>,
    digest: String,
}

impl Known {
    fn of(documents: &[Document], definition: &Definition) -> Self {
        let document = &documents[definition.location.document];
        Self {
            place: place(documents, definition.location.document, definition.location.pointer.as_str()),
            of: definition.slice.map(|slice| slice.names().join(" | ").to_lowercase()),
            digest: digest(&core(definition.said(), document.dialect).to_string()),
        }
    }
}

/// A place, from the folder of the schemas, whatever folder that is.
fn place(documents: &[Document], document: usize, pointer: &str) -> String {
    let uri = &documents[document].uri;
    format!("{}#{pointer}", uri.strip_prefix("isomorph:///").unwrap_or(uri))
}

/// A number for a text, in hexadecimal (FNV-1a, of 64 bits): the same in every version of Rust.
fn digest(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

/// What to keep of the names in a model.
pub fn lock(model: &Model) -> Vec<LockedName> {
    let is_enum = |id: &&DefinitionId| matches!(model.definition(**id).form, Form::Names(_));
    let all = model.order.iter().chain(model.parts.iter().filter(is_enum));
    let mut rows: Vec<_> = all
        .map(|id| {
            let definition = model.definition(*id);
            let Known { place: at, of, digest } = Known::of(&model.documents, definition);
            let others = definition.places.iter();
            let others = others.map(|at| place(&model.documents, at.document, at.pointer.as_str()));
            let places = std::iter::once(at).chain(others).collect();
            LockedName {
                places,
                of,
                digest,
                name: definition.ident.clone(),
                variants: variants(model, definition),
            }
        })
        .collect();
    rows.sort();
    rows
}

/// The variants of an enum, by what tells each from the others.
fn variants(model: &Model, definition: &Definition) -> Vec<(String, String)> {
    match &definition.form {
        Form::Names(names) => names.iter().cloned().zip(definition.variants.iter().cloned()).collect(),
        Form::Union(union) => {
            let keys = keys(&model.documents, union);
            keys.into_iter().zip(union.branches.iter().map(|branch| branch.name.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// What tells the branches of a union from each other: what each says, and its number.
pub fn keys(documents: &[Document], union: &Union) -> Vec<String> {
    let key = |(number, branch): (usize, &crate::model::form::Branch)| {
        let location = &branch.schema.location;
        let document = &documents[location.document];
        let source = location.pointer.find(&document.root).unwrap_or(&serde_json::Value::Null);
        let types = branch.types.names().join(" | ").to_lowercase();
        format!("{number} {}", digest(&format!("{types} {}", core(source, document.dialect))))
    };
    union.branches.iter().enumerate().map(key).collect()
}

/// Whether two keys of variants are of one.
type IsSame<'a> = dyn Fn(&str, &str) -> bool + 'a;

/// The number of a branch, and what it says.
fn parts(key: &str) -> (&str, &str) {
    key.split_once(' ').unwrap_or_default()
}

/// The names of variants, in which those that were there before have the names that they had. A branch is known by what it
/// says, or else by its number, where keys are numbered; a string by itself.
pub fn kept(
    keys: &[String],
    names: Vec<String>,
    before: &[(String, String)],
    are_numbered: bool,
) -> Vec<String> {
    let mut kept: Vec<Option<String>> = vec![None; keys.len()];
    let mut left: Vec<&(String, String)> = before.iter().filter(|(_, name)| is_type_ident(name)).collect();
    let steps: [&IsSame; 3] = [
        &|key, known| key == known,
        &|key, known| are_numbered && parts(key).1 == parts(known).1,
        &|key, known| are_numbered && parts(key).0 == parts(known).0,
    ];
    for is_it in steps {
        for (key, kept) in keys.iter().zip(&mut kept).filter(|(_, kept)| kept.is_none()) {
            if let Some(at) = left.iter().position(|(known, _)| is_it(key, known)) {
                *kept = Some(left.remove(at).1.clone());
            }
        }
    }
    beside(kept, names)
}

/// The first of each pair, or else the second, and each once.
pub fn beside(mut chosen: Vec<Option<String>>, names: Vec<String>) -> Vec<String> {
    let mut taken = Names::default();
    for name in &mut chosen {
        name.take_if(|name| taken.take(name) != *name);
    }
    chosen.into_iter().zip(names).map(|(chosen, name)| chosen.unwrap_or_else(|| taken.take(&name))).collect()
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn variants_keep_their_names_wherever_they_stand() {
        let before = [("0 a", "Cat"), ("1 b", "Dog"), ("2 c", "Object")]
            .map(|(key, name)| (key.to_owned(), name.to_owned()));
        let now = |keys: &[&str], names: &[&str]| {
            let keys: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
            kept(&keys, names.iter().map(|name| (*name).to_owned()).collect(), &before, true)
        };
        assert_eq!(now(&["0 a", "1 b", "2 c"], &["A", "B", "C"]), ["Cat", "Dog", "Object"]);
        // A new one in front, which would have a name that is another's.
        assert_eq!(
            now(&["0 d", "1 a", "2 b", "3 c"], &["Object", "A", "B", "C"]),
            ["Object2", "Cat", "Dog", "Object"]
        );
        // One that says something else now.
        assert_eq!(now(&["0 a", "1 e", "2 c"], &["A", "B", "C"]), ["Cat", "Dog", "Object"]);
        // One is gone.
        assert_eq!(now(&["0 b", "1 c"], &["B", "C"]), ["Dog", "Object"]);
        // Strings are known by themselves.
        let keys = ["a c".to_owned()];
        assert_eq!(kept(&keys, vec!["AC".to_owned()], &[("a b".to_owned(), "Ab".to_owned())], false), ["AC"]);
    }
}
