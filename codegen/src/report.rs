//! What was made of each definition, and how much of the schemas has a Rust type.

use std::collections::BTreeSet;

use isomorph_schema::{Dialect, Location, Types, binds, inside};
use serde::Serialize;
use serde_json::Value;

use crate::annotate::{Annotated, SchemaSource};
use crate::mapped::{Mapped, mapped};
use crate::members::{Member, members};
use crate::model::{Check, DefinitionId, Form, Model, Origin, Reason};
use crate::pair::Shape;
use crate::print::Items;
use crate::print::needed::{self, Needed};
use crate::settings::Settings;
use crate::traded::{Traded, traded};

/// What was made of the schemas.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// A row for each type, in the order of the generated text.
    pub definitions: Vec<Row>,
    /// Everything together.
    pub totals: Totals,
    /// The URIs of documents that schemas refer to and that are not here; see
    /// [`Unresolved`](crate::Unresolved).
    pub missing: Vec<String>,
    /// The settings that trade a law for comfort.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traded: Vec<Traded>,
    /// What the generated code depends on, and why.
    pub needs: Vec<Needed>,
    /// What the settings map to types that are not ours.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mapped: Vec<Mapped>,
}

/// What was made of one definition.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// The name of the Rust type.
    pub name: String,
    /// The schema: file and pointer.
    pub schema: String,
    /// The other places that the type stands for: their schemas are equal but for annotations of their use.
    pub also_for: Vec<String>,
    /// The annotations that not all places have. They are given back by the types around them, and not by this one.
    pub left_to_places: Vec<String>,
    /// The types of instances that it is for, if the schema says something of others as well, and another
    /// row stands for the whole.
    pub only_for: Option<String>,
    /// What the type is: `struct`, `enum`, `union`, `newtype` or `value`.
    pub shape: &'static str,
    /// The keywords that are checked on the typed value when it is read.
    pub checked_by: Vec<String>,
    /// The keywords that are left to a validator. What is in neither list is said by the shape.
    pub guarded_by: Vec<String>,
    /// Why its schema is carried; `None` if it is derived.
    pub carried_because: Option<String>,
    /// Its subschemas at instance positions.
    pub positions: Positions,
    /// Its fields and variants, and where the schema says them. A report does not print them.
    #[serde(skip)]
    pub members: Vec<Member>,
}

/// Subschemas at instance positions: definitions, properties, elements, values of maps, branches.
/// A schema that allows anything is not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Positions {
    /// Those with a Rust type other than `serde_json::Value` and newtypes over it.
    pub typed: usize,
    /// All.
    pub all: usize,
}

/// Sums over all definitions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// The number of types.
    pub definitions: usize,
    /// Those that are exact by shape.
    pub exact_by_shape: usize,
    /// Those whose schema is derived.
    pub derived: usize,
    /// All positions.
    pub positions: Positions,
}

impl Row {
    /// Whether nothing is checked, nor left to a validator.
    pub fn is_exact_by_shape(&self) -> bool {
        self.checked_by.is_empty() && self.guarded_by.is_empty()
    }
}

impl Positions {
    /// The typed share in percent; 100 where there is nothing to type.
    pub fn typed_percent(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of subschemas are far below 2^53")]
        let share = |part: usize, all: usize| 100.0 * part as f64 / all as f64;
        if self.all == 0 { 100.0 } else { share(self.typed, self.all) }
    }

    fn add(&mut self, typed: bool) {
        self.all += 1;
        self.typed += usize::from(typed);
    }
}

/// Reports on annotated items.
pub fn report(model: &Model, all: &Items, settings: &Settings) -> Report {
    let items = all.own;
    let untyped = untyped(items);
    let definitions: Vec<_> = items.iter().map(|item| row(model, item, &untyped)).collect();
    let mut positions = Positions::default();
    for row in &definitions {
        positions.typed += row.positions.typed;
        positions.all += row.positions.all;
    }
    let totals = Totals {
        definitions: definitions.len(),
        exact_by_shape: definitions.iter().filter(|row| row.is_exact_by_shape()).count(),
        derived: definitions.iter().filter(|row| row.carried_because.is_none()).count(),
        positions,
    };
    Report {
        definitions,
        totals,
        missing: model.missing.clone(),
        traded: traded(settings),
        needs: needed::all(model, all, settings),
        mapped: mapped(model, settings),
    }
}

