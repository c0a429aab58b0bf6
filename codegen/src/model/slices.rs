//! What a schema of several types says of some of them.

use isomorph_schema::{DEFINITIONS, Holds, Location, Types, bound_by, held_by};
use serde_json::Value;

use super::builder::Builder;
use super::position::Position;

impl Builder<'_> {
    /// The schema of a definition, less the definitions in it, and less the types that it is not for.
    /// `is_rest` says that it is a union beside `null`.
    pub(super) fn source_of(&self, position: &Position, is_slice: bool, is_rest: bool) -> Value {
        let mut schema = self.less_definitions(&position.location);
        if is_slice {
            self.keep_slice(&mut schema, position, is_rest);
            return schema;
        }
        let lists_others = |values: &Value| {
            let mut values = values.as_array().into_iter().flatten();
            values.any(|value| !Types::of(value).meets(position.types))
        };
        if schema.get("type").is_none() && schema.get("enum").is_some_and(lists_others) {
            self.keep_slice(&mut schema, position, false);
            return schema;
        }
        if position.types != Types::ALL
            && let Some(named) = schema.get("type").map(Types::named)
            && let [only] = named.intersection(position.types).each().as_slice()
            // What its own type rules out is the author's to say.
            && *only != named
        {
            schema["type"] = only.name().to_lowercase().into();
            if let Some(Value::Array(values)) = schema.get_mut("enum") {
                values.retain(|value| Types::of(value).meets(*only));
            }
        }
        schema
    }

    /// A schema without the definitions that it carries. What stands beside them and is none, in a dialect that does
    /// not have the keyword, stays.
    fn less_definitions(&self, location: &Location) -> Value {
        let mut schema = self.schema(location).clone();
        let dialect = self.documents[location.document].dialect;
        let is_alone = dialect.reference_stands_alone() && schema.get("$ref").is_some();
        let Value::Object(keywords) = &mut schema else { return schema };
        for keyword in DEFINITIONS {
            let at = location.join(keyword);
            let Some(Value::Object(members)) = keywords.get_mut(keyword) else { continue };
            let holds_them = held_by(keyword, dialect) != Holds::Nothing && !is_alone;
            members.retain(|name, _| !(holds_them || self.at.contains_key(&at.join(name))));
            if members.is_empty() {
                keywords.shift_remove(keyword);
            }
        }
        schema
    }

    /// Whether the schema at a position is a union of `null` and of others, and the position is not for `null`.
    pub(super) fn is_beside_null(&self, position: &Position) -> bool {
        let branches = |keyword| self.schema(&position.location).get(keyword).and_then(Value::as_array);
        let mut unions = ["anyOf", "oneOf"].into_iter().filter_map(branches);
        let names_null = self.schema(&position.location).get("type").is_some_and(|named| {
            let named = Types::named(named);
            named.meets(Types::NULL) && named != Types::ALL
        });
        !position.types.meets(Types::NULL)
            && (names_null || unions.any(|branches| branches.len() > 2 && branches.iter().any(is_null)))
    }

    /// Keeps of a schema of several types what it says of some: their type, or the branches of a union, and the
    /// keywords that bind no other.
    fn keep_slice(&self, schema: &mut Value, position: &Position, is_rest: bool) {
        let dialect = self.documents[position.location.document].dialect;
        let own = position.types;
        let (Value::Object(keywords), each) = (schema, own.each()) else { return };
        if !is_rest && each.len() != 1 {
            return;
        }
        keywords.retain(|keyword, value| match (keyword.as_str(), value) {
            ("enum", Value::Array(values)) => {
                values.retain(|value| Types::of(value).meets(own));
                true
            }
            ("type", Value::Array(names)) if is_rest => {
                names.retain(|name| name != "null");
                true
            }
            ("anyOf" | "oneOf", Value::Array(branches)) if is_rest => {
                branches.retain(|branch| !is_null(branch));
                true
            }
            (keyword, _) => {
                let bound = bound_by(keyword, dialect);
                bound != Types::ALL && bound.meets(own)
            }
        });
        if let ([only], false) = (each.as_slice(), is_rest) {
            keywords.insert("type".into(), only.name().to_lowercase().into());
        }
    }
}

/// Whether a schema is the one of `null`.
pub fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null")
}
