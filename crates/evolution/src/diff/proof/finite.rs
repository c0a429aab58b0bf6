//! Schemas that accept only a few values, each of which can be judged.

use isomorph_schema::{Types, listed};
use serde_json::{Value, json};

use super::here::Layer;
use super::strings::Strings;

/// How many values are few.
const FEW: usize = 1000;

/// All that the layers can accept together, if it is not much.
pub fn values(layers: &[Layer], types: Types) -> Option<Vec<Value>> {
    let mut listed = layers.iter().filter_map(|(_, layer)| listed(|keyword| layer.get(keyword)));
    let few = listed.find(|listed| listed.len() <= FEW).map(<[Value]>::to_vec);
    let few = few.or_else(|| layers.iter().find_map(|(_, layer)| of_types(layer.get("type")?)));
    few.or_else(|| if types == Types::STRING { matching(layers) } else { None })
}

/// The strings that patterns match, if they are few.
fn matching(layers: &[Layer]) -> Option<Vec<Value>> {
    let language = Strings::of(layers)?.language(0, usize::MAX)?;
    Some(language.all(FEW)?.into_iter().map(Value::from).collect())
}

fn of_types(types: &Value) -> Option<Vec<Value>> {
    let types = match types {
        Value::Array(several) => several.iter().collect(),
        one => vec![one],
    };
    let mut found = Vec::new();
    for one in types {
        match one.as_str()? {
            "null" => found.push(Value::Null),
            "boolean" => found.extend([json!(false), json!(true)]),
            _ => return None,
        }
    }
    Some(found)
}
