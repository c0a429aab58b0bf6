//! Properties beside a union of objects that have more: each branch is an object of all of them, those beside the union and
//! its own.

use std::collections::BTreeSet;

use isomorph_schema::{Dialect, Location, Types};
use serde_json::{Map, Value, json};

use super::builder::Builder;
use super::compose::Composition;
use super::composed::Composed;
use super::form::{Branch, Form, Holds, Representation, Subschema, Union};
use super::layers::{Layer, Layers, collect, declared, required};
use super::others::is_closed_by_rest;
use super::position::Position;
use super::reason::Reason;
use super::shaped::stands_beside;
use crate::error::Error;
use crate::settings::Untyped;

/// How many properties may stand beside a union for each of its branches to have them, and how many branches there may be.
pub(super) const MOST_SHARED: usize = 8;
pub(super) const MOST_BRANCHES: usize = 24;

/// A union that stands beside properties.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'l> {
    /// The schema that has it, by its number among those that bind the instance.
    pub layer: usize,
    /// `oneOf` or `anyOf`.
    pub keyword: &'static str,
    /// Its branches.
    pub branches: &'l [Location],
}

/// What says something of properties that are not declared.
const CLOSING: [&str; 4] =
    ["unevaluatedProperties", "additionalProperties", "patternProperties", "propertyNames"];

/// How many unions may stand inside each other.
const NESTED: usize = 1;

/// A branch of objects.
struct Object<'l, 'a> {
    location: &'l Location,
    /// The schemas that bind it.
    layers: Layers<'a>,
    /// The properties that these declare, or the branches of a union in it.
    declares: BTreeSet<String>,
    /// Whether it is a union itself.
    is_union: bool,
}

impl<'a> Builder<'a> {
    /// The form of objects with properties beside a union, if its branches declare more than stands beside it, and are told
    /// apart. Where they declare no more, they only limit a struct.
    pub(super) fn spread(
        &mut self,
        composition: &mut Composition<'a>,
        beside: Beside,
        position: &Position,
    ) -> Result<Option<Composed>, Error> {
        if !self.is_spread(composition, beside) {
            return Ok(None);
        }
        let shared = composition.layers.clone();
        let (names, needed) = (declared(&shared.all), required(&shared.all));
        let Some(found) = self.objects(beside.branches, NESTED)? else { return Ok(None) };
        let has_more = |one: &Object| !one.declares.is_subset(&names);
        let is_draft_4 = |layer: &Layer| layer.dialect == Dialect::Draft4;
        let mut own = found.iter().flat_map(|one| &one.layers.all);
        let asks = !names.is_empty() || found.iter().any(|one| !needed.is_subset(&required(&one.layers.all)));
        if !asks
            || !found.iter().any(has_more)
            || !own.all(|layer| is_draft_4(layer) == is_draft_4(&shared.all[0]))
        {
            return Ok(None);
        }
        let is_plain = self.are_without_parts(&shared.all)?;
        let is_closed = is_closed_by_rest(composition);
        composition.say(beside.layer, beside.keyword);
        let (mut branches, mut left) = (Vec::new(), Vec::new());
        for Object { location, layers: own, is_union, .. } in found {
            let says_all = names.is_subset(&declared(&own.all));
            let needs_all = needed.is_subset(&required(&own.all));
            // What has a name is referred to, and asks for the rest in the form around it.
            let is_named = !names.is_empty() && self.schema(location).get("$ref").is_some();
            let is_as_it_is = !is_closed && is_plain && says_all && !is_union && (needs_all || is_named);
            let branch = if is_as_it_is {
                let mut beside = composition.left(Types::OBJECT);
                beside.retain(|reason| !(needs_all && reason.is("required")));
                left.extend(beside);
                self.plain_branch(location, position)?
            } else {
                self.spread_branch(&shared, (location, own), &mut left, position)?
            };
            branches.push(branch);
        }
        let mut seen = BTreeSet::new();
        left.retain(|reason| seen.insert(reason.to_string()));
        let exactly_one = beside.keyword == "oneOf";
        let tag = self.tag(&mut branches, Types::OBJECT)?;
        if tag.as_ref().is_some_and(|tag| needed.contains(tag)) {
            for branch in &mut branches {
                branch.tag_required |= branch.tags.is_some();
            }
        }
        let also = self.beside_union(composition, beside.branches, position)?;
        let order = (0..branches.len()).collect();
        let representation = Representation::Untagged;
        let union = Union { exactly_one, tag, branches, order, also, representation };
        Ok(Some(Composed { form: Form::Union(union), checks: Vec::new(), left }))
    }

