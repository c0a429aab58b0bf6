//! What a union leaves of the types of what stands beside it.

use isomorph_schema::{Dialect, Location, Types};

use super::builder::Builder;
use super::compose::Composition;
use super::layers::collect;
use crate::error::Error;

/// What is left to be said of a union.
pub enum Narrowed {
    /// Nothing is one of it.
    Never,
    /// Nothing: it says types only.
    Said,
    /// What its schemas say besides.
    Open,
}

impl Builder<'_> {
    /// Leaves of the types those that schemas of a union are of.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub(super) fn narrow(
        &self,
        composition: &mut Composition,
        (layer, keyword): (usize, &str),
        locations: &[Location],
    ) -> Result<Narrowed, Error> {
        let mut possible = Vec::new();
        let mut within = Types::NONE;
        for location in locations {
            let types = self.types_of(location)?;
            within = within.union(types);
            possible.extend(types.meets(composition.types).then_some(location));
        }
        composition.types = composition.types.intersection(within);
        if composition.types.is_empty() {
            return Ok(Narrowed::Never);
        }
        if self.says_types_only(keyword, &possible)? {
            composition.say(layer, keyword);
            return Ok(Narrowed::Said);
        }
        Ok(Narrowed::Open)
    }

    /// Whether the schemas of a union say nothing but a type each, and the keyword nothing but that it is one of those.
    fn says_types_only(&self, keyword: &str, locations: &[&Location]) -> Result<bool, Error> {
        let mut all = Types::NONE;
        for location in locations {
            let layers = collect(self.documents, &self.resolver, location)?;
            let [layer] = layers.all.as_slice() else { return Ok(false) };
            let is_type = layers.left_out.is_empty() && layer.binding(Types::ALL).eq(["type"]);
            let Some(types) = layer.get("type").filter(|_| is_type).map(Types::named) else {
                return Ok(false);
            };
            if layer.dialect == Dialect::Draft4 || keyword == "oneOf" && types.meets(all) {
                return Ok(false);
            }
            all = all.union(types);
        }
        Ok(keyword != "if" && !all.is_empty())
    }
}
