//! How much a validator holds beyond what a schema says once. For each `unevaluatedProperties` and `unevaluatedItems` the
//! `jsonschema` crate copies all that judges the same value from there on, references written out; and what a copy holds is
//! compiled at its new place, with copies of its own. A chain of schemas that close themselves is quadratic then, and a tree of
//! them exponential. And what several resources refer to is compiled for each way there, by the resources on it: of eight that
//! all refer to each other there are a hundred thousand.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use referencing::{Draft, Registry, Resolver, uri};
use serde_json::{Map, Value};

use crate::places::place_of;

/// In bytes, as they are reckoned here. What people write stays far below it.
const MOST: usize = 512 << 20;
/// What finding a compiled schema again takes for each other place that it is compiled at: time, as if it were bytes. For each
/// resource on the way there it is as much again, twice.
const OF_A_PLACE: usize = 2;
/// What a compiled schema takes at least.
const OF_A_SCHEMA: usize = 1024;
/// What a name of a property takes beside its letters.
const OF_A_NAME: usize = 64;
/// How often the location of a schema is kept.
const COPIES_OF_A_LOCATION: usize = 3;

/// Which of the two keywords.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Asks {
    Properties,
    Items,
}

impl Asks {
    fn keyword(self) -> &'static str {
        match self {
            Self::Properties => "unevaluatedProperties",
            Self::Items => "unevaluatedItems",
        }
    }

    /// Keywords beside the applicators in place whose schemas are compiled with a copy.
    fn compiled(self) -> &'static [&'static str] {
        match self {
            Self::Properties => &["additionalProperties", "patternProperties", "unevaluatedProperties"],
            Self::Items => &["contains", "unevaluatedItems"],
        }
    }
}

/// Applicators in place whose branches are compiled with a copy, and those whose are not.
const COMPILED: [&str; 4] = ["allOf", "anyOf", "oneOf", "if"];
const COPIED: [&str; 3] = ["then", "else", "dependentSchemas"];
/// All that a schema holds which is compiled with it.
const HELD: [&str; 21] = [
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
    "not",
    "dependentSchemas",
    "dependencies",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "items",
    "prefixItems",
    "additionalItems",
    "contains",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "extends",
];
/// Keywords whose value names schemas.
const BY_NAME: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "dependencies"];

/// The place of a schema for which a validator would hold more than it may, if there is one. The validator is for the schemas at
/// these places: URIs of documents, and fragments.
pub fn too_large<'a>(
    registry: &Registry<'_>,
    starts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<String> {
    let mut expansion = Expansion::default();
    for (document, fragment) in starts {
        let Ok(document) = uri::from_str(document) else { continue };
        expansion.refer(&registry.resolver(document), &format!("#{fragment}"));
    }
    expansion.run()
}

