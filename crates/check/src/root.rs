use isomorph_json::{Pointer, escaped};
use isomorph_schema::Document;
use serde_json::Value;

use super::error::Error;

/// Where the schema stands that is meant in a document: the one of this name, or the whole. A document that only holds
/// schemas is none as a whole, unless it holds just one.
pub fn of(document: &Document, name: Option<&str>) -> Result<String, Error> {
    let Some(name) = name else {
        let only = document.holder.as_ref().map(|holder| holder.only()).transpose();
        let only =
            only.map_err(|message| Error::NoRoot { message: format!("{}: {message}", document.file) })?;
        return Ok(only.unwrap_or_default().as_str().to_owned());
    };
    let in_file = Pointer::parse(name.strip_prefix('#').unwrap_or(name));
    let located = in_file.map(|place| document.locate(&place));
    pointer(&document.root, located.as_ref().map_or(name, Pointer::as_str))
}

/// Where in a schema the definition `name` stands; `name` may be a pointer already.
pub fn pointer(schema: &Value, name: &str) -> Result<String, Error> {
    let plain = name.strip_prefix('#').unwrap_or(name);
    if plain.starts_with('/') && schema.pointer(plain).is_some() {
        return Ok(plain.to_owned());
    }
    let escaped = escaped(name);
    let places = ["$defs", "definitions"].map(|keyword| format!("/{keyword}/{escaped}"));
    if let Some(found) = places.into_iter().find(|place| schema.pointer(place).is_some()) {
        return Ok(found);
    }
    if schema.get("title").and_then(Value::as_str) == Some(name) {
        return Ok(String::new());
    }
    let definitions = ["$defs", "definitions"].iter().filter_map(|keyword| schema.get(keyword)?.as_object());
    let known: Vec<_> = definitions.flat_map(|all| all.keys()).map(|name| format!("`{name}`")).collect();
    let known =
        if known.is_empty() { "it has none".to_owned() } else { format!("known are {}", known.join(", ")) };
    Err(Error::NoRoot { message: format!("the schema has no definition `{name}`; {known}") })
}

#[cfg(test)]
mod tests {
    use super::pointer;

    #[test]
    fn a_definition_is_found_by_its_name_or_pointer() {
        let schema = serde_json::json!({"title": "T", "$defs": {"a/b": {}}, "definitions": {"c": {}}});
        for (name, expected) in
            [("a/b", "/$defs/a~1b"), ("c", "/definitions/c"), ("T", ""), ("#/$defs/a~1b", "/$defs/a~1b")]
        {
            assert_eq!(pointer(&schema, name).ok().as_deref(), Some(expected));
        }
        assert!(pointer(&schema, "d").is_err_and(|error| error.to_string().contains("`c`")));
    }
}