fn row(model: &Model, item: &Annotated, untyped: &[DefinitionId]) -> Row {
    let definition = item.pair.definition;
    let shape = match &item.pair.shape {
        Shape::Struct { .. } => "struct",
        Shape::Names(_) | Shape::Literals(_) => "enum",
        Shape::Union { .. } => "union",
        Shape::Newtype(_) if untyped.contains(&definition.id) => "value",
        Shape::Newtype(_) => "newtype",
    };
    let carried_because = match &item.schema {
        SchemaSource::Derived { .. } => None,
        SchemaSource::Carried { because } => Some(because.clone()),
    };
    let mut positions = Positions::default();
    // An inline definition is counted where it stands in its owner.
    if definition.origin == Origin::Inline {
        count_parts(model, &definition.form, untyped, &mut positions);
    } else if untyped.contains(&definition.id) {
        positions.add(false);
    } else {
        count(model, &definition.form, untyped, &mut positions);
    }
    count_lost(model, item, untyped, &mut positions);
    let typify = item.pair.without_shape.iter().map(|why| format!("no shape: {why}"));
    let mut guarded_by: Vec<String> = definition.guard.iter().map(Reason::to_string).collect();
    let mut checked_by =
        if item.condition().is_some() { std::mem::take(&mut guarded_by) } else { Vec::new() };
    guarded_by.extend(typify);
    for keyword in model.checks(definition).into_iter().flat_map(Check::keywords) {
        if !checked_by.iter().any(|known| known == keyword) {
            checked_by.push(keyword.to_owned());
        }
    }
    let bare = model.bare.iter().filter(|bare| bare.refers == Some(definition.id));
    let documents = bare.map(|bare| &model.definition(bare.root).location);
    Row {
        name: definition.ident.clone(),
        schema: model.place(&definition.location).to_string(),
        also_for: definition.places.iter().chain(documents).map(|at| model.place(at).to_string()).collect(),
        left_to_places: definition.left_to_places.clone(),
        only_for: only_for(model, item),
        shape,
        checked_by,
        guarded_by,
        carried_because,
        positions,
        members: members(model, &item.pair),
    }
}

/// The types of instances that a definition is for, if its source is for others as well: it is a slice of a
/// schema of several types, or what a nullable schema says of values that are not `null`; or if it says more than the
/// source at its place, as a branch of a union that has what stands beside that.
fn only_for(model: &Model, item: &Annotated) -> Option<String> {
    let definition = item.pair.definition;
    if definition.says.is_some() && !item.is_carried() {
        return Some("object".to_owned());
    }
    let location = &definition.location;
    let source = location.pointer.find(&model.documents[location.document].root);
    let named = |schema: Option<&Value>| schema.and_then(|schema| schema.get("type")).cloned();
    let own = named(Some(&definition.schema));
    let types = match definition.slice {
        Some(types) => types,
        None if own != named(source) => Types::named(&own?),
        None => return None,
    };
    Some(types.each().iter().map(|one| one.name().to_lowercase()).collect::<Vec<_>>().join(" or "))
}

/// Definitions that are newtypes over any value, though their schema does not allow any.
fn untyped(items: &[Annotated]) -> Vec<DefinitionId> {
    let holds_any = |item: &&Annotated| {
        item.pair.without_shape.is_some()
            || (item.pair.definition.form == Form::Any && !item.pair.definition.guard.is_empty())
    };
    items.iter().filter(holds_any).map(|item| item.pair.definition.id).collect()
}

/// Counts a schema and its parts.
fn count(model: &Model, form: &Form, untyped: &[DefinitionId], positions: &mut Positions) {
    match form {
        Form::Any => {}
        Form::Nullable(part) => count(model, &part.form, untyped, positions),
        Form::Reference(id) => {
            positions.add(!untyped.contains(id));
            if model.is_part(*id) {
                count_parts(model, &model.definition(*id).form, untyped, positions);
            }
        }
        _ => {
            positions.add(true);
            count_parts(model, form, untyped, positions);
        }
    }
}

fn count_parts(model: &Model, form: &Form, untyped: &[DefinitionId], positions: &mut Positions) {
    for part in form.parts() {
        if part.form == Form::Any && !part.checks.is_empty() {
            positions.add(false);
        }
        count(model, &part.form, untyped, positions);
    }
    if let Form::Object(object) = form {
        object.tag().into_iter().for_each(|_| positions.add(true));
    }
}

