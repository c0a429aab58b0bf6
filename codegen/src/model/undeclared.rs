//! Objects that keep what they do not declare, though nothing lets it in explicitly: something around them depends on
//! it, or declares it.

use std::collections::BTreeSet;

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Form, Rest, Subschema};

/// Makes these objects keep what they do not declare.
pub fn keep(definitions: &mut [Definition], objects: &BTreeSet<DefinitionId>) {
    for id in objects {
        let definition = &mut definitions[id.0];
        if let Form::Object(object) = &mut definition.form
            && object.rest == Rest::Ignored
        {
            let anything = Subschema::unsaid(definition.location.clone());
            object.rest = Rest::Kept(Box::new(anything));
        }
    }
}
