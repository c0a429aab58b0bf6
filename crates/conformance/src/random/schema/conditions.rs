//! What binds an object only under a condition, over properties that it declares.

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::maker::{DEPTH, Keywords, Maker};

/// A keyword that holds conditional schemas.
#[derive(Clone, Copy)]
enum Condition {
    All,
    Any,
    One,
    Not,
    If,
    Then,
    Dependent,
    DependentNames,
}

impl Maker<'_> {
    /// Adds a keyword whose schemas bind under a condition. If it is not for a part, `steps` is not set.
    pub(super) fn condition(&mut self, keywords: &mut Keywords, names: &[&'static str], steps: bool) {
        let has_if = u32::from(self.has(Dialect::Draft7));
        let conditions = [
            (12, Condition::All),
            (22, Condition::Any),
            (16, Condition::One),
            (12, Condition::Not),
            (24 * has_if, Condition::If),
            (4 * has_if, Condition::Then),
            (14, Condition::Dependent),
            (8, Condition::DependentNames),
        ];
        let condition = self.dice.weighted(&conditions);
        self.depth += 1;
        match condition {
            Condition::All => _ = keywords.insert("allOf".into(), self.facets(names, 1, steps)),
            Condition::Any => _ = keywords.insert("anyOf".into(), self.facets(names, 2, steps)),
            Condition::One => _ = keywords.insert("oneOf".into(), self.facets(names, 2, steps)),
            Condition::Not => _ = keywords.insert("not".into(), self.facet(names)),
            Condition::If => {
                keywords.insert("if".into(), self.facet(names));
                let branches = self.dice.one(&[&["then"] as &[_], &["else"], &["then", "else"], &["then"]]);
                for branch in branches {
                    keywords.insert((*branch).into(), self.facet(names));
                }
            }
            Condition::Then => {
                let branch = self.dice.one(&["then", "else"]);
                keywords.insert(branch.into(), self.facet(names));
            }
            Condition::Dependent => {
                let name = self.dice.one(names);
                let keyword = self.dependent("dependentSchemas");
                keywords.insert(keyword.into(), json!({name: self.facet(names)}));
            }
            Condition::DependentNames => {
                let (name, other) = (self.dice.one(names), self.name());
                let keyword = self.dependent("dependentRequired");
                keywords.insert(keyword.into(), json!({name: [other]}));
            }
        }
        self.depth -= 1;
    }

    /// The keyword that this one is called in the dialect.
    pub(super) fn dependent(&mut self, keyword: &'static str) -> &'static str {
        if self.has(Dialect::Draft201909) && self.dice.percent(85) { keyword } else { "dependencies" }
    }

    fn facets(&mut self, names: &[&'static str], least: usize, steps: bool) -> Value {
        let count = least + usize::from(self.dice.percent(35));
        let facet = |maker: &mut Self| {
            let reference = if maker.dice.percent(20) { maker.reference(steps) } else { None };
            match reference {
                Some(reference) => reference,
                None => maker.facet(names),
            }
        };
        Value::Array((0..count).map(|_| facet(self)).collect())
    }

    /// A schema that says something of an object with these properties, or with these and others.
    pub(super) fn facet(&mut self, names: &[&'static str]) -> Value {
        self.left = self.left.saturating_sub(1);
        let mut keywords = Keywords::new();
        if self.dice.percent(15) {
            keywords.insert("type".into(), "object".into());
        }
        let all = [names, &["z"]].concat();
        match self.dice.below(17) {
            0..=2 => _ = keywords.insert("required".into(), json!(self.dice.some(names, 1))),
            3..=7 => self.says_of_properties(&mut keywords, names),
            8 => {
                self.says_of_properties(&mut keywords, names);
                keywords.insert("required".into(), json!(self.dice.some(names, 1)));
            }
            9 => {
                self.says_of_properties(&mut keywords, names);
                keywords.insert("additionalProperties".into(), false.into());
            }
            10 => self.counts(&mut keywords),
            11 => {
                let (a, value) = (self.dice.one(&all), self.literal());
                let objects = [json!({}), json!({a: value})];
                keywords.insert("enum".into(), json!(self.dice.some(&objects, 1)));
            }
            12 => self.names_of_properties(&mut keywords),
            13 => {
                let pattern = self.dice.one(&["^a", "^[a-z]$", "z"]);
                let schema = if self.dice.percent(30) { self.nothing() } else { self.schema(true) };
                keywords.insert("patternProperties".into(), json!({pattern: schema}));
            }
            14 => _ = keywords.insert("additionalProperties".into(), self.schema(true)),
            15 if self.depth < DEPTH => _ = keywords.insert("not".into(), self.facet(names)),
            _ => {
                let name = self.dice.one(&all);
                keywords.insert("required".into(), json!([name]));
                keywords.insert("properties".into(), json!({name: self.literals()}));
            }
        }
        Value::Object(keywords)
    }

    fn says_of_properties(&mut self, keywords: &mut Keywords, names: &[&'static str]) {
        let mut properties = Keywords::new();
        self.depth += 1;
        for name in self.dice.some(names, 1) {
            let schema = match self.dice.below(5) {
                0 => self.literals(),
                1 => self.anything(),
                2 if self.depth < DEPTH + 1 => self.facet(names),
                _ => self.schema(true),
            };
            properties.insert(name.into(), schema);
        }
        self.depth -= 1;
        keywords.insert("properties".into(), Value::Object(properties));
    }
}
