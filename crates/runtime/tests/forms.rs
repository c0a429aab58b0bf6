//! Every form that a declaration can say: what it reads, through every door, what it refuses and with which words, and
//! that what it reads is what serde's derive writes.
#![cfg(feature = "guard")]
#![allow(clippy::option_option, reason = "absent and null are told apart")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use isomorph_runtime::{Buffered, Read, object, union};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a text is read as, or why not: through every door the same.
fn read<T: DeserializeOwned + Read + Serialize + TryFrom<Value>>(text: &str) -> Result<T, String> {
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    let words = |error: serde_json::Error| {
        let error = error.to_string();
        error.split(" at line ").next().unwrap_or_default().to_owned()
    };
    let read = serde_json::from_str::<T>(text).map_err(words);
    let doors = [
        serde_json::from_slice::<T>(text.as_bytes()).map_err(words),
        serde_json::from_reader::<_, T>(text.as_bytes()).map_err(words),
        serde_json::from_value::<T>(value.clone()).map_err(words),
        T::read(Buffered::<false>(&value)).map_err(|refusal| refusal.to_string()),
        isomorph_runtime::from_str::<T>(text).map_err(|error| without_place(&error)),
        T::try_from(value.clone()).map_err(|_| read.as_ref().err().cloned().unwrap_or_default()),
    ];
    let json = |read: &Result<T, String>| {
        read.as_ref().map(|read| serde_json::to_string(read).unwrap()).map_err(Clone::clone)
    };
    for (index, door) in doors.iter().enumerate() {
        assert_eq!(json(door), json(&read), "door {index} of {text}");
    }
    if let Ok(read) = &read {
        let trusted =
            T::read(Buffered::<true>(&value)).ok().map(|read| serde_json::to_string(&read).unwrap());
        assert_eq!(trusted, serde_json::to_string(read).ok(), "trusted: {text}");
    }
    read
}

/// What an error says, less the line and the column.
fn without_place(error: &isomorph_runtime::ReadError) -> String {
    let said = error.to_string();
    said.split_once(" at line ").map_or(said.clone(), |(reason, _)| reason.to_owned())
}

/// Holds a type to what it is to read, each as it is written again, and to what it is to refuse, each with its reason.
fn holds<T>(reads: &[(&str, T)], refuses: &[(&str, &str)])
where
    T: DeserializeOwned + Read + Serialize + TryFrom<Value> + PartialEq + Debug,
{
    for (text, expected) in reads {
        let value = read::<T>(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value, *expected, "{text}");
        let (written, source): (Value, Value) =
            (serde_json::to_value(&value).unwrap(), serde_json::from_str(text).unwrap());
        assert_eq!(written, source, "what was read is written");
    }
    for (text, reason) in refuses {
        assert_eq!(read::<T>(text).unwrap_err(), *reason, "{text}");
    }
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "cat")]
struct Cat {
    lives: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
}

object! {
    Cat tag required "kind" = "cat" {
        0 lives: required "lives",
        1 owner: optional "owner",
    }
    check |cat| { isomorph_runtime::check::maximum(&cat.lives, 9)?; }
}

