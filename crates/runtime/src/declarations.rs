//! What the generator writes to have a type read: a declaration of what stands for what. The macros
//! here make the implementations of it, so that generated code stays short, for people and for compilers.
//!
//! Every declaration may end in `holds { … }`: what is read must also hold to that [`Condition`](crate::condition::Condition);
//! or in `guard DOCUMENTS 0 "/pointer"`: it must please the schema at that pointer in the document of that index. Before it may stand `integers by_spelling`, for types of draft 4, where
//! `1.0` is no integer, and `integers by_value`, for those of other dialects that stand beside such.

/// Declares how a struct is read from an object.
///
/// Each field has a number, counted from 0, a presence, and the name of its property. A property that is
/// `required` must be there; the field of an `optional` one is an `Option`, and that of a `null` one the
/// `Option` that its value is, of which `null` is the same as absent; an absent one with a `default`
/// reads as what Rust's `Default` gives, or as what the named function of the type gives. As in a pattern, `..` stands for other properties,
/// which are ignored; without it there may be none; `..rest` keeps them in the field `rest`. A type that is not ours is read
/// by an adapter, `as (Adapter)` behind the name or `..rest`: see [`via`](crate::via).
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Cat {
///     name: String,
///     lives: Option<i64>,
///     legs: i64,
/// }
///
/// impl Cat {
///     fn default_legs() -> i64 {
///         4
///     }
/// }
///
/// isomorph_runtime::object! {
///     Cat {
///         0 name: required "name",
///         1 lives: optional "lives",
///         2 legs: default(default_legs) "legs",
///         ..
///     }
///     check |cat| {
///         if let Some(lives) = &cat.lives {
///             isomorph_runtime::check::maximum(lives, 9)?;
///         }
///     }
/// }
///
/// let cat: Cat = serde_json::from_str(r#"{"name": "Tom", "lives": 7.0, "owner": 1}"#).unwrap();
/// assert_eq!(cat, Cat { name: "Tom".into(), lives: Some(7), legs: 4 });
/// assert!(serde_json::from_str::<Cat>(r#"{"name": "Tom", "lives": 10}"#).is_err());
/// ```
///
/// A property of one possible value is no field: `tag required` or `tag optional`, its name and the string in front of the
/// fields. Behind them maps keep others by their names, `* extensions: starting "x-"`, or `matching` a regular expression
/// (feature `guard`); the first takes what is of several.
///
/// ```
/// use std::collections::BTreeMap;
///
/// #[derive(Debug, PartialEq, serde::Serialize)]
/// #[serde(tag = "kind", rename = "cat")]
/// struct Cat {
///     lives: i64,
///     #[serde(flatten)]
///     extensions: BTreeMap<String, bool>,
/// }
///
/// isomorph_runtime::object! {
///     Cat tag required "kind" = "cat" {
///         0 lives: required "lives",
///         * extensions: starting "x-",
///     }
/// }
///
/// let text = r#"{"kind":"cat","lives":9,"x-purrs":true}"#;
/// let cat: Cat = serde_json::from_str(text).unwrap();
/// assert_eq!(cat.extensions["x-purrs"], true);
/// assert_eq!(serde_json::to_string(&cat).unwrap(), text);
/// for wrong in [r#"{"lives":9}"#, r#"{"kind":"dog","lives":9}"#, r#"{"kind":"cat","lives":9,"purrs":true}"#] {
///     assert!(serde_json::from_str::<Cat>(wrong).is_err());
/// }
/// ```
#[macro_export]
macro_rules! object {
    ($type:ident $(tag $presence:ident $tag:literal = $value:literal)? { $($members:tt)* }
        $(check |$this:ident| $check:block)? $(holds { $($condition:tt)* })? $(integers $integers:ident)?
        $(guard $documents:ident $document:literal $pointer:literal)?) => {
        $crate::__members!(
            $type gives $type by $type { { $(tag $presence $tag = $value)? } $($members)* } $(check |$this| $check)?
        );
        $crate::__read!(
            read_object $type $(holds { $($condition)* })? $(integers $integers)? $(guard $documents $document $pointer)?
        );
    };
}

/// Declares the branches of a union: for each variant its number, counted from 0, the JSON types that its
/// values can have, which are constants of [`Branch`](crate::Branch), and the values of its tag.
///
/// `anyOf` takes the first branch that matches, in the order of `trying` where there is one; `oneOf` refuses a value of two
/// branches.
///
/// A variant is around one value, unless more is said of it:
///
/// | variant | what it is |
/// | --- | --- |
/// | `0 Created { 0 at: required "at", .. }` | it has fields, declared as those of a struct |
/// | `0 Point(x y)` | it is around the elements of a tuple; the names are any |
/// | `0 Price as (Adapter)` | its value is of a type that is not ours: see [`via`](crate::via) |
/// | `0 Nothing()` | it is `null`, around nothing |
/// | `0 [Open = "open", Closed = "closed"]` | several that are strings |
/// | `0 Other in closed "other"` | it is the value of the one property of an object, `in open` where others are passed over; before `{`, behind `(x y)` |
/// | `0 Created tag required "type" = "created" {}` | a property that no field holds is its tag, before `{` |
///
/// ```
/// #[derive(Debug, PartialEq, serde::Serialize)]
/// #[serde(tag = "type", rename_all = "lowercase")]
/// enum Event {
///     Created { at: String },
///     Deleted,
/// }
///
/// isomorph_runtime::union! {
///     Event: OneOf by "type" {
///         0 Created tag required "type" = "created" { 0 at: required "at", }: OBJECT;
///         1 Deleted tag required "type" = "deleted" { .. }: OBJECT;
///     }
/// }
///
/// let created: Event = serde_json::from_str(r#"{"at":"noon","type":"created"}"#).unwrap();
/// assert_eq!(created, Event::Created { at: "noon".into() });
/// assert_eq!(serde_json::to_string(&created).unwrap(), r#"{"type":"created","at":"noon"}"#);
/// assert!(serde_json::from_str::<Event>(r#"{"at":"noon","type":"moved"}"#).is_err());
/// ```
///
/// With `or Unknown` behind the type, a variant of that name keeps what none of the branches is for: an object with another
/// value of the tag, a string or a property that none has, a value of another JSON type; and where branches have to be
/// tried, what none of them matches. It is written untagged.
#[cfg(feature = "value")]
#[macro_export]
macro_rules! union {
    ($type:ident $(or $unknown:ident)?: $kind:ident $(by $by:literal)? $(trying [$($order:literal),*])? {
        $($index:literal $variant:tt $(as ($adapter:ty))? $(($($part:ident)*))? $(in $others:ident $around:literal)?
            $(tag $presence:ident $tag:literal = $value:literal)? $({ $($fields:tt)* })?:
            $($json:ident)|+ $(, $tagged:ident [$($name:literal),*])?
            $(check |$($checked:ident),+| $check:block)?;)*
    } $(holds { $($condition:tt)* })? $(integers $integers:ident)?
        $(guard $documents:ident $document:literal $pointer:literal)?) => {
        #[allow(deprecated)]
        impl $crate::ReadUnion for $type {
            const BRANCHES: &'static [$crate::Branch] = &[
                $($crate::__branch!(
                    $variant 0 $(| $crate::Branch::$json)+, { $(in $others $around)? }
                    { $(tag $presence $tag = $value)? } { $(($($part)*))? $({ $($fields)* })? }
                )$(.$tagged(&[$($name),*]))?),*
            ];
            $(const TAG: ::core::option::Option<&'static str> = ::core::option::Option::Some($by);)?
            const KIND: $crate::Union = $crate::Union::$kind;
            $(const ORDER: &'static [usize] = &[$($order),*];)?

            $(const INTEGERS_BY_SPELLING: bool = $crate::__read!(@is_by_spelling $integers);)?

            $(
                const KEEPS_UNKNOWN: bool = true;

                #[inline]
                fn unknown(value: $crate::__serde_json::Value) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(Self::$unknown(value))
                }
            )?

            fn read_branch<__Input: $crate::Input>(
                index: usize,
                input: __Input,
            ) -> ::core::result::Result<Self, __Input::Error> {
                match index {
                    $($index => $crate::__read_branch!(
                        $type input $variant { $(in $others $around)? }
                        { $(tag $presence $tag = $value)? }
                        { $(as ($adapter))? $(($($part)*))? $({ $($fields)* })? }
                    ),)*
                    _ => ::core::result::Result::Err($crate::At::refuse(
                        input.at(),
                        $crate::Refusal::new("no branch"),
                    )),
                }
            }

            #[inline]
            fn check(&self) -> $crate::check::Checked {
                $($crate::__check_branch!(
                    self $type $variant { $(($($part)*))? $({ $($fields)* })? } $(|$($checked),+| $check)?
                );)*
                ::core::result::Result::Ok(())
            }
        }
        $crate::__read!(
            read_union $type $(or $unknown)? $(holds { $($condition)* })? $(integers $integers)? $(guard $documents $document $pointer)?
        );
    };
}

/// Declares that a struct around one value is read as that value.
///
/// The type of the value, if it is given, is for conversions from it (`free`, or `checked` or `guarded` where not
/// every value will do; `any` where it is any value, guarded) and to it, and for a look at it; a `text` is made from a string and into one as well. One that is
/// `free` is as good as its value: it dereferences to it.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Port(i64);
///
/// isomorph_runtime::newtype! {
///     Port (i64) checked
///     check |port| { isomorph_runtime::check::maximum(port, 65535)?; }
/// }
///
/// assert!(serde_json::from_str::<Port>("65536").is_err());
/// assert_eq!(Port::try_from(80), Ok(Port(80)));
/// assert!(Port::try_from(65536).is_err());
/// ```
#[macro_export]
macro_rules! newtype {
    ($type:ident ($inner:ty) $kind:ident text $($more:tt)*) => {
        impl $type {
            /// The string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        $crate::__from_text!($type);
        $crate::__around!($type ($inner) $kind);
        $crate::newtype!($type $($more)*);
    };
    ($type:ident ($inner:ty) $kind:ident $($more:tt)*) => {
        impl ::core::convert::AsRef<$inner> for $type {
            fn as_ref(&self) -> &$inner {
                &self.0
            }
        }
        $crate::__around!($type ($inner) $kind);
        $crate::newtype!($type $($more)*);
    };
    ($type:ident $(as ($adapter:ty))? $(check |$value:ident| $check:block)? $(holds { $($condition:tt)* })?
        $(integers $integers:ident)?
        $(guard $documents:ident $document:literal $pointer:literal)?) => {
        impl $crate::ReadNewtype for $type {
            fn read_newtype<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                $crate::__read_as!(input $(as ($adapter))?).map(Self)
            }

            #[inline]
            fn check(&self) -> $crate::check::Checked {
                $(
                    let $value = &self.0;
                    $check
                )?
                $($crate::__holds!(self, { $($condition)* })?;)?
                ::core::result::Result::Ok(())
            }
        }
        $crate::__read!(read_newtype $type $(integers $integers)? $(guard $documents $document $pointer)?);
    };
}

/// Gives a type [`Read`](crate::Read), and `serde::Deserialize` by way of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    ($read:ident $type:ident) => {
        impl $crate::Read for $type {
            fn read<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                $crate::$read::<Self, __Input>(input)
            }
        }
        $crate::__read!(@deserialize $type);
    };
    ($read:ident $type:ident integers $integers:ident) => {
        impl $crate::Read for $type {
            fn read<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                input.$integers()
            }
        }
        $crate::__read!(@in $read $type);
        $crate::__read!(@deserialize $type);
    };
    ($read:ident $type:ident integers $integers:ident guard $documents:ident $document:literal $pointer:literal) => {
        impl $crate::Read for $type {
            fn read<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                static GUARD: $crate::guard::Guard =
                    $crate::guard::Guard::new(&$documents, $document, $pointer);
                $crate::guard::Guarded::read_guarded(input, &GUARD)
            }
        }
        impl $crate::guard::Guarded for $type {
            fn read_shape<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                input.$integers()
            }
        }
        $crate::__read!(@in $read $type);
        $crate::__read!(@deserialize $type);
    };
    // Of what no branch is for, nothing holds that is said of all branches.
    ($read:ident $type:ident or $unknown:ident holds $condition:tt $(integers $integers:ident)?) => {
        $crate::__read!(@holds [or $unknown] $read $type holds $condition $(integers $integers)?);
    };
    ($read:ident $type:ident or $unknown:ident $($more:tt)*) => {
        $crate::__read!($read $type $($more)*);
    };
    ($read:ident $type:ident holds $condition:tt $(integers $integers:ident)?) => {
        $crate::__read!(@holds [] $read $type holds $condition $(integers $integers)?);
    };
    (@holds [$(or $unknown:ident)?] $read:ident $type:ident holds { $($condition:tt)* } $(integers $integers:ident)?) => {
        impl $crate::Read for $type {
            fn read<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                let at = input.at();
                let value = $crate::__read!(@one $read Self __Input input $($integers)?)?;
                if !__Input::TRUSTED $(&& !::core::matches!(value, Self::$unknown(_)))? {
                    let held = $crate::__holds!(&value, { $($condition)* });
                    held.map_err(|refusal| $crate::At::refuse(at, refusal))?;
                }
                ::core::result::Result::Ok(value)
            }
        }
        $($crate::__read!(@with $integers $read $type);)?
        $crate::__read!(@deserialize $type);
    };
    (@one $read:ident $this:ident $i:ident $input:ident) => {
        $crate::$read::<$this, $i>($input)
    };
    (@one $read:ident $this:ident $i:ident $input:ident $integers:ident) => {
        $input.$integers::<$this>()
    };
    (@with $integers:ident $read:ident $type:ident) => {
        $crate::__read!(@in $read $type);
    };
    (@in $read:ident $type:ident) => {
        impl $crate::ReadIn for $type {
            fn read_in<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                $crate::$read::<Self, __Input>(input)
            }
        }
    };
    (@is_by_spelling by_spelling) => {
        true
    };
    (@are_integers integers) => {
        true
    };
    (@is_by_spelling by_value) => {
        false
    };
    ($read:ident $type:ident guard $documents:ident $document:literal $pointer:literal) => {
        impl $crate::Read for $type {
            fn read<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                static GUARD: $crate::guard::Guard =
                    $crate::guard::Guard::new(&$documents, $document, $pointer);
                $crate::guard::Guarded::read_guarded(input, &GUARD)
            }
        }
        impl $crate::guard::Guarded for $type {
            fn read_shape<__Input: $crate::Input>(input: __Input) -> ::core::result::Result<Self, __Input::Error> {
                $crate::$read::<Self, __Input>(input)
            }
        }
        $crate::__read!(@deserialize $type);
    };
    (@deserialize $type:ident) => {
        impl<'de> $crate::__serde::Deserialize<'de> for $type {
            fn deserialize<__Deserializer: $crate::__serde::Deserializer<'de>>(
                deserializer: __Deserializer,
            ) -> ::core::result::Result<Self, __Deserializer::Error> {
                $crate::from_deserializer(deserializer)
            }
        }
        $crate::__try_from_value!($type);
    };
}
