//! Strings, numbers, constants.

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::maker::{Keywords, Maker, keywords_of};

/// Patterns, for which instances are found among a few words.
const PATTERNS: [&str; 6] = ["^a", "^[a-z]+$", "b$", "^$", "^\\d+$", "a|b"];

impl Maker<'_> {
    pub(super) fn scalar(&mut self) -> Value {
        match self.dice.below(12) {
            0..=3 => self.string(),
            4..=6 => self.number("integer"),
            7..=9 => self.number("number"),
            10 => json!({"type": "boolean"}),
            _ => json!({"type": "null"}),
        }
    }

    pub(super) fn string(&mut self) -> Value {
        let mut keywords = keywords_of(json!({"type": "string"}));
        match self.dice.below(9) {
            0 => _ = keywords.insert("minLength".into(), self.dice.one(&[1, 2]).into()),
            1 => _ = keywords.insert("maxLength".into(), self.dice.one(&[0, 1, 3]).into()),
            2 => _ = keywords.insert("pattern".into(), self.dice.one(&PATTERNS).into()),
            3 => {
                let format = self.dice.one(&["date-time", "uuid", "email", "path", "int32", "x"]);
                keywords.insert("format".into(), format.into());
            }
            4 => {
                let values = self.dice.one(&[json!(["a", "b"]), json!(["a", "B", ""])]);
                keywords.insert("enum".into(), values);
            }
            _ => {}
        }
        Value::Object(keywords)
    }

    pub(super) fn number(&mut self, kind: &str) -> Value {
        let mut keywords = keywords_of(json!({"type": kind}));
        if self.dice.percent(35) {
            self.bounds(&mut keywords);
        }
        if self.dice.percent(5) {
            keywords.insert("format".into(), self.dice.one(&["int32", "int64", "double", "uint8"]).into());
        }
        Value::Object(keywords)
    }

    pub(super) fn bounds(&mut self, keywords: &mut Keywords) {
        let lower = self.dice.one(&[json!(0), json!(1), json!(-1), json!(0.5), json!(1.0)]);
        let upper = self.dice.one(&[json!(5), json!(2), json!(255), json!(4.5), json!(5.0)]);
        let is_flag = self.dialect == Dialect::Draft4;
        for (name, exclusive, bound) in
            [("minimum", "exclusiveMinimum", lower), ("maximum", "exclusiveMaximum", upper)]
        {
            match self.dice.below(4) {
                0 => _ = keywords.insert(name.into(), bound),
                1 if is_flag => {
                    keywords.insert(name.into(), bound);
                    keywords.insert(exclusive.into(), self.dice.percent(70).into());
                }
                1 => _ = keywords.insert(exclusive.into(), bound),
                _ => {}
            }
        }
        if self.dice.percent(15) {
            keywords
                .insert("multipleOf".into(), self.dice.one(&[json!(2), json!(0.5), json!(1), json!(0.1)]));
        }
    }

    /// `const` or `enum`, of anything, also beside a type that has none of it.
    pub(super) fn literals(&mut self) -> Value {
        let mut keywords = Keywords::new();
        if self.dice.percent(15) {
            keywords.insert("type".into(), self.dice.one(&["string", "integer", "object", "array"]).into());
        }
        if self.has(Dialect::Draft6) && self.dice.percent(40) {
            keywords.insert("const".into(), self.literal());
            return Value::Object(keywords);
        }
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..=self.dice.below(3) {
            let value = self.literal();
            // Numbers that are written otherwise are the same to the meta-schema.
            let is_new = |known: &Value| {
                *known != value && (known.as_f64().is_none() || known.as_f64() != value.as_f64())
            };
            if values.iter().all(is_new) {
                values.push(value);
            }
        }
        keywords.insert("enum".into(), Value::Array(values));
        Value::Object(keywords)
    }

    /// Any small value.
    pub(super) fn literal(&mut self) -> Value {
        let (a, b) = (self.name(), self.name());
        match self.dice.below(20) {
            0 | 1 => Value::Null,
            2 => json!(true),
            3 => json!(false),
            4 | 5 => json!(0),
            6 | 7 => json!(1),
            8 => json!(5.0),
            9 => json!(1.5),
            10..=12 => json!("a"),
            13 => json!("b"),
            14 => json!([]),
            15 => json!([1, "a"]),
            16 => json!({}),
            17 => json!({a: 1}),
            18 => json!({a: 1.0, b: "a"}),
            _ => json!({a: {b: []}}),
        }
    }

    /// Several types, with keywords for each.
    pub(super) fn types(&mut self) -> Value {
        let all = ["object", "array", "string", "integer", "number", "boolean", "null"];
        let types = self.dice.some(&all, 1);
        let mut keywords = Keywords::new();
        if self.dice.percent(75) {
            keywords.insert("type".into(), json!(types));
        }
        let says = |name: &str| types.contains(&name);
        if says("string") && self.dice.percent(40) {
            keywords.insert("minLength".into(), json!(1));
        }
        if (says("integer") || says("number")) && self.dice.percent(40) {
            self.bounds(&mut keywords);
        }
        if says("array") && self.dice.percent(50) {
            keywords.insert("items".into(), self.schema(true));
        }
        if says("object") && self.dice.percent(60) {
            let mut properties = Keywords::new();
            for name in self.some_names(1) {
                properties.insert(name.into(), self.schema(true));
            }
            keywords.insert("properties".into(), Value::Object(properties));
        }
        Value::Object(keywords)
    }
}
