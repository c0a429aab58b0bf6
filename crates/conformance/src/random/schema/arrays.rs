//! Arrays.

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::maker::{Keywords, Maker};

impl Maker<'_> {
    pub(super) fn array(&mut self) -> Value {
        let mut keywords = Keywords::new();
        if self.dice.percent(85) {
            keywords.insert("type".into(), "array".into());
        }
        match self.dice.below(10) {
            0..=6 => _ = keywords.insert("items".into(), self.schema(true)),
            7 | 8 => self.tuple(&mut keywords),
            _ => {}
        }
        if self.dice.percent(20) {
            keywords.insert("uniqueItems".into(), self.dice.percent(85).into());
        }
        if self.dice.percent(15) {
            keywords.insert("minItems".into(), self.dice.one(&[1, 1, 2]).into());
        }
        if self.dice.percent(10) {
            keywords.insert("maxItems".into(), self.dice.one(&[0, 2, 3]).into());
        }
        if self.has(Dialect::Draft6) && self.dice.percent(15) {
            self.contains(&mut keywords);
        }
        if self.has(Dialect::Draft201909) && self.dice.percent(7) {
            let rest = if self.dice.percent(50) { Value::Bool(false) } else { self.schema(true) };
            keywords.insert("unevaluatedItems".into(), rest);
        }
        Value::Object(keywords)
    }

    fn tuple(&mut self, keywords: &mut Keywords) {
        let items = vec![self.schema(true), self.schema(true)];
        let (first, rest) = if self.dialect == Dialect::Draft202012 {
            ("prefixItems", "items")
        } else {
            ("items", "additionalItems")
        };
        keywords.insert(first.into(), Value::Array(items));
        match self.dice.below(3) {
            0 => _ = keywords.insert(rest.into(), json!(false)),
            1 => _ = keywords.insert(rest.into(), self.schema(true)),
            _ => {}
        }
    }

    pub(super) fn contains(&mut self, keywords: &mut Keywords) {
        let names = self.some_names(1);
        let contained = if self.dice.percent(50) { self.facet(&names) } else { self.schema(true) };
        keywords.insert("contains".into(), contained);
        if self.has(Dialect::Draft201909) {
            if self.dice.percent(25) {
                keywords.insert("minContains".into(), self.dice.one(&[0, 1, 2]).into());
            }
            if self.dice.percent(25) {
                keywords.insert("maxContains".into(), self.dice.one(&[1, 2]).into());
            }
        }
    }
}
