//! From documents to the model.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::compose::{Composed, Position};
use super::form::{Form, Subschema};
use super::layers::Layer;
use super::live::{self, Live};
use super::shared::ByName;
use super::slices::is_null;
use super::subschemas::inside;
use super::types::Types;
use super::{
    Definition, DefinitionId, Location, Model, Origin, boxes, closure, defaults, dynamic, loops, overlap,
    spelled, undeclared, widen,
};
use crate::load::Document;
use crate::names::{Names, is_type_ident, type_ident};
use crate::resolve::Resolver;
use crate::{Error, Pointer, Settings, Unresolved};

/// Builds the model of `documents`.
///
/// # Errors
///
/// If a reference leads nowhere or in a circle, or a configured name cannot be used.
pub fn build(mut documents: Vec<Document>, settings: &Settings) -> Result<Model, Error> {
    cut_loops(&mut documents, settings)?;
    let resolver = Resolver::new(&documents, settings.unresolved)?;
    let mut builder = Builder {
        documents: &documents,
        settings,
        resolver,
        drafts: Vec::new(),
        at: HashMap::new(),
        placed: HashMap::new(),
        under_way: HashMap::new(),
        types: RefCell::default(),
        references: HashMap::new(),
        named: HashSet::new(),
    };
    builder.add_roots_and_named()?;
    builder.compose_all()?;
    let (stand_ins, for_data) = (builder.resolver.stand_ins(), builder.resolver.stand_ins_for_data());
    let references = std::mem::take(&mut builder.references);
    let named = std::mem::take(&mut builder.named);
    let at = builder.at.clone();
    let (definitions, order) = builder.finish()?;
    drop(builder);
    let missing = stand_ins.iter().map(|document| document.uri.clone()).collect();
    documents.extend(stand_ins.into_iter().chain(for_data));
    Ok(Model { documents, definitions, order, missing, named, references, at })
}

/// Documents that are not here, to which no schema refers but a validator asks for.
///
/// # Errors
///
/// If an identifier is no URI.
pub fn stand_ins_for_data(documents: &[Document]) -> Result<Vec<Document>, Error> {
    // Only then does a validator ask for what is beside a reference, or unknown.
    if !documents.iter().all(|document| document.dialect.reference_stands_alone()) {
        return Ok(Vec::new());
    }
    let resolver = Resolver::new(documents, Unresolved::Accept)?;
    if resolver.has_all() {
        return Ok(Vec::new());
    }
    // Where a reference leads nowhere that is for the validator to say.
    Ok(live::find(documents, &resolver).map_or_else(|_| Vec::new(), |_| resolver.stand_ins_for_data()))
}

/// Makes sure that no schema binds an instance by binding it: such a schema could judge nothing. As the
/// settings say, that is an error, the schema rejects everything, or it does not ask itself.
fn cut_loops(documents: &mut [Document], settings: &Settings) -> Result<(), Error> {
    loop {
        let resolver = Resolver::new(documents, settings.unresolved)?;
        let Some(location) = loops::find(documents, &resolver)? else {
            return Ok(());
        };
        drop(resolver);
        let document = &mut documents[location.document];
        match (settings.unresolved, document.root.pointer_mut(location.pointer.as_str())) {
            (Unresolved::Reject, Some(schema)) => *schema = serde_json::json!({"not": {}}),
            (Unresolved::Accept, Some(schema)) => {
                let keywords = schema.as_object_mut();
                if keywords.is_none_or(|keywords| keywords.shift_remove("$ref").is_none()) {
                    *schema = true.into();
                }
            }
            _ => return Err(Error::ReferenceCycle { place: document.place(&location.pointer) }),
        }
    }
}

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
    placed: HashMap<(Location, Types), Subschema>,
    /// Inline schemas that are being composed, and the definition of each that turned out to contain itself.
    under_way: HashMap<(Location, Types), Option<DefinitionId>>,
    /// The types of schemas, as far as they were asked for.
    pub(super) types: RefCell<HashMap<Location, Types>>,
    /// Where references that stand alone lead, by document and text.
    pub(super) references: HashMap<(usize, String), DefinitionId>,
    /// Where the definitions stand that documents have by name.
    pub(super) named: HashSet<Location>,
}

/// A definition before its name is known.
pub struct Draft {
    pub(super) origin: Origin,
    pub(super) position: Position,
    composed: Option<Composed>,
}

impl<'a> Builder<'a> {
    fn add_roots_and_named(&mut self) -> Result<(), Error> {
        let live = live::find(self.documents, &self.resolver)?;
        let schemas = live.iter().map(|one| std::ptr::from_ref(one.schema)).collect();
        let mut by_name = ByName::new();
        for (document, name) in self.root_names() {
            let location = Location { document, pointer: Pointer::root() };
            self.add_shared(&mut by_name, &name, Origin::Root, location);
        }
        for document in 0..self.documents.len() {
            for (name, location) in live::named(self.documents, document, &schemas) {
                self.named.insert(location.clone());
                self.add_shared(&mut by_name, &name.clone(), Origin::Named(name), location);
            }
        }
        self.add_referred(live);
        self.separate_copies()
    }

