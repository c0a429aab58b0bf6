//! References as URIs have them.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// What the fragment of a URI may not hold as it is (RFC 3986, section 3.5).
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A pointer as the fragment of a URI (RFC 6901, section 6).
pub fn encoded(pointer: &str) -> String {
    utf8_percent_encode(pointer, FRAGMENT).to_string()
}

/// The pointer that the fragment of a URI stands for.
pub fn decoded(fragment: &str) -> String {
    percent_decode_str(fragment).decode_utf8_lossy().into_owned()
}

/// Encodes what no URI may contain in the references of a schema: `#/definitions/Of<T>` is meant, and
/// written, but is no URI.
pub fn encode_references(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && reference.contains(|c: char| !c.is_ascii_graphic() || "<>\"{}|\\^`[]".contains(c))
            {
                let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
                let fragment = encoded(fragment).replace("%25", "%");
                *reference = format!("{document}#{fragment}");
            }
            members.values_mut().for_each(encode_references);
        }
        Value::Array(elements) => elements.iter_mut().for_each(encode_references),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{decoded, encode_references, encoded};

    #[test]
    fn what_no_uri_may_hold_is_encoded_and_the_rest_is_left() {
        let (pointer, fragment) = ("/$defs/a~1b/Of<T>%/ü", "/$defs/a~1b/Of%3CT%3E%25/%C3%BC");
        assert_eq!((encoded(pointer), decoded(fragment)), (fragment.to_owned(), pointer.to_owned()));
    }

    #[test]
    fn references_that_are_uris_stay_as_they_are() {
        let mut schema = json!({"items": [{"$ref": "#/definitions/Of<T>"}, {"$ref": "a.json#/a%20b"}]});
        encode_references(&mut schema);
        assert_eq!(
            schema,
            json!({"items": [{"$ref": "#/definitions/Of%3CT%3E"}, {"$ref": "a.json#/a%20b"}]})
        );
    }
}
