//! A document of nothing but the schemas that another holds, as definitions. It means what they meant, and every stage
//! after this one knows definitions.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_json::Pointer;
use isomorph_validator::encoded;
use serde_json::{Map, Value, json};

use super::found::{Found, Used, followed, joined, pointer};
use super::holder::{Held, Holder};
use super::kind::Kind;
use super::rules::Rules;
use super::translate::{open_metadata, translate};
use super::used::{Offer, Operation, Use};
use super::walk::every;
use super::{asyncapi, custom_resources, openapi, operations, tools};
use crate::dialect::Dialect;

/// A document of the schemas that another holds.
#[derive(Debug)]
pub struct Lifted {
    /// The schemas, under one keyword.
    pub root: Value,
    /// The dialect that they are in now.
    pub dialect: Dialect,
    /// Where they stood.
    pub holder: Holder,
}

/// Why the schemas of a document cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub pointer: Pointer,
    /// What is wrong, and what to do.
    pub message: String,
}

/// The schemas that a document holds: one document of them for each dialect, mostly one; `None` if it is not known to
/// hold any. `with_operations` says whether those of operations are among them.
///
/// # Errors
///
/// If it holds none, or is of a version or in a dialect that is not known.
pub fn lift(root: &Value, with_operations: bool) -> Result<Option<Vec<Lifted>>, Fault> {
    let fault = |message| Fault { pointer: Pointer::root(), message };
    let Some(kind) = Kind::of(root).map_err(fault)? else { return Ok(None) };
    let found = found(kind, root, with_operations);
    if found.is_empty() {
        return Err(fault(nothing(kind, root, with_operations)));
    }
    let mut by_dialect: BTreeMap<Dialect, Vec<Found>> = BTreeMap::new();
    for one in found {
        by_dialect.entry(dialect(kind, root, &one.pointer)?).or_default().push(one);
    }
    let mut lifted: Vec<Lifted> =
        by_dialect.into_iter().map(|(dialect, found)| Work::new(kind, root, dialect).lift(found)).collect();
    if let Some(first) = lifted.first_mut() {
        first.holder.operations = operations_of(kind, root, with_operations);
    }
    Ok(Some(lifted))
}

fn operations_of(kind: Kind, root: &Value, with_operations: bool) -> Vec<Operation> {
    match kind {
        Kind::OpenApi30 | Kind::OpenApi31 | Kind::Swagger2 if with_operations => operations::all(root).0,
        Kind::Tools => tools::operations(root),
        _ => Vec::new(),
    }
}

fn found(kind: Kind, root: &Value, with_operations: bool) -> Vec<Found> {
    match kind {
        Kind::OpenApi30 | Kind::OpenApi31 | Kind::Swagger2 => {
            let mut found = openapi::named(root);
            if with_operations {
                found.extend(operations::all(root).1);
            }
            found
        }
        Kind::AsyncApi => asyncapi::schemas(root),
        Kind::CustomResource => custom_resources::schemas(root),
        Kind::Tools => tools::schemas(root),
        Kind::Parts => Vec::new(),
    }
}

/// What to say of a document that holds no schema.
fn nothing(kind: Kind, root: &Value, with_operations: bool) -> String {
    let place = match kind {
        Kind::OpenApi30 | Kind::OpenApi31 | Kind::AsyncApi => "`components/schemas`",
        Kind::Swagger2 => "`definitions`",
        Kind::CustomResource => "`spec/versions`",
        Kind::Tools => "`tools`",
        Kind::Parts => "a name",
    };
    let has_operations = !with_operations && !operations::all(root).1.is_empty();
    let hint = if has_operations { "; `--operations` takes those of its operations" } else { "" };
    format!("this is {kind}, and holds no schema under {place}{hint}")
}