    /// Adds what a `$ref` leads to and has no name of its own, and the definitions inside other schemas.
    fn add_referred(&mut self, live: Vec<Live>) {
        for Live { location, schema, target } in live {
            let Document { is_guest, dialect, .. } = self.documents[location.document];
            // Those of the whole document have their names already.
            let is_inside = !is_guest && location.pointer != Pointer::root();
            for definition in
                inside(schema, dialect).into_iter().filter(|one| is_inside && one.is_definition())
            {
                self.refer(definition.location(&location));
            }
            if let Some(target) = target {
                self.refer(target);
            }
        }
    }

    /// What each document is called: as configured, or by a title that is a name, or by its file.
    fn root_names(&self) -> Vec<(usize, String)> {
        let name = |(index, document): (usize, &Document)| {
            let title = document.root.get("title").and_then(Value::as_str).filter(|t| is_type_ident(t));
            let configured = self.settings.root_name.clone().filter(|_| index == 0);
            (index, configured.unwrap_or_else(|| title.unwrap_or(document.stem()).to_owned()))
        };
        self.documents.iter().enumerate().map(name).collect()
    }

    /// Adds a definition that is still to be composed.
    pub(super) fn add(&mut self, origin: Origin, position: Position) -> DefinitionId {
        self.drafts.push(Draft { origin, position, composed: None });
        DefinitionId(self.drafts.len() - 1)
    }

    /// Composes every definition; what is hoisted on the way is composed already.
    fn compose_all(&mut self) -> Result<(), Error> {
        let mut next = 0;
        while next < self.drafts.len() {
            if self.drafts[next].composed.is_none() {
                let position = self.drafts[next].position.clone();
                self.drafts[next].composed = Some(self.compose(&position)?);
            }
            next += 1;
        }
        Ok(())
    }

    /// A schema inside another; what needs an item of its own, or a guard, becomes a reference to it.
    pub(super) fn place(&mut self, position: &Position) -> Result<Subschema, Error> {
        self.inside(position, &[])
    }

    /// As [`place`](Self::place), for a schema of which the keywords `outside` are checked around it.
    pub(super) fn inside(&mut self, position: &Position, outside: &[String]) -> Result<Subschema, Error> {
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
            return Ok(reference(
                self.add_composed(position.clone(), Composed::opaque("(nested too deeply)")),
            ));
        }
        self.under_way.insert(key.clone(), None);
        let mut composed = self.compose(position)?;
        composed.left.retain(|keyword| !outside.contains(keyword));
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

    fn add_composed(&mut self, position: Position, composed: Composed) -> DefinitionId {
        let id = self.add(Origin::Inline, position);
        self.drafts[id.0].composed = Some(composed);
        id
    }

