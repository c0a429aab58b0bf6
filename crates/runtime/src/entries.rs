//! What generated code says to schemars: of each type what its source says beyond the derive.

/// Says of types what their source says beyond what schemars derives: an entry for each, which is a function that
/// `#[schemars(transform = …)]` names.
///
/// ```text
/// every { SAYING … }                      what holds for most types: said first in each entry
/// TYPE { SAYING … }
/// TYPE first { SAYING … } { SAYING … }    some of it is said before `every`
/// TYPE - every { SAYING … }               of this type what holds for most does not hold
///
/// SAYING = KEYWORD: JSON;                 a keyword that the derive does not say: added, never replaced
///        | "KEYWORD": JSON;               where it is no Rust identifier
///        | KEYWORD json "TEXT";           a long value, as a text
///        | SPELLING;                      how the source writes what the derive says: see `spelling`
///        | SPELLING(ARGUMENT, …);
///        | parts { [(TYPE "REFERENCE" DIGEST)] "PROPERTY" … [required "PROPERTY" …]; … }
///                                         the schemas of an `allOf` that the properties are spread over
///        | mentions(TYPE, …);             types that only what an entry says refers to
///        | default_as(JSON); | ruled_out(JSON, …);
///        | "PROPERTY" … { SAYING … }      in these properties; in what is called so, of `patternProperties { … }`
///        | KEYWORD { SAYING … }           in what the keyword holds: `items`, `additionalProperties` …
///        | INDEX { SAYING … }             in a branch or an element
///        | { SAYING … }
/// ```
///
/// A keyword is added only where there is none, and a spelling rewrites what is there and does nothing where it is not:
/// a type that changes gives another schema, whatever its entry says.
///
/// ```
/// mod schema {
///     isomorph_runtime::schema! {
///         every { plain; }
///
///         cat {
///             title: "Cat";
///             "lives" { maximum: 9; }
///             "tags" "names" { uniqueItems: true; items { minLength: 1; } }
///         }
///     }
/// }
///
/// #[derive(schemars::JsonSchema)]
/// #[schemars(transform = schema::cat)]
/// struct Cat {
///     lives: Option<i64>,
///     names: Vec<String>,
///     tags: Vec<String>,
/// }
///
/// let said = isomorph_runtime::schema_of::<Cat>();
/// assert_eq!(said.pointer("/properties/lives").unwrap(), &serde_json::json!({"type": "integer", "maximum": 9}));
/// assert_eq!(said.pointer("/properties/tags/items/minLength").unwrap(), 1);
/// ```
#[macro_export]
macro_rules! schema {
    (every { $($every:tt)* } $($entries:tt)*) => {
        #[allow(dead_code)]
        pub(super) fn every(schema: &mut $crate::__schemars::Schema) {
            $crate::__say_in!(schema $($every)*);
        }
        $crate::__entries! { [every] $($entries)* }
    };
    ($($entries:tt)*) => {
        $crate::__entries! { [] $($entries)* }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __entries {
    ([$($every:ident)?] $($name:ident $(- $without:ident)? $(first { $($first:tt)* })? { $($saying:tt)* })*) => {
        $crate::__entries! {
            @each [$($every)?] $([$name $(- $without)?] [$($($first)*)?] [$($saying)*])*
        }
    };
    (@each $every:tt $([$name:ident $(- $without:ident)?] $first:tt $saying:tt)*) => { $(
        pub(super) fn $name(schema: &mut $crate::__schemars::Schema) {
            $crate::__entries!(@say schema $first);
            $crate::__entries!(@every schema $every $(- $without)?);
            $crate::__entries!(@say schema $saying);
        }
    )* };
    (@say $schema:ident []) => {};
    (@say $schema:ident [$($saying:tt)+]) => {
        $crate::__say_in!($schema $($saying)+);
    };
    (@every $schema:ident [$every:ident]) => {
        $every($schema);
    };
    (@every $($other:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __say_in {
    ($schema:ident) => {};
    ($schema:ident $($saying:tt)+) => {
        if let ::core::option::Option::Some(mut part) = $crate::spelling::Part::of($schema) {
            $crate::__say!(part $($saying)+);
        }
    };
}

/// One saying after the other; what stands in parts at the end is said at once, so that a type of many properties needs no
/// deep recursion.
#[doc(hidden)]
#[macro_export]
macro_rules! __say {
    ($part:ident) => {};
    ($part:ident $($($step:literal)+ { $($inner:tt)* })+) => {
        $($crate::__say!(@steps $part [$($step)+] { $($inner)* });)+
    };
    ($part:ident { $($inner:tt)* } $($rest:tt)*) => {
        $crate::__say!($part $($inner)*);
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:literal: - $number:literal; $($rest:tt)*) => {
        $part.add($key, $crate::__json!(- $number));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:literal: $json:tt; $($rest:tt)*) => {
        $part.add($key, $crate::__json!($json));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:ident: - $number:literal; $($rest:tt)*) => {
        $part.add(::core::stringify!($key), $crate::__json!(- $number));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:ident: $json:tt; $($rest:tt)*) => {
        $part.add(::core::stringify!($key), $crate::__json!($json));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:literal json $text:literal; $($rest:tt)*) => {
        $part.add($key, $crate::spelling::read($text));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:ident json $text:literal; $($rest:tt)*) => {
        $part.add(::core::stringify!($key), $crate::spelling::read($text));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $spelling:ident; $($rest:tt)*) => {
        $part.spell($crate::spelling::$spelling);
        $crate::__say!($part $($rest)*);
    };
    ($part:ident default_as($($json:tt)+); $($rest:tt)*) => {
        $part.spell($crate::spelling::default_as($crate::__json!($($json)+)));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident ruled_out($($json:tt)+); $($rest:tt)*) => {
        $part.spell($crate::spelling::ruled_out($crate::__json!([$($json)+])));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident also_typed($($name:literal),+); $($rest:tt)*) => {
        $part.spell($crate::spelling::also_typed(&[$($name),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident required($($name:literal),+); $($rest:tt)*) => {
        $part.spell($crate::spelling::required(&[$($name),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident beside($($name:literal),+); $($rest:tt)*) => {
        $part.spell($crate::spelling::beside(&[$($name),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident mentions($($type:ident),+); $($rest:tt)*) => {
        $part.spell($crate::spelling::mentions(&[$($crate::spelling::mention::<$type>),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident stands_here($type:ident, $reference:literal); $($rest:tt)*) => {
        $part.spell($crate::spelling::stands_here::<$type>($reference));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident refer_by($keyword:literal, $to:literal $(, $from:literal)+); $($rest:tt)*) => {
        $part.spell($crate::spelling::refer_by($keyword, $to, &[$($from),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident selected($tag:literal $(, $value:literal)*); $($rest:tt)*) => {
        $part.spell($crate::spelling::selected($tag, &[$($value),*]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident listed_in($keyword:literal, $($size:literal),+); $($rest:tt)*) => {
        $part.spell($crate::spelling::listed_in($keyword, &[$($size),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident in_order($keyword:literal, $($index:literal),+); $($rest:tt)*) => {
        $part.spell($crate::spelling::in_order($keyword, &[$($index),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident parts {
        $($(($type:ident $reference:literal $digest:literal))? $($name:literal)* $(required $($needed:literal)+)?;)+
    } $($rest:tt)*) => {
        $part.spell($crate::spelling::parts(&[$($crate::spelling::OnePart {
            refers: $crate::__say!(@refers $(($type $reference $digest))?),
            declares: &[$($name),*],
            requires: &[$($($needed),+)?],
        }),+]));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $spelling:ident($($argument:tt)+); $($rest:tt)*) => {
        $part.spell($crate::spelling::$spelling($($argument)+));
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $key:ident { $($inner:tt)* } $($rest:tt)*) => {
        if let ::core::option::Option::Some(mut part) = $part.keyword(::core::stringify!($key)) {
            $crate::__say!(part $($inner)*);
        }
        $crate::__say!($part $($rest)*);
    };
    ($part:ident $step:literal $($rest:tt)+) => {
        $crate::__say!(@take $part [$step] $($rest)+);
    };
    (@take $part:ident [$($step:literal)+] { $($inner:tt)* } $($rest:tt)*) => {
        $crate::__say!(@steps $part [$($step)+] { $($inner)* });
        $crate::__say!($part $($rest)*);
    };
    (@take $part:ident [$($step:literal)+] $more:literal $($rest:tt)+) => {
        $crate::__say!(@take $part [$($step)+ $more] $($rest)+);
    };
    (@refers) => {
        ::core::option::Option::None
    };
    (@refers ($type:ident $reference:literal $digest:literal)) => {
        ::core::option::Option::Some($crate::spelling::Elsewhere {
            reference: $reference,
            digest: $digest,
            mention: $crate::spelling::mention::<$type>,
        })
    };
    (@steps $part:ident [$($step:literal)+] $inner:tt) => {
        $($crate::__say!(@step $part $step $inner);)+
    };
    (@step $part:ident $step:literal { $($inner:tt)* }) => {
        if let ::core::option::Option::Some(mut part) = $part.step($step) {
            $crate::__say!(part $($inner)*);
        }
    };
}

/// A JSON value. Other than that of serde_json it takes long lists; a number in it is not negative.
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    (null) => {
        $crate::__serde_json::Value::Null
    };
    ([$($element:tt),* $(,)?]) => {
        $crate::__serde_json::Value::Array(::std::vec![$($crate::__json!($element)),*])
    };
    ({ $($key:literal: $value:tt),* $(,)? }) => {
        $crate::__serde_json::Value::Object(
            [$((::std::string::String::from($key), $crate::__json!($value))),*].into_iter().collect()
        )
    };
    ((json $text:literal)) => {
        $crate::spelling::read($text)
    };
    (- $number:literal) => {
        $crate::__serde_json::Value::from(-$number)
    };
    ($literal:literal) => {
        $crate::__serde_json::Value::from($literal)
    };
}

#[cfg(test)]
mod tests {
    use schemars::Schema;
    use serde_json::{Value, json};

    mod schema {
        crate::schema! {
            every { plain; }

            nothing {}

            adds {
                title: "T";
                minimum: -1;
                "$comment": "c";
                maximum: 5_000_000_000_i64;
                "x-half": 0.5;
                "x-all": [null, true, {"a": [1, "b"]}, []];
                examples json r#"[-1, {"b": "c"}]"#;
                description: "not this";
            }

            parts {
                one_of;
                "a" "b" { title: "P"; }
                "c" { items { minLength: 1; } uniqueItems: true; }
                0 1 { title: "B"; }
                patternProperties { "^x" { title: "X"; } }
                oneOf { 1 { description: "second"; } }
                "none" { title: "N"; "inner" { title: "N"; } }
            }

            begins first { required("a"); } { { title: "T"; } }

            other - every {
                any_of_null_here;
                default_as(-1);
                ruled_out("a", 1);
                in_order("enum", 1, 0);
            }
        }
    }

    #[test]
    fn an_object_is_put_together_of_parts() {
        mod schema {
            #[derive(schemars::JsonSchema)]
            struct A;

            crate::schema! {
                whole {
                    parts { (A "#/$defs/A" 0x2dc4_fc88_e5cf_b42c) "a" required "a"; "b" "c"; required "d"; }
                    1 { title: "B"; }
                }
            }
        }
        let before = json!({"type": "object", "properties": {"a": {}, "b": {}, "c": {}, "d": {}}, "required": ["a", "d"]});
        let keywords = before.as_object().expect("an object");
        assert_eq!(crate::spelling::parts_digest(keywords, &["a"]), 0x2dc4_fc88_e5cf_b42c);
        let expected = json!({
            "type": "object",
            "properties": {"d": {}},
            "allOf": [
                {"$ref": "#/$defs/A"},
                {"type": "object", "properties": {"b": {}, "c": {}}, "title": "B"},
                {"type": "object", "required": ["d"]},
            ],
        });
        assert_eq!(after(schema::whole, before), expected);
    }

    fn after(spelling: fn(&mut Schema), before: Value) -> Value {
        let mut schema = before.try_into().expect("a schema");
        spelling(&mut schema);
        schema.into()
    }

    #[test]
    fn keywords_are_added_and_never_replaced() {
        let said = after(schema::adds, json!({"description": "this", "minimum": 3}));
        let expected = json!({
            "description": "this", "minimum": 3, "title": "T", "$comment": "c", "maximum": 5_000_000_000_i64, "x-half": 0.5,
            "x-all": [null, true, {"a": [1, "b"]}, []], "examples": [-1, {"b": "c"}],
        });
        assert_eq!(said, expected);
        assert_eq!(after(schema::adds, json!(true))["minimum"], -1);
    }

    #[test]
    fn parts_are_found_by_name_keyword_and_number_and_none_is_made() {
        let before = json!({
            "properties": {"a": true, "b": {"title": "own"}, "c": {"items": {}}},
            "patternProperties": {"^x": {}},
            "anyOf": [{}, {}],
        });
        let expected = json!({
            "properties": {"a": {"title": "P"}, "b": {"title": "own"}, "c": {"items": {"minLength": 1}, "uniqueItems": true}},
            "patternProperties": {"^x": {"title": "X"}},
            "oneOf": [{"title": "B"}, {"title": "B", "description": "second"}],
        });
        assert_eq!(after(schema::parts, before), expected);
        assert_eq!(after(schema::parts, json!({"type": "string"})), json!({"type": "string"}));
    }

    #[test]
    fn what_holds_for_every_type_is_said_first_unless_something_comes_before_or_it_is_left_out() {
        let nullable = json!({"properties": {"a": {"type": ["string", "null"]}}});
        let plain = json!({"properties": {"a": {"type": "string"}}});
        assert_eq!(after(schema::every, nullable.clone()), plain);
        assert_eq!(after(schema::nothing, nullable.clone()), plain);
        let mut required = nullable;
        required["required"] = json!(["a"]);
        required["title"] = json!("T");
        assert_eq!(after(schema::begins, json!({"properties": required["properties"]})), required);
        let other = json!({"type": ["integer", "null"], "default": -1.0});
        let expected = json!({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": -1});
        let values = json!({"type": "integer", "enum": [2]});
        assert_eq!(after(schema::other, values), json!({"type": "integer", "enum": ["a", 2]}));
        assert_eq!(after(schema::other, other), expected);
    }
}
