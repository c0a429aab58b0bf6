//! Schemas that stand where they are used, and to which others refer there.

use serde_json::{Map, Value};

use super::references::References;
use super::spelling::{Spelling, Standing};
use crate::model::{Model, Origin, stands_beside};

/// That the type stands here to which the derive refers, if the source says so: the same, and maybe something of its use.
pub fn next(source: &Map<String, Value>, standing: Standing) -> Option<Spelling> {
    let says = standing.says.as_object()?;
    let is_said = says.iter().all(|(keyword, value)| {
        source.get(keyword).is_some_and(|own| own == value) || stands_beside(keyword)
    });
    let is_all = source.keys().all(|keyword| says.contains_key(keyword) || stands_beside(keyword));
    (is_said && is_all).then_some(Spelling::StandsHere(standing))
}

/// The type that stands in a document where others refer to it, by the reference of the derive.
pub fn standing(
    model: &Model,
    references: &References,
    document: usize,
    reference: &str,
) -> Option<Standing> {
    let mut all = model.order.iter().map(|id| model.definition(*id));
    let found = all.find(|found| {
        found.location.document == document
            && found.origin == Origin::Referred
            && references.canonical(document, found.id) == reference
    })?;
    if refers(&found.schema) {
        return None;
    }
    let mut says = found.said().clone();
    if let Value::Object(keywords) = &mut says {
        keywords.retain(|keyword, _| !found.left_to_places.contains(keyword));
    }
    Some(Standing { ident: found.ident.clone(), reference: reference.to_owned(), says })
}

/// Whether a schema refers to any other: that may lead back to where this one stands, and the whole document is known by another
/// name to a generator that is asked for a part.
fn refers(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(keyword, value)| {
            matches!(keyword.as_str(), "$ref" | "$recursiveRef" | "$dynamicRef") || refers(value)
        }),
        Value::Array(elements) => elements.iter().any(refers),
        _ => false,
    }
}
