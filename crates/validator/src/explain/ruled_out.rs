//! What `not` rules out, in words.

use isomorph_json::{Kind, TapeNode};
use jsonschema::ValidationError;
use serde_json::Value;

use super::explain::{Explainer, Spot, key_spot};
use super::message::{Found, alternatives, described, expected, shown, with_article};

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
        let found = Found { node: value, is_secret: self.is_secret(error) };
        let whole = || Spot { at: place.at.clone(), words: place.words.clone(), span: place.span.clone() };
        if let Some(name) = other_type(&ruled_out, value) {
            return Some((whole(), expected(with_article(name), found)));
        }
        let names = absent(&ruled_out, value);
        if let [name] = names.as_slice() {
            let located = self.locator.locate(&place.at)?;
            let words = format!("the property `{}` must not be there", shown(name));
            return Some((key_spot(&place.at, &located, name), words));
        }
        let words = if names.is_empty() {
            in_words(&ruled_out, found)?
        } else {
            let names: Vec<_> = names.iter().map(|name| format!("`{}`", shown(name))).collect();
            format!("the properties {} must not be there together", names.join(", "))
        };
        Some((whole(), words))
    }
}

/// The type that a value would have to be of, where what is ruled out is said of that type alone, and so accepts all others.
fn other_type(ruled_out: &Value, value: TapeNode) -> Option<&'static str> {
    let (keyword, _) = alone(ruled_out)?;
    let wanted = speaks_of(keyword)?;
    let found = match value.word().kind() {
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
        Kind::Null | Kind::False | Kind::True => "",
    };
    (found != wanted).then_some(wanted)
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

/// What a schema says of a value that it accepts, if one keyword says all of it.
fn in_words(ruled_out: &Value, found: Found) -> Option<String> {
    let (keyword, said) = alone(ruled_out)?;
    if found.is_secret && ["const", "enum", "properties"].contains(&keyword) {
        return None;
    }
    if let ("properties", Value::Object(properties)) = (keyword, said) {
        let mut properties = properties.iter();
        let ((name, property), None) = (properties.next()?, properties.next()) else { return None };
        let (keyword, said) = alone(property)?;
        let must = must(keyword, said)?;
        let is_there = found.node.member(name).is_some();
        let must = if is_there { must } else { format!("must be there, and {must}") };
        return Some(format!("`{}` {must}", shown(name)));
    }
    let must = must(keyword, said)?;
    // Of what holds others no more is shown than that.
    let is_shown = !keyword.ends_with("Items") && !keyword.ends_with("Properties");
    Some(if is_shown { format!("{} {must}", described(found)) } else { must })
}

/// The keyword of a schema, if one says all of it: beside `properties` those are only required, and a `type` only says of what
/// the others speak.
fn alone(schema: &Value) -> Option<(&str, &Value)> {
    let keywords = schema.as_object()?;
    let properties = keywords.get("properties").and_then(Value::as_object);
    let says_nothing = |key: &str, said: &Value| match key {
        "$comment" | "description" | "title" => true,
        "required" => properties.is_some_and(|properties| {
            let required = said.as_array().into_iter().flatten();
            required.filter_map(Value::as_str).all(|name| properties.contains_key(name))
        }),
        "type" => keywords.keys().any(|other| speaks_of(other) == said.as_str() && said.is_string()),
        _ => false,
    };
    let mut says = keywords.iter().filter(|(key, said)| !says_nothing(key, said));
    let ((keyword, said), None) = (says.next()?, says.next()) else { return None };
    Some((keyword, said))
}

/// The type of which a keyword speaks alone.
fn speaks_of(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "properties" | "required" | "minProperties" | "maxProperties" => "object",
        "minItems" | "maxItems" => "array",
        "pattern" | "format" | "minLength" | "maxLength" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        _ => return None,
    })
}

