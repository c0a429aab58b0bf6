//! From the schemas that bind an instance together to one form. What the form does not say is a check,
//! or is left over for the guard.

use std::collections::BTreeSet;

use isomorph_schema::{Dialect, Location, Target, Types};
use serde_json::Value;

use super::builder::Builder;
use super::composed::Composed;
use super::definition_id::DefinitionId;
use super::form::{Check, Form, Subschema};
use super::layers::{Layer, Layers, collect};
use super::position::Position;
use super::reason::Reason;
use crate::error::Error;
use crate::settings::Untyped;

/// A composition under way: the layers, and which of their keywords the form says.
pub struct Composition<'a> {
    /// The schemas.
    pub layers: Layers<'a>,
    /// The types that are left.
    pub types: Types,
    said: BTreeSet<(usize, &'a str)>,
}

impl<'a> Composition<'a> {
    /// One of these schemas, for instances of these types. What only leads to others of them is said.
    pub fn new(layers: Layers<'a>, types: Types) -> Self {
        let mut composition = Self { layers, types, said: BTreeSet::new() };
        for keyword in ["type", "$ref", "allOf"] {
            composition.say_all(keyword);
        }
        for layer in 0..composition.layers.all.len() {
            if let Some((keyword, _)) = composition.layers.all[layer].refers {
                composition.say(layer, keyword);
            }
        }
        composition
    }

    /// Notes that the form says a keyword of a layer.
    pub fn say(&mut self, layer: usize, keyword: &str) {
        if let Some((keyword, _)) = self.layers.all[layer].keywords.get_key_value(keyword) {
            self.said.insert((layer, keyword));
        }
    }

    /// Notes that the form says a keyword, wherever it stands.
    pub fn say_all(&mut self, keyword: &str) {
        (0..self.layers.all.len()).for_each(|layer| self.say(layer, keyword));
    }

    /// Takes back what the form was noted to say.
    pub fn forget(&mut self) {
        self.said.clear();
    }

    /// Whether the form says a keyword of a layer.
    pub fn is_said(&self, layer: usize, keyword: &str) -> bool {
        self.said.contains(&(layer, keyword))
    }

    /// The values of a keyword, with the index of the layer.
    pub fn values(&self, keyword: &'static str) -> Vec<(usize, &'a Value)> {
        let layers = self.layers.all.iter().enumerate();
        layers.filter_map(|(index, layer)| Some((index, layer.get(keyword)?))).collect()
    }

    /// The keywords that are not said and bind instances of `types`, each once, in order.
    pub fn left(&self, types: Types) -> Vec<Reason> {
        let mut left: Vec<Reason> = Vec::new();
        let mut add = |keyword: &str| {
            if !left.iter().any(|known| known.is(keyword)) {
                left.push(Reason::keyword(keyword));
            }
        };
        for (index, layer) in self.layers.all.iter().enumerate() {
            layer.binding(types).filter(|name| !self.said.contains(&(index, *name))).for_each(&mut add);
        }
        self.layers.left_out.iter().copied().for_each(add);
        left
    }

    /// A form, with what it leaves.
    pub fn done(&self, form: Form, checks: Vec<Check>) -> Composed {
        Composed { form, checks, left: self.left(self.types) }
    }
}

