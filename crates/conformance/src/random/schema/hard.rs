//! Schemas of the kinds that are hard for types.

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::references::Identified;
use super::{Keywords, Maker, keywords_of};

/// A kind that is hard.
#[derive(Clone, Copy)]
enum Hard {
    ConditionalPart,
    Recursion,
    Spelling,
    Undeclared,
    Integers,
    BeyondType,
    OtherDialect,
    Conditions,
    Defaults,
}

impl Maker<'_> {
    /// The document of a schema of some hard kind.
    pub(super) fn hard(&mut self) -> Value {
        let of_old = if self.dialect == Dialect::Draft4 { 40 } else { 4 };
        let kinds = [
            (24, Hard::ConditionalPart),
            (20, Hard::Recursion),
            (10, Hard::Spelling),
            (24, Hard::Undeclared),
            (of_old, Hard::Integers),
            (4, Hard::BeyondType),
            (6, Hard::OtherDialect),
            (12, Hard::Conditions),
            (8, Hard::Defaults),
        ];
        let body = match self.dice.weighted(&kinds) {
            Hard::ConditionalPart => self.conditional_part(),
            Hard::Recursion => self.recursion(),
            Hard::Spelling => self.spelling(),
            Hard::Undeclared => self.undeclared(),
            Hard::Integers => self.integers(),
            Hard::BeyondType => self.beyond_type(),
            Hard::OtherDialect => self.other_dialect(),
            Hard::Conditions => self.conditions(),
            Hard::Defaults => self.defaults(),
        };
        self.whole(body)
    }

    /// A definition with this body; what refers to it.
    pub(super) fn defined(&mut self, name: &'static str, body: Value) -> Value {
        let under = if self.has(Dialect::Draft201909) { "$defs" } else { "definitions" };
        self.define(name, Identified::Pointer, under);
        self.bodies.insert(self.definitions.len() - 1, body);
        self.to(self.definitions.len() - 1)
    }

    /// An object that a part of the instance is: a small struct.
    pub(super) fn small_object(&mut self) -> Value {
        let mut object = Keywords::new();
        if self.dice.percent(70) {
            object.insert("type".into(), "object".into());
        }
        let names = self.some_names(1);
        let mut properties = Keywords::new();
        for name in names.iter().take(2) {
            let schema = if self.dice.percent(30) { self.anything() } else { self.scalar() };
            properties.insert((*name).into(), schema);
        }
        object.insert("properties".into(), Value::Object(properties));
        if self.dice.percent(15) {
            object.insert("required".into(), json!([names[0]]));
        }
        Value::Object(object)
    }

    /// A schema that declares all that this one does, and says more.
    fn more_than(&mut self, schema: &Value) -> Value {
        let mut more = schema.clone();
        let name = self.dice.one(&["m", "z", "a"]);
        let added = json!({name: self.scalar()});
        match self.dice.below(8) {
            0 | 1 => json!({"allOf": [schema, {"properties": added, "required": [name]}]}),
            2 => json!({"allOf": [schema, {"required": [name]}]}),
            3 => json!({"properties": added, "required": [name]}),
            4 => {
                more["additionalProperties"] =
                    if self.dice.percent(50) { json!(false) } else { self.scalar() };
                more
            }
            5 => json!({"additionalProperties": self.scalar()}),
            6 => {
                if let Some(properties) = more["properties"].as_object_mut() {
                    properties.insert(name.into(), self.scalar());
                }
                more["required"] = json!([name]);
                more
            }
            _ => {
                let names = self.some_names(1);
                self.facet(&names)
            }
        }
    }

    /// A part whose type a schema might be taken for that binds only under a condition.
    fn conditional_part(&mut self) -> Value {
        let part = self.small_object();
        let more = self.more_than(&part);
        let (part, more) = match self.dice.below(4) {
            0 => (self.defined("Base", part), self.defined("More", more)),
            1 => (self.defined("Base", part), more),
            _ => (part, more),
        };
        let (part, more) = match self.dice.below(6) {
            0 => (json!({"type": "array", "items": part}), json!({"items": more})),
            1 => (
                json!({"type": "object", "additionalProperties": part}),
                json!({"additionalProperties": more}),
            ),
            2 if self.has(Dialect::Draft6) => {
                (json!({"type": "array", "items": part}), json!({"contains": more}))
            }
            _ => (part, more),
        };
        let mut condition = Keywords::new();
        condition.insert("properties".into(), json!({"p": more}));
        if self.dice.percent(40) {
            condition.insert("required".into(), json!(["p"]));
        }
        if self.dice.percent(15) {
            condition.insert("type".into(), "object".into());
        }
        let kind = if self.dice.percent(50) { json!({"type": "string"}) } else { self.scalar() };
        let mut root = keywords_of(json!({"type": "object", "properties": {"k": kind, "p": part}}));
        if self.dice.percent(25) {
            root.remove("type");
        }
        self.under_a_condition(&mut root, Value::Object(condition));
        Value::Object(root)
    }

    /// Puts a schema where it binds only at times.
    fn under_a_condition(&mut self, root: &mut Keywords, condition: Value) {
        let tag = if self.has(Dialect::Draft6) { json!({"const": "a"}) } else { json!({"enum": ["a"]}) };
        let test = json!({"properties": {"k": tag}});
        let names = self.names.clone();
        let other = self.facet(&names);
        let has_if = self.has(Dialect::Draft7);
        match self.dice.below(12) {
            0 | 1 if has_if => root.extend([("if".into(), test), ("then".into(), condition)]),
            2 if has_if => root.extend([("if".into(), test), ("else".into(), condition)]),
            3 if has_if => root.extend([(self.dice.one(&["then", "else"]).into(), condition)]),
            4 if has_if => root.extend([("if".into(), condition), ("then".into(), other)]),
            5 => _ = root.insert("not".into(), condition),
            6 => {
                let keyword = self.dependent("dependentSchemas");
                root.insert(keyword.into(), json!({"k": condition}));
            }
            7 => _ = root.insert("allOf".into(), json!([{"anyOf": [condition, other]}])),
            8 => _ = root.insert("oneOf".into(), json!([condition, other])),
            9 => _ = root.insert("anyOf".into(), json!([{"not": condition}, other])),
            10 => _ = root.insert("anyOf".into(), json!([test, condition])),
            _ => _ = root.insert("anyOf".into(), json!([condition, other])),
        }
    }

    /// Objects in themselves.
    fn recursion(&mut self) -> Value {
        match self.dice.below(4) {
            0 => self.recursion_beside_anything(),
            1 => self.tree(),
            _ => self.recursive_union(),
        }
    }

    fn recursion_beside_anything(&mut self) -> Value {
        let wide = match self.dice.below(4) {
            0 => self.anything(),
            1 => json!({"type": "object"}),
            2 => json!({"type": "object", "additionalProperties": self.scalar()}),
            _ => self.small_object(),
        };
        let inner = if self.dice.percent(50) { self.defined("T", json!({})) } else { json!({"$ref": "#"}) };
        let keyword = self.dice.one(&["anyOf", "anyOf", "oneOf"]);
        let branches = if self.dice.percent(50) { [wide, inner.clone()] } else { [inner.clone(), wide] };
        let union = json!({keyword: branches});
        if let Some(body) = self.bodies.get_mut(&0) {
            *body = json!({"type": "object", "properties": {"kids": {"type": "array", "items": inner}}});
        }
        match self.dice.below(3) {
            0 => json!({"items": union}),
            1 => json!({"type": "object", "properties": {"v": union}}),
            _ => json!({"type": "object", "additionalProperties": union}),
        }
    }

    fn tree(&mut self) -> Value {
        let mut tree = keywords_of(json!({"type": "object"}));
        let inner = if self.has(Dialect::Draft201909) && self.dice.percent(20) {
            self.is_dynamic = true;
            self.root_reference()
        } else {
            json!({"$ref": "#"})
        };
        let leaf = self.small_object();
        let inner = match self.dice.below(3) {
            0 => json!({"anyOf": [leaf, inner]}),
            1 => json!({"oneOf": [inner, {"type": "null"}]}),
            _ => inner,
        };
        let kids = match self.dice.below(3) {
            0 => json!({"type": "object", "additionalProperties": inner}),
            1 => inner,
            _ => json!({"type": "array", "items": inner}),
        };
        tree.insert("properties".into(), json!({"kids": kids, "a": self.scalar()}));
        self.guard(&mut tree);
        Value::Object(tree)
    }

    /// A union of two or three objects, each of which has the union in it.
    fn recursive_union(&mut self) -> Value {
        let keyword = self.dice.one(&["anyOf", "oneOf"]);
        let is_tagged = self.dice.percent(50);
        let under = if self.has(Dialect::Draft201909) { "$defs" } else { "definitions" };
        let names = &["A", "B", "C"][..2 + usize::from(self.dice.percent(20))];
        self.define("E", Identified::Pointer, under);
        let around = self.to(0);
        let mut branches = Vec::new();
        for name in names {
            let inner = match self.dice.below(4) {
                0 => json!({"type": "array", "items": around}),
                1 => json!({"type": "object", "additionalProperties": around}),
                _ => around.clone(),
            };
            let own = if self.dice.percent(50) { "v" } else { name };
            let mut object = keywords_of(json!({"type": "object"}));
            let value = self.scalar();
            let mut properties = keywords_of(json!({"l": inner, own: value}));
            if is_tagged {
                let tag =
                    if self.has(Dialect::Draft6) { json!({"const": name}) } else { json!({"enum": [name]}) };
                properties.shift_insert(0, "t".into(), tag);
                object.insert("required".into(), json!(["t"]));
            }
            object.insert("properties".into(), Value::Object(properties));
            self.guard(&mut object);
            branches.push(self.defined(name, Value::Object(object)));
        }
        self.bodies.insert(0, json!({keyword: branches}));
        match self.dice.below(3) {
            0 => json!({"type": "object", "properties": {"e": around}}),
            1 => json!({"type": "array", "items": around}),
            _ => around,
        }
    }

    /// Something that no shape says.
    fn guard(&mut self, object: &mut Keywords) {
        match self.dice.below(7) {
            0 | 1 => _ = object.insert("minProperties".into(), json!(1)),
            2 => _ = object.insert("not".into(), json!({"required": ["q"]})),
            3 => {
                let keyword = self.dependent("dependentRequired");
                object.insert(keyword.into(), json!({"v": ["l"]}));
            }
            4 => _ = object.insert("additionalProperties".into(), self.dice.one(&[json!(false), json!({})])),
            5 => _ = object.insert("maxProperties".into(), json!(3)),
            _ => {}
        }
    }

    /// Numbers in branches that are not written as they were read.
    fn spelling(&mut self) -> Value {
        let numbers = ["number", "integer", "number"];
        let branch = |maker: &mut Self| {
            let kind = maker.dice.one(&numbers);
            let mut number = maker.number(kind);
            if maker.dice.percent(20) {
                number = json!({"enum": maker.dice.one(&[json!([5, 1]), json!([1.0]), json!([0.5, 5.0])])});
            }
            let value = match maker.dice.below(5) {
                0 => json!({"type": "array", "items": number}),
                1 => json!({"type": "object", "additionalProperties": number}),
                _ => number,
            };
            let mut object = json!({"type": "object", "properties": {(maker.name()): value}});
            if maker.dice.percent(50) {
                object["properties"][maker.name()] = maker.scalar();
            }
            if maker.dice.percent(15) {
                object["additionalProperties"] = maker.number("number");
            }
            object
        };
        let branches = [branch(self), branch(self)];
        let keyword = self.dice.one(&["anyOf", "anyOf", "oneOf", "allOf"]);
        let union = json!({keyword: branches});
        match self.dice.below(4) {
            0 => json!({"type": "array", "items": union, "uniqueItems": self.dice.percent(50)}),
            1 => json!({"properties": {"p": union}}),
            _ => union,
        }
    }

    fn integers(&mut self) -> Value {
        let integer = self.number("integer");
        let number = self.number("number");
        let union = self.dice.one(&["anyOf", "oneOf"]);
        let whole = match self.dice.below(7) {
            0 => integer,
            1 => json!({union: [integer, number]}),
            2 => json!({union: [number, integer]}),
            3 => json!({"type": ["integer", "string"]}),
            4 => json!({"allOf": [number, integer]}),
            5 => self.defined("N", integer),
            _ => json!({"not": integer}),
        };
        match self.dice.below(7) {
            0 => whole,
            1 => json!({"type": "array", "items": whole, "uniqueItems": self.dice.percent(30)}),
            2 => json!({"type": "object", "additionalProperties": whole}),
            3 => {
                json!({"properties": {"n": number}, union: [{"properties": {"n": whole}}, {"required": ["q"]}]})
            }
            4 => {
                json!({union: [{"properties": {"n": whole}, "required": ["n"]}, {"properties": {"n": number}}]})
            }
            _ => json!({"type": "object", "properties": {"n": whole, "m": number}}),
        }
    }

    fn beyond_type(&mut self) -> Value {
        let kind = self.dice.one(&["string", "integer", "number", "object", "array", "boolean", "null"]);
        let values = [
            json!("a"),
            json!(1),
            json!(1.5),
            json!([]),
            json!({}),
            json!({"a": 1}),
            json!(null),
            json!(true),
        ];
        let values = self.dice.some(&values, 2);
        let odd = json!({"type": kind, "enum": values});
        match self.dice.below(3) {
            0 => odd,
            1 => json!({"properties": {"a": odd}}),
            _ => json!({"anyOf": [odd, self.scalar()]}),
        }
    }

    /// A schema with keywords that mean nothing in its dialect.
    fn other_dialect(&mut self) -> Value {
        let names = self.names.clone();
        let schema = self.object(false);
        let mut keywords = keywords_of(schema);
        let facet = self.facet(&names);
        let foreign: &[(&str, Value)] = match self.dialect {
            Dialect::Draft202012 => &[
                ("additionalItems", json!(false)),
                ("definitions", json!({"x": facet})),
                ("$recursiveRef", json!("#")),
                ("id", json!("other.json")),
            ],
            Dialect::Draft201909 => &[
                ("prefixItems", json!([facet])),
                ("$dynamicAnchor", json!("a")),
                ("id", json!("other.json")),
                ("definitions", json!({"x": facet})),
            ],
            dialect => &[
                ("$defs", json!({"x": facet})),
                ("prefixItems", json!([facet])),
                ("dependentSchemas", json!({"a": facet})),
                ("dependentRequired", json!({"a": ["b"]})),
                ("unevaluatedProperties", json!(false)),
                ("minContains", json!(2)),
                if dialect < Dialect::Draft7 { ("if", facet.clone()) } else { ("$anchor", json!("x")) },
                if dialect < Dialect::Draft6 { ("const", json!(1)) } else { ("$vocabulary", json!({})) },
            ],
        };
        for (keyword, said) in self.dice.some(foreign, 1) {
            keywords.insert(keyword.into(), said);
        }
        let under = ["$defs", "definitions"].into_iter().find(|under| keywords.contains_key(*under));
        if let Some(under) = under.filter(|_| self.dice.percent(60)) {
            let reference = json!({"$ref": format!("#/{under}/x")});
            if let Some(properties) = keywords.get_mut("properties").and_then(Value::as_object_mut) {
                properties.insert("r".into(), reference);
            }
        }
        Value::Object(keywords)
    }

    /// An object with several conditions at once.
    fn conditions(&mut self) -> Value {
        self.choose_definitions();
        let object = self.object(false);
        let mut keywords = keywords_of(object);
        for _ in 0..2 {
            let names = self.names.clone();
            self.condition(&mut keywords, &names, false);
        }
        Value::Object(keywords)
    }

    /// An object whose properties have defaults, within something that sees whether they are there.
    fn defaults(&mut self) -> Value {
        let mut object = self.small_object();
        if let Some(properties) = object["properties"].as_object_mut() {
            for schema in properties.values_mut().filter(|schema| schema.is_object()) {
                schema["default"] =
                    self.dice.one(&[json!("a"), json!(1), json!(5.0), json!(null), json!({}), json!([])]);
            }
        }
        let (names, mut keywords) = (self.names.clone(), keywords_of(object));
        match self.dice.below(4) {
            0 => self.counts(&mut keywords),
            1 => {
                let seen = json!({"properties": {"p": keywords}, "type": "object"});
                keywords = keywords_of(seen);
                let facet = self.facet(&names);
                self.under_a_condition(&mut keywords, json!({"properties": {"p": facet}, "required": ["p"]}));
            }
            2 => keywords = keywords_of(json!({"type": "array", "items": keywords, "uniqueItems": true})),
            _ => self.condition(&mut keywords, &names, false),
        }
        Value::Object(keywords)
    }
}
