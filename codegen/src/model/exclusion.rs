//! Schemas that accept no value of a type, whatever it drops: by its JSON type, by what it must have, or by what a
//! property that both speak of can be.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use isomorph_schema::{Location, Types, listed};
use serde_json::Value;

use super::builder::Builder;
use super::definition::Definition;
use super::form::{Form, Object, Property, Rest};
use super::layers::collect;
use super::leaves::resolved;
use super::overlap::types;
use crate::error::Error;

/// What a schema asks of objects, as far as it is looked at.
struct Asked {
    types: Types,
    required: Vec<String>,
    /// Where it speaks of properties.
    properties: Vec<(String, Location)>,
}

/// Finds schemas that accept no value of a type.
pub struct Exclusion<'b, 'a> {
    builder: &'b Builder<'a>,
    definitions: &'b [Definition],
    asked: RefCell<HashMap<Location, Rc<Asked>>>,
    strings: RefCell<HashMap<Location, Option<Rc<Vec<String>>>>>,
}

impl<'b, 'a> Exclusion<'b, 'a> {
    /// For the types of these definitions.
    pub fn new(builder: &'b Builder<'a>, definitions: &'b [Definition]) -> Self {
        Self { builder, definitions, asked: RefCell::default(), strings: RefCell::default() }
    }

    /// Whether the schema refuses every value of the form, and by what is never dropped.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn holds(&self, schema: &Location, form: &Form) -> Result<bool, Error> {
        let asked = self.asked(schema)?;
        if !asked.types.meets(types(self.definitions, form)) {
            return Ok(true);
        }
        let Form::Object(object) = form else { return Ok(false) };
        let is_missing = |name: &String| object.rest == Rest::Forbidden && find(object, name).is_none();
        if asked.required.iter().any(is_missing) {
            return Ok(true);
        }
        for (name, location) in &asked.properties {
            let Some(property) = find(object, name) else { continue };
            let is_there = property.required || asked.required.contains(name);
            if is_there && self.are_unlike(location, &property.schema.form)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the schema refuses every value of the form that this other schema accepts: both require a property, which
    /// the form keeps, and list other strings for it.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn tells_from(&self, schema: &Location, other: &Location, form: &Form) -> Result<bool, Error> {
        let Form::Object(object) = form else { return Ok(false) };
        let (one, two) = (self.asked(schema)?, self.asked(other)?);
        for name in one.required.iter().filter(|name| two.required.contains(name)) {
            if find(object, name).is_none() {
                continue;
            }
            let (first, second) = (self.strings_of(&one, name)?, self.strings_of(&two, name)?);
            let differ =
                |(a, b): (&Rc<Vec<String>>, &Rc<Vec<String>>)| a.iter().all(|text| !b.contains(text));
            if first.iter().any(|a| second.iter().any(|b| differ((a, b)))) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The strings that each schema of a property lists, if it accepts no others.
    fn strings_of(&self, asked: &Asked, name: &str) -> Result<Vec<Rc<Vec<String>>>, Error> {
        let places = asked.properties.iter().filter(|(known, _)| known == name);
        let listed = places.map(|(_, place)| self.strings(place)).collect::<Result<Vec<_>, _>>()?;
        Ok(listed.into_iter().flatten().collect())
    }

    /// Whether the schema requires a property that the form drops.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn asks_for_dropped(&self, schema: &Location, form: &Form) -> Result<bool, Error> {
        let Form::Object(object) = form else { return Ok(false) };
        let is_dropped = |name: &String| object.rest == Rest::Ignored && find(object, name).is_none();
        Ok(self.asked(schema)?.required.iter().any(is_dropped))
    }

    fn are_unlike(&self, schema: &Location, form: &Form) -> Result<bool, Error> {
        let form = resolved(self.definitions, form);
        if let (Form::Names(names), Some(strings)) = (form, self.strings(schema)?) {
            return Ok(names.iter().all(|name| !strings.contains(name)));
        }
        Ok(!self.asked(schema)?.types.meets(types(self.definitions, form)))
    }

    fn asked(&self, schema: &Location) -> Result<Rc<Asked>, Error> {
        if let Some(known) = self.asked.borrow().get(schema) {
            return Ok(Rc::clone(known));
        }
        let layers = collect(self.builder.documents, &self.builder.resolver, schema)?;
        let (mut required, mut properties) = (Vec::new(), Vec::new());
        for layer in &layers.all {
            let names = layer.get("required").and_then(Value::as_array).into_iter().flatten();
            required.extend(names.filter_map(Value::as_str).map(ToOwned::to_owned));
            let at = layer.location.join("properties");
            let declared = layer.get("properties").and_then(Value::as_object).into_iter().flatten();
            properties.extend(declared.map(|(name, _)| (name.clone(), at.join(name))));
        }
        let types = self.builder.types_of(schema)?;
        let asked = Rc::new(Asked { types, required, properties });
        self.asked.borrow_mut().insert(schema.clone(), Rc::clone(&asked));
        Ok(asked)
    }

    /// The strings that a schema lists, if it accepts no others.
    fn strings(&self, schema: &Location) -> Result<Option<Rc<Vec<String>>>, Error> {
        if let Some(known) = self.strings.borrow().get(schema) {
            return Ok(known.clone());
        }
        let layers = collect(self.builder.documents, &self.builder.resolver, schema)?;
        let listed = layers.all.iter().find_map(|layer| listed(|keyword| layer.get(keyword)));
        let strings = listed.map(|all| {
            Rc::new(all.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect::<Vec<_>>())
        });
        self.strings.borrow_mut().insert(schema.clone(), strings.clone());
        Ok(strings)
    }
}

fn find<'o>(object: &'o Object, name: &str) -> Option<&'o Property> {
    object.properties.iter().find(|property| property.name == name)
}