impl<'a> Builder<'a> {
    /// Composes the form of a schema.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn compose(&mut self, position: &Position) -> Result<Composed, Error> {
        if self.documents[position.location.document].is_custom {
            return Ok(Composed::opaque(Reason::keyword("$schema")));
        }
        let layers = collect(self.documents, &self.resolver, &position.location)?;
        if layers.never {
            return Ok(Composed::opaque(Reason::Never));
        }
        if !self.told.contains_key(&position.location)
            && let Some(form) = self.alone(&layers, position)?
        {
            return Ok(form);
        }
        // Where they disagree on what an integer is, no type of ours says what all of them do.
        let is_draft_4 = |layer: &Layer| layer.dialect == Dialect::Draft4;
        if layers.all.iter().any(is_draft_4) && !layers.all.iter().all(is_draft_4) {
            return Ok(Composed::opaque(Reason::keyword("$ref")));
        }
        let mut composition = Composition::new(layers, position.types);
        let named = composition.values("type");
        let is_named = !named.is_empty();
        for (_, names) in named {
            composition.types = composition.types.intersection(Types::named(names));
        }
        if let Some(composed) = self.told(&mut composition, &position.location)? {
            return Ok(composed);
        }
        if let Some(composed) = self.literals(&mut composition, position)? {
            return Ok(composed);
        }
        if composition.types.is_empty() {
            return Ok(Composed::opaque(Reason::keyword("type")));
        }
        if let Some(composed) = self.union(&mut composition, position)? {
            return Ok(composed);
        }
        match composition.types.each().as_slice() {
            [_] => self.single(&mut composition, position),
            _ => self.by_type(&mut composition, position, is_named),
        }
    }

    /// A schema that says nothing but where another one stands.
    fn alone(&mut self, layers: &Layers<'a>, position: &Position) -> Result<Option<Composed>, Error> {
        let Some(own) = layers.all.first().filter(|layer| layer.location == position.location) else {
            return Ok(None);
        };
        let binding: Vec<_> = own.binding(position.types).collect();
        match binding.as_slice() {
            [_] if let Some(reference) = own.refers_only(position.types) => {
                Ok(match self.resolver.follow(&own.location, reference)? {
                    // Of what is of other types as well, a type without parts is simpler than what it is part of.
                    Target::Here(target) if self.is_scalar_of(&target, position.types)? => None,
                    Target::Here(target) => {
                        let id = self.refer(target);
                        self.references.insert((own.location.document, reference.to_owned()), id);
                        Some(Form::Reference(id).into())
                    }
                    Target::MetaSchema | Target::Missing => Some(Composed::opaque(Reason::keyword("$ref"))),
                    Target::Anything => Some(Form::Any.into()),
                })
            }
            ["allOf"] | ["allOf", "type"] | ["type", "allOf"] => {
                let Some(index) = self.one_of_all(own, position)? else { return Ok(None) };
                let inner = Position { location: own.location.join("allOf").join(index), ..position.clone() };
                self.compose(&inner).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Whether what is asked for is one type without parts, and a schema is of others as well.
    fn is_scalar_of(&self, location: &Location, types: Types) -> Result<bool, Error> {
        let is_scalar = types.each().len() == 1 && !types.meets(Types::ARRAY.union(Types::OBJECT));
        Ok(is_scalar && !self.types_of(location)?.minus(types).is_empty())
    }

    /// Instances of several types: one form for each, or `null` and another.
    fn by_type(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
        is_named: bool,
    ) -> Result<Composed, Error> {
        let types = composition.types;
        // A list of all types says nothing.
        let is_explicit = types != Types::ALL;
        // What binds instances of every type is not for the branches to check.
        let outside = composition.left(Types::NULL);
        let bound = |one: Types| composition.left(one).len() > outside.len();
        let each = types.each();
        let bound_types = each.iter().copied().filter(|one| bound(*one)).fold(Types::NONE, Types::union);
        if !is_named
            && !is_explicit
            && bound_types == Types::OBJECT
            && self.settings.untyped == Untyped::Object
        {
            composition.types = Types::OBJECT;
            return self.single(composition, position);
        }
        if bound_types.is_empty() && !is_explicit {
            return Ok(Composed { form: Form::Any, checks: Vec::new(), left: outside });
        }
        let nullable = types.meets(Types::NULL) && is_explicit;
        let (own, other) = if is_explicit {
            (types.minus(Types::NULL), Types::NONE)
        } else {
            (bound_types, types.minus(bound_types))
        };
        let part = match own.each().as_slice() {
            [one] if nullable => self.inside(&position.of_types(*one, ""), &outside)?,
            several => {
                let union = self.union_by_type(several, other, position, &outside)?;
                Subschema::new(position.location.clone(), Form::Union(union))
            }
        };
        let form = if nullable {
            Form::Nullable(Box::new(self.hoisted(part, &position.of_types(own, ""))))
        } else {
            part.form
        };
        Ok(Composed { form, checks: Vec::new(), left: outside })
    }
}

impl Builder<'_> {
    /// What a reference leads to, as a definition.
    pub fn refer(&mut self, target: Location) -> DefinitionId {
        if let Some(id) = self.at.get(&target) {
            return *id;
        }
        let name = crate::names::type_ident(&target.pointer.last());
        let id = self.add(crate::model::definition::Origin::Referred, Position::new(target.clone(), name));
        self.at.insert(target, id);
        id
    }
}
