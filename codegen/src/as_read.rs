//! The schemas as the types read them that keep unknown variants: wider by what those keep, as far as a schema says it in
//! place. Two versions can be compared by it: whether what is new in one survives the readers of the other.

use isomorph_schema::{Document, Types};
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::generator::{Generator, STACK};
use crate::model;
use crate::model::{Branch, Definition, Form, Holds, Model, Union};
use crate::settings::UnknownVariants;

impl Generator {
    /// The documents, with every schema of which an enum keeps unknown variants widened by those; `None` where none does.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read or used; see [`Error`].
    pub fn documents_as_read(&self) -> Result<Option<Vec<Document>>, Error> {
        if self.settings.unknown_variants == UnknownVariants::Refuse {
            return Ok(None);
        }
        let set = self.files.read(self.settings.dialect, self.settings.unresolved)?;
        let model = stacker::grow(STACK, || model::build(set.documents, &set.selected, &self.settings))?;
        let mut documents = self.documents()?;
        for definition in model.in_order().filter(|definition| definition.keeps_unknown) {
            for location in std::iter::once(&definition.location).chain(&definition.places) {
                let root = documents.get_mut(location.document).map(|document| &mut document.root);
                let schema = root.and_then(|root| root.pointer_mut(location.pointer.as_str()));
                if let Some(Value::Object(keywords)) = schema {
                    widen(keywords, definition, &model);
                }
            }
        }
        Ok(Some(documents))
    }
}

/// Lets in what the type of a schema keeps. Where that cannot be said beside its keywords it stays as it is.
fn widen(keywords: &mut Map<String, Value>, definition: &Definition, model: &Model) {
    match &definition.form {
        Form::Names(_) if definition.slice.is_none() => {
            let Some(listed) = keywords.remove("enum") else { return };
            // An `Option` may stand around it.
            let is_nullable = listed.as_array().is_some_and(|listed| listed.contains(&Value::Null));
            let named = if is_nullable { json!(["string", "null"]) } else { "string".into() };
            keywords.entry("type").or_insert(named);
        }
        Form::Literals(_) => {
            keywords.remove("enum");
        }
        Form::Union(union) => {
            let Some(kept) = kept(union, model) else { return };
            let branches = ["oneOf", "anyOf"].into_iter().find(|keyword| keywords.contains_key(*keyword));
            if let Some(Value::Array(branches)) = branches.and_then(|keyword| keywords.get_mut(keyword)) {
                branches.push(kept);
            }
        }
        _ => {}
    }
}

/// The schema of what none of the branches of a union is for, if that can be told at first sight.
fn kept(union: &Union, model: &Model) -> Option<Value> {
    if let Some(tag) = &union.tag {
        let tags: Option<Vec<_>> = union.branches.iter().map(|branch| branch.tags.as_ref()).collect();
        let tags: Vec<_> = tags?.into_iter().flatten().collect();
        let is_told =
            union.branches.iter().all(|branch| branch.tag_required && branch.types == Types::OBJECT);
        let other = json!({"type": "string", "not": {"enum": tags}});
        let schema = json!({"type": "object", "required": [tag], "properties": {tag: other}});
        return is_told.then_some(schema);
    }
    let known: Option<Vec<_>> = union.branches.iter().map(|branch| at_first_sight(branch, model)).collect();
    Some(json!({"not": {"anyOf": known?}}))
}

/// What a value is to be at first sight to be a branch's.
fn at_first_sight(branch: &Branch, model: &Model) -> Option<Value> {
    match (branch.holds, &branch.tags) {
        (_, Some(_)) => None,
        (Holds::Units(id), _) => match &model.definition(id).form {
            Form::Names(names) => Some(json!({"enum": names})),
            _ => None,
        },
        (Holds::Content(id, _), _) => match &model.definition(id).form {
            Form::Object(object) => {
                let names: Vec<_> = object.fields().map(|property| &property.name).collect();
                Some(json!({"type": "object", "required": names}))
            }
            _ => None,
        },
        _ if branch.types == Types::ALL => None,
        _ => {
            let word =
                |name: &&str| if *name == "FRACTION" { "number".to_owned() } else { name.to_lowercase() };
            let types: Vec<_> = branch.types.names().iter().map(word).collect();
            Some(json!({"type": types}))
        }
    }
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;
    use serde_json::{Value, json};

    use crate::{Generator, UnknownVariants};

    fn as_read(schema: &Value, unknown_variants: UnknownVariants) -> Option<Value> {
        let mut generator = Generator::new();
        let text = schema.to_string().into_bytes();
        generator
            .source(Source { file: "a.json".into(), uri: None, text })
            .unknown_variants(unknown_variants);
        let documents = generator.documents_as_read().expect("a schema");
        documents.map(|documents| documents[0].root.clone())
    }

    #[test]
    fn schemas_are_wider_by_what_is_kept_and_by_nothing_else() {
        let object = |tag: &str| json!({"type": "object", "properties": {"kind": {"const": tag}, "n": {"type": "integer"}}, "required": ["kind"]});
        let schema = json!({"type": "object", "properties": {
            "status": {"enum": ["a", "b"], "maxLength": 3},
            "maybe": {"enum": ["a", "b", null]},
            "level": {"enum": [1, "auto"]},
            "one": {"const": "a"},
            "event": {"oneOf": [object("made"), object("gone")]},
            "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            "way": {"oneOf": [{"const": "auto"}, {"type": "object", "properties": {"exact": {"type": "integer"}},
                "required": ["exact"], "additionalProperties": false}]}}});
        assert_eq!(as_read(&schema, UnknownVariants::Refuse), None);
        let widened = as_read(&schema, UnknownVariants::Keep).expect("it is wider");
        let validator = jsonschema::validator_for(&widened).expect("a schema");
        for (name, kept, refused) in [
            ("status", json!(["a", "c"]), json!([1, "long"])),
            ("maybe", json!(["a", "c", null]), json!([1])),
            ("level", json!([1, 2, "auto", "other", [1]]), json!([])),
            ("one", json!(["a"]), json!(["b"])),
            (
                "event",
                json!([{"kind": "made"}, {"kind": "moved", "n": "a"}]),
                json!([{"kind": "made", "n": "a"}, {}, 1]),
            ),
            ("either", json!(["a", 1, true, [1], 1.5]), json!([])),
            ("way", json!(["auto", "other", {"exact": 1}, {"about": 1}, 3]), json!([{"exact": "a"}])),
        ] {
            for (values, expected) in [(kept, true), (refused, false)] {
                for value in values.as_array().expect("a list") {
                    let verdict = validator.is_valid(&json!({name: value}));
                    assert_eq!(verdict, expected, "{name}: {value} under {widened}");
                }
            }
        }
    }
}
