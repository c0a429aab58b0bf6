use std::collections::BTreeMap;

use isomorph_codegen::Dialect;
use serde_json::{Map, Value, json};

use super::definition::Definition;
use crate::random::dice::Dice;

/// The keywords of a schema.
pub(super) type Keywords = Map<String, Value>;

/// How deep subschemas are nested.
pub(super) const DEPTH: usize = 4;

/// Makes a schema.
pub(super) struct Maker<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) dialect: Dialect,
    /// The names of properties that are declared.
    pub(super) names: Vec<&'static str>,
    pub(super) definitions: Vec<Definition>,
    /// What they are, where that is not left to chance.
    pub(super) bodies: BTreeMap<usize, Value>,
    /// The number of the definition that is being made; that of the root is 0, and of the first definition 1.
    pub(super) current: usize,
    /// Whether it has an identifier of its own, so that `#` is itself.
    pub(super) is_resource: bool,
    /// Whether some schema has an identifier, and so the root.
    pub(super) has_ids: bool,
    /// Whether there is a dynamic anchor at the root.
    pub(super) is_dynamic: bool,
    /// How many subschemas may still be made.
    pub(super) left: usize,
    pub(super) depth: usize,
}

/// A kind of schema.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Scalar,
    Literals,
    Object,
    Map,
    Array,
    Reference,
    Union,
    All,
    Anything,
    Types,
}

impl<'a> Maker<'a> {
    pub(super) fn new(dialect: Dialect, dice: &'a mut Dice) -> Self {
        let mut names = vec!["a", "b", "c"];
        if dice.percent(25) {
            let odd = dice.one(&["id", "kind", "type", "x-y", "A b", "z", "$ref", "self", "é"]);
            names[dice.below(3)] = odd;
        }
        let left = 4 + dice.below(14);
        Self {
            dice,
            dialect,
            names,
            definitions: Vec::new(),
            bodies: BTreeMap::new(),
            current: 0,
            is_resource: false,
            has_ids: false,
            is_dynamic: false,
            left,
            depth: 0,
        }
    }

    pub(super) fn has(&self, since: Dialect) -> bool {
        self.dialect >= since
    }

    pub(super) fn plain(&mut self) -> Value {
        self.choose_definitions();
        let kinds = [
            (50, Kind::Object),
            (12, Kind::Union),
            (12, Kind::Array),
            (6, Kind::All),
            (5, Kind::Types),
            (4, Kind::Scalar),
            (3, Kind::Literals),
            (4, Kind::Map),
            (4, Kind::Reference),
        ];
        let kind = self.dice.weighted(&kinds);
        let body = self.of_kind(kind, false);
        self.whole(body)
    }

    /// The document around the root's keywords.
    pub(super) fn whole(&mut self, body: Value) -> Value {
        let mut root = Keywords::new();
        if self.dice.percent(70) || self.dialect == Dialect::Draft4 {
            root.insert("$schema".into(), self.dialect.uri().into());
        }
        if self.has_ids {
            root.insert(self.id().into(), "http://example.com/root.json".into());
        }
        let body = keywords_of(body);
        let stands_alone = self.dialect.reference_stands_alone() && body.contains_key("$ref");
        if stands_alone {
            // Beside a reference nothing counts, an identifier least of all.
            root.insert("allOf".into(), json!([body]));
        } else {
            root.extend(body);
        }
        self.add_dynamic_anchor(&mut root);
        self.add_definitions(&mut root);
        Value::Object(root)
    }

    /// A subschema. `steps` if it is for a part of the instance and not for the instance itself, so that
    /// references may lead back.
    pub(super) fn schema(&mut self, steps: bool) -> Value {
        if self.left == 0 || self.depth >= DEPTH {
            return self.leaf(steps);
        }
        let kinds = [
            (28, Kind::Scalar),
            (7, Kind::Literals),
            (20, Kind::Object),
            (4, Kind::Map),
            (10, Kind::Array),
            (14, Kind::Reference),
            (8, Kind::Union),
            (3, Kind::All),
            (4, Kind::Anything),
            (2, Kind::Types),
        ];
        let kind = self.dice.weighted(&kinds);
        let mut made = self.of_kind(kind, steps);
        self.decorate(&mut made);
        made
    }

    pub(super) fn of_kind(&mut self, kind: Kind, steps: bool) -> Value {
        self.left = self.left.saturating_sub(1);
        self.depth += 1;
        let made = match kind {
            Kind::Scalar => self.scalar(),
            Kind::Literals => self.literals(),
            Kind::Object => self.object(steps),
            Kind::Map => self.map(),
            Kind::Array => self.array(),
            Kind::Reference => self.reference(steps).unwrap_or_else(|| self.leaf(steps)),
            Kind::Union => self.union(steps),
            Kind::All => {
                let all = [self.schema(steps), self.schema(steps)];
                json!({"allOf": all})
            }
            Kind::Anything => self.anything(),
            Kind::Types => self.types(),
        };
        self.depth -= 1;
        made
    }

