use std::collections::HashMap;

use serde_json::Value;

use super::annotated::{Annotated, SchemaSource};
use super::candidates::{Candidates, Wanted, candidates};
use super::docs::{Documentation, Told};
use super::entry::{Entry, Saying};
use super::fit::Allowed;
use super::references::References;
use super::{derived, documentation, every, here, variants};
use crate::model::{Definition, DefinitionId, Form, Holds, Model, Origin};
use crate::pair::{Pair, Shape};

/// Annotates every item.
pub fn annotate<'m>(model: &'m Model, pairs: Vec<Pair<'m>>) -> Vec<Annotated<'m>> {
    let mut annotator = Annotator { model, references: References::of(model), said: HashMap::new() };
    // An inline definition comes behind its owner, whose schema repeats it.
    let mut found: Vec<_> = pairs.into_iter().rev().map(|pair| annotator.annotate(pair)).collect();
    found.reverse();
    let (mut items, candidates): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let every = every::of_most(&candidates);
    for (item, candidates) in items.iter_mut().zip(&candidates) {
        if let SchemaSource::Derived { entry } = &mut item.schema {
            *entry = every::chosen(candidates, &every).map(|entry| plainest(entry, &every));
            entry.take_if(|entry| entry.is_every() && entry.every.is_empty());
        }
    }
    items
}

struct Annotator<'m> {
    model: &'m Model,
    references: References,
    /// What each inline definition's `JsonSchema` says.
    said: HashMap<DefinitionId, Value>,
}

impl<'m> Annotator<'m> {
    /// An item, and the entries that there may be of it.
    fn annotate(&mut self, pair: Pair<'m>) -> (Annotated<'m>, Candidates) {
        let definition = pair.definition;
        let documentation = documentation::of_definition(self.model, definition);
        let fields = match &pair.shape {
            Shape::Struct { fields, .. } => fields.as_slice(),
            _ => &[],
        };
        let field_documentation: Vec<_> =
            fields.iter().map(|field| documentation::of_field(self.model, field)).collect();
        let variant_documentation = documentation::of_variants(self.model, definition, &pair.shape);
        let variant_field_documentation = documentation::of_variant_fields(self.model, &pair.shape);
        let members =
            if field_documentation.is_empty() { &variant_documentation } else { &field_documentation };
        let candidates = self.candidates(&pair, &documentation, (members, &variant_field_documentation));
        let schema = match &candidates {
            Ok(_) => SchemaSource::Derived { entry: None },
            Err(because) => SchemaSource::Carried { because: because.clone() },
        };
        if definition.origin == Origin::Inline {
            let said = match &schema {
                SchemaSource::Derived { .. } => definition.said().clone(),
                SchemaSource::Carried { .. } => copied(self.model, definition),
            };
            self.said.insert(definition.id, said);
        }
        let schema_name = self.references.name(definition.id).to_owned();
        let item = Annotated {
            pair,
            documentation,
            field_documentation,
            variant_documentation,
            variant_field_documentation,
            schema_name,
            schema,
        };
        (item, candidates.unwrap_or_default())
    }

    /// Looks for entries under which the derive says what the source says.
    ///
    /// # Errors
    ///
    /// If there are none: why.
    fn candidates(
        &self,
        pair: &Pair,
        documentation: &Documentation,
        (members, in_variants): (&[Documentation], &[Vec<Documentation>]),
    ) -> Result<Candidates, String> {
        let definition = pair.definition;
        let is_guarded_value = definition.form == Form::Any && !definition.guard.is_empty();
        if pair.without_shape.is_some() || is_guarded_value {
            return Err("the type holds any value".into());
        }
        let told: Vec<_> = members.iter().map(Documentation::told).collect();
        let mut shape =
            derived::described(self.unadorned(pair, &told, in_variants), documentation.text().as_deref());
        if documentation.is_deprecated {
            derived::insert(&mut shape, "deprecated", true.into());
        }
        let same = |from: &str, to: &str| self.references.same(definition.location.document, from, to);
        let target = |text: &str| self.references.target(self.model, definition.location.document, text);
        let asserts = |text: &str| self.references.asserts(self.model, definition.location.document, text);
        let standing =
            |text: &str| here::standing(self.model, &self.references, definition.location.document, text);
        let mut read_back = Vec::new();
        for (index, (branch, fields)) in variants::places(&pair.shape, &told).into_iter().enumerate() {
            let of_variant = members.get(index).map(std::slice::from_ref).unwrap_or_default();
            let of_fields = in_variants.get(index).map(Vec::as_slice).unwrap_or_default();
            let places = [(of_variant, branch), (of_fields, fields)].into_iter();
            let is_read_back = |told: &[Documentation]| told.iter().any(Documentation::is_read_back);
            read_back.extend(places.filter_map(|(told, place)| is_read_back(told).then_some(place)));
        }
        read_back.dedup();
        let wanted = Wanted {
            model: self.model,
            read_back: &read_back,
            definition,
            shape: &shape,
            is_read_back: std::iter::once(documentation).chain(members).any(Documentation::is_read_back),
            allowed: Allowed {
                guarded: &definition.guard,
                target: &target,
                same: &same,
                other_name: &|from| {
                    self.references.other_name(definition.location.document, from).map(str::to_owned)
                },
                asserts: &asserts,
                standing: &standing,
                reference_stands_alone: self.model.documents[definition.location.document]
                    .dialect
                    .reference_stands_alone(),
            },
        };
        let found = candidates(&wanted);
        if found.entries.is_empty() { Err(format!("no spelling for {}", found.closest)) } else { Ok(found) }
    }

    /// What the derive says of a definition without its documentation.
    fn unadorned(&self, pair: &Pair, told: &[Told], in_variants: &[Vec<Documentation>]) -> Value {
        let definition = pair.definition;
        let mention = |id| self.mention(definition.location.document, id);
        let has_unknown = pair.unknown.is_some();
        match &definition.form {
            Form::Object(object) => derived::of_object(object, told, &mention),
            Form::Names(names) if has_unknown => derived::beside_unknown(derived::of_names(names, told)),
            Form::Names(names) => derived::of_names(names, told),
            form @ Form::Literals(_) if has_unknown => {
                derived::beside_unknown(derived::of_form(form, &mention))
            }
            Form::Union(union) if union.branches.iter().any(|branch| branch.holds != Holds::Value) => {
                variants::of_variants(union, &pair.shape, (told, in_variants), &mention)
            }
            Form::Union(union) => derived::of_union(union, told, &mention),
            form => derived::of_form(form, &mention),
        }
    }

    /// How a definition appears where it is mentioned.
    fn mention(&self, document: usize, id: DefinitionId) -> Value {
        let reference = || serde_json::json!({"$ref": self.references.canonical(document, id)});
        self.said.get(&id).cloned().unwrap_or_else(reference)
    }
}

/// An entry whose own convention stands with what else it says of the type.
fn plainest(entry: &Entry, every: &[Saying]) -> Entry {
    if entry.every == every {
        return entry.clone();
    }
    let all = entry.first.iter().chain(&entry.every).chain(&entry.then);
    Entry { first: Vec::new(), every: Vec::new(), then: all.cloned().collect() }
}

/// What a copy of the source says for a type: without what not all of its places say.
fn copied(model: &Model, definition: &Definition) -> Value {
    let mut schema = documentation::source(model, &definition.location).clone();
    if let Value::Object(keywords) = &mut schema {
        keywords.retain(|keyword, _| !definition.left_to_places.contains(keyword));
    }
    schema
}