    /// Whether what binds an object is properties beside a union, which it says to be one.
    fn is_spread(&self, composition: &Composition, beside: Beside) -> bool {
        let all = &composition.layers.all;
        let is_named =
            all.iter().any(|layer| layer.get("type").is_some()) || self.settings.untyped == Untyped::Object;
        let is_union = matches!(beside.keyword, "oneOf" | "anyOf") && composition.layers.left_out.is_empty();
        let count = declared(all).len();
        // Of `oneOf` one branch has evaluated properties: which these are is known.
        let is_closed = beside.keyword == "oneOf" && is_closed_by_rest(composition);
        is_named
            && is_union
            && composition.types == Types::OBJECT
            && (1..=MOST_SHARED).contains(&(count + required(all).len()))
            && !all.iter().enumerate().any(|(index, layer)| closes(layer, is_closed && index == 0))
    }

    /// Whether nothing can be lost of the properties that these schemas declare, whatever else declares them.
    fn are_without_parts(&self, layers: &[Layer]) -> Result<bool, Error> {
        for layer in layers {
            let at = layer.location.join("properties");
            for name in declared(std::slice::from_ref(layer)) {
                if self.types_of(&at.join(&name))?.meets(Types::ARRAY.union(Types::OBJECT)) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// A branch that declares itself what stands beside the union.
    fn plain_branch(&mut self, location: &Location, position: &Position) -> Result<Branch, Error> {
        let types = Types::OBJECT;
        let name = self.branch_name(location, types, 0);
        let is_object = self.types_of(location)?.minus(types).is_empty();
        let inner = Position {
            location: location.clone(),
            // What is an object anyway may have a name.
            types: if is_object { Types::ALL } else { types },
            name: format!("{}{name}", position.name),
        };
        let schema = self.place(&inner)?;
        Ok(Branch { name, schema, types, tags: None, tag_required: false, holds: Holds::Value })
    }

    /// The branches that objects can be of, with the schemas that bind each; `None` if one is not known to be an object of
    /// declared properties, or, as often as unions may be nested, a union of such; or there are too many.
    fn objects<'l>(
        &self,
        branches: &'l [Location],
        nested: usize,
    ) -> Result<Option<Vec<Object<'l, 'a>>>, Error> {
        let mut found = Vec::new();
        for location in branches {
            if !self.types_of(location)?.meets(Types::OBJECT) {
                continue;
            }
            let layers = collect(self.documents, &self.resolver, location)?;
            if layers.never || !layers.left_out.is_empty() {
                return Ok(None);
            }
            let mut declares = declared(&layers.all);
            let inner = branches_of(&layers.all).filter(|_| nested > 0);
            let inner = match &inner {
                Some(inner) => self.objects(inner, nested - 1)?,
                None => None,
            };
            let is_union = inner.is_some();
            declares.extend(inner.into_iter().flatten().flat_map(|one| one.declares));
            if declares.is_empty() {
                return Ok(None);
            }
            found.push(Object { location, layers, declares, is_union });
        }
        Ok((2..=MOST_BRANCHES).contains(&found.len()).then_some(found))
    }

    /// A branch with what stands beside the union; what of that is not said is `left`.
    fn spread_branch(
        &mut self,
        shared: &Layers<'a>,
        (location, own): (&Location, Layers<'a>),
        left: &mut Vec<Reason>,
        position: &Position,
    ) -> Result<Branch, Error> {
        let types = Types::OBJECT;
        let name = self.branch_name(location, types, 0);
        let inner = Position { location: location.clone(), types, name: format!("{}{name}", position.name) };
        let layers =
            Layers { all: shared.all.iter().chain(&own.all).cloned().collect(), ..Layers::default() };
        let mut composition = Composition::new(layers, types);
        // The unions around it are said.
        for (layer, keyword) in (0..shared.all.len()).flat_map(|layer| [(layer, "oneOf"), (layer, "anyOf")]) {
            composition.say(layer, keyword);
        }
        let union = self.union(&mut composition, &inner)?;
        let mut composed = match union {
            Some(union) => union,
            None => self.object(&mut composition, &inner)?,
        };
        let is_of = |layers: &[Layer], reason: &Reason| {
            layers.iter().any(|layer| layer.binding(types).any(|keyword| reason.is(keyword)))
        };
        left.extend(composed.left.iter().filter(|reason| is_of(&shared.all, reason)).cloned());
        composed.left.retain(|reason| is_of(&own.all, reason));
        let id = self.add_composed(inner, composed);
        if let ([beside], own) = (shared.all.as_slice(), self.schema(location)) {
            self.drafts[id.0].says = spread_over(beside.keywords, own);
        }
        let schema = Subschema::new(location.clone(), Form::Reference(id));
        Ok(Branch { name, schema, types, tags: None, tag_required: false, holds: Holds::Value })
    }
}

/// What a branch says, and what stands beside the union, as one schema; `None` if both say something of a property, or it
/// is said in another way.
fn spread_over(beside: &Map<String, Value>, own: &Value) -> Option<Value> {
    let nothing = Map::new();
    let shared = beside.get("properties").map_or(Some(&nothing), Value::as_object)?;
    let own = own.as_object()?;
    let mut all = if own.contains_key("$ref") {
        if own.len() > 1 {
            return None;
        }
        Map::from_iter([("allOf".to_owned(), json!([own]))])
    } else {
        own.clone()
    };
    all.entry("type").or_insert_with(|| "object".into());
    if let Some(rest) = beside.get("unevaluatedProperties") {
        all.insert("unevaluatedProperties".to_owned(), rest.clone());
    }
    if !shared.is_empty() {
        let properties = all.entry("properties").or_insert_with(|| json!({})).as_object_mut()?;
        for (name, schema) in shared {
            match properties.get(name) {
                None => drop(properties.insert(name.clone(), schema.clone())),
                // What tells the branches apart says more there than beside them.
                Some(own) if lists_strings(own) && only_limits(schema) => {}
                Some(_) => return None,
            }
        }
    }
    if let Some(Value::Array(shared)) = beside.get("required") {
        let required = all.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
        required.extend(shared.iter().filter(|name| !required.contains(name)).cloned().collect::<Vec<_>>());
    }
    Some(all.into())
}

/// Whether a schema lists strings, or is a constant one.
fn lists_strings(schema: &Value) -> bool {
    let listed = schema.get("enum").and_then(Value::as_array);
    schema.get("const").is_some_and(Value::is_string)
        || listed.is_some_and(|all| all.iter().all(Value::is_string))
}

/// Whether a schema says no more of a property than that it is a string, or which.
fn only_limits(schema: &Value) -> bool {
    let keywords = schema.as_object();
    keywords.is_some_and(|all| {
        all.keys().all(|one| matches!(one.as_str(), "type" | "enum") || stands_beside(one))
    })
}

/// The branches of the only union among these schemas.
fn branches_of(layers: &[Layer]) -> Option<Vec<Location>> {
    let branches = |layer: &Layer, keyword: &str| {
        let at = layer.location.join(keyword);
        let all = layer.get(keyword)?.as_array()?;
        Some((0..all.len()).map(|index| at.join(index)).collect())
    };
    let mut unions =
        layers.iter().flat_map(|layer| ["oneOf", "anyOf"].into_iter().filter_map(|one| branches(layer, one)));
    let only = unions.next();
    only.filter(|_| unions.next().is_none())
}

/// Whether a schema says something of properties that it does not declare, but for the unevaluated, if that `is_told`.
pub(super) fn closes(layer: &Layer, is_told: bool) -> bool {
    CLOSING.iter().skip(usize::from(is_told)).any(|keyword| layer.get(keyword).is_some())
}