/// What a value must not be that one keyword accepts.
fn must(keyword: &str, said: &Value) -> Option<String> {
    let few = |kind: &str, empty: &str| match said.as_u64()? {
        0 => None,
        1 => Some(empty.to_owned()),
        count => Some(format!("must have fewer than {count} {kind}")),
    };
    let many = |kind: (&str, &str)| {
        let count = said.as_u64()?;
        Some(format!("must have more than {count} {}", if count == 1 { kind.0 } else { kind.1 }))
    };
    Some(match (keyword, said) {
        ("const", value) => format!("must not be {}", shown(&value.to_string())),
        ("enum", Value::Array(values)) => {
            let values: Vec<_> = values.iter().take(LISTED).map(|value| shown(&value.to_string())).collect();
            format!("must be none of {}", values.join(", "))
        }
        ("type", Value::String(name)) => format!("must not be {}", with_article(name)),
        ("type", Value::Array(names)) => {
            let names: Vec<_> = names.iter().filter_map(Value::as_str).map(with_article).collect();
            format!("must not be {}", alternatives(&names))
        }
        ("pattern", Value::String(pattern)) => format!("must not match `{}`", shown(pattern)),
        ("format", Value::String(format)) => format!("must be no `{}`", shown(format)),
        ("multipleOf", Value::Number(divisor)) => format!("must be no multiple of {divisor}"),
        ("minimum", Value::Number(bound)) => format!("must be less than {bound}"),
        ("maximum", Value::Number(bound)) => format!("must be more than {bound}"),
        ("exclusiveMinimum", Value::Number(bound)) => format!("must be at most {bound}"),
        ("exclusiveMaximum", Value::Number(bound)) => format!("must be at least {bound}"),
        ("minLength", _) if said.as_u64()? > 1 => format!("must be shorter than {said} characters"),
        ("minLength", _) if said.as_u64()? == 1 => "must be empty".to_owned(),
        ("maxLength", _) => {
            let plural = if said.as_u64()? == 1 { "" } else { "s" };
            format!("must be longer than {said} character{plural}")
        }
        ("minItems", _) => few("elements", "must have no elements")?,
        ("minProperties", _) => few("properties", "must have no properties")?,
        ("maxItems", _) => many(("element", "elements"))?,
        ("maxProperties", _) => many(("property", "properties"))?,
        _ => return None,
    })
}

/// How many values are listed.
const LISTED: usize = 12;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{alone, must};

    fn said(schema: &Value) -> Option<String> {
        let (keyword, said) = alone(schema)?;
        must(keyword, said)
    }

    #[test]
    fn what_one_keyword_says_is_told_the_other_way_round() {
        for (schema, expected) in [
            (json!({"minimum": 5}), "must be less than 5"),
            (json!({"type": "number", "minimum": 5}), "must be less than 5"),
            (json!({"exclusiveMinimum": 5}), "must be at most 5"),
            (json!({"maximum": 5}), "must be more than 5"),
            (json!({"exclusiveMaximum": 5}), "must be at least 5"),
            (json!({"type": "string", "minLength": 1}), "must be empty"),
            (json!({"minLength": 3}), "must be shorter than 3 characters"),
            (json!({"maxLength": 1}), "must be longer than 1 character"),
            (json!({"minItems": 1}), "must have no elements"),
            (json!({"minItems": 2}), "must have fewer than 2 elements"),
            (json!({"type": "object", "maxProperties": 1}), "must have more than 1 property"),
            (json!({"title": "a", "const": 1}), "must not be 1"),
        ] {
            assert_eq!(said(&schema).as_deref(), Some(expected), "{schema}");
        }
        for schema in [
            json!({"minimum": 1, "maximum": 2}),
            json!({"type": "object", "pattern": "a"}),
            json!({"not": {}}),
        ] {
            assert_eq!(said(&schema), None, "{schema}");
        }
    }

    #[test]
    fn what_is_only_required_because_it_is_spoken_of_says_nothing_else() {
        let both = json!({"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"]});
        assert_eq!(alone(&both).map(|(keyword, _)| keyword), Some("properties"));
        let more = json!({"properties": {"a": {"const": 1}}, "required": ["a", "b"]});
        assert!(alone(&more).is_none());
    }
}