/// The dialect that a schema becomes one of.
fn dialect(kind: Kind, root: &Value, at: &Pointer) -> Result<Dialect, Fault> {
    let (said, default) = match kind {
        Kind::OpenApi30 | Kind::Swagger2 | Kind::CustomResource => return Ok(Dialect::Draft4),
        Kind::AsyncApi => return Ok(Dialect::Draft7),
        Kind::Parts => return Ok(Dialect::default()),
        Kind::OpenApi31 => (Pointer::root().join("jsonSchemaDialect"), Dialect::Draft202012),
        Kind::Tools => (at.join("$schema"), Dialect::Draft202012),
    };
    let Some(Value::String(uri)) = said.find(root) else { return Ok(default) };
    if uri.starts_with("https://spec.openapis.org/oas/3.") {
        return Ok(Dialect::Draft202012);
    }
    Dialect::of(uri)
        .ok_or_else(|| Fault { message: format!("the dialect `{uri}` is not known"), pointer: said })
}

struct Work<'a> {
    root: &'a Value,
    dialect: Dialect,
    holder: Holder,
    by_place: BTreeMap<Pointer, usize>,
    names: BTreeSet<String>,
}

impl<'a> Work<'a> {
    fn new(kind: Kind, root: &'a Value, dialect: Dialect) -> Self {
        let rules = match kind {
            Kind::OpenApi30 => Rules::OpenApi,
            Kind::Swagger2 => Rules::Swagger,
            Kind::CustomResource => Rules::Kubernetes,
            Kind::OpenApi31 | Kind::AsyncApi | Kind::Tools | Kind::Parts => Rules::Plain,
        };
        let keyword = if dialect.reference_stands_alone() { "definitions" } else { "$defs" };
        let holder = Holder::new(kind, rules, keyword);
        Self { root, dialect, holder, by_place: BTreeMap::new(), names: BTreeSet::new() }
    }

    fn lift(mut self, found: Vec<Found>) -> Lifted {
        for one in found {
            self.take(one);
        }
        let mut definitions = Map::new();
        let mut next = 0;
        // References may lead to more.
        while let Some(held) = self.holder.held.get(next).cloned() {
            let mut schema = held.pointer.find(self.root).cloned().unwrap_or_default();
            translate(&mut schema, self.holder.rules, self.root);
            if self.holder.kind == Kind::CustomResource {
                open_metadata(&mut schema);
            }
            // What has an identifier of its own is what its references are relative to.
            if schema.get("$id").is_none() {
                let mode = (self.holder.rules, self.dialect);
                every(&mut schema, mode, &mut |keywords| self.lead_there(keywords, &held));
            }
            definitions.insert(held.name, schema);
            next += 1;
        }
        Lifted {
            root: json!({ self.holder.keyword: definitions }),
            dialect: self.dialect,
            holder: self.holder,
        }
    }

    /// Takes a schema in, if it is not there; what only refers to another is that one.
    fn take(&mut self, found: Found) {
        let target = if found.is_named || self.is_alone() { None } else { self.target(&found.pointer) };
        let index = match target {
            Some(target) => self.add(None, target),
            None => self.add(Some(found.name.clone()), found.pointer),
        };
        let name = &self.holder.held[index].name;
        let offers = found.offered.into_iter().map(|sign| Offer { sign, name: name.clone() });
        self.holder.offers.extend(offers);
        if let Some(Used { operation, direction, sign, is_relied_on }) = found.used {
            let (part, name) = (found.name, name.clone());
            self.holder.uses.push(Use { operation, part, direction, name, sign, is_relied_on });
        }
    }

    /// Whether references in a schema are relative to it.
    fn is_alone(&self) -> bool {
        self.holder.kind == Kind::Tools
    }

    /// Where a schema leads that is a reference into the same document, and nothing else.
    fn target(&self, at: &Pointer) -> Option<Pointer> {
        let schema = at.find(self.root)?.as_object()?;
        let is_alone = schema.len() == 1 || self.dialect.reference_stands_alone();
        let target = followed(self.root, at);
        (is_alone && target != *at).then_some(target)
    }

    /// The schema at a place, by its index.
    fn add(&mut self, name: Option<String>, at: Pointer) -> usize {
        if let Some(known) = self.by_place.get(&at) {
            return *known;
        }
        let name = self.free(&name.unwrap_or_else(|| called(&at)));
        let fragment = encoded(at.as_str());
        let is_alone = self.is_alone();
        let index = self.holder.hold(Held { name, pointer: at.clone(), fragment, is_alone });
        self.by_place.insert(at, index);
        index
    }

