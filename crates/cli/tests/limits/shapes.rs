//! Pairs of schemas that are large in one way: many definitions, one after the other or side by side, many changes, much of one thing.

use serde_json::{Map, Value, json};

/// Two versions of a schema, and what they are called.
pub struct Shape {
    pub name: String,
    pub old: Value,
    pub new: Value,
    /// Whether it refers to nothing but itself, so that no instance could be judged, which is said in time.
    pub is_refused: bool,
}

fn shape(name: &str, old: Value, new: Value) -> Shape {
    Shape { name: name.to_owned(), old, new, is_refused: false }
}

/// Every shape, so large.
pub fn all(size: usize) -> Vec<Shape> {
    [chains(size), side_by_side(size), of_one_thing(size)].into_iter().flatten().collect()
}

/// Each definition leads to the next one, and the last one changed; or to the first again, and one of them changed.
fn chains(size: usize) -> Vec<Shape> {
    type Link = fn(Value) -> Value;
    let links: [(&str, Link); 13] = [
        ("$ref", |next| next),
        ("allOf", |next| json!({"allOf": [next]})),
        ("anyOf", |next| json!({"anyOf": [next]})),
        ("oneOf", |next| json!({"oneOf": [next]})),
        ("not", |next| json!({"not": next})),
        ("if", |next| json!({"if": {"type": "string"}, "then": next})),
        ("items", |next| json!({"items": next})),
        ("properties", |next| json!({"properties": {"a": next}})),
        ("required", |next| json!({"type": "object", "properties": {"a": next}, "required": ["a"]})),
        ("additionalProperties", |next| json!({"additionalProperties": next})),
        ("anyOf of two", |next| json!({"anyOf": [next, {"type": "null"}]})),
        ("anyOf of two, the other way round", |next| json!({"anyOf": [{"type": "null"}, next]})),
        ("oneOf of two", |next| json!({"oneOf": [next, {"type": "null"}]})),
    ];
    let chain = |link: Link, end: Value, root: Value| {
        let next = |number: usize| json!({"$ref": format!("#/$defs/d{number}")});
        let of = |number: usize| if number + 1 == size { end.clone() } else { link(next(number + 1)) };
        let definitions: Map<String, Value> =
            (0..size).map(|number| (format!("d{number}"), of(number))).collect();
        let mut schema = root;
        schema["$defs"] = definitions.into();
        schema
    };
    let root = || json!({"$ref": "#/$defs/d0"});
    let (string, integer) = (|| json!({"type": "string"}), || json!({"type": "integer"}));
    let mut found = Vec::new();
    for (name, link) in links {
        found.push(shape(
            &format!("a chain of {name}"),
            chain(link, string(), root()),
            chain(link, integer(), root()),
        ));
    }
    for (name, link) in [links[0], links[7]] {
        let of = |end| chain(link, end, json!({}));
        found.push(shape(&format!("a chain of {name} that nothing refers to"), of(string()), of(integer())));
    }
    for (name, link) in [links[2], links[5], links[7], links[10]] {
        let ring = |one: Value| {
            let mut ring = chain(link, link(root()), root());
            ring["$defs"][format!("d{}", size / 2)]["contains"] = one;
            ring
        };
        let ring = shape(&format!("a ring of {name}"), ring(string()), ring(integer()));
        found.push(Shape { is_refused: name != "properties", ..ring });
    }
    found
}

