//! Schemas in which a verdict depends on properties that nothing declares.

use isomorph_codegen::Dialect;
use serde_json::{Value, json};

use super::maker::Maker;

impl Maker<'_> {
    /// An open object, or an array of such, within something that sees what is not declared.
    pub(super) fn undeclared(&mut self) -> Value {
        match self.dice.below(10) {
            0 | 1 => self.open_branches(),
            2 | 3 => self.open_elements(),
            _ => self.seen_from_outside(),
        }
    }

    fn open(&mut self) -> Value {
        let open = self.small_object();
        if self.dice.percent(15) { self.defined("Open", open) } else { open }
    }

    fn open_branches(&mut self) -> Value {
        let first = self.open();
        let mut second = self.small_object();
        match self.dice.below(4) {
            0 => second["additionalProperties"] = json!(false),
            1 => second["properties"] = json!({"z": self.scalar()}),
            2 => second["minProperties"] = json!(1),
            _ => second["required"] = json!([self.dice.one(&["z", "a", "b"])]),
        }
        let keyword = self.dice.one(&["oneOf", "oneOf", "anyOf"]);
        let branches = if self.dice.percent(50) { [first, second] } else { [second, first] };
        let union = json!({keyword: branches});
        match self.dice.below(4) {
            0 => json!({"type": "array", "items": union}),
            1 => json!({"properties": {"p": union}}),
            _ => union,
        }
    }

    fn open_elements(&mut self) -> Value {
        let element = match self.dice.below(4) {
            0 => json!({"type": "object", "properties": {"i": self.open()}}),
            1 => json!({"type": "array", "items": self.open()}),
            _ => self.open(),
        };
        let mut array = json!({"type": "array", "items": element});
        if self.has(Dialect::Draft6) && self.dice.percent(50) {
            let names = self.names.clone();
            array["contains"] = self.facet(&names);
        } else {
            array["uniqueItems"] = json!(true);
        }
        if self.dice.percent(30) { json!({"type": "object", "properties": {"p": array}}) } else { array }
    }

    fn seen_from_outside(&mut self) -> Value {
        let names = self.names.clone();
        let (inner, facet) = (self.open(), self.facet(&names));
        let (inner, facet) = match self.dice.below(5) {
            0 => (json!({"type": "array", "items": inner}), json!({"items": facet})),
            1 => (
                json!({"type": "object", "additionalProperties": inner}),
                json!({"additionalProperties": facet}),
            ),
            _ => (inner, facet),
        };
        let seen = json!({"properties": {"i": facet}, "required": ["i"]});
        let mut root = json!({"type": "object", "properties": {"i": inner, "k": self.anything()}});
        let needs = json!({"required": ["k"]});
        match self.dice.below(11) {
            0 | 1 if self.has(Dialect::Draft7) => {
                root["if"] = seen;
                root[self.dice.one(&["then", "else"])] = needs;
            }
            2 => root["not"] = seen,
            3 => root["anyOf"] = json!([seen, needs]),
            4 => root["oneOf"] = json!([seen, needs]),
            5 => root["patternProperties"] = json!({"^i": seen["properties"]["i"]}),
            6 => {
                let keyword = self.dependent("dependentSchemas");
                root[keyword] = json!({"k": seen});
            }
            7 => root["allOf"] = json!([seen]),
            8 => return json!({"allOf": [root, {"additionalProperties": seen["properties"]["i"]}]}),
            9 if self.has(Dialect::Draft201909) => {
                root["unevaluatedProperties"] = json!(false);
                root["anyOf"] = json!([{"properties": {"z": true}}, seen]);
            }
            _ => root["enum"] = json!([{"i": {}}, {"i": {"z": 1}}, {"k": 1, "i": {"a": 1.0}}]),
        }
        root
    }
}
