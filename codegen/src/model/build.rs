//! From documents to the model.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::outline::{Outline, inside, outline};
use super::references::follow;
use super::{Definition, DefinitionId, Form, Location, Model, Object, Opaque, Origin, Property, Subschema};
use super::{boxes, closure, merge};
use crate::load::Document;
use crate::names::{Names, is_type_ident, type_ident};
use crate::{Error, Pointer, Settings};

/// Builds the model of `documents`.
///
/// # Errors
///
/// If a reference leads nowhere or in a circle, files disagree about a name, or a configured name
/// cannot be used.
pub fn build(documents: Vec<Document>, settings: &Settings) -> Result<Model, Error> {
    let mut builder = Builder { documents: &documents, settings, drafts: Vec::new(), at: HashMap::new() };
    builder.add_roots_and_named()?;
    builder.add_inline()?;
    let definitions = builder.finish()?;
    let order = closure::order(&definitions);
    Ok(Model { documents, definitions, order })
}

struct Builder<'a> {
    documents: &'a [Document],
    settings: &'a Settings,
    drafts: Vec<Draft>,
    /// The definitions that can be referred to, each possibly at several places.
    at: HashMap<Location, DefinitionId>,
}

/// A definition before its form and its name are known.
struct Draft {
    origin: Origin,
    location: Location,
    schema: Value,
    wanted: String,
    form: Form,
}

impl<'a> Builder<'a> {
    fn add_roots_and_named(&mut self) -> Result<(), Error> {
        let mut by_name: BTreeMap<String, DefinitionId> = BTreeMap::new();
        for (document, name) in self.root_names() {
            let location = Location { document, pointer: Pointer::root() };
            self.add_shared(&mut by_name, &name, Origin::Root, location)?;
        }
        for document in 0..self.documents.len() {
            for (name, location) in named(self.documents, document) {
                self.add_shared(&mut by_name, &name.clone(), Origin::Named(name), location)?;
            }
        }
        self.add_referred()
    }