/// Counts what stands at instance positions inside a schema and has no place in its type.
fn count_lost(model: &Model, item: &Annotated, untyped: &[DefinitionId], positions: &mut Positions) {
    let definition = item.pair.definition;
    if definition.guard.is_empty() && item.pair.without_shape.is_none() {
        return;
    }
    let is_untyped = untyped.contains(&definition.id);
    let mut kept = BTreeSet::new();
    places(model, &definition.form, &mut kept);
    let dialect = model.documents[definition.location.document].dialect;
    lost((&definition.location, dialect), &definition.schema, &kept, is_untyped, positions);
}

/// The places of a form's parts, and of what was hoisted out of it.
fn places(model: &Model, form: &Form, kept: &mut BTreeSet<Location>) {
    if let Form::Object(object) = form {
        kept.extend(object.tag().map(|(property, _)| property.schema.location.clone()));
    }
    for part in form.parts() {
        let is_new = kept.insert(part.location.clone());
        match &part.form {
            Form::Reference(id) if model.definition(*id).origin == Origin::Inline => {
                // A branch for one type stands where the whole union does.
                if is_new || part.location == model.definition(*id).location {
                    places(model, &model.definition(*id).form, kept);
                }
            }
            inner => places(model, inner, kept),
        }
    }
}

fn lost(
    (at, dialect): (&Location, Dialect),
    schema: &Value,
    kept: &BTreeSet<Location>,
    is_untyped: bool,
    positions: &mut Positions,
) {
    const PARTS: [&str; 6] = [
        "properties",
        "patternProperties",
        "additionalProperties",
        "items",
        "prefixItems",
        "additionalItems",
    ];
    const BRANCHES: [&str; 2] = ["anyOf", "oneOf"];
    for inner in inside(schema, dialect) {
        let place = inner.location(at);
        let says_something = inner.schema.as_object().is_some_and(|all| all.keys().any(|k| binds(k)));
        if kept.contains(&place) || inner.is_definition() || !says_something {
            continue;
        }
        if PARTS.contains(&inner.keyword) {
            positions.add(false);
        } else if BRANCHES.contains(&inner.keyword) {
            // A branch binds the instance itself, whose type is that of the schema around it.
            positions.add(!is_untyped);
        }
        lost((&place, dialect), inner.schema, kept, is_untyped, positions);
    }
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;
    use serde_json::{Value, json};

    /// The types of a schema whose schemas are carried.
    fn carried(schema: &Value) -> Vec<String> {
        let source = Source { file: "Root.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let generated =
            crate::generate(&[source], &crate::Settings::default(), "model.rs").expect("a valid schema");
        let rows = generated.report.definitions.into_iter();
        rows.filter_map(|row| row.carried_because.map(|why| format!("{}: {why}", row.name))).collect()
    }

    #[test]
    fn what_is_spread_over_branches_or_said_twice_is_derived() {
        let base =
            json!({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false});
        for schema in [
            json!({"type": "object", "properties": {"id": {"type": "string"}, "n": {"type": ["integer", "null"]}}, "required": ["id", "n"], "oneOf": [
                {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                {"properties": {"b": {"type": "string"}}, "required": ["b"]},
            ]}),
            json!({"properties": {"a": {"$ref": "#/$defs/A"}, "host": {"$ref": "#/$defs/Host"}}, "$defs": {
                "A": {"type": "string", "pattern": "^a"},
                "Host": {"type": "string", "anyOf": [{"minLength": 3}, {"$ref": "#/$defs/A"}]},
            }}),
            json!({"allOf": [{"$ref": "#/$defs/A"}, {"description": "more"}], "$defs": {"A": base}}),
            json!({"type": "object", "properties": {"a": {"type": ["string"]}}}),
        ] {
            assert_eq!(carried(&schema), Vec::<String>::new(), "{schema}");
        }
    }

    #[test]
    fn what_two_schemas_say_otherwise_of_a_property_is_carried() {
        let schema = json!({"type": "object", "properties": {"id": {"type": "string"}}, "oneOf": [
            {"properties": {"id": {"minLength": 2}, "a": {"type": "string"}}, "required": ["a"]},
            {"properties": {"b": {"type": "string"}}, "required": ["b"]},
        ]});
        assert!(!carried(&schema).is_empty());
    }
}
