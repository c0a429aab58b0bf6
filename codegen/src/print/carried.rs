//! Types whose schemas are copies of the source.

use super::layout::Declaration;
use super::words::quoted;
use crate::annotate::Annotated;
use crate::model::{Model, Origin};

/// `JsonSchema` by a copy of the source, because the derive cannot say it.
pub fn carried(model: &Model, item: &Annotated) -> String {
    let definition = item.pair.definition;
    let name = &definition.ident;
    let kind = if definition.origin == Origin::Inline { "inline" } else { "named" };
    let (schema_name, location) = (quoted(&item.schema_name), &definition.location);
    let (document, pointer) = (location.document, quoted(location.pointer.as_str()));
    let references = model.mentioned(&definition.form);
    let mentioned: Vec<_> = references.iter().map(|id| model.definition(*id).ident.as_str()).collect();
    let mentions = (!mentioned.is_empty()).then(|| format!("mentions {}", mentioned.join(" ")));
    let left: Vec<_> = definition.left_to_places.iter().map(|keyword| quoted(keyword)).collect();
    let without = (!left.is_empty()).then(|| format!("without [{}]", left.join(" ")));
    let head = format!("{name} {kind} {schema_name} from DOCUMENTS {document} {pointer}");
    let tail = without.into_iter().chain(mentions).collect();
    Declaration { kind: "carried", head, parts: None, tail }.text()
}