    /// Adds what a `$ref` leads to and has no name of its own.
    fn add_referred(&mut self) -> Result<(), Error> {
        for (document, Document { root, .. }) in self.documents.iter().enumerate() {
            if moves_base(root) {
                continue;
            }
            let start = Location { document, pointer: Pointer::root() };
            let mut inner: Vec<_> =
                named(self.documents, document).into_iter().map(|(_, at)| at).chain([start]).rev().collect();
            while let Some(at) = inner.pop() {
                let schema = self.schema(&at);
                if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                    self.refer(&at, reference)?;
                }
                let below = inside(schema).into_iter().rev();
                inner.extend(below.map(|(way, _)| way.iter().fold(at.clone(), |at, s| at.join(s))));
            }
        }
        Ok(())
    }

    /// What each document is called: as configured, or by a title that is a name, or by its file.
    fn root_names(&self) -> Vec<(usize, String)> {
        let name = |document: &Document| {
            let title = document.root.get("title").and_then(Value::as_str).filter(|t| is_type_ident(t));
            let stem = document.file_name().split('.').next().unwrap_or_default();
            self.settings.root_name.clone().unwrap_or_else(|| title.unwrap_or(stem).to_owned())
        };
        self.documents.iter().map(name).enumerate().collect()
    }

    /// Adds a definition that other files may repeat.
    fn add_shared(
        &mut self,
        by_name: &mut BTreeMap<String, DefinitionId>,
        name: &str,
        origin: Origin,
        location: Location,
    ) -> Result<(), Error> {
        let schema = merge::less_definitions(self.schema(&location));
        let known = by_name.get(name).copied();
        let known = known.filter(|known| self.drafts[known.0].location.document != location.document);
        if let Some(known) = known {
            self.agree(name, known, &location, &schema)?;
            self.at.insert(location, known);
        } else {
            let id = self.add(origin, location.clone(), schema, type_ident(name));
            by_name.entry(name.to_owned()).or_insert(id);
            self.at.insert(location, id);
        }
        Ok(())
    }

    fn agree(
        &self,
        name: &str,
        known: DefinitionId,
        location: &Location,
        schema: &Value,
    ) -> Result<(), Error> {
        let first = &self.drafts[known.0];
        let Some(pointer) = merge::difference(&merge::own(&first.schema), &merge::own(schema)) else {
            return Ok(());
        };
        let place =
            |location: &Location| self.documents[location.document].place(&location.pointer.append(&pointer));
        Err(Error::Disagreement {
            name: name.to_owned(),
            first: place(&first.location),
            second: place(location),
        })
    }

    fn add(&mut self, origin: Origin, location: Location, schema: Value, wanted: String) -> DefinitionId {
        let id = DefinitionId(self.drafts.len());
        self.drafts.push(Draft { origin, location, schema, wanted, form: Form::Any });
        id
    }

    /// Gives every definition its form; what is hoisted on the way is a definition as well.
    fn add_inline(&mut self) -> Result<(), Error> {
        let mut next = 0;
        while next < self.drafts.len() {
            let draft = &self.drafts[next];
            let (location, schema, owner) =
                (draft.location.clone(), draft.schema.clone(), draft.wanted.clone());
            self.drafts[next].form = self.form(&location, &schema, &owner)?;
            next += 1;
        }
        Ok(())
    }

    /// The form of a schema that is a definition, or needs to be none.
    fn form(&mut self, location: &Location, schema: &Value, owner: &str) -> Result<Form, Error> {
        let document = &self.documents[location.document];
        if moves_base(&document.root) {
            return self.opaque(location, schema, vec!["$id".into()]);
        }
        Ok(match outline(schema, document.dialect) {
            Outline::Any => Form::Any,
            Outline::Null => Form::Null,
            Outline::Boolean => Form::Boolean,
            Outline::Integer => Form::Integer,
            Outline::Number => Form::Number,
            Outline::String { format } => match format.filter(|name| self.settings.maps_format(name)) {
                Some(format) => Form::Format(format.to_owned()),
                None => Form::String,
            },
            Outline::Names(names) => Form::Names(names),
            Outline::Object { required, closed } => {
                Form::Object(self.object(location, schema, &required, closed, owner)?)
            }
            Outline::Map(keyword) => Form::Map(self.part(location, schema, keyword, owner, "Value")?),
            Outline::List(keyword) => Form::List(self.part(location, schema, keyword, owner, "Item")?),
            Outline::NullableBranch(index) => {
                let at = location.join("anyOf").join(index);
                Form::Nullable(Box::new(self.place(at, &schema["anyOf"][index], owner)?))
            }
            Outline::NullableType(rest) => {
                Form::Nullable(Box::new(self.place(location.clone(), &rest, owner)?))
            }
            Outline::Reference(reference) => Form::Reference(self.refer(location, reference)?),
            Outline::Opaque(keywords) => self.opaque(location, schema, keywords)?,
        })
    }

    /// A schema inside another; what needs an item of its own becomes a reference to it.
    fn place(&mut self, location: Location, schema: &Value, name: &str) -> Result<Subschema, Error> {
        let dialect = self.documents[location.document].dialect;
        let needs_item = matches!(
            outline(schema, dialect),
            Outline::Names(_) | Outline::Object { .. } | Outline::Opaque(_)
        );
        let form = if let Some(id) = self.at.get(&location) {
            Form::Reference(*id)
        } else if needs_item {
            let id = self.add(Origin::Inline, location.clone(), schema.clone(), type_ident(name));
            Form::Reference(id)
        } else {
            self.form(&location, schema, name)?
        };
        Ok(Subschema { location, form })
    }

    /// The schema of all elements or values; anything where `keyword` is `None`.
    fn part(
        &mut self,
        location: &Location,
        schema: &Value,
        keyword: Option<&str>,
        owner: &str,
        suffix: &str,
    ) -> Result<Box<Subschema>, Error> {
        let part = match keyword {
            Some(keyword) => {
                self.place(location.join(keyword), &schema[keyword], &format!("{owner}{suffix}"))?
            }
            None => Subschema { location: location.clone(), form: Form::Any },
        };
        Ok(Box::new(part))
    }

    fn object(
        &mut self,
        location: &Location,
        schema: &Value,
        required: &[&str],
        closed: bool,
        owner: &str,
    ) -> Result<Object, Error> {
        let mut properties = Vec::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let at = location.join("properties").join(name);
            properties.push(Property {
                name: name.clone(),
                schema: self.place(at, property, &format!("{owner}{}", type_ident(name)))?,
                required: required.contains(&name.as_str()),
                null_by_default: property.get("default").is_some_and(Value::is_null),
            });
        }
        Ok(Object { properties, closed })
    }

    fn refer(&mut self, location: &Location, reference: &str) -> Result<DefinitionId, Error> {
        let target = follow(self.documents, location, reference)?;
        if let Some(id) = self.at.get(&target) {
            return Ok(*id);
        }
        let name = type_ident(&target.pointer.last());
        let schema = self.schema(&target).clone();
        let id = self.add(Origin::Referred, target.clone(), schema, name);
        self.at.insert(target, id);
        Ok(id)
    }

    /// A schema without a shape. What it refers to must exist all the same.
    fn opaque(&mut self, location: &Location, schema: &Value, keywords: Vec<String>) -> Result<Form, Error> {
        let mut references = Vec::new();
        let mut inner = vec![(location.clone(), schema)];
        while let Some((at, schema)) = inner.pop() {
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
                && !moves_base(&self.documents[location.document].root)
            {
                references.push(self.refer(&at, reference)?);
            }
            let below = inside(schema).into_iter().rev();
            inner
                .extend(below.map(|(way, schema)| (way.iter().fold(at.clone(), |at, s| at.join(s)), schema)));
        }
        Ok(Form::Opaque(Opaque { keywords, references }))
    }

    fn schema(&self, location: &Location) -> &'a Value {
        let root = &self.documents[location.document].root;
        root.pointer(location.pointer.as_str()).unwrap_or(&Value::Null)
    }

    fn finish(self) -> Result<Vec<Definition>, Error> {
        let idents = self.idents()?;
        let mut definitions: Vec<_> = self.drafts.into_iter().zip(idents).enumerate().map(finished).collect();
        if let Some(id) = boxes::cycle(&definitions) {
            let location = &definitions[id.0].location;
            let place = self.documents[location.document].place(&location.pointer);
            return Err(Error::ReferenceCycle { place });
        }
        for (definition, boxed) in boxes::boxed(&definitions).into_iter().enumerate() {
            definitions[definition].boxed = boxed;
        }
        Ok(definitions)
    }

    /// The name of every type: the configured ones, then those of documents and definitions, then the
    /// inline ones.
    fn idents(&self) -> Result<Vec<String>, Error> {
        let configured = self.configured()?;
        let mut names = Names::default();
        let mut idents = vec![String::new(); self.drafts.len()];
        for (index, name) in &configured {
            idents[*index] = names.take(name);
        }
        for inline in [false, true] {
            for (index, draft) in self.drafts.iter().enumerate() {
                let is_inline = draft.origin == Origin::Inline;
                if is_inline == inline && !configured.contains_key(&index) {
                    idents[index] = names.take(&draft.wanted);
                }
            }
        }
        Ok(idents)
    }

    fn configured(&self) -> Result<BTreeMap<usize, &'a str>, Error> {
        let mut configured = BTreeMap::new();
        for (place, name) in &self.settings.names {
            if !is_type_ident(name) {
                return Err(Error::BadName { name: name.clone() });
            }
            let location = self.configured_location(place);
            let index = self.drafts.iter().position(|draft| Some(&draft.location) == location.as_ref());
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
        if let Outline::NullableBranch(index) =
            outline(self.schema(&location), self.documents[document].dialect)
        {
            location = location.join("anyOf").join(index);
        }
        let mut around = Some(location.pointer.clone());
        while let Some(pointer) = around {
            if let Some(id) = self.at.get(&Location { document, pointer: pointer.clone() }) {
                let kept = &self.drafts[id.0].location;
                let rest = location.pointer.strip_prefix(&pointer)?;
                return Some(Location { document: kept.document, pointer: kept.pointer.append(&rest) });
            }
            around = pointer.split_last().map(|(around, _)| around);
        }
        None
    }
}

