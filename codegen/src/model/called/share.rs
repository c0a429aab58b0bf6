//! One definition for several places.

use std::collections::{BTreeSet, HashMap};

use isomorph_schema::Document;
use serde_json::{Map, Value};

use super::equal::is_note;
use super::groups::Group;
use crate::model::constant::Constant;
use crate::model::definition::Definition;
use crate::model::definition_id::DefinitionId;
use crate::model::form::Form;
use crate::model::instead;

/// Has the first definition of each group stand for all. What is said of the use of some, and not of all, belongs to the
/// places and not to the type.
pub fn share(documents: &[Document], definitions: &mut [Definition], groups: &[Group]) {
    let mut instead: HashMap<DefinitionId, DefinitionId> = HashMap::new();
    for Group { members, .. } in groups {
        let Some((first, others)) = members.split_first() else { continue };
        if others.is_empty() {
            continue;
        }
        instead.extend(others.iter().map(|other| (*other, *first)));
        let dialect = documents[definitions[first.0].location.document].dialect;
        let mut schema = definitions[first.0].schema.clone();
        if let Value::Object(keywords) = &mut schema {
            let is_common = |keyword: &String, value: &Value| {
                others.iter().all(|other| definitions[other.0].schema.get(keyword) == Some(value))
            };
            keywords.retain(|keyword, value| !is_note(keyword, dialect) || is_common(keyword, value));
        }
        let said = |id: &DefinitionId| definitions[id.0].schema.as_object().into_iter().flat_map(Map::keys);
        let all: BTreeSet<&String> = members.iter().flat_map(said).collect();
        let left_to_places: Vec<String> =
            all.into_iter().filter(|keyword| schema.get(*keyword).is_none()).cloned().collect();
        let json = |definition: &Definition| definition.default.as_ref().map(Constant::json);
        let default = json(&definitions[first.0]);
        let is_common = others.iter().all(|other| json(&definitions[other.0]) == default);
        let is_own = matches!(definitions[first.0].form, Form::Object(_));
        let locations = others.iter().map(|other| definitions[other.0].location.clone()).collect();
        let shared = &mut definitions[first.0];
        shared.schema = schema;
        if let Some(Value::Object(says)) = &mut shared.says {
            says.retain(|keyword, _| !left_to_places.contains(keyword));
        }
        shared.places = locations;
        shared.left_to_places = left_to_places;
        if !is_common && !is_own {
            shared.default = None;
        }
    }
    let instead = |id: &mut DefinitionId| *id = instead.get(id).copied().unwrap_or(*id);
    for definition in definitions {
        instead::in_form(&mut definition.form, &instead);
        if let Some(default) = &mut definition.default {
            instead::in_constant(default, &instead);
        }
    }
}
