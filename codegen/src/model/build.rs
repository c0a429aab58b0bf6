//! From documents to the model.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use isomorph_json::Pointer;
use isomorph_schema::{Document, Location, Resolver, Target, Types, inside, instead, live, loops};
use serde_json::Value;

use super::bare::Bare;
use super::builder::{Builder, Draft};
use super::called::{self, Given, Locked};
use super::condition::Condition;
use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;
use super::definitions::Model;
use super::form::Form;
use super::reason::Reason;
use super::shared::ByName;
use super::{
    absent_null, asserted, bare, boxes, closure, conditional, defaults, dissolved, dynamic, mapped, overlap,
    spelled, tags, told_once, undeclared, units_first, unknown, variants, widen,
};
use crate::error::Error;
use crate::settings::Settings;
use isomorph_schema::live::Live;

/// Builds the model of `documents`; if some schemas are selected, of those and what they need.
///
/// # Errors
///
/// If a reference leads nowhere or in a circle, or a configured name cannot be used.
pub fn build(
    mut documents: Vec<Document>,
    selected: &[Location],
    settings: &Settings,
) -> Result<Model, Error> {
    loops::cut(&mut documents, settings.unresolved)?;
    let resolver = Resolver::new(&documents, settings.unresolved)?;
    let mut builder = Builder::new(&documents, settings, resolver);
    builder.add_roots_and_named()?;
    let mut wanted: Vec<_> = selected.iter().map(|location| builder.refer(location.clone())).collect();
    wanted.extend(builder.only()?);
    let named_types = builder.named_types()?;
    // What settings say of a place goes before.
    builder.told = named_types.iter().cloned().chain(builder.told_types()?).collect();
    builder.compose_all()?;
    builder.refer_to_parts()?;
    let (stand_ins, for_data) = (builder.resolver.stand_ins(), builder.resolver.stand_ins_for_data());
    let references = std::mem::take(&mut builder.references);
    let named = std::mem::take(&mut builder.named);
    let at = builder.at.clone();
    let finished = builder.finish(&wanted)?;
    let unmatched = std::mem::take(&mut builder.unmatched);
    drop(builder);
    let missing = stand_ins.iter().map(|document| document.uri.clone()).collect();
    documents.extend(stand_ins.into_iter().chain(for_data));
    let Finished { definitions, order, parts, bare, conditions } = finished;
    let Settings { map_type, string_type, .. } = *settings;
    Ok(Model {
        documents,
        definitions,
        parts,
        order,
        bare,
        missing,
        named,
        references,
        at,
        named_types: named_types.into_iter().map(|(_, foreign)| foreign).collect(),
        map_type,
        string_type,
        conditions,
        unmatched,
    })
}

/// What the drafts became, as a model has it.
struct Finished {
    definitions: Vec<Definition>,
    order: Vec<DefinitionId>,
    parts: BTreeSet<DefinitionId>,
    bare: Vec<Bare>,
    conditions: BTreeMap<Location, Condition>,
}

