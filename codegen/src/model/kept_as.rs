//! Sets for lists, arrays for lists of a length, and integers for names of properties: where settings say so.

use isomorph_schema::{Location, Types};
use serde_json::Value;

use super::builder::Builder;
use super::compose::Composition;
use super::form::{Form, Subschema};
use super::holder::{Holder, Key};
use super::layers::collect;
use super::scalars::whole;
use super::width::Width;
use crate::error::Error;
use crate::settings::{Arrays, Keys, Sets, Settings};

/// Longer arrays of Rust lack what serde and schemars have for the others.
const LONGEST: u64 = 32;

impl<'a> Builder<'a> {
    /// What holds the elements of a list, of which one schema speaks. What that says is said then.
    pub(super) fn holder(
        &self,
        composition: &mut Composition<'a>,
        element: &Subschema,
        location: Option<&Location>,
    ) -> Result<Holder, Error> {
        let Some(location) = location else { return Ok(Holder::List) };
        if let Some(length) = length(composition).filter(|_| self.is_fixed(&element.form)) {
            composition.say_all("minItems");
            composition.say_all("maxItems");
            return Ok(Holder::Array(length));
        }
        if self.settings.sets == Sets::BTreeSet && is_unique(composition) && self.is_ordered(location)? {
            composition.say_all("uniqueItems");
            return Ok(Holder::Set);
        }
        Ok(Holder::List)
    }

    /// Whether a list of these elements is an array of Rust, if its length is certain.
    fn is_fixed(&self, element: &Form) -> bool {
        match self.settings.arrays {
            Arrays::List => false,
            Arrays::Numbers => matches!(element, Form::Integer(_) | Form::Number),
            Arrays::Fixed => !holds_foreign(element),
        }
    }

    /// Whether the values of a schema are scalars of one of our types, which are equal where they are the same JSON.
    fn is_ordered(&self, location: &Location) -> Result<bool, Error> {
        let is_scalar = [Types::STRING, Types::INTEGER, Types::BOOLEAN].contains(&self.types_of(location)?);
        let layers = collect(self.documents, &self.resolver, location)?;
        let said = |keyword: &str| {
            let layers = layers.all.iter();
            layers.filter_map(|layer| layer.get(keyword)?.as_str()).map(str::to_owned).collect::<Vec<_>>()
        };
        let is_mapped = said("format").iter().any(|format| self.settings.formats.contains_key(format))
            || said("contentEncoding").iter().any(|encoding| self.settings.encodings.contains_key(encoding))
            || layers.all.iter().any(|layer| self.told.contains_key(&layer.location));
        Ok(is_scalar && !is_mapped)
    }
}

/// Whether nothing is said of an array but what its elements are, how many, and that they differ.
fn is_unique(composition: &Composition) -> bool {
    let left = composition.left(Types::ARRAY);
    let is_known = |keyword: &str| ["uniqueItems", "minItems", "maxItems"].contains(&keyword);
    left.iter().all(|reason| reason.name().is_some_and(is_known))
        && composition.values("uniqueItems").iter().any(|(_, flag)| *flag == &Value::Bool(true))
}

/// How many elements there are, if that is said.
fn length(composition: &Composition) -> Option<usize> {
    let limit = |keyword: &'static str| match composition.values(keyword).as_slice() {
        [(_, limit)] => whole(limit).filter(|limit| (1..=LONGEST).contains(limit)),
        _ => None,
    };
    let length = limit("minItems").filter(|least| limit("maxItems") == Some(*least))?;
    let left = composition.left(Types::ARRAY);
    let is_known = |keyword: &str| ["minItems", "maxItems"].contains(&keyword);
    let is_all = left.iter().all(|reason| reason.name().is_some_and(is_known));
    usize::try_from(length).ok().filter(|_| is_all)
}

/// Whether a type that is not ours stands in a form itself. Elements of arrays are read without adapters.
fn holds_foreign(form: &Form) -> bool {
    matches!(form, Form::Foreign(_)) || form.parts().into_iter().any(|part| holds_foreign(&part.form))
}

/// What the names of members are read as, where one pattern says what they are and no others are let in. That is said
/// then.
pub fn key(composition: &mut Composition, settings: &Settings) -> Key {
    if settings.keys != Keys::Integer {
        return Key::Text;
    }
    let patterns = composition.values("patternProperties");
    let additional = composition.values("additionalProperties");
    let ([(layer, Value::Object(patterns))], [(beside, Value::Bool(false))]) =
        (patterns.as_slice(), additional.as_slice())
    else {
        return Key::Text;
    };
    let (layer, beside) = (*layer, *beside);
    let mut names = patterns.keys();
    let width = match (names.next().map(String::as_str), names.next()) {
        (Some(r"^\d+$"), None) => Width::U64,
        (Some(r"^-?\d+$"), None) => Width::I64,
        _ => return Key::Text,
    };
    let left = composition.left(Types::OBJECT);
    let is_known = |keyword: &str| {
        ["patternProperties", "additionalProperties", "minProperties", "maxProperties"].contains(&keyword)
    };
    if layer != beside || !left.iter().all(|reason| reason.name().is_some_and(is_known)) {
        return Key::Text;
    }
    composition.say(layer, "patternProperties");
    composition.say(layer, "additionalProperties");
    Key::Integer(width)
}