#[test]
fn a_constant_is_a_tag_that_no_field_holds() {
    holds(
        &[
            (r#"{"kind":"cat","lives":9}"#, Cat { lives: 9, owner: None }),
            (r#"{"owner":"Tom","lives":7,"kind":"cat"}"#, Cat { lives: 7, owner: Some("Tom".into()) }),
        ],
        &[
            (r#"{"lives":9}"#, "missing field `kind`"),
            (r#"{"kind":"dog","lives":9}"#, "/kind: unknown variant `dog`, expected `cat`"),
            (r#"{"kind":3,"lives":9}"#, "/kind: invalid type: integer `3`, expected a string"),
            (
                r#"{"kind":"cat","lives":9,"a":1}"#,
                "unknown field `a`, expected one of `lives`, `owner`, `kind`",
            ),
            (r#"{"kind":"cat","lives":10}"#, "invalid value: 10 is greater than the maximum 9"),
            (r#"["cat"]"#, "invalid type: array, expected an object"),
        ],
    );
    let twice = serde_json::from_str::<Cat>(r#"{"kind":"cat","kind":"cat","lives":9}"#).unwrap_err();
    assert!(twice.to_string().starts_with("duplicate field `kind`"), "{twice}");
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename = "dog")]
struct Dog {}

object! {
    Dog tag optional "kind" = "dog" { .. }
}

#[test]
fn an_optional_constant_is_written_even_where_it_was_absent() {
    holds(
        &[(r#"{"kind":"dog"}"#, Dog {})],
        &[(r#"{"kind":"cat"}"#, "/kind: unknown variant `cat`, expected `dog`")],
    );
    assert_eq!(read::<Dog>("{}"), Ok(Dog {}));
    assert_eq!(serde_json::to_string(&Dog {}).unwrap(), r#"{"kind":"dog"}"#);
}

#[derive(Debug, PartialEq, Serialize)]
struct Routes {
    title: String,
    #[serde(flatten)]
    extensions: BTreeMap<String, Value>,
    #[serde(flatten)]
    rest: BTreeMap<String, i64>,
}

object! {
    Routes {
        0 title: required "title",
        * extensions: starting "x-",
        * rest: matching "^/[^/]+$",
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Open {
    #[serde(flatten)]
    numbers: BTreeMap<String, i64>,
    #[serde(flatten)]
    rest: BTreeMap<String, bool>,
}

object! {
    Open {
        * numbers: matching r"^\d+$",
        ..rest
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Lax {
    #[serde(flatten)]
    extensions: BTreeMap<String, i64>,
}

object! {
    Lax {
        * extensions: starting "x-",
        ..
    }
}

fn map<T>(name: &str, value: T) -> BTreeMap<String, T> {
    BTreeMap::from([(name.to_owned(), value)])
}

#[test]
fn maps_take_the_properties_whose_names_are_theirs() {
    holds(
        &[(
            r#"{"title":"a","x-1":null,"/a":1}"#,
            Routes { title: "a".into(), extensions: map("x-1", Value::Null), rest: map("/a", 1) },
        )],
        &[
            (r#"{"title":"a","/a":"b"}"#, "/~1a: invalid type: string \"b\", expected an integer"),
            (r#"{"title":"a","/a/b":1}"#, "unknown field `/a/b`, expected `title`"),
        ],
    );
    holds(
        &[(r#"{"12":1,"a":true}"#, Open { numbers: map("12", 1), rest: map("a", true) })],
        &[(r#"{"12":true}"#, "/12: invalid type: boolean `true`, expected an integer")],
    );
    assert_eq!(read::<Lax>(r#"{"x-a":1,"b":"c"}"#), Ok(Lax { extensions: map("x-a", 1) }));
    let twice = serde_json::from_str::<Lax>(r#"{"x-a":1,"x-a":1}"#).unwrap_err();
    assert!(twice.to_string().starts_with("duplicate field `x-a`"), "{twice}");
}

/// Internally tagged.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Event {
    Created {
        at: String,
        #[serde(rename = "self")]
        self_: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Option<String>>,
        legs: i64,
    },
    Deleted,
    Other {
        #[serde(flatten)]
        rest: BTreeMap<String, i64>,
    },
    Sub(Sub),
}

impl Event {
    fn legs() -> i64 {
        4
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Sub {
    id: u64,
}

object! {
    Sub {
        0 id: required "id",
        ..
    }
}

union! {
    Event: OneOf by "type" {
        0 Created tag required "type" = "created" {
            0 at: required "at",
            1 self_: required "self",
            2 by: optional "by",
            3 legs: default(legs) "legs",
        }: OBJECT check |at, legs| {
            isomorph_runtime::check::min_length(at, 2)?;
            isomorph_runtime::check::minimum(legs, 2)?;
        };
        1 Deleted tag required "type" = "deleted" { .. }: OBJECT;
        2 Other tag required "type" = "other" { ..rest }: OBJECT;
        3 Sub tag required "type" = "sub": OBJECT;
    }
}

#[test]
fn variants_with_fields_are_told_apart_by_their_tag() {
    holds(
        &[
            (
                r#"{"at":"noon","self":null,"type":"created","legs":4}"#,
                Event::Created { at: "noon".into(), self_: None, by: None, legs: 4 },
            ),
            (
                r#"{"at":"noon","self":1,"type":"created","by":null,"legs":4}"#,
                Event::Created { at: "noon".into(), self_: Some(1), by: Some(None), legs: 4 },
            ),
            (r#"{"type":"deleted"}"#, Event::Deleted),
            (r#"{"type":"other","a":1}"#, Event::Other { rest: BTreeMap::from([("a".into(), 1)]) }),
            (r#"{"type":"sub","id":1}"#, Event::Sub(Sub { id: 1 })),
        ],
        &[
            (r#"{"at":"noon"}"#, "missing field `type`"),
            (
                r#"{"type":1}"#,
                "/type: invalid type: integer `1`, expected one of `created`, `deleted`, `other`, `sub`",
            ),
            (
                r#"{"type":"new"}"#,
                "/type: unknown variant `new`, expected one of `created`, `deleted`, `other`, `sub`",
            ),
            (r#"{"type":"created","at":"noon"}"#, "missing field `self`"),
            (r#"{"type":"created","at":1,"self":1}"#, "/at: invalid type: integer `1`, expected a string"),
            (
                r#"{"type":"created","at":"noon","self":1,"x":1}"#,
                "unknown field `x`, expected one of `at`, `self`, `by`, `legs`, `type`",
            ),
            (
                r#"{"type":"created","at":"n","self":1}"#,
                "invalid value: the string is shorter than 2 characters",
            ),
            (r#"{"type":"other","a":"b"}"#, "/a: invalid type: string \"b\", expected an integer"),
            (
                r#""created""#,
                "invalid type: string \"created\", expected one of `Created`, `Deleted`, `Other`, `Sub`",
            ),
        ],
    );
    let absent = read::<Event>(r#"{"at":"noon","self":1,"type":"created"}"#);
    assert_eq!(absent, Ok(Event::Created { at: "noon".into(), self_: Some(1), by: None, legs: 4 }));
    assert_eq!(read::<Event>(r#"{"type":"deleted","a":1}"#), Ok(Event::Deleted));
}

/// A tag that no other branch has, beside strings.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Tagged {
    Text(String),
    Sub(Wrapped),
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "sub")]
struct Wrapped {
    sub: i64,
}

object! {
    Wrapped tag required "type" = "sub" {
        0 sub: required "sub",
    }
}

union! {
    Tagged: AnyOf {
        0 Text: STRING;
        1 Sub: OBJECT;
    }
}

#[test]
fn a_struct_with_its_own_tag_is_a_branch() {
    holds(
        &[
            (r#""a""#, Tagged::Text("a".into())),
            (r#"{"type":"sub","sub":1}"#, Tagged::Sub(Wrapped { sub: 1 })),
        ],
        &[(r#"{"type":"sup","sub":1}"#, "/type: unknown variant `sup`, expected `sub`")],
    );
}

/// Externally tagged.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum External {
    Open,
    Closed,
    Other(String),
    Tuple(i64, String),
    Struct { a: u64, b: Option<bool> },
}

union! {
    External: OneOf {
        0 [Open = "open", Closed = "closed"]: STRING;
        1 Other in closed "other": OBJECT check |other| { isomorph_runtime::check::min_length(other, 1)?; };
        2 Tuple(a b) in closed "tuple": OBJECT check |a, _b| { isomorph_runtime::check::minimum(a, 0)?; };
        3 Struct in closed "struct" {
            0 a: required "a",
            1 b: optional "b",
            ..
        }: OBJECT;
    }
}

#[test]
fn constants_and_objects_of_one_property_are_serdes_external_form() {
    holds(
        &[
            (r#""open""#, External::Open),
            (r#""closed""#, External::Closed),
            (r#"{"other":"a"}"#, External::Other("a".into())),
            (r#"{"tuple":[1,"a"]}"#, External::Tuple(1, "a".into())),
            (r#"{"struct":{"a":1,"b":true}}"#, External::Struct { a: 1, b: Some(true) }),
        ],
        &[
            (r#""new""#, "unknown variant `new`, expected one of `open`, `closed`"),
            (
                r#"{"new":1}"#,
                "invalid value: an object of `new`, expected of one of `other`, `tuple`, `struct`",
            ),
            (r#"{"other":1}"#, "/other: invalid type: integer `1`, expected a string"),
            (r#"{"other":"a","b":1}"#, "unknown field `b`, expected `other`"),
            (r#"{"other":""}"#, "invalid value: the string is shorter than 1 characters"),
            (r#"{"tuple":[1]}"#, "/tuple: invalid length, expected 2 elements"),
            (r#"{"tuple":[-1,"a"]}"#, "invalid value: -1 is less than the minimum 0"),
            (r#"{"struct":{"b":true}}"#, "/struct: missing field `a`"),
            ("{}", "invalid value: an object of nothing, expected of one of `other`, `tuple`, `struct`"),
        ],
    );
}

/// Externally tagged, where other properties are passed over.
#[derive(Debug, PartialEq, Serialize)]
enum Outcome {
    Ok(u64),
    Err(String),
}

union! {
    Outcome: OneOf {
        0 Ok in open "Ok": OBJECT;
        1 Err in open "Err": OBJECT;
    }
}

#[test]
fn of_open_objects_one_of_two_properties_is_meant() {
    holds(
        &[(r#"{"Ok":1}"#, Outcome::Ok(1)), (r#"{"Err":"a"}"#, Outcome::Err("a".into()))],
        &[(r#"{"Ok":1,"Err":"a"}"#, "invalid value: both `Ok` and `Err` match, expected one of oneOf")],
    );
    assert_eq!(read::<Outcome>(r#"{"Ok":1,"other":2}"#), Ok(Outcome::Ok(1)));
}

/// Adjacently tagged.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Ping,
    Message(String),
    Point { x: f64, y: f64 },
    Pair(i64, i64),
}

union! {
    Adjacent: OneOf by "t" {
        0 Ping tag required "t" = "Ping" { .. }: OBJECT;
        1 Message in open "c" tag required "t" = "Message": OBJECT;
        2 Point in open "c" tag required "t" = "Point" {
            0 x: required "x",
            1 y: required "y",
            ..
        }: OBJECT;
        3 Pair(a b) in closed "c" tag required "t" = "Pair": OBJECT;
    }
}

#[test]
fn what_stands_beside_a_tag_is_the_content() {
    holds(
        &[
            (r#"{"t":"Ping"}"#, Adjacent::Ping),
            (r#"{"c":"a","t":"Message"}"#, Adjacent::Message("a".into())),
            (r#"{"t":"Point","c":{"x":0.5,"y":1.5}}"#, Adjacent::Point { x: 0.5, y: 1.5 }),
            (r#"{"t":"Pair","c":[1,2]}"#, Adjacent::Pair(1, 2)),
        ],
        &[
            (r#"{"t":"Message"}"#, "missing field `c`"),
            (r#"{"c":"a"}"#, "missing field `t`"),
            (r#"{"t":"Point","c":{"x":1}}"#, "/c: missing field `y`"),
            (r#"{"t":"Pair","c":[1,2],"d":1}"#, "unknown field `d`, expected one of `c`, `t`"),
        ],
    );
    assert_eq!(read::<Adjacent>(r#"{"t":"Message","c":"a","d":1}"#), Ok(Adjacent::Message("a".into())));
}

/// Units beside variants around anything.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Permissions {
    ReadAll,
    WriteAll,
    #[serde(untagged)]
    Event(Sub),
    #[serde(untagged)]
    Nothing(()),
}

union! {
    Permissions: OneOf {
        0 [ReadAll = "read-all", WriteAll = "write-all"]: STRING;
        1 Event: OBJECT;
        2 Nothing: NULL;
    }
}

#[derive(Debug, PartialEq, Serialize)]
enum Shell {
    #[serde(rename = "bash")]
    Bash,
    #[serde(rename = "sh")]
    Sh,
    #[serde(untagged)]
    Text(String),
}

union! {
    Shell: AnyOf {
        0 [Bash = "bash", Sh = "sh"]: STRING;
        1 Text: STRING check |text| { isomorph_runtime::check::max_length(text, 4)?; };
    }
}

/// As `Shell`, but `oneOf`.
#[derive(Debug, PartialEq, Serialize)]
enum OneShell {
    #[serde(rename = "bash")]
    Bash,
    #[serde(untagged)]
    Text(String),
}

union! {
    OneShell: OneOf {
        0 [Bash = "bash"]: STRING;
        1 Text: STRING;
    }
}

#[test]
fn units_stand_beside_anything() {
    holds(
        &[
            (r#""read-all""#, Permissions::ReadAll),
            (r#""write-all""#, Permissions::WriteAll),
            (r#"{"id":1}"#, Permissions::Event(Sub { id: 1 })),
            ("null", Permissions::Nothing(())),
        ],
        &[
            (r#""read""#, "unknown variant `read`, expected one of `read-all`, `write-all`"),
            (
                r#"{"id":-1}"#,
                "/id: invalid value: integer `-1`, expected an integer of 64 bits that is not less than zero",
            ),
            ("1", "invalid type: integer `1`, expected one of `ReadAll | WriteAll`, `Event`, `Nothing`"),
        ],
    );
    holds(
        &[(r#""bash""#, Shell::Bash), (r#""sh""#, Shell::Sh), (r#""fish""#, Shell::Text("fish".into()))],
        &[(r#""power""#, "invalid value: the string is longer than 4 characters")],
    );
    holds(
        &[(r#""fish""#, OneShell::Text("fish".into()))],
        &[(r#""bash""#, "invalid value: both `Bash` and `Text` match, expected one of oneOf")],
    );
}

/// Variants with fields, and nothing that tells them apart but what they have.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Untagged {
    Integer(u64),
    List(Vec<Untagged>),
    Key { key: String },
    Value { value: i64, more: Option<Box<Untagged>> },
    Pair(bool, i64),
    Nothing,
}

union! {
    Untagged: AnyOf {
        0 Integer: INTEGER;
        1 List: ARRAY;
        2 Key { 0 key: required "key", }: OBJECT;
        3 Value {
            0 value: required "value",
            1 more: required "more",
        }: OBJECT check |value| { isomorph_runtime::check::minimum(value, 0)?; };
        4 Pair(a b): ARRAY;
        5 Nothing(): NULL;
    }
}

#[test]
fn untagged_variants_have_fields() {
    let inner = || Untagged::Key { key: "a".into() };
    holds(
        &[
            ("1", Untagged::Integer(1)),
            (r#"[1,{"key":"a"}]"#, Untagged::List(vec![Untagged::Integer(1), inner()])),
            (
                r#"{"value":1,"more":{"key":"a"}}"#,
                Untagged::Value { value: 1, more: Some(Box::new(inner())) },
            ),
            (r#"{"value":1,"more":null}"#, Untagged::Value { value: 1, more: None }),
            ("[true,1]", Untagged::Pair(true, 1)),
            ("null", Untagged::Nothing),
        ],
        &[
            (
                r#"{"key":1}"#,
                "/key: invalid type: integer `1`, expected a string; no branch matches, `Key` came closest",
            ),
            (
                r#"{"more":null,"value":-1}"#,
                "unknown field `more`, expected `key`; no branch matches, `Key` came closest",
            ),
            (
                "true",
                "invalid type: boolean `true`, expected one of `Integer`, `List`, `Key`, `Value`, `Pair`, `Nothing`",
            ),
        ],
    );
}

/// As of draft 4: what an integer is reaches into the fields of variants.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
enum Old {
    A { count: i64 },
    B { list: Vec<i64> },
}

union! {
    Old: OneOf by "type" {
        0 A tag required "type" = "A" { 0 count: required "count", }: OBJECT;
        1 B tag required "type" = "B" { 0 list: required "list", }: OBJECT;
    }
    integers by_spelling
}

#[test]
fn an_integer_in_a_variant_is_one_as_the_dialect_has_it() {
    holds(
        &[
            (r#"{"type":"A","count":1}"#, Old::A { count: 1 }),
            (r#"{"type":"B","list":[1]}"#, Old::B { list: vec![1] }),
        ],
        &[
            (
                r#"{"type":"A","count":1.0}"#,
                "/count: invalid type: floating point `1.0`, expected an integer",
            ),
            (
                r#"{"type":"B","list":[1.0]}"#,
                "/list/0: invalid type: floating point `1.0`, expected an integer",
            ),
        ],
    );
}

static DOCUMENTS: [isomorph_runtime::guard::Document; 1] = [isomorph_runtime::guard::Document {
    uri: "isomorph:///guarded.json",
    dialect: "https://json-schema.org/draft/2020-12/schema",
    text: r#"{"properties": {"a": {"not": {"const": 3}}}}"#,
}];

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
enum Guarded {
    A { a: i64, inner: Option<Box<Guarded>> },
    B,
}

union! {
    Guarded: OneOf by "type" {
        0 A tag required "type" = "A" {
            0 a: required "a",
            1 inner: required "inner",
        }: OBJECT check |a| { isomorph_runtime::check::maximum(a, 9)?; };
        1 B tag required "type" = "B" {}: OBJECT;
    }
    guard DOCUMENTS 0 ""
}

#[test]
fn a_guard_around_variants_with_fields_is_asked() {
    let a = |a, inner| Guarded::A { a, inner };
    holds(
        &[
            (r#"{"type":"A","a":1,"inner":null}"#, a(1, None)),
            // What stands inside a guarded value is trusted.
            (
                r#"{"type":"A","a":1,"inner":{"type":"A","a":3,"inner":null}}"#,
                a(1, Some(Box::new(a(3, None)))),
            ),
        ],
        &[],
    );
    assert!(read::<Guarded>(r#"{"type":"A","a":3,"inner":null}"#).unwrap_err().contains("keyword `not`"));
    assert!(read::<Guarded>(r#"{"type":"B","a":1}"#).unwrap_err().starts_with("unknown field `a`"));
}

/// What stands beside what the schema lists.
mod unknown {
    use isomorph_runtime::{literals, names, object, union};
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    #[derive(Debug, Clone, PartialEq, Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Color {
        Red,
        #[serde(untagged)]
        Unknown(String),
    }

    names! { Color or Unknown { Red = "red" } }

    #[derive(Debug, Clone, PartialEq)]
    enum Level {
        N1,
        Auto,
        Unknown(Value),
    }

    literals! { Level or Unknown { N1 = "1", Auto = "\"auto\"" } }

    #[derive(Debug, Clone, PartialEq, Serialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Event {
        Made {
            by: String,
        },
        Gone,
        #[serde(untagged)]
        Unknown(Value),
    }

    union! {
        Event or Unknown: OneOf by "kind" {
            0 Made tag required "kind" = "made" { 0 by: required "by", .. }: OBJECT;
            1 Gone tag required "kind" = "gone" { .. }: OBJECT;
        }
    }

    #[derive(Debug, Clone, PartialEq, Serialize)]
    struct Box1 {
        color: Color,
    }

    object! { Box1 { 0 color: required "color", .. } }

    #[derive(Debug, Clone, PartialEq, Serialize)]
    struct Box2 {
        color: String,
        size: i64,
    }

    object! { Box2 { 0 color: required "color", 1 size: required "size", .. } }

    #[derive(Debug, Clone, PartialEq, Serialize)]
    #[serde(untagged)]
    enum Thing {
        One(Box1),
        Two(Box2),
        Number(i64),
        Unknown(Value),
    }

    union! { Thing or Unknown: OneOf { 0 One: OBJECT; 1 Two: OBJECT; 2 Number: INTEGER; } }

    #[derive(Debug, Clone, PartialEq, Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Way {
        Auto,
        Exact(i64),
        #[serde(untagged)]
        Unknown(Value),
    }

    union! { Way or Unknown: OneOf { 0 [Auto = "auto"]: STRING; 1 Exact in closed "exact": OBJECT; } }

    #[derive(Debug, Clone, PartialEq, Serialize)]
    #[serde(untagged)]
    enum Plain {
        Text(String),
        Unknown(Value),
    }

    union! { Plain or Unknown: AnyOf { 0 Text: STRING; } }

    fn read<T: DeserializeOwned + Serialize>(value: &Value) -> Option<T> {
        let read: T = serde_json::from_value(value.clone()).ok()?;
        assert_eq!(serde_json::to_value(&read).expect("JSON"), *value);
        assert_eq!(serde_json::to_string(&read).expect("JSON"), value.to_string());
        Some(read)
    }

    #[test]
    fn what_is_not_listed_is_kept_and_written_as_it_was_read() {
        assert_eq!(read(&json!("red")), Some(Color::Red));
        assert_eq!(read(&json!("blue")), Some(Color::Unknown("blue".into())));
        assert_eq!(read::<Color>(&json!(1)), None);
        assert_eq!(read(&json!(1)), Some(Level::N1));
        for value in [json!(2), json!("other"), json!({"a": [1]})] {
            assert_eq!(read(&value), Some(Level::Unknown(value)));
        }
        for value in [json!({"kind": "moved", "to": 1}), json!(5), json!([1])] {
            assert_eq!(read(&value), Some(Event::Unknown(value)));
        }
        for value in [json!("fast"), json!({"about": 1}), json!(true), json!({})] {
            assert_eq!(read(&value), Some(Way::Unknown(value)));
        }
        for value in [json!(1), json!([1, {"a": null}]), json!({"a": 1}), json!(null)] {
            assert_eq!(read(&value), Some(Plain::Unknown(value)));
        }
    }

    #[test]
    fn what_is_of_a_known_variant_is_refused_where_it_is_none_of_it() {
        for value in
            [json!({"kind": "made"}), json!({"kind": "made", "by": 1}), json!({}), json!({"kind": 1})]
        {
            assert_eq!(read::<Event>(&value), None, "{value}");
        }
        assert_eq!(read::<Way>(&json!({"exact": "a"})), None);
        assert_eq!(read(&json!({"exact": 1})), Some(Way::Exact(1)));
    }

    #[test]
    fn a_branch_that_matches_but_for_something_unknown_stands_behind_one_that_matches() {
        let two = Thing::Two(Box2 { color: "blue".into(), size: 1 });
        assert_eq!(read(&json!({"color": "blue", "size": 1})), Some(two));
        let one = Thing::One(Box1 { color: Color::Unknown("blue".into()) });
        assert_eq!(read(&json!({"color": "blue"})), Some(one));
        // Of both, as it is.
        assert!(serde_json::from_value::<Thing>(json!({"color": "red", "size": 1})).is_err());
        for value in [json!({"size": 1}), json!("a"), json!(1.5)] {
            assert_eq!(read(&value), Some(Thing::Unknown(value)));
        }
        // What is unknown inside a branch that is tried is of the next that takes it, strictly or not.
        let many: Vec<Thing> = serde_json::from_value(json!([{"color": "blue"}, 3])).expect("things");
        assert_eq!(many[1], Thing::Number(3));
    }
}

/// Maps and strings of other types.
#[cfg(feature = "indexmap")]
mod held {
    use std::collections::{BTreeMap, HashMap};
    use std::sync::Arc;

    use indexmap::IndexMap;
    use isomorph_runtime::{newtype, object};
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    #[derive(Debug, PartialEq, Serialize)]
    struct Order {
        counts: HashMap<String, i64>,
        prices: IndexMap<String, f64>,
        pages: HashMap<u64, Box<str>>,
        name: Arc<str>,
        #[serde(flatten)]
        rest: IndexMap<String, bool>,
    }

    object! {
        Order {
            0 counts: required "counts", 1 prices: required "prices", 2 pages: required "pages", 3 name: required "name",
            ..rest
        }
        check |order| {
            isomorph_runtime::check::max_properties(&order.prices, 2)?;
            isomorph_runtime::check::min_length(&order.name, 1)?;
        }
    }

    #[derive(Debug, PartialEq, Serialize)]
    struct Name(Box<str>);

    newtype! { Name (Box<str>) free text }

    fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn maps_and_strings_of_other_types_are_read_as_the_usual_ones() {
        let text = r#"{"counts":{"a":1},"prices":{"b":1.5,"a":2.0},"pages":{"7":"x"},"name":"n","y":true,"x":false}"#;
        let order: Order = read(text).expect("an order");
        assert_eq!(order.rest.keys().collect::<Vec<_>>(), ["y", "x"]);
        assert_eq!(serde_json::to_string(&order).expect("JSON"), text);
        for (wrong, why) in [
            (text.replace(r#""b":1.5"#, r#""a":1.5"#), "duplicate"),
            (text.replace(r#""b":1.5"#, r#""b":1.5,"c":1"#), "more than 2 properties"),
            (text.replace(r#""n""#, r#""""#), "1 character"),
            (text.replace(r#""7""#, r#""x""#), "integer"),
            (text.replace(r#""y":true"#, r#""x":true"#), "duplicate"),
            (text.replace(r#""x":false"#, r#""x":1"#), "expected a boolean"),
        ] {
            let error = read::<Order>(&wrong).expect_err(&wrong);
            assert!(error.contains(why), "{wrong}: {error}");
        }
        assert_eq!(read::<HashMap<u64, bool>>(r#"{"1":true}"#), Ok(HashMap::from([(1, true)])));
        assert_eq!(read::<BTreeMap<i64, bool>>(r#"{"-1":true}"#), Ok(BTreeMap::from([(-1, true)])));
        let name: Name = "a".parse().expect("a name");
        assert_eq!((name.as_str(), Name::from(Box::from("a"))), ("a", Name(Box::from("a"))));
    }
}
