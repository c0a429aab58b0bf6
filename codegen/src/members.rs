//! Where in the schemas the fields and variants of a type come from.

use std::collections::HashMap;

use isomorph_schema::Location;
use serde_json::Value;

use crate::model::Model;
use crate::pair::{BranchVariant, Field, Pair, Shape, Variant};

/// A field or a variant, and where the schema says it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// Its name in the Rust; of a field of a variant, `Variant.field`.
    pub name: String,
    /// Its schema, or the value that it stands for: file and pointer.
    pub schema: String,
}

/// The fields and variants of a type, each with its place, as far as it has one.
pub fn members(model: &Model, pair: &Pair) -> Vec<Member> {
    let at = |location: &Location| model.place(location).to_string();
    let field = |around: &str, field: &Field| Member {
        name: format!("{around}{}", field.ident),
        schema: at(&field.property.schema.location),
    };
    let values = || Values::of(model, &pair.definition.location);
    match &pair.shape {
        Shape::Struct { fields, .. } => fields.iter().map(|one| field("", one)).collect(),
        Shape::Union { variants } => variants
            .iter()
            .flat_map(|variant| {
                let BranchVariant { branch, ident, fields, .. } = variant;
                let own = Member { name: ident.to_string(), schema: at(&branch.schema.location) };
                let around = format!("{ident}.");
                let inside = fields.iter().flat_map(|inside| &inside.fields);
                let inside: Vec<_> = inside.map(|one| field(&around, one)).collect();
                if variant.units.is_empty() {
                    return [own].into_iter().chain(inside).collect::<Vec<_>>();
                }
                let values = Values::of(model, &branch.schema.location);
                let unit = |unit: &Variant| Member {
                    name: unit.ident.to_string(),
                    schema: at(values.place(&unit.name.into())),
                };
                variant.units.iter().map(unit).chain(inside).collect()
            })
            .collect(),
        Shape::Names(variants) => {
            let values = values();
            let member = |name: String, value: &Value| Member { name, schema: at(values.place(value)) };
            variants.iter().map(|one| member(one.ident.to_string(), &one.name.into())).collect()
        }
        Shape::Literals(variants) => {
            let values = values();
            let member = |name: String, value: &Value| Member { name, schema: at(values.place(value)) };
            variants.iter().map(|one| member(one.ident.to_string(), one.value)).collect()
        }
        Shape::Newtype(_) => Vec::new(),
    }
}

/// The values that a schema lists, each with its place.
struct Values<'m> {
    around: &'m Location,
    /// By what they are as text: there may be many.
    found: HashMap<String, Location>,
}

impl<'m> Values<'m> {
    /// Those of `enum`, and of branches that are constants.
    fn of(model: &'m Model, around: &'m Location) -> Self {
        let schema = around.pointer.find(&model.documents[around.document].root);
        let mut found = HashMap::new();
        for keyword in ["enum", "oneOf", "anyOf"] {
            let listed = schema.and_then(|schema| schema.get(keyword)?.as_array()).into_iter().flatten();
            for (index, one) in listed.enumerate() {
                let value = if keyword == "enum" { Some(one) } else { one.get("const") };
                let Some(value) = value else { continue };
                found.entry(value.to_string()).or_insert_with(|| around.join(keyword).join(index));
            }
        }
        Self { around, found }
    }

    /// Where a value is listed; if that is not here, where the schema is.
    fn place(&self, value: &Value) -> &Location {
        self.found.get(&value.to_string()).unwrap_or(self.around)
    }
}
