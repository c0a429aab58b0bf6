//! A definition as typify understands it best.
//!
//! typify sees one definition at a time, called [`ITEM`], and the definitions that it mentions only by
//! number. Names are neutral as well: property 0 is `p0`, name 0 is `V0`. So nothing in a schema can
//! collide, be a keyword or break typify's own naming, and every field and variant that typify makes
//! says by its name which subschema it stands for.

use serde_json::{Map, Value, json};

use crate::foreign::StandIn;
use crate::model::{Definition, DefinitionId, Form, Object, Rest, Union};

/// What typify is to call the definition.
pub const ITEM: &str = "Item";

/// A definition, rewritten for typify.
#[derive(Debug)]
pub struct Lowered {
    /// The schema of the item.
    pub schema: Value,
    /// The definitions that it mentions; number 0 is `R0`.
    pub references: Vec<DefinitionId>,
    /// The types that are not ours and that it mentions; number 0 is `F0`.
    pub foreign: Vec<StandIn>,
}

/// Rewrites `definition`.
pub fn lower(definition: &Definition) -> Lowered {
    let mut lowered = Lowered { schema: Value::Null, references: Vec::new(), foreign: Vec::new() };
    lowered.schema = lowered.form(&definition.form);
    lowered
}

/// The format of numbers that keep how they are written.
pub const AS_WRITTEN: &str = "as-written";

/// The neutral name of the properties that are not declared.
pub const REST: &str = "rest";

/// The neutral name of a property.
pub fn property_name(index: usize) -> String {
    format!("p{index}")
}

/// The neutral name of one of an enum's names.
pub fn variant_name(index: usize) -> String {
    format!("V{index}")
}

/// The neutral name of a definition that is mentioned.
pub fn reference_name(index: usize) -> String {
    format!("R{index}")
}

/// The number of the definition that a neutral name stands for.
pub fn reference_index(name: &str) -> Option<usize> {
    name.strip_prefix('R')?.parse().ok()
}

/// The neutral name of a type that is not ours, and of the format by which typify is told of it.
pub fn foreign_name(index: usize) -> String {
    format!("F{index}")
}

/// The number of the type that a neutral name stands for.
pub fn foreign_index(name: &str) -> Option<usize> {
    name.strip_prefix('F')?.parse().ok()
}

impl Lowered {
    fn form(&mut self, form: &Form) -> Value {
        match form {
            Form::Any => true.into(),
            Form::Null => json!({"type": "null"}),
            Form::Boolean => json!({"type": "boolean"}),
            Form::Integer(width) => json!({"type": "integer", "format": width.format()}),
            Form::Number => json!({"type": "number", "format": "double"}),
            Form::NumberAsWritten => json!({"type": "number", "format": AS_WRITTEN}),
            Form::String => json!({"type": "string"}),
            Form::Foreign(stand_in) => {
                let index = position(&mut self.foreign, stand_in.clone());
                json!({"type": "string", "format": foreign_name(index)})
            }
            Form::Names(names) => variants(names.len()),
            Form::Literals(values) => variants(values.len()),
            Form::Object(object) => self.object(object),
            Form::Map(part, _) => json!({"type": "object", "additionalProperties": self.form(&part.form)}),
            Form::List(part, _) => json!({"type": "array", "items": self.form(&part.form)}),
            Form::Tuple(parts) => {
                let items: Vec<_> = parts.iter().map(|part| self.form(&part.form)).collect();
                json!({"type": "array", "items": items, "minItems": parts.len(), "maxItems": parts.len()})
            }
            Form::Nullable(part) => json!({"oneOf": [self.form(&part.form), {"type": "null"}]}),
            Form::Union(union) => self.union(union),
            Form::Reference(id) => {
                let index = position(&mut self.references, *id);
                json!({"$ref": format!("#/definitions/{}", reference_name(index))})
            }
        }
    }

    /// All properties are required here: whether one may be absent is no part of its value's type.
    fn object(&mut self, object: &Object) -> Value {
        let mut properties = Map::new();
        for (index, property) in
            object.properties.iter().enumerate().filter(|(_, property)| property.tag.is_none())
        {
            properties.insert(property_name(index), self.form(&property.schema.form));
        }
        if let Rest::Kept(part) = &object.rest {
            properties.insert(
                REST.into(),
                json!({
                    "type": "object",
                    "additionalProperties": self.form(&part.form),
                }),
            );
        }
        let required: Vec<_> = properties.keys().cloned().collect();
        json!({"type": "object", "properties": properties, "required": required})
    }

    /// typify names a variant after its title.
    fn union(&mut self, union: &Union) -> Value {
        let branches = union.branches.iter().enumerate().map(|(index, branch)| {
            let lowered = self.form(&branch.schema.form);
            let title = json!({"title": variant_name(index)});
            match (lowered, title) {
                (Value::Object(mut schema), Value::Object(title)) => {
                    schema.extend(title);
                    Value::Object(schema)
                }
                (_, title) => title,
            }
        });
        json!({"oneOf": branches.collect::<Vec<_>>()})
    }
}

fn variants(count: usize) -> Value {
    json!({"type": "string", "enum": (0..count).map(variant_name).collect::<Vec<_>>()})
}

/// The index of `item` in `list`, where it is put if it is new.
fn position<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}
