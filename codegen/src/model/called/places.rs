//! Goes through the forms of definitions, owners first, and takes down what each place suggests.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::{Document, Types};
use serde_json::Value;

use super::singular::one;
use super::suggestion::Suggestion;
use super::titles::title;
use super::top::{Top, without_null};
use super::words::{Words, same, words};
use crate::model::definition::{Definition, Origin};
use crate::model::definition_id::DefinitionId;
use crate::model::form::{Form, Object, Rest, Subschema};

/// A definition that is being gone through: its words, and those of what encloses its parts.
#[derive(Clone)]
pub struct Around {
    /// The definition.
    pub id: DefinitionId,
    /// The words of what encloses it, outermost first.
    pub chain: Vec<Words>,
    /// Its own words.
    pub name: Words,
}

impl Around {
    /// What encloses what stands in it.
    pub fn within(&self) -> Vec<Words> {
        self.chain.iter().cloned().chain([self.name.clone()]).collect()
    }
}

/// A place at which a type may be needed.
#[derive(Clone, Default)]
pub struct At {
    /// The words of what encloses it, outermost first.
    pub chain: Vec<Words>,
    /// The words of the place itself.
    pub own: Words,
    /// What it is, in a word.
    pub role: Option<&'static str>,
    /// What tells it from other branches.
    pub branch: Words,
    /// What its parts know it by, where that is not all of its words.
    pub to_parts: Option<Words>,
}

/// What is known of the places of types.
pub struct Places<'m> {
    /// The documents.
    pub documents: &'m [Document],
    /// All definitions.
    pub definitions: &'m [Definition],
    /// Those that have a name.
    pub top: &'m Top,
    /// What was decided of each definition.
    pub suggestions: BTreeMap<DefinitionId, Suggestion>,
    /// What places suggest for definitions that were not gone through yet, and how near those are to them.
    found: BTreeMap<DefinitionId, (Nearness, Suggestion)>,
}

/// How near a place is to a definition: not inside its schema, how many segments away, and where.
type Nearness = (bool, usize, String);

/// Where a definition stands: its document, how deep, its pointer, and the types that it is for.
pub type Place = (usize, usize, String, Option<Types>);

/// Where a definition stands, those outside first: not by the order of keys.
pub fn place_of(definition: &Definition) -> Place {
    let location = &definition.location;
    let pointer = location.pointer.as_str();
    (location.document, pointer.matches('/').count(), pointer.to_owned(), definition.slice)
}

impl<'m> Places<'m> {
    /// What the places of these definitions suggest, each with all that it is part of before it.
    pub fn of(
        documents: &'m [Document],
        definitions: &'m [Definition],
        top: &'m Top,
        order: &[DefinitionId],
    ) -> Self {
        let mut places =
            Self { documents, definitions, top, suggestions: BTreeMap::new(), found: BTreeMap::new() };
        let mut owners = places.owners(order);
        let key = |id: &DefinitionId| place_of(&definitions[id.0]);
        let mut left: BTreeSet<_> = order.iter().map(|id| (key(id), *id)).collect();
        let mut ready: BTreeSet<_> =
            left.iter().filter(|(_, id)| owners.get(id).is_none_or(|count| *count == 0)).cloned().collect();
        while let Some(next) = ready.pop_first().or_else(|| left.first().cloned()) {
            left.remove(&next);
            places.go_through(next.1);
            for part in places.parts(next.1) {
                if let Some(count) = owners.get_mut(&part) {
                    *count = count.saturating_sub(1);
                    let part = (key(&part), part);
                    if owners[&part.1] == 0 && left.contains(&part) {
                        ready.insert(part);
                    }
                }
            }
        }
        places
    }

    /// How many mention each definition that is called by its place.
    fn owners(&self, order: &[DefinitionId]) -> BTreeMap<DefinitionId, usize> {
        let mut owners = BTreeMap::new();
        for id in order {
            for part in self.parts(*id) {
                *owners.entry(part).or_insert(0) += 1;
            }
        }
        owners
    }

    /// The definitions that are called by their place in this one.
    fn parts(&self, id: DefinitionId) -> Vec<DefinitionId> {
        let (mut found, mut work) = (Vec::new(), vec![&self.definitions[id.0].form]);
        while let Some(form) = work.pop() {
            for part in form.parts() {
                work.push(&part.form);
                if let Form::Reference(id) = &part.form
                    && self.is_called_by(*id, part)
                {
                    found.push(*id);
                }
            }
        }
        found
    }

    /// Whether a definition is called by this place of it. One that others refer to is called by where it stands, and not by
    /// who refers to it.
    fn is_called_by(&self, id: DefinitionId, part: &Subschema) -> bool {
        let definition = &self.definitions[id.0];
        !self.is_top(id) && (definition.origin != Origin::Referred || part.location == definition.location)
    }