fn finished((index, (draft, ident)): (usize, (Draft, String))) -> Definition {
    Definition {
        id: DefinitionId(index),
        ident,
        origin: draft.origin,
        location: draft.location,
        schema: draft.schema,
        form: draft.form,
        boxed: Vec::new(),
    }
}

/// The definitions of a document by name, in its order.
fn named(documents: &[Document], document: usize) -> Vec<(String, Location)> {
    let root = Location { document, pointer: Pointer::root() };
    let mut found = Vec::new();
    for keyword in ["$defs", "definitions"] {
        let definitions = documents[document].root.get(keyword).and_then(Value::as_object);
        for (name, schema) in definitions.into_iter().flatten() {
            if schema.is_object() || schema.is_boolean() {
                found.push((name.clone(), root.join(keyword).join(name)));
            }
        }
    }
    found
}

/// Whether references in a document depend on more than where they stand.
fn moves_base(root: &Value) -> bool {
    const MOVING: [&str; 6] = ["$id", "id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef"];
    let mut inner: Vec<&Value> = root.as_object().into_iter().flatten().map(|(_, value)| value).collect();
    while let Some(value) = inner.pop() {
        match value {
            Value::Object(members) => {
                if MOVING.iter().any(|keyword| members.get(*keyword).is_some_and(Value::is_string)) {
                    return true;
                }
                inner.extend(members.values());
            }
            Value::Array(elements) => inner.extend(elements),
            _ => {}
        }
    }
    false
}