    /// The schema object at a location, by itself.
    pub(super) fn layer(&self, location: &Location) -> Option<Layer<'a>> {
        let keywords = self.schema(location).as_object()?;
        let dialect = self.documents[location.document].dialect;
        Some(Layer { location: location.clone(), keywords, dialect })
    }

    pub(super) fn schema(&self, location: &Location) -> &'a Value {
        let root = &self.documents[location.document].root;
        location.pointer.find(root).unwrap_or(&Value::Null)
    }

    fn finish(&mut self) -> Result<(Vec<Definition>, Vec<DefinitionId>), Error> {
        let configured = self.configured()?;
        let wanted: Vec<_> = self.drafts.iter().map(|draft| draft.position.name.clone()).collect();
        let mut whole: HashMap<&Location, Types> = HashMap::new();
        for Draft { position, .. } in &self.drafts {
            let types = whole.entry(&position.location).or_insert(position.types);
            *types = types.union(position.types);
        }
        let source = |draft: &Draft| {
            let (position, form) = (&draft.position, draft.composed.as_ref().map(|composed| &composed.form));
            // An `Option` stands for the whole of the schema, or a wider definition may.
            let is_rest = matches!(form, Some(Form::Union(_))) && self.is_beside_null(position);
            let is_part = is_rest || whole.get(&position.location) != Some(&position.types);
            let slice = is_part.then_some(position.types);
            (self.source_of(position, is_part, is_rest), slice)
        };
        let schemas: Vec<_> = self.drafts.iter().map(source).collect();
        let drafts = std::mem::take(&mut self.drafts).into_iter().zip(schemas).enumerate();
        let mut definitions: Vec<_> =
            drafts.map(|(index, (draft, (schema, slice)))| finished(index, draft, schema, slice)).collect();
        widen::widen(&mut definitions);
        let lacking = widen::lacking(&definitions);
        undeclared::keep(&mut definitions, &lacking);
        let dependent = self.dependent(&definitions)?;
        undeclared::keep(&mut definitions, &dependent);
        let order = closure::order(self.documents, &definitions);
        let stems: Vec<_> = self.documents.iter().map(Document::stem).collect();
        name(&mut definitions, &order, &configured, (&wanted, &stems));
        dynamic::guard(&mut definitions);
        for (definition, boxed) in boxes::boxed(&definitions).into_iter().enumerate() {
            definitions[definition].boxed = boxed;
        }
        spelled::keep(self.documents, &self.resolver, &mut definitions)?;
        overlap::mark(&mut definitions);
        defaults::apply(&mut definitions, self.documents, self.settings);
        Ok((definitions, order))
    }

    fn configured(&self) -> Result<BTreeMap<usize, &'a str>, Error> {
        let mut configured = BTreeMap::new();
        if let Some(name) = &self.settings.root_name {
            if !is_type_ident(name) {
                return Err(Error::BadName { name: name.clone() });
            }
            // Roots come first, in the order of the documents.
            configured.insert(0, name.as_str());
        }
        for (place, name) in &self.settings.names {
            if !is_type_ident(name) {
                return Err(Error::BadName { name: name.clone() });
            }
            let location = self.configured_location(place);
            let is_there = |draft: &Draft| Some(&draft.position.location) == location.as_ref();
            let index = self.drafts.iter().position(is_there);
            let unused = || Error::UnusedName { place: place.clone(), name: name.clone() };
            configured.insert(index.ok_or_else(unused)?, name.as_str());
        }
        Ok(configured)
    }

    /// The location of `FILE#POINTER`, inside the copy of the definition that the model kept. A place
    /// that is nullable stands for the part that is not `null`.
    fn configured_location(&self, place: &str) -> Option<Location> {
        let (file, pointer) = place.split_once('#')?;
        let document = self.documents.iter().position(|d| d.file_name() == file || d.file == file)?;
        let pointer = Pointer::parse(pointer)?;
        let mut location = Location { document, pointer };
        if let Some(index) = not_null(self.schema(&location)) {
            location = location.join("anyOf").join(index);
        }
        let mut around = Some(location.pointer.clone());
        while let Some(pointer) = around {
            if let Some(id) = self.at.get(&Location { document, pointer: pointer.clone() }) {
                let kept = &self.drafts[id.0].position.location;
                let rest = location.pointer.strip_prefix(&pointer)?;
                return Some(Location { document: kept.document, pointer: kept.pointer.append(&rest) });
            }
            around = pointer.split_last().map(|(around, _)| around);
        }
        None
    }
}

/// Names every type that is written: the configured ones, then those of documents and definitions, then
/// the inline ones, each in the order of writing. A name that another document has taken gets that of its own
/// document in front.
fn name(
    definitions: &mut [Definition],
    order: &[DefinitionId],
    configured: &BTreeMap<usize, &str>,
    (wanted, stems): (&[String], &[&str]),
) {
    let mut names = Names::default();
    let mut homes: HashMap<String, usize> = HashMap::new();
    for (index, name) in configured {
        definitions[*index].ident = names.take(name);
        homes.insert((*name).to_owned(), definitions[*index].location.document);
    }
    for inline in [false, true] {
        for id in order.iter().filter(|id| !configured.contains_key(&id.0)) {
            let definition = &mut definitions[id.0];
            if matches!(definition.origin, Origin::Inline | Origin::Referred) == inline {
                let document = definition.location.document;
                let mut wanted = type_ident(&wanted[id.0]);
                if !inline && homes.get(&wanted).is_some_and(|home| *home != document) {
                    wanted = type_ident(&format!("{} {wanted}", stems[document]));
                }
                definition.ident = names.take(&wanted);
                homes.insert(definition.ident.clone(), document);
            }
        }
    }
}

fn finished(index: usize, draft: Draft, schema: Value, slice: Option<Types>) -> Definition {
    let composed = draft.composed.unwrap_or_else(|| Form::Any.into());
    Definition {
        id: DefinitionId(index),
        ident: String::new(),
        origin: draft.origin,
        location: draft.position.location,
        schema,
        slice,
        form: composed.form,
        checks: composed.checks,
        guard: composed.left,
        boxed: Vec::new(),
        default: None,
    }
}

/// The index of the branch that is not `null`, of an `anyOf` of two.
fn not_null(schema: &Value) -> Option<usize> {
    let branches = schema.get("anyOf")?.as_array()?;
    match branches.as_slice() {
        [first, second] if is_null(second) && !is_null(first) => Some(0),
        [first, second] if is_null(first) && !is_null(second) => Some(1),
        _ => None,
    }
}
