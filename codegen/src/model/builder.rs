//! The model while it is made: what has been found, and what has been composed.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use isomorph_schema::{Document, Location, Resolver, Types};
use serde_json::Value;

use super::composed::Composed;
use super::definition::Origin;
use super::definition_id::DefinitionId;
use super::form::{Form, Subschema};
use super::layers::Layer;
use super::position::Position;
use super::reason::Reason;
use super::unmatched::Unmatched;
use crate::error::Error;
use crate::foreign::Foreign;
use crate::settings::Settings;

/// How many types may lie inside each other before the inner ones get a name.
const DEEPEST_TYPE: usize = 6;

/// How many inline schemas may lie inside each other before the inner ones are left to a validator.
const DEEPEST_INLINE: usize = 32;

pub struct Builder<'a> {
    pub(super) documents: &'a [Document],
    pub(super) settings: &'a Settings,
    pub(super) resolver: Resolver<'a>,
    pub(super) drafts: Vec<Draft>,
    /// The definitions that can be referred to, each possibly at several places.
    pub(super) at: HashMap<Location, DefinitionId>,
    /// What was made of inline schemas.
    pub(super) placed: HashMap<(Location, Types), Subschema>,
    /// Inline schemas that are being composed, and the definition of each that turned out to contain itself.
    pub(super) under_way: HashMap<(Location, Types), Option<DefinitionId>>,
    /// The types of schemas, as far as they were asked for.
    pub(super) types: RefCell<HashMap<Location, Types>>,
    /// Whether schemas accept `null`, with so many unions around them.
    pub(super) null: RefCell<HashMap<(Location, usize), bool>>,
    /// Where references lead that stand alone or in an `allOf`, by document and text.
    pub(super) references: HashMap<(usize, String), DefinitionId>,
    /// Where the definitions stand that documents have by name.
    pub(super) named: HashSet<Location>,
    /// The schemas for which a type is said that is not ours.
    pub(super) told: HashMap<Location, Foreign>,
    /// The patterns of the settings that nothing is of.
    pub(super) unmatched: Vec<Unmatched>,
}

/// A definition before its name is known.
pub struct Draft {
    pub(super) origin: Origin,
    pub(super) position: Position,
    pub(super) composed: Option<Composed>,
    /// What its type says, if that is more than the schema at its place.
    pub(super) says: Option<Value>,
}

impl<'a> Builder<'a> {
    /// A builder of nothing yet.
    pub(super) fn new(documents: &'a [Document], settings: &'a Settings, resolver: Resolver<'a>) -> Self {
        Self {
            documents,
            settings,
            resolver,
            drafts: Vec::new(),
            at: HashMap::new(),
            placed: HashMap::new(),
            under_way: HashMap::new(),
            types: RefCell::default(),
            null: RefCell::default(),
            references: HashMap::new(),
            named: HashSet::new(),
            told: HashMap::new(),
            unmatched: Vec::new(),
        }
    }

    /// Adds a definition that is still to be composed.
    pub(super) fn add(&mut self, origin: Origin, position: Position) -> DefinitionId {
        self.drafts.push(Draft { origin, position, composed: None, says: None });
        DefinitionId(self.drafts.len() - 1)
    }

    /// A schema inside another; what needs an item of its own, or a guard, becomes a reference to it.
    pub(super) fn place(&mut self, position: &Position) -> Result<Subschema, Error> {
        self.inside(position, &[])
    }

    /// As [`place`](Self::place), for a schema of which what `outside` says is checked around it.
    pub(super) fn inside(&mut self, position: &Position, outside: &[Reason]) -> Result<Subschema, Error> {
        let location = position.location.clone();
        let reference = |id| Subschema::new(location.clone(), Form::Reference(id));
        if let Some(id) = self.at.get(&location).filter(|_| position.types == Types::ALL) {
            return Ok(reference(*id));
        }
        let key = (location.clone(), position.types);
        if let Some(placed) = self.placed.get(&key) {
            return Ok(placed.clone());
        }
        if let Some(known) = self.under_way.get(&key).copied() {
            let id = known.unwrap_or_else(|| self.add(Origin::Referred, position.clone()));
            self.under_way.insert(key, Some(id));
            return Ok(reference(id));
        }
        // What is being composed lies inside each other; a type of so many levels is more than rustc follows.
        if self.under_way.len() >= DEEPEST_INLINE {
            return Ok(reference(self.add_composed(position.clone(), Composed::opaque(Reason::TooDeep))));
        }
        self.under_way.insert(key.clone(), None);
        let mut composed = self.compose(position)?;
        composed.left.retain(|reason| !outside.contains(reason));
        let reserved = self.under_way.remove(&key).flatten();
        let needs_item =
            composed.form.needs_item() || !composed.left.is_empty() || composed.form.depth() > DEEPEST_TYPE;
        let placed = match reserved {
            Some(id) => {
                self.drafts[id.0].composed = Some(composed);
                reference(id)
            }
            None if needs_item => reference(self.add_composed(position.clone(), composed)),
            None => Subschema { checks: composed.checks, ..Subschema::new(location.clone(), composed.form) },
        };
        self.placed.insert(key, placed.clone());
        Ok(placed)
    }

    /// A part that was made for another form; what needs an item of its own becomes a reference to it.
    pub(super) fn hoisted(&mut self, part: Subschema, position: &Position) -> Subschema {
        if !part.form.needs_item() {
            return part;
        }
        let composed = Composed { form: part.form, checks: part.checks, left: Vec::new() };
        let form = Form::Reference(self.add_composed(position.clone(), composed));
        Subschema::new(part.location, form)
    }

    pub(super) fn add_composed(&mut self, position: Position, composed: Composed) -> DefinitionId {
        let id = self.add(Origin::Inline, position);
        self.drafts[id.0].composed = Some(composed);
        id
    }

    /// The schema object at a location, by itself.
    pub(super) fn layer(&self, location: &Location) -> Option<Layer<'a>> {
        let keywords = self.schema(location).as_object()?;
        let dialect = self.documents[location.document].dialect;
        Some(Layer::new(location, keywords, dialect, &self.resolver))
    }

    pub(super) fn schema(&self, location: &Location) -> &'a Value {
        let root = &self.documents[location.document].root;
        location.pointer.find(root).unwrap_or(&Value::Null)
    }
}
