//! Objects.

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::maker::{Keywords, Maker, keywords_of};

impl Maker<'_> {
    pub(super) fn object(&mut self, steps: bool) -> Value {
        let mut keywords = Keywords::new();
        if self.dice.percent(80) {
            keywords.insert("type".into(), "object".into());
        }
        let names = self.some_names(1);
        let mut properties = Keywords::new();
        for name in &names {
            let schema = if self.dice.percent(3) { self.nothing() } else { self.schema(true) };
            properties.insert((*name).into(), schema);
        }
        keywords.insert("properties".into(), Value::Object(properties));
        if self.dice.percent(45) {
            let mut required = self.dice.some(&names, 1);
            if self.dice.percent(5) {
                required.push("q");
            }
            keywords.insert("required".into(), json!(required));
        }
        self.rest(&mut keywords);
        if self.dice.percent(10) {
            self.counts(&mut keywords);
        }
        if self.dice.percent(35) {
            self.condition(&mut keywords, &names, steps);
        }
        if self.dice.percent(8) {
            self.condition(&mut keywords, &names, steps);
        }
        Value::Object(keywords)
    }

    /// An object with properties of any name.
    pub(super) fn map(&mut self) -> Value {
        let mut keywords = keywords_of(json!({"type": "object"}));
        match self.dice.below(4) {
            0 => {
                let pattern = self.dice.one(&["^a", "^[a-z]$", "b", "^x-"]);
                keywords.insert("patternProperties".into(), json!({pattern: self.schema(true)}));
            }
            _ => _ = keywords.insert("additionalProperties".into(), self.schema(true)),
        }
        if self.dice.percent(20) {
            self.names_of_properties(&mut keywords);
        }
        if self.dice.percent(20) {
            self.counts(&mut keywords);
        }
        Value::Object(keywords)
    }

    /// What is said of properties that are not declared.
    fn rest(&mut self, keywords: &mut Keywords) {
        let keyword = if self.has(Dialect::Draft201909) && self.dice.percent(30) {
            "unevaluatedProperties"
        } else {
            "additionalProperties"
        };
        match self.dice.below(20) {
            0..=3 => _ = keywords.insert(keyword.into(), false.into()),
            4 => _ = keywords.insert(keyword.into(), self.dice.one(&[json!(true), json!({})])),
            5 | 6 => _ = keywords.insert(keyword.into(), self.schema(true)),
            7 => {
                let pattern = self.dice.one(&["^x-", "^a", "c$"]);
                keywords.insert("patternProperties".into(), json!({pattern: self.schema(true)}));
            }
            8 => self.names_of_properties(keywords),
            _ => {}
        }
    }

    pub(super) fn counts(&mut self, keywords: &mut Keywords) {
        if self.dice.percent(70) {
            keywords.insert("minProperties".into(), self.dice.one(&[1, 1, 2]).into());
        } else {
            keywords.insert("maxProperties".into(), self.dice.one(&[0, 1, 2]).into());
        }
    }

    pub(super) fn names_of_properties(&mut self, keywords: &mut Keywords) {
        if self.has(Dialect::Draft6) {
            let names = self.some_names(1);
            let said = [json!({"enum": names}), json!({"pattern": "^[a-z]$"}), json!({"maxLength": 1})];
            keywords.insert("propertyNames".into(), self.dice.one(&said));
        }
    }
}
