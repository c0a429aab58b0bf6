//! What files are called inside the folder of their version.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::Document;

/// How deep folders are looked for that have files of the same names.
const DEEP: usize = 8;

/// The files of documents, by the folder of their version: that which all of them are in, or one around it, where more are
/// called alike then.
pub fn called(
    (old, old_roots): (&[Document], &[usize]),
    (new, new_roots): (&[Document], &[usize]),
) -> (BTreeMap<usize, String>, BTreeMap<usize, String>) {
    let (old_depth, new_depth) = (common(old, old_roots), common(new, new_roots));
    let fewest = old_roots.len().min(new_roots.len());
    let around = |depth: usize| (depth.saturating_sub(DEEP)..=depth).rev();
    let mut best: Option<(usize, _)> = None;
    for (one, other) in around(old_depth).flat_map(|one| around(new_depth).map(move |other| (one, other))) {
        let (of_old, of_new) = (inside(old, old_roots, one), inside(new, new_roots, other));
        let known: BTreeSet<&String> = of_old.values().collect();
        let alike = of_new.values().filter(|name| known.contains(name)).count();
        if best.as_ref().is_none_or(|(most, _)| alike > *most) {
            best = Some((alike, (of_old, of_new)));
        }
        // Of most of them nothing better is to be found.
        if 2 * alike > fewest {
            break;
        }
    }
    best.map(|(_, names)| names).unwrap_or_default()
}

/// How many folders all of them are in.
fn common(documents: &[Document], roots: &[usize]) -> usize {
    let mut common: Option<Vec<&str>> = None;
    for index in roots {
        let mut folder: Vec<&str> = documents[*index].file.split('/').collect();
        folder.pop();
        let known = common.unwrap_or_else(|| folder.clone());
        let same = known.iter().zip(&folder).take_while(|(one, other)| one == other).count();
        folder.truncate(same);
        common = Some(folder);
    }
    common.map_or(0, |common| common.len())
}

fn inside(documents: &[Document], roots: &[usize], depth: usize) -> BTreeMap<usize, String> {
    let name = |index: &usize| documents[*index].file.split('/').skip(depth).collect::<Vec<_>>().join("/");
    roots.iter().map(|index| (*index, name(index))).collect()
}