/// Many definitions or properties, all of which changed, or refer to what did.
fn side_by_side(size: usize) -> Vec<Shape> {
    let named = |of: &dyn Fn(usize) -> Value| -> Value {
        (0..size).map(|number| (format!("p{number}"), of(number))).collect::<Map<_, _>>().into()
    };
    let refer = |number: usize| json!({"$ref": format!("#/$defs/p{number}")});
    let types = [json!("string"), json!("integer"), json!(["string", "integer"])];
    let pair =
        |name: &str, of: &dyn Fn(&Value) -> Value, to: usize| shape(name, of(&types[0]), of(&types[to]));
    let properties = |one: &Value| json!({"properties": named(&|_| json!({"type": one}))});
    let required = |one: &Value| {
        let all: Vec<String> = (0..size).map(|number| format!("p{number}")).collect();
        json!({"type": "object", "properties": named(&|_| json!({"type": one})), "required": all})
    };
    let definitions =
        |one: &Value| json!({"properties": named(&refer), "$defs": named(&|_| json!({"type": one}))});
    let unreferred = |one: &Value| json!({"$defs": named(&|_| json!({"type": one}))});
    let users = |one: &Value| {
        let mut schema =
            json!({"$defs": named(&|_| json!({"properties": {"x": {"$ref": "#/$defs/changed"}}}))});
        schema["$defs"]["changed"] = json!({"type": one});
        schema
    };
    // Each refers to all others.
    let around = size.isqrt();
    let graph = |one: &Value| {
        let all = |number: usize| -> Map<String, Value> {
            (0..around)
                .map(|other| (format!("p{other}"), refer(if other == number { 0 } else { other })))
                .collect()
        };
        let definitions: Map<String, Value> =
            (0..around).map(|number| (format!("p{number}"), json!({"properties": all(number)}))).collect();
        let mut schema = json!({"$defs": definitions});
        schema["$defs"]["p0"]["properties"]["leaf"] = json!({"type": one});
        schema
    };
    vec![
        pair("properties that changed", &properties, 1),
        pair("properties that are wider", &properties, 2),
        pair("required properties that changed", &required, 1),
        pair("definitions that changed", &definitions, 1),
        pair("definitions that nothing refers to", &unreferred, 1),
        pair("users of one definition", &users, 1),
        pair("definitions that refer to each other", &graph, 1),
        shape("properties that became required", properties(&types[0]), required(&types[0])),
        shape("new properties", json!({"properties": {}}), properties(&types[0])),
    ]
}

/// Lists that are long.
fn of_one_thing(size: usize) -> Vec<Shape> {
    let values =
        |from: usize| -> Vec<String> { (from..from + size).map(|number| format!("v{number}")).collect() };
    let several =
        |of: &dyn Fn(usize) -> Value, from: usize| -> Vec<Value> { (from..from + size).map(of).collect() };
    let constant = |number: usize| json!({"const": format!("v{number}")});
    let tagged = |one: &'static str| {
        move |number: usize| {
            let name = format!("a{number}");
            json!({"properties": {&name: {"type": one}}, "required": [name]})
        }
    };
    let by_pattern = |one: &str| -> Value {
        (0..size).map(|number| (format!("^a{number}"), json!({"type": one}))).collect::<Map<_, _>>().into()
    };
    let nested = |least: usize| {
        let around = |items: Value| json!({"type": "array", "minItems": size, "items": items});
        around(around(json!({"type": "array", "minItems": least})))
    };
    let mut reversed = values(0);
    reversed.reverse();
    let mut found = vec![
        shape("an enum that lost a value", json!({"enum": values(0)}), json!({"enum": values(1)})),
        shape("an enum of other values", json!({"enum": values(0)}), json!({"enum": values(size)})),
        shape("an enum the other way round", json!({"enum": values(0)}), json!({"enum": reversed})),
        shape(
            "elements that changed",
            json!({"prefixItems": vec![json!({"type": "string"}); size]}),
            json!({"prefixItems": vec![json!({"type": "integer"}); size]}),
        ),
        shape("arrays of arrays that have to be long", nested(size), nested(size + 1)),
        shape(
            "patterns that changed",
            json!({"patternProperties": by_pattern("string")}),
            json!({"patternProperties": by_pattern("integer")}),
        ),
    ];
    for keyword in ["anyOf", "oneOf", "allOf"] {
        let of = |branches: Vec<Value>| json!({keyword: branches});
        found.push(shape(
            &format!("{keyword} that lost a branch"),
            of(several(&constant, 0)),
            of(several(&constant, 1)),
        ));
        found.push(shape(
            &format!("{keyword} of branches that changed"),
            of(several(&tagged("string"), 0)),
            of(several(&tagged("integer"), 0)),
        ));
    }
    found
}