    /// A name that no other has.
    fn free(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 1;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{wanted}{number}");
        }
        name
    }

    /// Lets a reference lead to the definition that its target became.
    fn lead_there(&mut self, keywords: &mut Map<String, Value>, from: &Held) {
        for keyword in ["$ref", "$dynamicRef"] {
            if let Some(Value::String(reference)) = keywords.get_mut(keyword)
                && let Some(fragment) = reference.strip_prefix('#')
                && let Some(there) = self.there(fragment, from)
            {
                *reference = there;
            }
        }
    }

    /// The reference to what a fragment leads to; `None` for an anchor, and for what is not there.
    fn there(&mut self, fragment: &str, from: &Held) -> Option<String> {
        let place = pointer(fragment)?;
        if from.is_alone {
            return Some(self.reference(&from.name, fragment));
        }
        let (index, depth) = self.around(&place).or_else(|| {
            let target = place.find(self.root)?;
            let is_schema = target.is_object() || target.is_boolean();
            is_schema.then(|| (self.add(None, place.clone()), place.segments().count()))
        })?;
        // The rest of the way as it is written.
        let (start, rest) =
            fragment.split_at(fragment.match_indices('/').nth(depth).map_or(fragment.len(), |(at, _)| at));
        start.clone_into(&mut self.holder.held[index].fragment);
        Some(self.reference(&self.holder.held[index].name, rest))
    }

    /// The innermost schema around a place, and how many steps lead to it.
    fn around(&self, place: &Pointer) -> Option<(usize, usize)> {
        let mut at = place.clone();
        loop {
            if let Some(index) = self.by_place.get(&at) {
                return Some((*index, at.segments().count()));
            }
            at = at.split_last()?.0;
        }
    }

    fn reference(&self, name: &str, rest: &str) -> String {
        format!("#{}{rest}", encoded(self.holder.definition(name).as_str()))
    }
}

