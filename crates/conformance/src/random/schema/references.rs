//! Definitions, and what refers to them.

use isomorph_codegen::Dialect;
use isomorph_json::escaped;
use serde_json::{Value, json};

use super::definition::{Definition, Identified};
use super::maker::{Keywords, Kind, Maker, keywords_of};

impl Maker<'_> {
    /// Chooses how many definitions there are and what they are called, before anything refers to them.
    pub(super) fn choose_definitions(&mut self) {
        let names = ["A", "B", "Node", "tree-x", "A/b"];
        let count = self.dice.weighted(&[(35, 0), (35, 1), (20, 2), (10, 3)]);
        let start = self.dice.below(names.len());
        let under =
            if self.has(Dialect::Draft201909) && self.dice.percent(85) { "$defs" } else { "definitions" };
        for number in 0..count {
            let how = self.dice.weighted(&[
                (70, Identified::Pointer),
                (15, Identified::Anchor),
                (15, Identified::Id),
            ]);
            let name = names[(start + number) % names.len()];
            // What is no name of an anchor or a file.
            let how = if name.contains('/') { Identified::Pointer } else { how };
            self.define(name, how, under);
        }
        let may_be = matches!(self.dialect, Dialect::Draft201909 | Dialect::Draft202012);
        self.is_dynamic = may_be && self.dice.percent(15);
    }

    pub(super) fn define(&mut self, name: &'static str, how: Identified, under: &'static str) {
        self.has_ids |= how == Identified::Id;
        self.definitions.push(Definition { name, how, under });
    }

    /// Makes what was chosen. The later ones first get what is left.
    pub(super) fn add_definitions(&mut self, root: &mut Keywords) {
        for (index, definition) in self.definitions.clone().into_iter().enumerate() {
            self.current = index + 1;
            self.is_resource = definition.how == Identified::Id;
            self.left = self.left.max(3);
            let kinds = [
                (70, Kind::Object),
                (10, Kind::Union),
                (6, Kind::Array),
                (8, Kind::Scalar),
                (6, Kind::Literals),
            ];
            let kind = self.dice.weighted(&kinds);
            let body = match self.bodies.remove(&index) {
                Some(body) => body,
                None => self.of_kind(kind, false),
            };
            self.put_definition(root, &definition, body);
            self.is_resource = false;
        }
    }

    pub(super) fn put_definition(&mut self, root: &mut Keywords, definition: &Definition, body: Value) {
        let mut keywords = Keywords::new();
        let id = self.id();
        match definition.how {
            Identified::Pointer => {}
            Identified::Anchor if self.has(Dialect::Draft201909) => {
                keywords.insert("$anchor".into(), definition.name.into());
            }
            Identified::Anchor => _ = keywords.insert(id.into(), format!("#{}", definition.name).into()),
            Identified::Id => _ = keywords.insert(id.into(), format!("{}.json", definition.name).into()),
        }
        let body = if self.dialect.reference_stands_alone() && body.get("$ref").is_some() {
            json!({"allOf": [body]})
        } else {
            body
        };
        keywords.extend(keywords_of(body));
        let all = root.entry(definition.under).or_insert_with(|| json!({}));
        if let Value::Object(all) = all {
            all.insert(definition.name.into(), Value::Object(keywords));
        }
    }

    pub(super) fn add_dynamic_anchor(&mut self, root: &mut Keywords) {
        if !self.is_dynamic {
            return;
        }
        match self.dialect {
            Dialect::Draft201909 => _ = root.insert("$recursiveAnchor".into(), true.into()),
            Dialect::Draft202012 => _ = root.insert("$dynamicAnchor".into(), "node".into()),
            _ => {}
        }
    }

    /// A reference, if there is anything to refer to.
    pub(super) fn reference(&mut self, steps: bool) -> Option<Value> {
        let first = if steps { 0 } else { self.current };
        let later = self.definitions.len().saturating_sub(first);
        let leads_back = steps && self.dice.percent(if later == 0 { 50 } else { 25 });
        if leads_back {
            return Some(self.root_reference());
        }
        if later == 0 {
            return None;
        }
        let target = first + self.dice.below(later);
        let mut reference = self.to(target);
        if self.dice.percent(8)
            && let Value::Object(keywords) = &mut reference
        {
            let beside =
                [("title", json!("Beside")), ("minProperties", json!(1)), ("description", json!("Here."))];
            let (keyword, value) = self.dice.one(&beside);
            keywords.insert(keyword.into(), value);
        }
        Some(reference)
    }

    /// A reference to the definition of this index.
    pub(super) fn to(&self, target: usize) -> Value {
        let Definition { name, how, under } = &self.definitions[target];
        let base = if self.is_resource { "root.json" } else { "" };
        let reference = match how {
            Identified::Pointer => format!("{base}#/{under}/{}", escaped(name)),
            Identified::Anchor => format!("{base}#{name}"),
            Identified::Id => format!("{name}.json"),
        };
        json!({"$ref": reference})
    }

    pub(super) fn root_reference(&mut self) -> Value {
        if self.is_resource {
            return json!({"$ref": self.dice.one(&["root.json", "#"])});
        }
        match self.dialect {
            Dialect::Draft201909 if self.dice.percent(25) => json!({"$recursiveRef": "#"}),
            Dialect::Draft202012 if self.is_dynamic && self.dice.percent(60) => {
                json!({"$dynamicRef": "#node"})
            }
            _ => json!({"$ref": "#"}),
        }
    }
}
