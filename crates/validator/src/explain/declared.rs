use serde_json::Value;

use super::files::Files;

/// How far references and branches are followed.
const DEPTH: usize = 8;

/// The properties that a schema declares, itself or by what it applies to the same instance.
pub fn properties_around<'a>(files: &'a Files, file: usize, around: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let mut found = Vec::new();
    collect(files, file, around, DEPTH, &mut found);
    found
}

fn collect<'a>(
    files: &'a Files,
    file: usize,
    around: &'a Value,
    depth: usize,
    found: &mut Vec<(&'a str, &'a Value)>,
) {
    if depth == 0 {
        return;
    }
    for (name, property) in around.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if found.iter().all(|(known, _)| known != name) {
            found.push((name, property));
        }
    }
    let lists = ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| around.get(key)?.as_array()).flatten();
    let branches = ["then", "else", "if"].iter().filter_map(|key| around.get(key));
    for branch in lists.chain(branches) {
        collect(files, file, branch, depth - 1, found);
    }
    let followed = files.followed(file, around);
    if !std::ptr::eq(followed, around) {
        collect(files, file, followed, depth - 1, found);
    }
}
