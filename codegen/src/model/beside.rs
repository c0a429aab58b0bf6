//! What else binds a part of an instance than the schema that the part's type is made from. A property of `allOf` may
//! be declared in two branches, one of `properties` may be spoken of under `anyOf`, `if` or `not` as well: the part
//! is kept whole only by a type that keeps what any of them declares. `widen.rs` makes sure of that.

use std::collections::{BTreeSet, HashSet};

use isomorph_schema::{Location, Types, inside, inside_keywords};

use super::binding::{Binding, Part};
use super::builder::Builder;
use super::compose::Composition;
use super::form::{Beside, Form, Property, Rest, Subschema};
use super::layers::{Layer, collect};
use super::position::Position;
use crate::error::Error;
use crate::names::type_ident;

/// How many schemas are looked at. That is more than people write; what is beyond is not looked for.
const MOST: usize = 256;

impl<'a> Builder<'a> {
    /// Notes of every part of an object, a list or a tuple what else binds it.
    pub(super) fn beside_parts(
        &mut self,
        form: &mut Form,
        composition: &Composition<'a>,
        position: &Position,
    ) -> Result<(), Error> {
        let layers = self.all_layers(composition)?;
        let layers = Bindings { all: self.bindings(&layers)?, certain: composition.layers.all.len() };
        match form {
            Form::Object(object) => {
                for Property { name, schema, .. } in &mut object.properties {
                    self.beside(schema, Part::Property(name), &layers, position)?;
                }
                let Rest::Kept(part) = &mut object.rest else { return Ok(()) };
                let names: HashSet<_> =
                    object.properties.iter().map(|property| property.name.as_str()).collect();
                self.beside_others(part, &names, &layers, position)
            }
            Form::Map(part, _) => self.beside_others(part, &HashSet::new(), &layers, position),
            Form::List(part, _) => self.beside(part, Part::Elements, &layers, position),
            Form::Tuple(parts) => {
                let mut parts = parts.iter_mut().enumerate();
                parts.try_for_each(|(index, part)| self.beside(part, Part::Element(index), &layers, position))
            }
            _ => Ok(()),
        }
    }

    /// What binds the values of a union besides its branches, which stand in `branches`.
    pub(super) fn beside_union(
        &mut self,
        composition: &Composition<'a>,
        branches: &[Location],
        position: &Position,
    ) -> Result<Vec<Beside>, Error> {
        let mut others = unsaid(composition);
        let is_inside =
            |other: &Location, branch: &Location| other.pointer.strip_prefix(&branch.pointer).is_some();
        others.retain(|other| !branches.iter().any(|branch| is_inside(other, branch)));
        self.place_all(others.into_iter().map(|other| (other, false)), position)
    }

    /// The same for the properties of other names than these, of which the schemas that bind them may be the first to speak.
    fn beside_others(
        &mut self,
        part: &mut Subschema,
        names: &HashSet<&str>,
        layers: &Bindings<'_, 'a>,
        position: &Position,
    ) -> Result<(), Error> {
        part.is_unsaid &= !layers.all.iter().any(|layer| layer.lets_in_others(names));
        self.beside(part, Part::Other(names), layers, position)
    }

    fn beside(
        &mut self,
        part: &mut Subschema,
        which: Part,
        layers: &Bindings<'_, 'a>,
        position: &Position,
    ) -> Result<(), Error> {
        if !has_parts(&part.form) {
            return Ok(());
        }
        let mut bound = layers.of(which);
        bound.retain(|(location, _)| *location != part.location);
        let suffix = match which {
            Part::Property(name) => type_ident(name),
            Part::Other(_) => "Value".to_owned(),
            Part::Element(_) | Part::Elements => "Item".to_owned(),
        };
        part.also = self.place_all(bound, &position.of_types(Types::ALL, &suffix))?;
        Ok(())
    }

    /// The schemas at these places, of those that declare parts of their own.
    fn place_all(
        &mut self,
        places: impl IntoIterator<Item = (Location, bool)>,
        position: &Position,
    ) -> Result<Vec<Beside>, Error> {
        let mut all = Vec::new();
        for (location, binds_all) in places {
            if self.declares_parts(&location)? {
                let schema = self.place(&Position::new(location, position.name.clone()))?;
                all.push(Beside { schema, binds_all });
            }
        }
        Ok(all)
    }

