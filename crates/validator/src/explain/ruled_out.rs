//! What `not` rules out, in words.

use isomorph_json::TapeNode;
use jsonschema::ValidationError;
use serde_json::Value;

use super::explain::{Explainer, Spot, key_spot};
use super::message::{Found, alternatives, described, shown, with_article};

impl<'a> Explainer<'a> {
    /// Says what of a value `not` rules out, and where in it; gives nothing if there are no words for it.
    pub(super) fn ruled_out(
        &mut self,
        error: &ValidationError,
        place: &Spot,
        value: TapeNode<'a>,
    ) -> Option<(Spot, String)> {
        let (index, pointer) = self.keyword_location(error)?;
        let files = self.schema.files();
        let ruled_out = files.followed(index, files.subschema(index, &pointer)?).clone();
        let is_secret = self.is_secret(error);
        let names = absent(&ruled_out, value);
        if let [name] = names.as_slice() {
            let located = self.locator.locate(&place.at)?;
            let words = format!("the property `{}` must not be there", shown(name));
            return Some((key_spot(&place.at, &located, name), words));
        }
        let words = if names.is_empty() {
            in_words(&ruled_out, Found { node: value, is_secret })?
        } else {
            let names: Vec<_> = names.iter().map(|name| format!("`{}`", shown(name))).collect();
            format!("the properties {} must not be there together", names.join(", "))
        };
        Some((Spot { at: place.at.clone(), words: place.words.clone(), span: place.span.clone() }, words))
    }
}

/// The properties whose presence alone is ruled out: all of them together, or one of those of which none may be there.
fn absent(ruled_out: &Value, value: TapeNode) -> Vec<String> {
    let only = |schema: &Value, keyword: &str| {
        let keywords = schema.as_object()?;
        let others =
            keywords.iter().filter(|(key, one)| *key != keyword && !(*key == "type" && **one == "object"));
        (others.count() == 0).then(|| keywords.get(keyword)?.as_array().cloned())?
    };
    let required = |schema: &Value| -> Option<Vec<String>> {
        only(schema, "required")?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
    };
    if let Some(names) = required(ruled_out) {
        return names;
    }
    let branches: Option<Vec<_>> =
        only(ruled_out, "anyOf").and_then(|all| all.iter().map(required).collect());
    let is_there = |names: &Vec<String>| names.iter().all(|name| value.member(name).is_some());
    branches.into_iter().flatten().find(is_there).unwrap_or_default()
}

/// What a schema of one keyword says of a value that it accepts.
fn in_words(ruled_out: &Value, found: Found) -> Option<String> {
    let keywords = ruled_out.as_object()?;
    let mut asserted =
        keywords.iter().filter(|(key, _)| !["$comment", "description", "title"].contains(&key.as_str()));
    let ((keyword, said), None) = (asserted.next()?, asserted.next()) else { return None };
    let (is_secret, found) = (found.is_secret, described(found));
    Some(match (keyword.as_str(), said) {
        ("const" | "enum" | "properties", _) if is_secret => return None,
        ("const", value) => format!("{found} must not be {}", shown(&value.to_string())),
        ("enum", Value::Array(values)) => {
            let values: Vec<_> = values.iter().take(LISTED).map(|value| shown(&value.to_string())).collect();
            format!("{found} must be none of {}", values.join(", "))
        }
        ("type", Value::String(name)) => format!("{found} must not be {}", with_article(name)),
        ("type", Value::Array(names)) => {
            let names: Vec<_> = names.iter().filter_map(Value::as_str).map(with_article).collect();
            format!("{found} must not be {}", alternatives(&names))
        }
        ("pattern", Value::String(pattern)) => format!("{found} must not match `{}`", shown(pattern)),
        ("format", Value::String(format)) => format!("{found} must be no `{}`", shown(format)),
        ("multipleOf", Value::Number(divisor)) => format!("{found} must be no multiple of {divisor}"),
        ("properties", Value::Object(properties)) => {
            let mut properties = properties.iter();
            let ((name, property), None) = (properties.next()?, properties.next()) else { return None };
            format!("`{}` must not be {}", shown(name), shown(&property.get("const")?.to_string()))
        }
        _ => return None,
    })
}

/// How many values are listed.
const LISTED: usize = 12;