    fn go_through(&mut self, id: DefinitionId) {
        let definition = &self.definitions[id.0];
        let suggestion = if let Some((words, _)) = self.top.get(&id) {
            Suggestion { own: words.clone(), ..Suggestion::default() }
        } else {
            self.found.remove(&id).map(|(_, found)| found).unwrap_or_default()
        };
        let name = suggestion.to_parts.as_ref().unwrap_or(suggestion.words()).clone();
        let around = Around { id, chain: suggestion.chain.clone(), name };
        self.suggestions.insert(id, suggestion);
        match &definition.form {
            Form::Object(object) => self.properties(object, &around),
            Form::Union(union) => self.branches(union, &around),
            form => {
                // What a definition is that may also be `null` is no part of it.
                let is_value = matches!(form, Form::Nullable(_));
                let chain = if is_value { around.chain.clone() } else { self.inside(&around) };
                let role = is_value.then_some("Details");
                let own = if is_value { without_null(&around.name) } else { around.name.clone() };
                self.contents(form, &At { chain, own, role, ..At::default() }, id);
            }
        }
    }

    /// What encloses the parts of a definition that is no object: a definition that has a name does.
    fn inside(&self, around: &Around) -> Vec<Words> {
        if self.is_top(around.id) { around.within() } else { around.chain.clone() }
    }

    /// Whether a definition has a name.
    pub fn is_top(&self, id: DefinitionId) -> bool {
        self.top.contains_key(&id)
    }

    fn properties(&mut self, object: &Object, around: &Around) {
        let chain = around.within();
        for property in &object.properties {
            let mut own = words(&property.name);
            if own.is_empty() {
                own.push("Empty".to_owned());
            }
            self.place(&property.schema, At { chain: chain.clone(), own, ..At::default() }, around.id);
        }
        if let Rest::Kept(part) = &object.rest {
            let own = one(&around.name);
            self.place(part, At { chain, own, role: Some("Entry"), ..At::default() }, around.id);
        }
    }

    /// Takes down what a place suggests.
    pub fn place(&mut self, part: &Subschema, at: At, owner: DefinitionId) {
        let mut title = self.title(part);
        if same(&title, &at.own) || same(&title, &one(&at.own)) {
            title.clear();
        }
        if let Form::Reference(id) = &part.form {
            self.suggest(
                *id,
                part,
                Suggestion {
                    owner: Some(owner),
                    own: at.own,
                    title,
                    chain: at.chain,
                    branch: at.branch,
                    role: at.role,
                    to_parts: at.to_parts,
                    ..Suggestion::default()
                },
            );
            return;
        }
        let own = if title.is_empty() { at.own.clone() } else { title };
        self.contents(&part.form, &At { own, ..at }, owner);
    }

    /// The parts of a list, of a map, or of what may be `null`.
    pub fn contents(&mut self, form: &Form, at: &At, owner: DefinitionId) {
        match form {
            Form::Nullable(part) => self.place(part, at.clone(), owner),
            Form::List(_, _) | Form::Map(_, _) | Form::Tuple(_) => {
                for part in form.parts() {
                    let at = At { own: one(&at.own), role: Some("Entry"), to_parts: None, ..at.clone() };
                    self.place(part, at, owner);
                }
            }
            _ => {}
        }
    }

    fn suggest(&mut self, id: DefinitionId, part: &Subschema, suggestion: Suggestion) {
        if !self.is_called_by(id, part) || self.suggestions.contains_key(&id) {
            return;
        }
        let definition = &self.definitions[id.0];
        let around = suggestion.owner.map(|owner| &self.definitions[owner.0].location);
        let is_inside = around.is_some_and(|around| {
            around.document == definition.location.document
                && definition.location.pointer.strip_prefix(&around.pointer).is_some()
        });
        let pointer = around.map(|around| around.pointer.as_str()).unwrap_or_default();
        // The nearest owner that it stands in, else the outermost.
        let depth = pointer.matches('/').count();
        let nearness = (!is_inside, if is_inside { usize::MAX - depth } else { depth }, pointer.to_owned());
        match self.found.get(&id) {
            Some((nearer, _)) if *nearer <= nearness => {}
            _ => {
                self.found.insert(id, (nearness, suggestion));
            }
        }
    }

    /// The title of a part, if it is a name. What stands for more than the schema at its place may have none.
    pub fn title(&self, part: &Subschema) -> Words {
        let says = match part.form {
            Form::Reference(id) => self.definitions[id.0].says.as_ref(),
            _ => None,
        };
        title(says.unwrap_or_else(|| self.source(part)))
    }

    /// What the source says of a part.
    pub fn source(&self, part: &Subschema) -> &'m Value {
        let root = &self.documents[part.location.document].root;
        part.location.pointer.find(root).unwrap_or(&Value::Null)
    }

    /// What a form stands for, where that is an inline type.
    pub fn resolved<'f>(&'f self, form: &'f Form) -> &'f Form {
        match form {
            Form::Reference(id) if !self.is_top(*id) => &self.definitions[id.0].form,
            form => form,
        }
    }
}
