//! The definitions of files that are in both versions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use isomorph_json::Pointer;
use isomorph_schema::{Document, Location, binds};
use serde_json::Value;

use super::accepted::Decisions;
use super::pairs::Pair;
use super::report::Report;
use super::verdict::Judgement;
use super::version::Version;

/// Definitions of both versions of which it is known what became of them.
pub type Settled = (BTreeSet<Location>, BTreeSet<Location>);

/// The definitions that the files have in both versions, but for those that are settled; what is in one version only is reported.
pub fn definitions(
    (old, new): (&Version, &Version),
    files: &[(usize, usize)],
    (old_definitions, new_definitions): (&[Vec<Pointer>], &[Vec<Pointer>]),
    settled: &Settled,
    (decisions, report): (&mut Decisions, &mut Report),
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for &(old_index, new_index) in files {
        let left = |document: usize, all: &[Vec<Pointer>], settled: &BTreeSet<Location>| -> Vec<Pointer> {
            let all = all[document].iter().cloned();
            all.filter(|pointer| !settled.contains(&Location { document, pointer: pointer.clone() }))
                .collect()
        };
        let before = left(old_index, old_definitions, &settled.0);
        let now = left(new_index, new_definitions, &settled.1);
        let both = (&old.documents[old_index], &new.documents[new_index]);
        let found = of_file(both, before, &now, (decisions, report)).into_iter();
        pairs.extend(found.map(|(old, new)| Pair::of((old_index, new_index), old, new)));
    }
    pairs
}

/// Those of one file.
fn of_file(
    (old, new): (&Document, &Document),
    before: Vec<Pointer>,
    now: &[Pointer],
    (decisions, report): (&mut Decisions, &mut Report),
) -> Vec<(Pointer, Pointer)> {
    let known: BTreeSet<_> = now.iter().collect();
    // What stood under `definitions` stands under `$defs` now, or the other way round.
    let mut called: BTreeMap<Pointer, &Pointer> = now.iter().map(|place| (by_name(place), place)).collect();
    let (mut moved, mut taken, mut gone) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut pairs = Vec::new();
    for place in before {
        let same = if known.contains(&place) { Some(&place) } else { called.remove(&by_name(&place)) };
        let Some(same) = same.filter(|same| taken.insert((*same).clone())).cloned() else {
            gone.push(place);
            continue;
        };
        if same != place {
            let around = |document: &Document, at: &Pointer| document.place(&around(at)).to_string();
            moved.insert((around(old, &place), around(new, &same)));
        }
        pairs.push((place, same));
    }
    report.renamed.extend(moved);
    let come: Vec<_> = now.iter().filter(|place| !taken.contains(*place)).cloned().collect();
    pairs.extend(ends((old, new), gone, &come, (decisions, report)));
    pairs
}

/// Reports what is left on one side. Of a document that is nothing but its definitions these are what others refer to: there what is gone
/// is a break like a file that is, unless it is called otherwise now and says the same.
fn ends(
    (old, new): (&Document, &Document),
    gone: Vec<Pointer>,
    come: &[Pointer],
    (decisions, report): (&mut Decisions, &mut Report),
) -> Vec<(Pointer, Pointer)> {
    let is_library = is_nothing_but_definitions(old);
    let is_offered = |at: &Pointer| is_library && at.segments().count() == 2;
    let mut by_text: BTreeMap<String, VecDeque<Pointer>> = BTreeMap::new();
    for at in come {
        by_text.entry(text_of(new, at)).or_default().push_back(at.clone());
    }
    let (mut renamed, mut taken) = (Vec::new(), BTreeSet::new());
    for place in gone {
        let there = old.place(&place).to_string();
        if let Some(same) = by_text.get_mut(&text_of(old, &place)).and_then(VecDeque::pop_front) {
            report.renamed.push((there, new.place(&same).to_string()));
            taken.insert(same.clone());
            renamed.push((place, same));
            continue;
        }
        if !is_offered(&place) {
            report.list_removed(there);
            continue;
        }
        let judgement = decisions.on(&there, Judgement::Told("the schema was removed".to_owned()));
        report.remove(there, &judgement);
    }
    let added = come.iter().filter(|place| !taken.contains(*place));
    report.added.extend(added.map(|place| new.place(place).to_string()));
    renamed
}

/// What a definition says, whatever it is called where it refers to itself.
fn text_of(document: &Document, at: &Pointer) -> String {
    let text = document.root.pointer(at.as_str()).map(ToString::to_string).unwrap_or_default();
    let at = at.as_str();
    text.replace(&format!("\"#{at}\""), "\"#*\"").replace(&format!("\"#{at}/"), "\"#*/")
}

/// Whether a schema says nothing of instances, but has definitions for others.
fn is_nothing_but_definitions(document: &Document) -> bool {
    let says = |keywords: &serde_json::Map<String, Value>| keywords.keys().any(|keyword| binds(keyword));
    document.holder.is_none() && document.root.as_object().is_some_and(|keywords| !says(keywords))
}

/// Where definitions stand.
const DEFINITIONS: [&str; 2] = ["definitions", "$defs"];

/// The place of a definition, whatever the keyword is called that it stands under.
fn by_name(place: &Pointer) -> Pointer {
    let segments: Vec<String> = place.segments().collect();
    let is_under = segments.iter().step_by(2).all(|segment| DEFINITIONS.contains(&segment.as_str()));
    let called = segments
        .into_iter()
        .enumerate()
        .map(|(index, segment)| if is_under && index % 2 == 0 { DEFINITIONS[1].to_owned() } else { segment });
    called.fold(Pointer::root(), |place, segment| place.join(&segment))
}

/// Where what stands at a place stands in.
fn around(place: &Pointer) -> Pointer {
    let segments: Vec<String> = place.segments().collect();
    segments
        .iter()
        .take(segments.len().saturating_sub(1))
        .fold(Pointer::root(), |place, segment| place.join(segment))
}