    fn declares_parts(&self, location: &Location) -> Result<bool, Error> {
        let schema = self.schema(location);
        let dialect = self.documents[location.document].dialect;
        let declares = inside(schema, dialect).iter().any(|inner| !inner.is_definition())
            || ["$ref", "$recursiveRef", "$dynamicRef", "required"]
                .iter()
                .any(|keyword| schema.get(keyword).is_some());
        Ok(declares && self.types_of(location)?.meets(Types::ARRAY.union(Types::OBJECT)))
    }

    /// The layers as what binds parts; patterns of which nothing could be lost are left out.
    fn bindings<'l>(&self, layers: &'l [Layer<'a>]) -> Result<Vec<Binding<'l, 'a>>, Error> {
        let mut bindings = Vec::new();
        for layer in layers {
            let mut binding = Binding::of_layer(layer);
            for (pattern, location) in binding.patterns_of_layer() {
                if self.declares_parts(&location)? {
                    binding.add_pattern(pattern, location);
                }
            }
            bindings.push(binding);
        }
        Ok(bindings)
    }

    /// The layers of a composition, and what binds the same instance, or may, under the keywords that its form
    /// does not say.
    fn all_layers(&self, composition: &Composition<'a>) -> Result<Vec<Layer<'a>>, Error> {
        let mut all = composition.layers.all.clone();
        let mut seen = BTreeSet::new();
        let mut next = unsaid(composition);
        while let Some(location) = next.pop().filter(|_| seen.len() < MOST) {
            if !seen.insert(location.clone()) {
                continue;
            }
            for layer in collect(self.documents, &self.resolver, &location)?.all {
                next.extend(applied(&layer));
                all.push(layer);
            }
        }
        Ok(all)
    }
}

/// Layers as what binds parts.
struct Bindings<'l, 'a> {
    all: Vec<Binding<'l, 'a>>,
    /// How many of them, the first, bind every instance.
    certain: usize,
}

impl Bindings<'_, '_> {
    /// The schemas that bind a part, or may, and whether each binds it in every instance.
    fn of(&self, part: Part) -> Vec<(Location, bool)> {
        let layers = self.all.iter().enumerate();
        let bound = layers.flat_map(|(index, layer)| {
            let is_certain = index < self.certain && matches!(part, Part::Property(_));
            layer.of(part).into_iter().map(move |location| {
                // What is evaluated elsewhere it does not bind.
                let is_certain = is_certain && location.pointer.last() != "unevaluatedProperties";
                (location, is_certain)
            })
        });
        bound.collect()
    }
}

/// The schemas for the same instance under the keywords that the form does not say.
fn unsaid(composition: &Composition) -> Vec<Location> {
    let layers = composition.layers.all.iter().enumerate();
    let unsaid = layers.flat_map(|(index, layer)| {
        let applied = inner_of(layer).filter(move |(keyword, _)| !composition.is_said(index, keyword));
        applied.map(|(_, location)| location)
    });
    unsaid.collect()
}

fn applied(layer: &Layer) -> Vec<Location> {
    inner_of(layer).map(|(_, location)| location).collect()
}

/// The schemas for the same instance inside a layer, with their keywords; those of `allOf` are layers.
fn inner_of<'l>(layer: &'l Layer) -> impl Iterator<Item = (&'l str, Location)> {
    let inner = inside_keywords(layer.keywords, layer.dialect).into_iter();
    let applied = inner.filter(|inner| {
        let is_idle = ["then", "else"].contains(&inner.keyword) && layer.get("if").is_none();
        inner.is_in_place() && inner.keyword != "allOf" && layer.get(inner.keyword).is_some() && !is_idle
    });
    applied.map(|inner| (inner.keyword, inner.location(&layer.location)))
}

/// Whether values of the form have parts: that a type can fail to keep, or of which another schema may be asked what it
/// declares.
fn has_parts(form: &Form) -> bool {
    matches!(form, Form::Reference(_) | Form::Any) || !form.parts().is_empty()
}
