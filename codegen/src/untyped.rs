//! Whether schemas that say no type speak of objects alone.

use isomorph_schema::Types;

use crate::model::{Definition, Form, Model};
use crate::settings::{Settings, Untyped};

/// What is worth a line where types are an object or anything else, for want of a `type`.
pub fn note(model: &Model, settings: &Settings) -> Option<String> {
    if settings.untyped == Untyped::Object {
        return None;
    }
    let mut open = model.in_order().filter(|definition| is_object_or_other(definition));
    let first = open.next()?;
    let count = 1 + open.count();
    let place = &model.documents[first.location.document].file;
    let (are, them) = if count == 1 {
        (format!("`{}` of {place} is", first.ident), "a struct of it")
    } else {
        (format!("`{}` of {place} and {} other types are", first.ident, count - 1), "structs of them")
    };
    Some(format!(
        "{are} an object or anything else, as no `type` is said: `untyped = \"object\"` (`--untyped object`) makes {them}, and \
         refuses what is no object"
    ))
}

/// Whether a type is a union by type, of an object and any other value.
fn is_object_or_other(definition: &Definition) -> bool {
    let Form::Union(union) = &definition.form else { return false };
    match union.branches.as_slice() {
        [object, other] => {
            object.types == Types::OBJECT
                && other.schema.form == Form::Any
                && object.schema.location == other.schema.location
        }
        _ => false,
    }
}
