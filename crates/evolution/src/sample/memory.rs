//! What makers of instances know from one to the next.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::languages::Languages;
use super::matches::Matches;

/// What was asked of patterns, and of lists of schemas.
#[derive(Default)]
pub struct Memory {
    pub matches: Matches,
    pub languages: Languages,
    /// By the address of a list of schemas, what they require.
    required: HashMap<usize, Rc<HashSet<String>>>,
}

impl Memory {
    /// The names of all properties that schemas of a list require, as long as it is not moved.
    pub fn required_by(&mut self, schemas: &[Value]) -> Rc<HashSet<String>> {
        let of = |schema: &Value| -> Vec<String> {
            let listed = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            listed.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let known = self.required.entry(schemas.as_ptr().addr());
        Rc::clone(known.or_insert_with(|| Rc::new(schemas.iter().flat_map(of).collect())))
    }
}