    pub(super) fn leaf(&mut self, steps: bool) -> Value {
        match self.dice.below(8) {
            0 => self.anything(),
            1 => self.literals(),
            2 | 3 => match self.reference(steps) {
                Some(reference) => reference,
                None => self.scalar(),
            },
            _ => self.scalar(),
        }
    }

    pub(super) fn anything(&mut self) -> Value {
        if self.has(Dialect::Draft6) && self.dice.percent(50) { Value::Bool(true) } else { json!({}) }
    }

    pub(super) fn nothing(&mut self) -> Value {
        if self.has(Dialect::Draft6) { Value::Bool(false) } else { json!({"not": {}}) }
    }

    /// `anyOf` or `oneOf`, alone or with a type around it.
    pub(super) fn union(&mut self, steps: bool) -> Value {
        let count = 2 + usize::from(self.dice.percent(30));
        let keyword = self.dice.one(&["anyOf", "anyOf", "oneOf"]);
        let is_tagged = self.dice.percent(25);
        let branches: Vec<Value> = (0..count)
            .map(|number| if is_tagged { self.tagged(number) } else { self.branch(steps) })
            .collect();
        json!({keyword: branches})
    }

    pub(super) fn branch(&mut self, steps: bool) -> Value {
        match self.dice.below(10) {
            0..=4 => self.of_kind(Kind::Object, steps),
            5 | 6 => match self.reference(steps) {
                Some(reference) => reference,
                None => self.schema(steps),
            },
            7 => json!({"type": "null"}),
            _ => self.schema(steps),
        }
    }

    /// A branch that a constant tells from others.
    pub(super) fn tagged(&mut self, number: usize) -> Value {
        let mut branch = keywords_of(json!({"type": "object"}));
        let tag = ["p", "q", "r"][number.min(2)];
        let tag = if self.has(Dialect::Draft6) && self.dice.percent(70) {
            json!({"const": tag})
        } else {
            json!({"enum": [tag]})
        };
        let mut properties = Keywords::new();
        properties.insert("t".into(), tag);
        for name in self.some_names(0) {
            properties.insert(name.into(), self.schema(true));
        }
        branch.insert("properties".into(), Value::Object(properties));
        if self.dice.percent(85) {
            branch.insert("required".into(), json!(["t"]));
        }
        Value::Object(branch)
    }

    pub(super) fn some_names(&mut self, least: usize) -> Vec<&'static str> {
        let names = self.names.clone();
        self.dice.some(&names, least)
    }

    pub(super) fn name(&mut self) -> &'static str {
        let names = self.names.clone();
        self.dice.one(&names)
    }

    /// Annotations.
    pub(super) fn decorate(&mut self, schema: &mut Value) {
        let default = self.literal();
        let dialect = self.dialect;
        let Value::Object(keywords) = schema else { return };
        let has = |since| dialect >= since;
        if self.dice.percent(6) {
            keywords.insert("title".into(), self.dice.one(&["A title", "Root", "T", "é"]).into());
        }
        if self.dice.percent(6) {
            keywords.insert(
                "description".into(),
                self.dice.one(&["Says what it is.", "Two\n\nlines", ""]).into(),
            );
        }
        if self.dice.percent(8) {
            keywords.insert("default".into(), default);
        }
        if has(Dialect::Draft7) && self.dice.percent(3) {
            keywords.insert("readOnly".into(), true.into());
        }
        if has(Dialect::Draft201909) && self.dice.percent(3) {
            keywords.insert("deprecated".into(), true.into());
        }
        if has(Dialect::Draft6) && self.dice.percent(3) {
            keywords.insert("examples".into(), json!([1, "a"]));
        }
        if self.dice.percent(2) {
            keywords.insert("x-unknown".into(), json!({"a": [1]}));
        }
    }

    pub(super) fn id(&self) -> &'static str {
        if self.dialect == Dialect::Draft4 { "id" } else { "$id" }
    }
}

/// The keywords of a schema; those of a boolean one are others that mean the same.
pub(super) fn keywords_of(schema: Value) -> Keywords {
    match schema {
        Value::Object(keywords) => keywords,
        Value::Bool(false) => std::iter::once(("not".to_owned(), json!({}))).collect(),
        _ => Keywords::new(),
    }
}
