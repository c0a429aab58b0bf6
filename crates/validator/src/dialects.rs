//! What dialects are called.

use serde_json::Value;

/// The dialects of the specification, as validators call them.
const DIALECTS: [(&str, &str); 5] = [
    ("draft-04", "http://json-schema.org/draft-04/schema#"),
    ("draft-06", "http://json-schema.org/draft-06/schema#"),
    ("draft-07", "http://json-schema.org/draft-07/schema#"),
    ("draft/2019-09", "https://json-schema.org/draft/2019-09/schema"),
    ("draft/2020-12", LATEST),
];

/// The newest of them.
const LATEST: &str = "https://json-schema.org/draft/2020-12/schema";

/// The vocabulary by which formats assert.
const ASSERTS_FORMATS: &str = "https://json-schema.org/draft/2020-12/vocab/format-assertion";

/// The dialect that a `$schema` names, as validators call it: with or without `#`, by http or https; that of a hyper-schema,
/// which says nothing more about instances; and the base dialect of OpenAPI 3.1 and 3.2, which only annotates more. `None` if
/// it is not known.
pub fn known_dialect(uri: &str) -> Option<&'static str> {
    let name = uri.trim_end_matches('#');
    let name = name.strip_prefix("https://").or_else(|| name.strip_prefix("http://"))?;
    if let Some(version) = name.strip_prefix("spec.openapis.org/oas/") {
        let (version, dialect) = version.split_once("/dialect/")?;
        return (["3.1", "3.2"].contains(&version) && !dialect.is_empty()).then_some(LATEST);
    }
    let name = name.strip_prefix("json-schema.org/")?;
    if name == "schema" {
        return Some(LATEST);
    }
    let version = name.strip_suffix("/schema").or_else(|| name.strip_suffix("/hyper-schema"))?;
    DIALECTS.iter().find(|(known, _)| *known == version).map(|(_, uri)| *uri)
}

/// Whether the formats of some schemas assert: one of them is a meta-schema that says so.
pub fn asserts_formats(documents: &[(String, Value)]) -> bool {
    let says_so =
        |root: &Value| root.get("$vocabulary").is_some_and(|all| all.get(ASSERTS_FORMATS).is_some());
    documents.iter().any(|(_, root)| says_so(root))
}

/// Whether some schemas assert anything of numbers: none of them is a meta-schema that leaves the vocabulary out which does.
pub fn asserts_numbers(documents: &[(String, Value)]) -> bool {
    let leaves_out = |root: &Value| {
        let vocabularies = root.get("$vocabulary").and_then(Value::as_object);
        vocabularies.is_some_and(|all| !all.keys().any(|one| one.ends_with("/vocab/validation")))
    };
    !documents.iter().any(|(_, root)| leaves_out(root))
}

/// Has each schema name its dialect as validators call it: these are the dialects of those whose `$schema` is not known, and
/// is that of none of them.
pub fn name_dialects(documents: &mut [(String, Value)], dialects: &[&str]) {
    let is_here = |documents: &[(String, Value)], uri: &str| {
        let uri = uri.trim_end_matches('#');
        let has = |(own, root): &(String, Value)| {
            own == uri
                || root.get("$id").and_then(Value::as_str).is_some_and(|id| id.trim_end_matches('#') == uri)
        };
        documents.iter().any(has)
    };
    for (index, dialect) in dialects.iter().enumerate() {
        let named = documents.get(index).and_then(|(_, root)| root.get("$schema")).and_then(Value::as_str);
        let meant = match named {
            Some(named) => known_dialect(named).or((!is_here(documents, named)).then_some(*dialect)),
            None => Some(*dialect),
        };
        if let (Some(meant), Some((_, Value::Object(keywords)))) = (meant, documents.get_mut(index)) {
            keywords.insert("$schema".to_owned(), meant.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{known_dialect, name_dialects};

    #[test]
    fn a_dialect_is_known_by_every_name_that_it_has() {
        for (uri, expected) in [
            ("http://json-schema.org/schema#", "https://json-schema.org/draft/2020-12/schema"),
            ("https://json-schema.org/schema", "https://json-schema.org/draft/2020-12/schema"),
            ("https://json-schema.org/draft-07/schema", "http://json-schema.org/draft-07/schema#"),
            ("http://json-schema.org/draft-07/hyper-schema#", "http://json-schema.org/draft-07/schema#"),
            (
                "https://json-schema.org/draft/2019-09/hyper-schema",
                "https://json-schema.org/draft/2019-09/schema",
            ),
            ("http://json-schema.org/draft/2020-12/schema#", "https://json-schema.org/draft/2020-12/schema"),
            (
                "https://spec.openapis.org/oas/3.1/dialect/base",
                "https://json-schema.org/draft/2020-12/schema",
            ),
            (
                "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
                "https://json-schema.org/draft/2020-12/schema",
            ),
        ] {
            assert_eq!(known_dialect(uri), Some(expected), "{uri}");
        }
        for uri in [
            "http://json-schema.org/draft-03/schema#",
            "https://example.com/draft-07/schema",
            "https://spec.openapis.org/oas/3.0/dialect/base",
            "draft-07",
            "",
        ] {
            assert_eq!(known_dialect(uri), None, "{uri}");
        }
    }

    #[test]
    fn what_is_not_known_and_not_here_is_of_the_dialect_that_is_said() {
        let of = |uri: &str| ("isomorph:///a".to_owned(), json!({ "$schema": uri }));
        let mut documents =
            vec![of("https://example.com/m"), of("https://example.com/gone"), ("b".into(), json!({}))];
        documents.push((
            "c".to_owned(),
            json!({"$id": "https://example.com/m", "$schema": "http://json-schema.org/schema#"}),
        ));
        name_dialects(&mut documents, &["4", "6", "7", "2019"]);
        let named: Vec<_> =
            documents.iter().map(|(_, root)| root.get("$schema").and_then(Value::as_str)).collect();
        let latest = "https://json-schema.org/draft/2020-12/schema";
        assert_eq!(named, [Some("https://example.com/m"), Some("6"), Some("7"), Some(latest)]);
    }
}
