//! Schemas for which the settings say a type that is not ours: by place, or by the name of a definition.

use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::{Location, Types};

use super::builder::Builder;
use super::compose::Composition;
use super::composed::Composed;
use super::form::Form;
use crate::error::Error;
use crate::foreign::{Foreign, StandIn};
use crate::via::Via;

impl Builder<'_> {
    /// Where these schemas stand.
    ///
    /// # Errors
    ///
    /// If nothing is where one is said to be.
    pub(super) fn told_types(&self) -> Result<HashMap<Location, Foreign>, Error> {
        let mut told = HashMap::new();
        for (place, foreign) in &self.settings.types {
            let locations = if place.contains('#') {
                self.configured_location(place)
                    .filter(|location| !self.schema(location).is_null())
                    .into_iter()
                    .collect()
            } else {
                self.called(place)
            };
            if locations.is_empty() {
                return Err(self.unused(place, foreign.path()));
            }
            told.extend(locations.into_iter().map(|location| (location, foreign.clone())));
        }
        Ok(told)
    }

    /// The definitions and documents of a name.
    fn called(&self, name: &str) -> Vec<Location> {
        let documents = self.documents.iter().enumerate().filter(|(_, document)| document.stem() == name);
        let roots = documents.map(|(document, _)| Location { document, pointer: Pointer::root() });
        let named = self.named.iter().filter(|location| location.pointer.last() == name).cloned();
        // What is equal elsewhere is one definition.
        let kept =
            |location: &Location| self.at.get(location).map(|id| self.drafts[id.0].position.location.clone());
        roots.chain(named).filter_map(|location| kept(&location)).collect()
    }

    /// The form of a schema for which a type is said, if it is said for these instances: with `null` beside others an
    /// `Option` is put around it.
    ///
    /// # Errors
    ///
    /// If the type is read from strings, and the schema is of something else.
    pub(super) fn told(
        &self,
        composition: &mut Composition,
        location: &Location,
    ) -> Result<Option<Composed>, Error> {
        let types = composition.types;
        let is_beside_null = types.meets(Types::NULL) && types != Types::ALL && types != Types::NULL;
        let Some(foreign) = self.told.get(location).filter(|_| !is_beside_null) else { return Ok(None) };
        let is_text = !matches!(foreign.via(), Via::Serde | Via::With(_) | Via::Read);
        if is_text && types != Types::STRING {
            return Err(Error::NoString {
                place: self.documents[location.document].place(&location.pointer).to_string(),
                path: foreign.path().to_owned(),
            });
        }
        // All that is asserted of it is for a validator, but that it is a string where it is read from one.
        composition.forget();
        // What is known reads strings by itself.
        if is_text || (foreign.known().is_some() && types == Types::STRING) {
            composition.say_all("type");
        }
        let stand_in = StandIn { foreign: foreign.clone(), format: None, types };
        Ok(Some(composition.done(Form::Foreign(stand_in), Vec::new())))
    }
}
