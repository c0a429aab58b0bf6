//! Which types the instances of schemas can have. Branches of unions are gone through without recursion, however deep they
//! lie in each other, so that what a schema's types are does not depend on which was asked for first.

use std::collections::HashSet;

use isomorph_schema::{Dialect, Location, Types};
use serde_json::Value;

use super::builder::Builder;
use super::layers::{Layer, collect};
use crate::error::Error;

/// A schema whose branches are looked at.
struct Open {
    location: Location,
    dialect: Dialect,
    layers: Vec<Part>,
    /// The branches of all layers.
    branches: Vec<Location>,
    /// How many of them are known.
    known: usize,
}

/// What one layer says.
struct Part {
    own: Types,
    dialect: Dialect,
    /// The branches of each union.
    unions: Vec<Vec<Location>>,
}

impl Builder<'_> {
    /// The types that instances of a schema can have.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub(super) fn types_of(&self, location: &Location) -> Result<Types, Error> {
        if let Some(types) = self.types.borrow().get(location) {
            return Ok(*types);
        }
        let mut open = HashSet::from([location.clone()]);
        let mut work = vec![self.open(location)?];
        while let Some(last) = work.last_mut() {
            let Some(next) = last.branches.get(last.known).cloned() else {
                let types = self.closed(last);
                self.types.borrow_mut().insert(last.location.clone(), types);
                open.remove(&last.location);
                work.pop();
                continue;
            };
            last.known += 1;
            let is_known = self.types.borrow().contains_key(&next);
            if !is_known && open.insert(next.clone()) {
                work.push(self.open(&next)?);
            }
        }
        Ok(self.types.borrow().get(location).copied().unwrap_or(Types::ALL))
    }

    fn open(&self, location: &Location) -> Result<Open, Error> {
        let layers = collect(self.documents, &self.resolver, location)?;
        let dialect = self.documents[location.document].dialect;
        let never = Part { own: Types::NONE, dialect, unions: Vec::new() };
        let layers: Vec<_> = layers.all.iter().map(part).chain(layers.never.then_some(never)).collect();
        let branches = layers.iter().flat_map(|part| part.unions.iter().flatten().cloned()).collect();
        Ok(Open { location: location.clone(), dialect, layers, branches, known: 0 })
    }

    /// The types, once those of the branches are known.
    fn closed(&self, open: &Open) -> Types {
        let known = self.types.borrow();
        let of_union = |branches: &Vec<Location>| {
            let types = branches.iter().map(|branch| known.get(branch).copied().unwrap_or(Types::ALL));
            types.fold(Types::NONE, Types::union)
        };
        let of_part = |part: &Part| {
            let types = part.unions.iter().map(of_union).fold(part.own, Types::intersection);
            types.seen_from(part.dialect, open.dialect)
        };
        open.layers.iter().map(of_part).fold(Types::ALL, Types::intersection)
    }
}

fn part(layer: &Layer) -> Part {
    let of = |value: &Value| Types::of_equals(value, layer.dialect);
    let mut own = layer.get("type").map_or(Types::ALL, Types::named);
    if let Some(values) = layer.get("enum").and_then(Value::as_array) {
        own = own.intersection(values.iter().map(of).fold(Types::NONE, Types::union));
    }
    if let Some(value) = layer.get("const") {
        own = own.intersection(of(value));
    }
    let branches = |keyword: &str| {
        let count = layer.get(keyword)?.as_array()?.len();
        Some((0..count).map(|index| layer.location.join(keyword).join(index)).collect())
    };
    Part {
        own,
        dialect: layer.dialect,
        unions: ["anyOf", "oneOf"].into_iter().filter_map(branches).collect(),
    }
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;
    use serde_json::json;

    use crate::settings::Settings;

    /// What is made of the first of a chain of unions of one, which ends in a string, if one in the middle of it is asked
    /// for before.
    fn first_of_chain(before: Option<&str>) -> String {
        let mut schema = json!({"type": "object", "properties": {}, "$defs": {"D16": {"type": "string"}}});
        for name in before.into_iter().chain(["D0"]) {
            schema["properties"][name] =
                json!({"anyOf": [{"$ref": format!("#/$defs/{name}")}, {"type": "integer"}]});
        }
        for level in 0..16 {
            let next = json!({"anyOf": [{"$ref": format!("#/$defs/D{}", level + 1)}]});
            schema["$defs"][format!("D{level}")] = next;
        }
        let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let generated = crate::generate(&[source], &Settings::default(), "a.rs").expect("a valid schema");
        let text: String = generated.files.into_iter().map(|file| file.text).collect();
        let union = text.split("union! { IntegerOrD0: ").nth(1).unwrap_or_default();
        union.split(" }").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_made_of_a_chain_of_unions_does_not_depend_on_what_was_asked_for_before() {
        let alone = first_of_chain(None);
        assert!(alone.contains("STRING"), "{alone}");
        for before in ["D2", "D8", "D15"] {
            assert_eq!(first_of_chain(Some(before)), alone, "{before}");
        }
    }
}
