//! Objects of which a constant decides what else they are: `if` asks for the value of one property, and `then` and `else`
//! declare more. For each value that the property can have there is one object, of all that binds it then.

use std::collections::BTreeSet;

use isomorph_schema::{Dialect, Location, Types, listed};
use serde_json::{Map, Value, json};

use super::builder::Builder;
use super::compose::Composition;
use super::composed::Composed;
use super::form::{Branch, Form, Holds, Object, Representation, Subschema, Union};
use super::layers::{Layer, Layers, collect, declared, required};
use super::others::is_closed_by_rest;
use super::position::Position;
use super::reason::Reason;
use super::spread::{MOST_BRANCHES, MOST_SHARED, closes};
use crate::error::Error;
use crate::names::type_ident;
use crate::settings::Untyped;

/// Keywords of which an `if` may be made that asks for the value of one property, beside that.
const BESIDE_THE_VALUE: [&str; 5] = ["type", "required", "$comment", "title", "description"];

/// What depends on the value of a property.
struct Switch<'a> {
    /// The schema that says it, by its number among those that bind the instance.
    layer: usize,
    /// The property.
    tag: &'a str,
    /// The values for which `then` binds; for others, `else`.
    values: Vec<&'a str>,
}

impl<'a> Builder<'a> {
    /// The form of objects of which a constant decides what else they declare.
    pub(super) fn switched(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Option<Composed>, Error> {
        let all = &composition.layers.all;
        let Some(switches) = switches(all).filter(|_| self.is_switched(composition)) else { return Ok(None) };
        let (tag, shared) = (switches[0].tag, composition.layers.clone());
        let declares = declared(all);
        let Some((place, values)) = self.listed_values(tag, all)? else { return Ok(None) };
        let mut found = Vec::new();
        for value in values {
            let Some(bound) = self.bound(all, &switches, &value)? else { return Ok(None) };
            found.push((value, bound));
        }
        let has_more = |(_, bound): &(_, Bound)| !declared(&bound.own).is_subset(&declares);
        if !found.iter().any(has_more) {
            return Ok(None);
        }
        let (mut branches, mut unsaid) = (Vec::new(), Vec::new());
        for (value, Bound { location, own }) in found {
            let name = type_ident(&value);
            let inner = Position { location, name: format!("{}{name}", position.name), ..position.clone() };
            let layers =
                Layers { all: shared.all.iter().chain(&own).cloned().collect(), ..Layers::default() };
            let mut of_value = Composition::new(layers, Types::OBJECT);
            say(&mut of_value, &switches);
            let mut composed = self.object(&mut of_value, &inner)?;
            self.set_tag(&mut composed.form, &(tag, &place), &value);
            // It is checked where all of it stands.
            unsaid.append(&mut composed.left);
            let says = said(&of_value.layers.all, &own, (tag, &value));
            let id = self.add_composed(inner.clone(), composed);
            self.drafts[id.0].says = Some(says);
            let schema = Subschema::new(inner.location, Form::Reference(id));
            let (tags, types) = (Some(vec![value]), Types::OBJECT);
            branches.push(Branch { name, schema, types, tags, tag_required: true, holds: Holds::Value });
        }
        let mut left = composition.left(Types::OBJECT);
        let is_of_form = |reason: &Reason| ["properties", "required"].iter().any(|one| reason.is(one));
        left.retain(|reason| !unsaid.is_empty() && (unsaid.contains(reason) || !is_of_form(reason)));
        say(composition, &switches);
        let order = (0..branches.len()).collect();
        let (tag, representation) = (Some(tag.to_owned()), Representation::Untagged);
        let union = Union { exactly_one: false, tag, branches, order, also: Vec::new(), representation };
        Ok(Some(Composed { form: Form::Union(union), checks: Vec::new(), left }))
    }

    /// Whether what binds an object lets one have the properties that depend on a value, and is about those alone.
    fn is_switched(&self, composition: &Composition) -> bool {
        let all = &composition.layers.all;
        let is_named =
            all.iter().any(|layer| layer.get("type").is_some()) || self.settings.untyped == Untyped::Object;
        let is_closed = is_closed_by_rest(composition);
        let closes = |(index, layer)| closes(layer, is_closed && index == 0);
        // Each value has all of them, and the property itself.
        let are_few = declared(all).len() <= MOST_SHARED + 1;
        are_few
            && is_named
            && composition.types == Types::OBJECT
            && composition.layers.left_out.is_empty()
            && !all.iter().enumerate().any(closes)
    }

    /// The strings that a property can be, as far as the schemas that always bind it list them, and where they do.
    fn listed_values(&self, tag: &str, layers: &[Layer]) -> Result<Option<(Location, Vec<String>)>, Error> {
        if !required(layers).contains(tag) {
            return Ok(None);
        }
        for layer in layers.iter().filter(|layer| declared(std::slice::from_ref(layer)).contains(tag)) {
            let place = layer.location.join("properties").join(tag);
            for inner in collect(self.documents, &self.resolver, &place)?.all {
                let Some(values) = listed(|keyword| inner.get(keyword)) else { continue };
                let values: Option<Vec<_>> =
                    values.iter().map(|one| one.as_str().map(ToOwned::to_owned)).collect();
                let is_few = |all: &Vec<String>| (2..=MOST_BRANCHES).contains(&all.len());
                let are_distinct = |all: &Vec<String>| all.iter().collect::<BTreeSet<_>>().len() == all.len();
                return Ok(values.filter(is_few).filter(are_distinct).map(|values| (place, values)));
            }
        }
        Ok(None)
    }

    /// What binds an object in which the property has a value, beside what always does; `None` if that is not known, or there
    /// is no such object.
    fn bound(
        &self,
        layers: &[Layer<'a>],
        switches: &[Switch],
        value: &str,
    ) -> Result<Option<Bound<'a>>, Error> {
        let (mut places, mut own) = (Vec::new(), Vec::new());
        for Switch { layer, values, .. } in switches {
            let keyword = if values.contains(&value) { "then" } else { "else" };
            let layer = &layers[*layer];
            if layer.get(keyword).is_none() {
                continue;
            }
            let place = layer.location.join(keyword);
            let found = collect(self.documents, &self.resolver, &place)?;
            // There an integer is another thing.
            let is_other = found.all.iter().any(|layer| layer.dialect == Dialect::Draft4);
            if found.never || is_other || !found.left_out.is_empty() {
                return Ok(None);
            }
            own.extend(found.all);
            places.push(place);
        }
        // What several say together stands where all of them do.
        let location = match places.as_slice() {
            [only] => only.clone(),
            _ => layers[0].location.clone(),
        };
        Ok(Some(Bound { location, own }))
    }

    /// Has a property of an object be one string.
    fn set_tag(&mut self, form: &mut Form, (tag, place): &(&str, &Location), value: &str) {
        let Form::Object(Object { properties, .. }) = form else { return };
        let Some(property) = properties.iter_mut().find(|property| property.name == *tag) else { return };
        let position = Position::new((*place).clone(), type_ident(value));
        let id = self.add_composed(position, Form::Names(vec![value.to_owned()]).into());
        self.drafts[id.0].says = Some(json!({ "type": "string", "const": value }));
        property.schema = Subschema::new((*place).clone(), Form::Reference(id));
        property.default = None;
    }
}

/// What binds the objects of one value.
struct Bound<'a> {
    /// Where they are described.
    location: Location,
    /// The schemas, beside those of all values.
    own: Vec<Layer<'a>>,
}