/// Whether a validator of these documents may hold more than they say: they say either keyword, or are several resources.
pub fn expands<'a>(documents: impl IntoIterator<Item = &'a Value>) -> bool {
    let mut work: Vec<(&Value, usize)> = documents.into_iter().map(|document| (document, 0)).collect();
    if work.len() > 1 {
        return true;
    }
    while let Some((value, depth)) = work.pop() {
        match value {
            Value::Object(members) => {
                let says = |asks: Asks| members.contains_key(asks.keyword());
                let is_resource =
                    || ["$id", "id"].iter().any(|id| members.get(*id).is_some_and(Value::is_string));
                if says(Asks::Properties) || says(Asks::Items) || (depth > 0 && is_resource()) {
                    return true;
                }
                work.extend(members.values().map(|value| (value, depth + 1)));
            }
            Value::Array(elements) => work.extend(elements.iter().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    false
}

/// A schema, and where the validator comes to it.
#[derive(Clone)]
struct Place<'r> {
    schema: &'r Value,
    resolver: Resolver<'r>,
    draft: Draft,
    /// Stands for the location.
    location: u64,
    /// The bytes of the location.
    length: usize,
    /// Whether it is compiled elsewhere, or for other ways there, already.
    is_copy: bool,
}

enum Step<'r> {
    Compile(Place<'r>),
    Copy(Place<'r>, Asks),
    Done(*const Value, Asks),
}

#[derive(Default)]
struct Expansion<'r> {
    /// What is referred to, which is compiled where it stands, for each way there.
    targets: VecDeque<(Place<'r>, usize)>,
    /// The ways there, by the resources on them.
    known: HashMap<*const Value, HashSet<u64>>,
    /// What is compiled or will be, each with the index of what refers to it.
    around: Vec<(*const Value, Option<usize>)>,
    /// The index of what is compiled now.
    now: Option<usize>,
    /// The locations at which schemas are compiled.
    compiled: HashMap<*const Value, HashSet<u64>>,
    /// Of what copies are being made, and how many: a reference back to it leads to the copy.
    open: HashMap<(*const Value, Asks), usize>,
    steps: Vec<Step<'r>>,
    held: usize,
}

impl<'r> Expansion<'r> {
    fn run(&mut self) -> Option<String> {
        while let Some((target, around)) = self.targets.pop_front() {
            self.now = Some(around);
            let (start, resolver) = (target.schema, target.resolver.clone());
            let mut last = start;
            self.steps.push(Step::Compile(target));
            while let Some(step) = self.steps.pop() {
                match step {
                    Step::Compile(place) => {
                        last = if place.is_copy { last } else { place.schema };
                        self.compile(&place);
                    }
                    Step::Copy(place, asks) => self.copy(&place, asks),
                    Step::Done(at, asks) => self.close(at, asks),
                }
                if self.held > MOST {
                    return Some(place_of(&resolver, last));
                }
            }
        }
        None
    }

    /// Notes that a schema is referred to.
    fn refer(&mut self, resolver: &Resolver<'r>, reference: &str) {
        let Ok(found) = resolver.lookup(reference) else { return };
        let (schema, resolver, draft) = found.into_inner();
        let target = std::ptr::from_ref(schema);
        let way = way(&resolver);
        let is_compiled = |ways: &HashSet<u64>| ways.contains(&way) || self.leads_back(target);
        if self.known.get(&target).is_some_and(is_compiled) {
            return;
        }
        let ways = self.known.entry(target).or_default();
        ways.insert(way);
        let (location, is_copy) = (hash_of(way, schema), ways.len() > 1);
        let place = Place { schema, resolver, draft, location, length: 32, is_copy };
        self.targets.push_back((place, self.around.len()));
        self.around.push((target, self.now));
    }

    /// Whether what is compiled now was come to from this schema.
    fn leads_back(&self, target: *const Value) -> bool {
        let mut at = self.now;
        while let Some((around, outer)) = at.and_then(|at| self.around.get(at)) {
            if *around == target {
                return true;
            }
            at = *outer;
        }
        false
    }

    fn hold(&mut self, bytes: usize, place: &Place) {
        self.held = self.held.saturating_add(bytes + COPIES_OF_A_LOCATION * place.length);
    }

    fn close(&mut self, at: *const Value, asks: Asks) {
        if let Some(open) = self.open.get_mut(&(at, asks)) {
            *open -= 1;
            if *open == 0 {
                self.open.remove(&(at, asks));
            }
        }
    }

    fn compile(&mut self, place: &Place<'r>) {
        let Value::Object(keywords) = place.schema else { return };
        let locations = self.compiled.entry(std::ptr::from_ref(place.schema)).or_default();
        if !locations.insert(place.location) {
            return;
        }
        let others = locations.len();
        let Some(place) = place.entered() else { return };
        if place.is_copy {
            let resources = place.resolver.dynamic_scope().iter().skip(1).count();
            self.hold(OF_A_SCHEMA + OF_A_PLACE * others * (1 + 2 * resources), &place);
        }
        for reference in ["$ref", "$dynamicRef"] {
            if let Some(reference) = keywords.get(reference).and_then(Value::as_str) {
                self.refer(&place.resolver, reference);
            }
        }
        for asks in [Asks::Properties, Asks::Items] {
            let is_asked = keywords.get(asks.keyword()).is_some_and(|value| *value != Value::Bool(true));
            if is_asked && place.draft.is_known_keyword(asks.keyword()) {
                self.steps.push(Step::Copy(place.clone(), asks));
            }
        }
        let held = HELD.iter().flat_map(|keyword| place.under(keywords, keyword));
        self.steps.extend(held.map(Step::Compile));
    }

    fn copy(&mut self, place: &Place<'r>, asks: Asks) {
        let Value::Object(keywords) = place.schema else { return };
        let Some(place) = place.entered() else { return };
        let at = std::ptr::from_ref(place.schema);
        self.hold(OF_A_SCHEMA, &place);
        if let (Asks::Properties, Some(Value::Object(named))) = (asks, keywords.get("properties")) {
            let names = named.keys().map(|name| OF_A_NAME + name.len());
            self.held = self.held.saturating_add(names.sum());
        }
        *self.open.entry((at, asks)).or_default() += 1;
        self.steps.push(Step::Done(at, asks));
        for keyword in asks.compiled() {
            self.steps.extend(place.under(keywords, keyword).map(Step::Compile));
        }
        for keyword in COMPILED {
            for branch in place.under(keywords, keyword) {
                self.steps.push(Step::Copy(branch.clone(), asks));
                self.steps.push(Step::Compile(branch));
            }
        }
        for keyword in COPIED {
            self.steps.extend(place.under(keywords, keyword).map(|branch| Step::Copy(branch, asks)));
        }
        let targets: Vec<_> = place.targets(keywords).collect();
        for target in targets {
            if !self.open.contains_key(&(std::ptr::from_ref(target.schema), asks)) {
                self.steps.push(Step::Copy(target, asks));
            }
        }
    }
}

impl<'r> Place<'r> {
    /// The same, its references resolved against its own identifier.
    fn entered(&self) -> Option<Self> {
        let resource = self.draft.detect(self.schema).create_resource_ref(self.schema);
        let resolver = self.resolver.in_subresource(resource).ok()?;
        Some(Self { resolver, draft: resource.draft(), ..self.clone() })
    }

    /// The schemas in the value of a keyword.
    fn under(&self, keywords: &'r Map<String, Value>, keyword: &str) -> impl Iterator<Item = Self> {
        let found: Vec<(usize, &'r Value)> = match keywords.get(keyword) {
            Some(Value::Object(named)) if BY_NAME.contains(&keyword) => {
                named.iter().map(|(name, schema)| (name.len(), schema)).collect()
            }
            Some(Value::Array(several)) => several.iter().map(|schema| (2, schema)).collect(),
            Some(one) => vec![(0, one)],
            None => Vec::new(),
        };
        let length = self.length + keyword.len() + 2;
        found.into_iter().map(move |(more, schema)| Self {
            schema,
            location: hash_of(self.location, schema),
            length: length + more,
            ..self.clone()
        })
    }

    /// What a schema refers to, as it is copied to the place of the reference.
    fn targets(&self, keywords: &Map<String, Value>) -> impl Iterator<Item = Self> {
        let named = ["$ref", "$dynamicRef"].into_iter().filter_map(|keyword| {
            let reference = keywords.get(keyword)?.as_str()?;
            self.resolver.lookup(reference).ok()
        });
        let recursive = keywords.get("$recursiveRef").and_then(|_| self.resolver.lookup_recursive_ref().ok());
        named.chain(recursive).map(|resolved| {
            let (schema, resolver, draft) = resolved.into_inner();
            Self { schema, resolver, draft, is_copy: true, ..self.clone() }
        })
    }
}

/// What stands for the resources on the way to a reference.
fn way(resolver: &Resolver) -> u64 {
    let mut hasher = DefaultHasher::new();
    resolver.dynamic_scope().iter().for_each(|resource| resource.as_str().hash(&mut hasher));
    hasher.finish()
}

/// What stands for the location of a schema inside another.
fn hash_of(location: u64, schema: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    (location, std::ptr::from_ref(schema)).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{expands, too_large};
    use crate::build::registry;

    const LATEST: &str = "https://json-schema.org/draft/2020-12/schema";

    fn is_too_large(mut schema: Value) -> bool {
        schema["$schema"] = json!(LATEST);
        assert!(expands([&schema]));
        let registry = registry([("isomorph:///a.json".to_owned(), schema)]).expect("a schema");
        too_large(&registry, [("isomorph:///a.json", "")]).is_some()
    }

    /// Definitions of which each leads to the next by what `link` makes of its name.
    fn chain(length: usize, keyword: &str, link: impl Fn(String) -> Value) -> Value {
        let mut schema = json!({"$ref": "#/$defs/D0", "$defs": {}});
        for level in 0..length {
            let mut one = link(format!("D{}", level + 1));
            one["properties"] = json!({ format!("p{level}"): {"type": "integer"} });
            one[keyword] = json!(false);
            one["$dynamicAnchor"] = json!(format!("D{level}"));
            schema["$defs"][format!("D{level}")] = one;
        }
        schema["$defs"][format!("D{length}")] = json!({"$dynamicAnchor": format!("D{length}")});
        schema
    }

    #[test]
    fn a_chain_of_closed_schemas_is_too_large_where_it_is_quadratic_and_not_before() {
        let by_all_of = |name| json!({"allOf": [{"$ref": format!("#/$defs/{name}")}]});
        let by_reference = |name| json!({"$ref": format!("#/$defs/{name}")});
        let by_anchor = |name| json!({"anyOf": [{"$dynamicRef": format!("#{name}")}]});
        let (properties, items) = ("unevaluatedProperties", "unevaluatedItems");
        assert!(is_too_large(chain(2_000, properties, by_all_of)));
        assert!(is_too_large(chain(2_000, items, by_all_of)));
        assert!(is_too_large(chain(2_000, items, by_reference)));
        assert!(is_too_large(chain(2_000, properties, by_anchor)));
        assert!(!is_too_large(chain(100, properties, by_all_of)));
        assert!(!is_too_large(chain(100, items, by_reference)));
        assert!(!is_too_large(chain(100, properties, by_anchor)));
    }

    /// Definitions of which each has so many properties that are the next and closed where they stand.
    fn tree(levels: usize, branches: usize) -> Value {
        let mut schema = json!({"$ref": "#/$defs/D0", "$defs": {}});
        for level in 0..levels {
            let next = json!({"$ref": format!("#/$defs/D{}", level + 1), "unevaluatedProperties": false});
            let named: serde_json::Map<_, _> =
                (0..branches).map(|one| (one.to_string(), next.clone())).collect();
            schema["$defs"][format!("D{level}")] = json!({"allOf": [{ "properties": named }]});
        }
        schema["$defs"][format!("D{levels}")] = json!({});
        schema
    }

    #[test]
    fn what_is_closed_where_it_is_used_is_too_large_where_it_multiplies() {
        assert!(is_too_large(tree(30, 2)));
        assert!(!is_too_large(tree(8, 2)));
        // All of them lead to each other.
        let mut clique = json!({"$ref": "#/$defs/D0", "$defs": {}});
        let named = |one: usize| {
            (format!("D{one}"), json!({"$ref": format!("#/$defs/D{one}"), "unevaluatedItems": false}))
        };
        let all: serde_json::Map<_, _> = (0..10).map(named).collect();
        for one in 0..10 {
            clique["$defs"][format!("D{one}")] = json!({"allOf": [{ "properties": all }]});
        }
        assert!(is_too_large(clique));
    }

    #[test]
    fn what_many_branches_copy_is_counted_with_its_names() {
        let names: serde_json::Map<_, _> =
            (0..10_000).map(|one| (format!("property{one}"), json!({}))).collect();
        let closed = json!({"$ref": "#/$defs/W", "unevaluatedProperties": false});
        let with = |branches| json!({"$defs": {"W": {"properties": names}}, "allOf": vec![closed.clone(); branches]});
        assert!(is_too_large(with(1_000)));
        assert!(!is_too_large(with(10)));
    }

    #[test]
    fn resources_that_all_refer_to_each_other_are_too_large_where_the_ways_multiply() {
        let mutual = |count: usize| {
            let to = |one: usize| (one.to_string(), json!({"$ref": format!("http://example.com/{one}")}));
            let all: serde_json::Map<_, _> = (0..count).map(to).collect();
            let one = |one: usize| json!({"$id": format!("http://example.com/{one}"), "properties": all});
            let resources: serde_json::Map<_, _> = (0..count).map(|at| (at.to_string(), one(at))).collect();
            json!({"$ref": "http://example.com/0", "$defs": resources})
        };
        assert!(is_too_large(mutual(8)));
        assert!(!is_too_large(mutual(5)));
        // One after the other is only as many as there are.
        let to = |one: usize| json!({"$id": format!("http://example.com/{one}"), "items": {"$ref": format!("http://example.com/{}", one + 1)}});
        let mut chain: serde_json::Map<_, _> = (0..300).map(|one| (one.to_string(), to(one))).collect();
        chain.insert(
            "300".to_owned(),
            json!({"$id": "http://example.com/300", "items": {"$ref": "http://example.com/0"}}),
        );
        assert!(!is_too_large(json!({"$ref": "http://example.com/0", "$defs": chain})));
    }

    #[test]
    fn what_refers_to_itself_is_copied_once() {
        let tree = json!({
            "type": "object",
            "properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}},
            "allOf": [{"$ref": "#/$defs/named"}],
            "unevaluatedProperties": false,
            "$defs": {"named": {"properties": {"name": {"type": "string"}, "of": {"$ref": "#"}}}},
        });
        assert!(!is_too_large(tree));
    }

    #[test]
    fn schemas_that_say_neither_keyword_are_not_gone_through() {
        assert!(!expands([&json!({"$id": "a.json", "properties": {"a": {"type": "string"}}})]));
        assert!(expands([&json!({"properties": {"a": {"$id": "a.json"}}})]));
        assert!(expands([&json!({"properties": {"a": {"allOf": [{"unevaluatedItems": true}]}}})]));
    }
}
