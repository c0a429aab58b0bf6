//! What a property says of its values stands on its field, and not on their type a second time.

use std::collections::HashSet;

use isomorph_schema::Document;
use serde_json::Value;

use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;
use super::form::{Form, Property, Rest};

const DESCRIPTION: &str = "description";

/// Leaves the description of an inline schema to the fields that it is the schema of, if it has no other place.
pub fn leave(documents: &[Document], definitions: &mut [Definition]) {
    let mentions = Mentions::of(documents, definitions);
    for definition in definitions.iter_mut() {
        let is_told = definition.origin == Origin::Inline && mentions.are_told(definition.id);
        let Value::Object(keywords) = &mut definition.schema else { continue };
        if !is_told || !keywords.get(DESCRIPTION).is_some_and(Value::is_string) {
            continue;
        }
        keywords.remove(DESCRIPTION);
        if let Some(Value::Object(says)) = &mut definition.says {
            says.remove(DESCRIPTION);
        }
        definition.left_to_places.push(DESCRIPTION.to_owned());
    }
}

/// Who holds values of each definition.
#[derive(Default)]
struct Mentions {
    /// Those of which a field tells what its property says.
    told: HashSet<DefinitionId>,
    /// Those that something else holds, of which nobody else would tell anything.
    others: HashSet<DefinitionId>,
}

impl Mentions {
    fn of(documents: &[Document], definitions: &[Definition]) -> Self {
        let mut found = Self::default();
        let mut work: Vec<&Form> = definitions.iter().map(|definition| &definition.form).collect();
        while let Some(form) = work.pop() {
            match form {
                Form::Reference(id) => {
                    found.others.insert(*id);
                }
                Form::Object(object) => {
                    for field in object.fields() {
                        match told_by(documents, definitions, field) {
                            Some(id) => _ = found.told.insert(id),
                            None => work.push(&field.schema.form),
                        }
                    }
                    if let Rest::Kept(part) = &object.rest {
                        work.push(&part.form);
                    }
                }
                form => work.extend(form.parts().into_iter().map(|part| &part.form)),
            }
        }
        found
    }

    fn are_told(&self, id: DefinitionId) -> bool {
        self.told.contains(&id) && !self.others.contains(&id)
    }
}

/// The definition of the very schema of a property, of which its field tells what that describes.
fn told_by(documents: &[Document], definitions: &[Definition], field: &Property) -> Option<DefinitionId> {
    let location = &field.schema.location;
    let is_its = location.pointer.last() == field.name;
    let source = location.pointer.find(&documents[location.document].root)?;
    let is_described = source.get(DESCRIPTION).is_some_and(Value::is_string);
    let value = match &field.schema.form {
        Form::Nullable(value) => &value.form,
        form => form,
    };
    let Form::Reference(id) = value else { return None };
    let definition = &definitions[id.0];
    let is_whole = definition.location == *location || definition.places.contains(location);
    (is_its && is_described && is_whole).then_some(*id)
}