/// Notes that the form says what depends on the value.
fn say(composition: &mut Composition, switches: &[Switch]) {
    for Switch { layer, .. } in switches {
        for keyword in ["if", "then", "else"] {
            composition.say(*layer, keyword);
        }
    }
}

/// What of these schemas depends on the value of a property, if all that depends on anything does, and on the same one.
fn switches<'a>(layers: &[Layer<'a>]) -> Option<Vec<Switch<'a>>> {
    let mut all: Vec<Switch> = Vec::new();
    let depends = |layer: &Layer| layer.get("then").is_some() || layer.get("else").is_some();
    for (index, layer) in layers.iter().enumerate() {
        let Some(condition) = layer.get("if").filter(|_| depends(layer)) else { continue };
        let (tag, values) = asked_of(condition)?;
        if all.first().is_some_and(|first| first.tag != tag) {
            return None;
        }
        all.push(Switch { layer: index, tag, values });
    }
    (!all.is_empty()).then_some(all)
}

/// The property of which an `if` asks nothing but that it be one of some strings, and these.
pub(super) fn asked_of(condition: &Value) -> Option<(&str, Vec<&str>)> {
    let keywords = condition.as_object()?;
    let others = keywords.keys().filter(|one| *one != "properties");
    let mut properties = keywords.get("properties")?.as_object()?.iter();
    let ((tag, value), None) = (properties.next()?, properties.next()) else { return None };
    let is_object = keywords.get("type").is_none_or(|types| types == "object");
    let required = keywords.get("required").and_then(Value::as_array);
    let is_alone = required.is_none_or(|all| all.iter().all(|name| name == tag))
        && others.into_iter().all(|one| BESIDE_THE_VALUE.contains(&one.as_str()));
    let value = value.as_object()?;
    let only_lists = value.keys().all(|one| ["const", "enum", "type", "description"].contains(&one.as_str()))
        && value.get("type").is_none_or(|types| types == "string")
        && !(value.contains_key("const") && value.contains_key("enum"));
    let values = listed(|keyword| value.get(keyword))?.iter().map(Value::as_str).collect::<Option<_>>()?;
    (is_object && is_alone && only_lists).then_some((tag, values))
}

/// What schemas say together of objects in which a property has a value.
fn said(layers: &[Layer], own: &[Layer], (tag, value): (&str, &str)) -> Value {
    let mut properties = Map::new();
    for (name, schema) in layers.iter().filter_map(|layer| layer.get("properties")?.as_object()).flatten() {
        properties.entry(name).or_insert_with(|| schema.clone());
    }
    properties.insert(tag.to_owned(), json!({ "type": "string", "const": value }));
    let required: Vec<_> = required(layers).into_iter().collect();
    let mut said = json!({ "type": "object", "properties": properties, "required": required });
    if let [own] = own
        && let Some(description) = own.keywords.get("description")
    {
        said["description"] = description.clone();
    }
    said
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;
    use serde_json::{Map, Value, json};

    use crate::Settings;

    /// What an object becomes that has so many properties beside the one by which it is told.
    fn shape(count: usize) -> String {
        let shared = (0..count).map(|index| (format!("p{index}"), json!({"type": "string"})));
        let mut properties: Map<String, Value> = shared.collect();
        properties.insert("kind".to_owned(), json!({"enum": ["a", "b"]}));
        let more = json!({"properties": {"more": {"type": "integer"}}});
        let schema = json!({
            "type": "object", "properties": properties, "required": ["kind"],
            "if": {"properties": {"kind": {"const": "a"}}}, "then": more,
        });
        let sources = [Source { file: "case.json".into(), uri: None, text: schema.to_string().into_bytes() }];
        let generated = crate::generate(&sources, &Settings::default(), "model.rs").expect("a valid schema");
        generated.report.definitions[0].shape.to_string()
    }

    #[test]
    fn what_has_many_properties_has_them_once() {
        assert_eq!([8, 9, 2_000].map(shape), ["union", "struct", "struct"]);
    }
}
