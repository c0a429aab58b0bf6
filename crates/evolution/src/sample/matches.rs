//! Whether names match patterns, as the validator sees it.

use std::collections::HashMap;

use jsonschema::Validator;

/// The patterns that were asked for.
#[derive(Default)]
pub struct Matches {
    known: HashMap<String, Option<Validator>>,
}

impl Matches {
    /// Whether `name` matches `pattern`.
    pub fn matches(&mut self, pattern: &str, name: &str) -> bool {
        if !self.known.contains_key(pattern) {
            let judge = isomorph_validator::judges_by_pattern(pattern);
            self.known.insert(pattern.to_owned(), judge);
        }
        let judge = self.known.get(pattern).and_then(Option::as_ref);
        judge.is_some_and(|judge| judge.is_valid(&name.into()))
    }
}
