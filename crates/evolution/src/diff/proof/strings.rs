//! What patterns and lengths say of strings together.

use serde_json::Value;

use super::here::Layer;
use crate::language::{Language, implies};
use crate::sample::count;

/// The strings that satisfy all layers, but for more than these keywords say.
pub struct Strings<'l> {
    patterns: Vec<&'l str>,
    least: usize,
    most: usize,
}

impl<'l> Strings<'l> {
    /// Those of the layers; `None` where no pattern says anything of them.
    pub fn of(layers: &'l [Layer]) -> Option<Self> {
        let strings = Self::any(layers);
        (!strings.patterns.is_empty()).then_some(strings)
    }

    /// Those of the layers.
    pub fn any(layers: &'l [Layer]) -> Self {
        let said = |keyword: &'static str| layers.iter().filter_map(move |(_, layer)| layer.get(keyword));
        let number = |value: &Value| value.as_f64().map(count);
        Self {
            patterns: said("pattern").filter_map(Value::as_str).collect(),
            least: said("minLength").filter_map(number).max().unwrap_or(0),
            most: said("maxLength").filter_map(number).min().unwrap_or(usize::MAX),
        }
    }

    /// Those of them that have at least and at most so many characters; `None` where that is beyond automata.
    pub fn language(&self, least: usize, most: usize) -> Option<Language> {
        Language::new(&self.patterns, &[], self.least.max(least), self.most.min(most))
    }

    /// Whether it is known that there is none.
    pub fn are_none(&self) -> bool {
        self.are_none_of(0, usize::MAX)
    }

    /// Whether it is known that none has so many characters.
    pub fn are_none_of(&self, least: usize, most: usize) -> bool {
        self.least.max(least) > self.most.min(most)
            || self.language(least, most).is_some_and(|language| language.is_empty())
    }

    /// Whether all are known to match a pattern.
    pub fn match_also(&self, pattern: &str) -> bool {
        implies(&self.patterns, self.least, self.most, pattern)
    }
}
