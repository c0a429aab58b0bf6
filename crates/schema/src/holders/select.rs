//! `discriminator` of OpenAPI 3.0: beside `oneOf` or `anyOf`, the value of a property selects the branch that judges. The
//! branches by themselves often accept the same instances, and `oneOf` none of these.

use isomorph_json::Pointer;
use serde_json::{Map, Value, json};

use super::found::{followed, pointer};

/// What says of a schema that it selects the branch beside it. The runtime, which knows no documents, spells it again.
pub const SELECTED: &str = "x-isomorph-selected";

/// Lets each branch accept the instances alone that the discriminator selects it for. Where the branches say so
/// themselves, and where one is no reference, nothing is done.
pub fn select(keywords: &mut Map<String, Value>, root: &Value) {
    let Some(selection) = Selection::of(keywords, root) else { return };
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = keywords.get(keyword) else { continue };
        let targets: Option<Vec<_>> = branches.iter().map(|branch| selection.target(branch)).collect();
        let Some(targets) = targets else { continue };
        if targets.iter().all(|target| selection.says(target, &selection.values(target), 0)) {
            continue;
        }
        let selected =
            branches.iter().zip(&targets).map(|(branch, target)| selection.selected(branch, target));
        let selected: Vec<_> = selected.collect();
        keywords.insert(keyword.to_owned(), selected.into());
    }
}

/// How deep what a branch says of the property may lie in references and `allOf`.
const DEEPEST: usize = 8;

struct Selection<'a> {
    root: &'a Value,
    property: String,
    /// The values, and the places that they select.
    mapping: Vec<(String, Pointer)>,
}

impl<'a> Selection<'a> {
    fn of(keywords: &Map<String, Value>, root: &'a Value) -> Option<Self> {
        let discriminator = keywords.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
        let mapping = mapping.filter_map(|(value, target)| {
            let target = target.as_str()?;
            let place = match target.strip_prefix('#') {
                Some(fragment) => pointer(fragment)?,
                None => named(target),
            };
            Some((value.clone(), place))
        });
        Some(Self { root, property, mapping: mapping.collect() })
    }

    /// Where a branch leads, if it is a reference into the document.
    fn target(&self, branch: &Value) -> Option<Pointer> {
        let target = pointer(branch.get("$ref")?.as_str()?.strip_prefix('#')?)?;
        target.find(self.root).map(|_| target)
    }

    /// The values that select a schema: those that are mapped to it, and its name, unless that is mapped elsewhere.
    fn values(&self, target: &Pointer) -> Vec<String> {
        let mapped = self.mapping.iter().filter(|(_, place)| place == target);
        let mut values: Vec<_> = mapped.map(|(value, _)| value.clone()).collect();
        let name = target.last();
        if *target == named(&name) && !self.mapping.iter().any(|(value, _)| *value == name) {
            values.push(name);
        }
        values
    }

    /// Whether a schema requires the property, and lets it have these values alone.
    fn says(&self, at: &Pointer, values: &[String], depth: usize) -> bool {
        let (mut requires, mut restricts) = (false, false);
        self.look(at, values, (&mut requires, &mut restricts), depth);
        requires && restricts
    }

    fn look(&self, at: &Pointer, values: &[String], found: (&mut bool, &mut bool), depth: usize) {
        let at = followed(self.root, at);
        let Some(schema) = at.find(self.root).filter(|_| depth < DEEPEST) else { return };
        let (requires, restricts) = found;
        let names = schema.get("required").and_then(Value::as_array);
        *requires |= names.is_some_and(|names| names.iter().any(|name| *name == *self.property));
        let property = at.join("properties").join(&self.property);
        let only =
            followed(self.root, &property).find(self.root).and_then(|schema| schema.get("enum")?.as_array());
        let is_selecting =
            |value: &Value| value.as_str().is_some_and(|value| values.iter().any(|one| one == value));
        *restricts |= only.is_some_and(|only| only.iter().all(is_selecting));
        let all = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..all {
            self.look(&at.join("allOf").join(index), values, (requires, restricts), depth + 1);
        }
    }

    /// A branch for what selects it alone.
    fn selected(&self, branch: &Value, target: &Pointer) -> Value {
        let values = self.values(target);
        let tag = if values.is_empty() { json!({"not": {}}) } else { json!({ "enum": values }) };
        let only = json!({
            "required": [self.property],
            "properties": { &self.property: tag },
            "type": "object",
            SELECTED: true
        });
        json!({ "allOf": [branch, only] })
    }
}

/// Where the schema stands that is called so.
fn named(name: &str) -> Pointer {
    Pointer::root().join("components").join("schemas").join(name)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::select;

    fn selected(pets: &Value, cat: &Value) -> Value {
        let root = json!({"components": {"schemas": {
            "Cat": cat,
            "Dog": {"allOf": [{"$ref": "#/components/schemas/Kind"}, {"required": ["kind"]}]},
            "Kind": {"properties": {"kind": {"type": "string", "enum": ["Dog"]}}}
        }}});
        let mut keywords = pets.as_object().expect("an object").clone();
        select(&mut keywords, &root);
        keywords.remove("oneOf").unwrap_or_default()
    }

    const CAT: &str = "#/components/schemas/Cat";
    const DOG: &str = "#/components/schemas/Dog";

    #[test]
    fn branches_are_selected_by_what_is_mapped_to_them_or_by_their_names() {
        let discriminator = json!({"propertyName": "kind", "mapping": {"cat": CAT, "tom": "Cat"}});
        let pets = json!({"oneOf": [{"$ref": CAT}, {"$ref": DOG}], "discriminator": discriminator});
        let found = selected(&pets, &json!({"type": "object"}));
        assert_eq!(found[0]["allOf"][0], json!({"$ref": CAT}));
        assert_eq!(found[0]["allOf"][1]["properties"]["kind"]["enum"], json!(["cat", "tom", "Cat"]));
        assert_eq!(found[1]["allOf"][1]["properties"]["kind"]["enum"], json!(["Dog"]));
    }

    #[test]
    fn branches_that_say_it_themselves_stay_as_they_are() {
        let discriminator = json!({"propertyName": "kind"});
        let pets = json!({"oneOf": [{"$ref": CAT}, {"$ref": DOG}], "discriminator": discriminator});
        let cat = json!({"required": ["kind"], "properties": {"kind": {"enum": ["Cat"]}}});
        assert_eq!(selected(&pets, &cat), pets["oneOf"]);
    }

    #[test]
    fn what_is_inline_is_selected_by_nothing() {
        let pets =
            json!({"oneOf": [{"$ref": CAT}, {"type": "object"}], "discriminator": {"propertyName": "kind"}});
        assert_eq!(selected(&pets, &json!({})), pets["oneOf"]);
        let alone = json!({"oneOf": [{"$ref": CAT}]});
        assert_eq!(selected(&alone, &json!({})), alone["oneOf"]);
    }
}