/// What a schema is called that has no name: `#/components/responses/Bad/content/application~1json/schema` is `BadSchema`.
fn called(at: &Pointer) -> String {
    let is_plain = |segment: &String| !segment.contains('/') && segment.parse::<usize>().is_err();
    let segments: Vec<_> = at.segments().filter(is_plain).collect();
    let words: Vec<_> = match segments.as_slice() {
        [components, _, rest @ ..] if components == "components" && rest.len() > 1 => {
            rest.iter().filter(|word| *word != "content").cloned().collect()
        }
        all => all.iter().rev().take(2).rev().cloned().collect(),
    };
    joined(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use isomorph_json::Pointer;
    use serde_json::{Value, json};

    use super::{Lifted, lift};
    use crate::holders::Direction;

    fn one(root: &Value, with_operations: bool) -> Lifted {
        let mut all = lift(root, with_operations).expect("it holds schemas").expect("it is known");
        assert_eq!(all.len(), 1, "{root}");
        all.remove(0)
    }

    #[test]
    fn references_lead_to_definitions_as_they_are_written() {
        let document = json!({
            "openapi": "3.0.0",
            "components": {
                "schemas": {
                    "Pet": {"properties": {
                        "owner": {"$ref": "#/components/schemas/Own%20er"},
                        "name": {"$ref": "#/components/schemas/Own%20er/properties/a~1b"},
                        "bad": {"$ref": "#/components/responses/Bad/content/application~1json/schema"},
                        "gone": {"$ref": "#/components/schemas/Gone"},
                        "other": {"$ref": "other.json#/components/schemas/Pet"}
                    }, "example": {"$ref": "#/components/schemas/Pet"}},
                    "Own er": {"properties": {"a/b": {"type": "string"}}}
                },
                "responses": {"Bad": {"content": {"application/json": {"schema": {"type": "object"}}}}}
            }
        });
        let lifted = one(&document, false);
        let pet = &lifted.root["definitions"]["Pet"];
        let to = |name: &str| pet["properties"][name]["$ref"].as_str().unwrap_or_default();
        assert_eq!(to("owner"), "#/definitions/Own%20er");
        assert_eq!(to("name"), "#/definitions/Own%20er/properties/a~1b");
        assert_eq!(to("bad"), "#/definitions/BadSchema");
        assert_eq!(to("gone"), "#/components/schemas/Gone");
        assert_eq!(to("other"), "other.json#/components/schemas/Pet");
        assert_eq!(pet["example"], json!({"$ref": "#/components/schemas/Pet"}));
        assert_eq!(lifted.root["definitions"]["BadSchema"], json!({"type": "object"}));
        assert_eq!(lifted.holder.held[1].fragment, "/components/schemas/Own%20er");
    }

    #[test]
    fn places_lead_back_and_forth() {
        let document = json!({"openapi": "3.1.0", "components": {"schemas": {"a/b": {"type": "object"}}}});
        let holder = one(&document, false).holder;
        let (there, here) = ("/components/schemas/a~1b/properties/c", "/$defs/a~1b/properties/c");
        let [there, here] = [there, here].map(|text| Pointer::parse(text).expect("a pointer"));
        assert_eq!(holder.place(&here), Some(there.clone()));
        assert_eq!(holder.locate(&there), Some(here));
        assert_eq!(holder.locate(&Pointer::root().join("info")), None);
        assert_eq!(holder.place(&Pointer::root()), None);
    }

    #[test]
    fn an_operation_uses_what_it_refers_to_and_holds_the_rest() {
        let content = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
        let document = json!({
            "openapi": "3.1.0",
            "paths": {"/pets": {"post": {
                "operationId": "createPet",
                "requestBody": content(json!({"$ref": "#/components/schemas/Pet"})),
                "responses": {"200": content(json!({"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}))}
            }}},
            "components": {"schemas": {"Pet": {"type": "object"}}}
        });
        let lifted = one(&document, true);
        let names: Vec<_> = lifted.holder.held.iter().map(|held| held.name.as_str()).collect();
        assert_eq!(names, ["Pet", "createPetResponse"]);
        let uses: Vec<_> =
            lifted.holder.uses.iter().map(|used| (used.direction, used.name.as_str())).collect();
        assert_eq!(uses, [(Direction::Request, "Pet"), (Direction::Response, "createPetResponse")]);
        assert_eq!(lifted.root["$defs"]["createPetResponse"]["items"]["$ref"], "#/$defs/Pet");
        assert!(one(&document, false).holder.uses.is_empty());
    }

    #[test]
    fn tools_have_schemas_of_their_own() {
        let document = json!({"tools": [
            {"name": "get_weather", "inputSchema": {
                "properties": {"at": {"$ref": "#/$defs/Place"}, "in": {"$ref": "#"}},
                "$defs": {"Place": {"type": "string"}}
            }},
            {"name": "old", "inputSchema": {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}}
        ]});
        let all = lift(&document, false).expect("it holds schemas").expect("it is known");
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].root["definitions"]["oldInput"]["type"], "object");
        let input = &all[1].root["$defs"]["get_weatherInput"];
        assert_eq!(input["properties"]["at"]["$ref"], "#/$defs/get_weatherInput/$defs/Place");
        assert_eq!(input["properties"]["in"]["$ref"], "#/$defs/get_weatherInput");
    }

    #[test]
    fn what_holds_no_schema_says_where_it_should_be() {
        for (document, expected) in [
            (
                json!({"openapi": "3.0.0", "paths": {}}),
                "this is an OpenAPI document, and holds no schema under `components/schemas`",
            ),
            (json!({"openapi": "9.0.0"}), "OpenAPI 9.0 is not known"),
            (
                json!({"openapi": "3.0.0", "paths": {"/": {"get": {"responses": {"200": {"content": {"a": {"schema": {}}}}}}}}}),
                "`--operations`",
            ),
            (
                json!({"openapi": "3.1.0", "jsonSchemaDialect": "https://example.com/d", "components": {"schemas": {"A": {}}}}),
                "the dialect `https://example.com/d` is not known",
            ),
        ] {
            let fault = lift(&document, false).expect_err("it has none");
            assert!(fault.message.contains(expected), "{}", fault.message);
        }
        assert!(lift(&json!({"type": "object"}), true).expect("a schema is none").is_none());
    }
}
