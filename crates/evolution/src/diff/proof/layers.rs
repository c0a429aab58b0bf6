//! All that binds what a schema accepts.

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Types};
use serde_json::Value;

use super::super::local::{at, definition, reference};
use super::here::Layer;

/// How many schemas that bind one instance are looked at together.
const MOST: usize = 30;

/// A schema, what it refers to and what it is composed of.
pub fn layers<'a>(bundle: &'a Bundle, place: &Pointer, schema: &'a Value) -> Vec<Layer<'a>> {
    let mut found: Vec<Layer> = Vec::new();
    let mut work = vec![(place.clone(), schema)];
    while let Some((place, schema)) = work.pop() {
        let Value::Object(keywords) = schema else { continue };
        if found.len() >= MOST || found.iter().any(|(known, _)| *known == place) {
            continue;
        }
        let target = reference(bundle, schema).map(|name| definition(bundle, name));
        let is_alone = target.is_some() && bundle.dialect.reference_stands_alone();
        work.extend(target.and_then(|target| Some((target.clone(), at(bundle, &target)?))));
        if !is_alone {
            let all = keywords.get("allOf").and_then(Value::as_array).into_iter().flatten();
            let all_at = place.join("allOf");
            work.extend(all.enumerate().map(|(index, branch)| (all_at.join(index), branch)));
            found.push((place, keywords));
        }
    }
    found
}

/// The types that the layers allow, of these.
pub fn types(layers: &[Layer], of: Types) -> Types {
    let allowed = layers.iter().filter_map(|(_, layer)| layer.get("type")).map(Types::named);
    allowed.fold(of, Types::intersection)
}
