//! What was made of each definition, and how much of the schemas has a Rust type.

use serde::Serialize;
use serde_json::Value;

use crate::annotate::{Annotated, SchemaSource};
use crate::model::{DefinitionId, Form, Model, Origin, inside};
use crate::pair::Shape;

/// What was made of the schemas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// A row for each type, in the order of the generated text.
    pub definitions: Vec<Row>,
    /// Everything together.
    pub totals: Totals,
}

/// What was made of one definition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The name of the Rust type.
    pub name: String,
    /// The schema: file and pointer.
    pub schema: String,
    /// What the type is: `struct`, `enum`, `newtype` or `value`.
    pub shape: &'static str,
    /// The keywords that are checked when it is read; empty if the type is exact by shape.
    pub guarded_by: Vec<String>,
    /// Why its schema is carried; `None` if it is derived.
    pub carried_because: Option<String>,
    /// Its subschemas at instance positions.
    pub positions: Positions,
}

/// Subschemas at instance positions: definitions, properties, elements, values of maps, branches.
/// A schema that allows anything is not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Positions {
    /// Those with a Rust type other than `serde_json::Value` and newtypes over it.
    pub typed: usize,
    /// All.
    pub all: usize,
}

/// Sums over all definitions.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
pub fn report(model: &Model, items: &[Annotated]) -> Report {
    let untyped: Vec<DefinitionId> =
        items.iter().filter(|item| item.is_guarded()).map(|item| item.pair.definition.id).collect();
    let definitions: Vec<_> = items.iter().map(|item| row(model, item, &untyped)).collect();
    let mut positions = Positions::default();
    for row in &definitions {
        positions.typed += row.positions.typed;
        positions.all += row.positions.all;
    }
    let totals = Totals {
        definitions: definitions.len(),
        exact_by_shape: definitions.iter().filter(|row| row.guarded_by.is_empty()).count(),
        derived: definitions.iter().filter(|row| row.carried_because.is_none()).count(),
        positions,
    };
    Report { definitions, totals }
}

fn row(model: &Model, item: &Annotated, untyped: &[DefinitionId]) -> Row {
    let definition = item.pair.definition;
    let (shape, guarded_by) = match &item.pair.shape {
        Shape::Struct(_) => ("struct", Vec::new()),
        Shape::Enum(_) => ("enum", Vec::new()),
        Shape::Newtype(_) => ("newtype", Vec::new()),
        Shape::Value { because } => ("value", because.clone()),
    };
    let carried_because = match &item.schema {
        SchemaSource::Derived { .. } => None,
        SchemaSource::Carried { because } => Some(because.clone()),
    };
    let mut positions = Positions::default();
    // An inline definition is counted where it stands in its owner.
    if definition.origin == Origin::Inline {
        count_parts(&definition.form, untyped, &mut positions);
    } else {
        count(&definition.form, untyped, &mut positions);
    }
    if item.is_guarded() {
        count_inside(&definition.schema, &mut positions);
    }
    Row {
        name: definition.ident.clone(),
        schema: model.place(&definition.location).to_string(),
        shape,
        guarded_by,
        carried_because,
        positions,
    }
}

/// Counts a schema and its parts.
fn count(form: &Form, untyped: &[DefinitionId], positions: &mut Positions) {
    match form {
        Form::Any => {}
        Form::Nullable(part) => count(&part.form, untyped, positions),
        Form::Reference(id) => positions.add(!untyped.contains(id)),
        Form::Opaque(_) => positions.add(false),
        _ => {
            positions.add(true);
            count_parts(form, untyped, positions);
        }
    }
}

fn count_parts(form: &Form, untyped: &[DefinitionId], positions: &mut Positions) {
    for part in form.parts() {
        count(&part.form, untyped, positions);
    }
}

/// Counts what stands inside a schema that has no shape; nothing in there has a type.
fn count_inside(schema: &Value, positions: &mut Positions) {
    const INSTANCE: [&str; 8] = [
        "properties",
        "patternProperties",
        "additionalProperties",
        "items",
        "prefixItems",
        "additionalItems",
        "anyOf",
        "oneOf",
    ];
    for (way, inner) in inside(schema) {
        let allows_anything =
            inner == &Value::Bool(true) || inner.as_object().is_some_and(serde_json::Map::is_empty);
        let stands_at_instance = way.first().is_some_and(|keyword| INSTANCE.contains(&keyword.as_str()));
        if stands_at_instance && !allows_anything && inner != &Value::Bool(false) {
            positions.add(false);
        }
        count_inside(inner, positions);
    }
}
