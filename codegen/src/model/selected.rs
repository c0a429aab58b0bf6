//! Branches that the `discriminator` of a document selects: a reference, and the values of the property that lead there
//! (`holders/select.rs` of the schema crate writes them so). Such a branch is the type that it refers to, held to these values.

use isomorph_schema::holders::SELECTED;
use isomorph_schema::{Location, Target, Types};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::condition::Condition;
use super::form::{Check, Form, Subschema};
use super::layers::{Layer, collect};
use crate::error::Error;

/// What selects a branch.
pub struct Selected<'a> {
    /// The property.
    pub tag: &'a str,
    /// Its values.
    pub values: Vec<&'a Value>,
}

impl<'a> Selected<'a> {
    /// What selects a branch, if it is written as one that is selected.
    pub fn of(branch: &'a Map<String, Value>) -> Option<Self> {
        let [_, selects] = branch.get("allOf")?.as_array()?.as_slice() else { return None };
        let is_selected = selects.get(SELECTED) == Some(&Value::Bool(true));
        let (tag, schema) = selects.get("properties").filter(|_| is_selected)?.as_object()?.iter().next()?;
        let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        Some(Self { tag, values: values.collect() })
    }
}

impl<'a> Builder<'a> {
    /// What selects the schema at a location, if it is a branch that a discriminator selects.
    pub(super) fn selected(&self, location: &Location) -> Option<Selected<'a>> {
        // What others call so stands under another name there.
        self.documents[location.document].holder.as_ref()?;
        Selected::of(self.schema(location).as_object()?)
    }

    /// The type that a selected branch refers to, held to the values that select it; `None` where that type may not write
    /// the property as it was read.
    pub(super) fn selected_type(&mut self, location: &Location) -> Result<Option<Subschema>, Error> {
        let Some(Selected { tag, values }) = self.selected(location) else { return Ok(None) };
        let at = location.join("allOf").join(0);
        let reference = self.schema(&at).get("$ref").and_then(Value::as_str).unwrap_or_default();
        let Target::Here(target) = self.resolver.follow(&at, reference)? else { return Ok(None) };
        let layers = collect(self.documents, &self.resolver, &target)?.all;
        let places: Vec<_> = layers.iter().filter_map(|layer| declared(layer, tag)).collect();
        if places.is_empty() || self.told.contains_key(&target) {
            return Ok(None);
        }
        for place in &places {
            if !self.is_written_as_read(place)? {
                return Ok(None);
            }
        }
        let mut asked = Vec::new();
        if !self.types_of(&target)?.minus(Types::OBJECT).is_empty() {
            asked.push(Condition::Type(Types::OBJECT, false));
        }
        if !layers.iter().any(|layer| requires(layer, tag)) {
            asked.push(Condition::Required(vec![tag.to_owned()]));
        }
        let selects = Condition::any(match values.as_slice() {
            [] => Vec::new(),
            values => vec![Condition::Enum(values.iter().map(|value| (*value).clone()).collect())],
        });
        asked.push(Condition::Properties(
            vec![(tag.to_owned(), selects)],
            Vec::new(),
            Box::new(Condition::ALWAYS),
        ));
        let holds = |condition| Check::Holds(condition, vec!["discriminator".to_owned()]);
        let form = Form::Reference(self.refer(target));
        let checks = asked.into_iter().map(holds).collect();
        Ok(Some(Subschema { checks, ..Subschema::new(location.clone(), form) }))
    }

    /// Whether strings that a schema accepts are written as they were read: no type that is not ours stands for them.
    fn is_written_as_read(&self, place: &Location) -> Result<bool, Error> {
        let layers = collect(self.documents, &self.resolver, place)?.all;
        let is_plain = |layer: &Layer| {
            let is_mapped =
                ["format", "contentEncoding"].iter().any(|word| layer.keywords.contains_key(*word));
            !is_mapped && !self.told.contains_key(&layer.location)
        };
        Ok(layers.iter().all(is_plain))
    }
}

/// Where a layer declares a property.
fn declared(layer: &Layer, name: &str) -> Option<Location> {
    layer.get("properties")?.get(name)?;
    Some(layer.location.join("properties").join(name))
}

fn requires(layer: &Layer, name: &str) -> bool {
    let names = layer.get("required").and_then(Value::as_array);
    names.is_some_and(|names| names.iter().any(|required| required == name))
}