impl Builder<'_> {
    fn add_roots_and_named(&mut self) -> Result<(), Error> {
        let live = live::find(self.documents, &self.resolver)?;
        let schemas: HashSet<_> = live.iter().map(|one| std::ptr::from_ref(one.schema)).collect();
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

    /// The definitions and documents that alone are to be generated, by their names.
    fn only(&self) -> Result<Vec<DefinitionId>, Error> {
        let name = |draft: &Draft| match &draft.origin {
            Origin::Named(name) => Some(name.clone()),
            Origin::Root => Some(self.documents[draft.position.location.document].stem().to_owned()),
            _ => None,
        };
        let names: Vec<_> =
            self.drafts.iter().enumerate().filter_map(|(id, one)| Some((name(one)?, id))).collect();
        let mut only = Vec::new();
        for wanted in &self.settings.only {
            let before = only.len();
            only.extend(names.iter().filter(|(name, _)| name == wanted).map(|(_, id)| DefinitionId(*id)));
            if only.len() == before {
                let known: Vec<_> = names.iter().map(|(name, _)| name.as_str()).collect();
                return Err(Error::UnknownOnly { name: wanted.clone(), help: instead(wanted, &known) });
            }
        }
        Ok(only)
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

    /// Finds where the references lead of which schemas are put together.
    fn refer_to_parts(&mut self) -> Result<(), Error> {
        for draft in &self.drafts {
            let location = &draft.position.location;
            let all = self.schema(location).get("allOf").and_then(Value::as_array);
            let parts = all.into_iter().flatten().enumerate();
            let parts = parts.map(|(index, part)| (location.join("allOf").join(index), part));
            // What stands beside a reference is put together with what that refers to, and so is what is spread over a branch.
            let is_beside = self.schema(location).as_object().is_some_and(|all| all.len() > 1);
            let branch =
                (draft.says.is_some() || is_beside).then(|| (location.clone(), self.schema(location)));
            for (at, part) in parts.chain(branch) {
                let Some(text) = part.get("$ref").and_then(Value::as_str) else { continue };
                if let Target::Here(target) = self.resolver.follow(&at, text)?
                    && let Some(id) = self.at.get(&target)
                {
                    self.references.entry((location.document, text.to_owned())).or_insert(*id);
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, selected: &[DefinitionId]) -> Result<Finished, Error> {
        let configured = self.configured(selected.first().copied().unwrap_or(DefinitionId(0)))?;
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
        dynamic::guard(&mut definitions);
        mapped::guard(&mut definitions, self.settings);
        spelled::keep(self.documents, &self.resolver, &mut definitions)?;
        let open = overlap::order(&mut definitions);
        undeclared::keep(&mut definitions, &open);
        defaults::apply(self, &mut definitions)?;
        absent_null::merge(self, &mut definitions)?;
        // What has a name that somebody gave it is a type.
        let is_free = |id: DefinitionId| !configured.contains_key(&id);
        let in_parts = dissolved::dissolve(self, &mut definitions, &is_free);
        let roots = self.root_names().into_iter().collect();
        let mut order = closure::order(self.documents, &definitions, selected);
        let bare = bare::find(self.documents, &definitions, &order, &is_free);
        let is_bare = |id: &DefinitionId| bare.iter().any(|one| one.root == *id);
        order.retain(|id| !is_bare(id));
        let locked = self.settings.locked.as_deref().unwrap_or_default();
        let locked = Locked::of(self.documents, &definitions, &order, locked, &configured);
        let is_named = |id: DefinitionId| locked.names.contains_key(&id) || configured.contains_key(&id);
        let names = locked.names.iter().chain(&configured).map(|(id, name)| (*id, name.clone())).collect();
        let given = Given { names, roots, variants: locked.variants };
        called::name(self.documents, &mut definitions, &order, &given);
        self.name_by_pattern(&mut definitions, &order, &|id| !is_named(id), !locked.names.is_empty())?;
        self.name_members(&mut definitions, &order)?;
        tags::mark(&mut definitions);
        let referred = |definition: &Definition| {
            let text = definition.schema.get("$ref")?.as_str()?;
            match self.resolver.follow(&definition.location, text) {
                Ok(Target::Here(target)) => self.at.get(&target).copied(),
                _ => None,
            }
        };
        units_first::order(&mut definitions);
        let parts = variants::mark(&mut definitions, &referred);
        told_once::leave(self.documents, &mut definitions);
        defaults::apply_to_types(&mut definitions, self.documents);
        // Constants that no field holds and parts of variants are no types any more.
        let mut order = closure::order(self.documents, &definitions, selected);
        order.retain(|id| !parts.contains(id) && !is_bare(id));
        self.are_apart(&definitions, &order, &configured)?;
        let (conditions, mut others) = asserted::conditions(self, &definitions, &|_| true);
        others.extend(in_parts);
        let not_ours = mapped::leading(&definitions);
        // What a type holds that is not ours is not what was read.
        for (definition, condition) in conditions.into_iter().filter(|(index, _)| !not_ours[*index]) {
            let definition = &mut definitions[definition];
            // What the types of its parts say is not to be asked again.
            if condition.is_always() && definition.guard.iter().all(is_of_members) {
                definition.guard.clear();
                continue;
            }
            definition.condition = Some(condition);
            conditional::split(definition);
        }
        unknown::keep(&mut definitions, &parts, self.settings);
        for (definition, boxed) in boxes::boxed(&definitions, &parts).into_iter().enumerate() {
            definitions[definition].boxed = boxed;
        }
        Ok(Finished { definitions, order, parts, bare, conditions: others })
    }
}

/// Whether a reason is what the properties of objects are.
fn is_of_members(reason: &Reason) -> bool {
    ["properties", "required"].iter().any(|keyword| reason.is(keyword))
}

fn finished(index: usize, draft: Draft, schema: Value, slice: Option<Types>) -> Definition {
    let composed = draft.composed.unwrap_or_else(|| Form::Any.into());
    Definition {
        id: DefinitionId(index),
        ident: String::new(),
        variants: Vec::new(),
        places: Vec::new(),
        left_to_places: Vec::new(),
        origin: draft.origin,
        location: draft.position.location,
        schema,
        says: draft.says,
        slice,
        form: composed.form,
        checks: composed.checks,
        guard: composed.left,
        condition: None,
        boxed: Vec::new(),
        keeps_unknown: false,
        default: None,
    }
}

/// A definition of any value, of which all is left.
#[cfg(test)]
pub fn opaque(location: Location, left: Vec<Reason>) -> Definition {
    let position = super::position::Position::new(location, String::new());
    let composed = super::composed::Composed { form: Form::Any, checks: Vec::new(), left };
    finished(
        0,
        Draft { origin: Origin::Root, position, composed: Some(composed), says: None },
        Value::Null,
        None,
    )
}
