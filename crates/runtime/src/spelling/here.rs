//! Schemas that stand where they are used, and to which others refer there.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// What types say, by what they are and where references in it lead.
type Known = HashMap<(Cow<'static, str>, String), Schema>;

thread_local! {
    /// What types say that stand in what is being said: each is asked once, however many contain it.
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// `{"$ref": "#/$defs/Filter"}` → what the type says to which this reference leads; what stands beside the reference stays.
pub fn stands_here<T: JsonSchema>(reference: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if schema.get("$ref").is_none_or(|found| found != reference) {
            return;
        }
        let said = said::<T>(reference);
        let Some(said) = said.as_object() else { return };
        let keywords = schema.ensure_object();
        keywords.remove("$ref");
        for (keyword, value) in said {
            keywords.entry(keyword).or_insert_with(|| value.clone());
        }
    }
}

/// What a type says, with references like this one.
fn said<T: JsonSchema>(reference: &str) -> Schema {
    let definitions = reference.rsplit_once('/').map_or("#", |(path, _)| path);
    let key = (T::schema_id(), definitions.to_owned());
    if let Some(known) = KNOWN.with_borrow(|known| known.as_ref()?.get(&key).cloned()) {
        return known;
    }
    let is_outermost = KNOWN.with_borrow_mut(|known| {
        let is_outermost = known.is_none();
        known.get_or_insert_default();
        is_outermost
    });
    let mut settings = SchemaSettings::default();
    settings.definitions_path = definitions.trim_start_matches('#').to_owned().into();
    let said = T::json_schema(&mut SchemaGenerator::new(settings));
    KNOWN.with_borrow_mut(|known| match known {
        Some(known) if !is_outermost => drop(known.insert(key, said.clone())),
        known => *known = None,
    });
    said
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde_json::{Value, json};

    use super::stands_here;

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Node {
        kids: Vec<Node>,
    }

    #[test]
    fn a_reference_is_what_its_type_says_and_another_stays() {
        let after = |mut schema: Value| {
            stands_here::<Node>("#/definitions/Node")((&mut schema).try_into().expect("a schema"));
            schema
        };
        let node = json!({
            "type": "object",
            "title": "A node",
            "properties": {"kids": {"type": "array", "items": {"$ref": "#/definitions/Node"}}},
            "required": ["kids"],
        });
        assert_eq!(after(json!({"$ref": "#/definitions/Node", "title": "A node"})), node);
        for other in [json!({"$ref": "#/definitions/Other"}), json!({"type": "string"}), json!(true)] {
            assert_eq!(after(other.clone()), other);
        }
    }

    /// A type of which a field stands here, so many levels deep, and how often it is asked.
    macro_rules! chain {
        ($($name:ident: $next:ident,)+) => { $(
            struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    let mut next = generator.subschema_for::<$next>();
                    stands_here::<$next>(concat!("#/$defs/", stringify!($next)))(&mut next);
                    json!({"items": next}).try_into().expect("a schema")
                }
            }
        )+ };
    }

    chain! {
        A: B, B: C, C: D, D: E, E: F, F: G, G: H, H: I, I: J, J: K, K: L, L: M, M: N, N: O, O: P, P: Q, Q: R, R: S, S: T,
        T: U, U: V, V: W, W: X, X: Node,
    }

    #[test]
    fn what_stands_in_each_other_is_not_asked_ever_more_often() {
        let schema = schemars::SchemaGenerator::default().into_root_schema_for::<A>().to_value();
        assert_eq!(schema.pointer(&"/items".repeat(24)).expect("the last of them")["type"], "object");
    }
}
