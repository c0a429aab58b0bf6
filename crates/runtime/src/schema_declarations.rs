//! What the generator writes to have a type give its schema back: for a whole document, for a schema that a document of another
//! kind holds, or as a copy of the source.

/// Declares that a type stands for a whole schema document, which keeps its definitions under a keyword (`even
/// empty`), among them some that nothing in it refers to, `without` those of other documents, some that say `less`, and others
/// `elsewhere`. A document that says nothing but definitions, and maybe which of them it is, has no type of its own: its
/// text is `said`, and the function stands on that type, or by itself.
#[macro_export]
macro_rules! document {
    ($type:ident said $text:literal in $($more:tt)*) => {
        impl $type {
            #[doc = "The whole schema document, which is the schema of this type."]
            pub fn schema_document() -> $crate::__schemars::Schema {
                $crate::__said!({ $type } $text in $($more)*)
            }
        }
    };
    (fn $name:ident said $text:literal in $($more:tt)*) => {
        /// The whole schema document, as `schemars` makes it of these types.
        pub fn $name() -> $crate::__schemars::Schema {
            $crate::__said!({} $text in $($more)*)
        }
    };
    ($type:ident in $keyword:literal $($more:tt)*) => {
        $crate::__document!($type in $keyword $($more)*);

        impl $type {
            #[doc = concat!(
                "The whole schema document, as `schemars` makes it of these types. The settings are its \
                 defaults, but for the path of the definitions, which is `/", $keyword, "`, and without the \
                 `title` and `$schema` that it makes up where the source has none."
            )]
            pub fn schema_document() -> $crate::__schemars::Schema {
                $crate::document_of::<Self>()
            }
        }
    };
}

/// A document that has no type.
#[doc(hidden)]
#[macro_export]
macro_rules! __said {
    ({ $($mentioned:ident)? } $text:literal in $($more:tt)*) => {{
        struct __Said;

        impl $crate::__schemars::JsonSchema for __Said {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                // No definition has it.
                "\0".into()
            }

            #[allow(unused_variables)]
            fn json_schema(
                generator: &mut $crate::__schemars::SchemaGenerator,
            ) -> $crate::__schemars::Schema {
                $(generator.subschema_for::<$mentioned>();)?
                $crate::said($text)
            }
        }

        $crate::__document!(__Said in $($more)*);
        $crate::document_of::<__Said>()
    }};
}

/// What is told of a document beside its own schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __document {
    (@even empty) => {
        true
    };
    ($type:ident in $keyword:literal $(even $empty:ident)?
        $(with [$($mentioned:ident)+])?
        $(without [$($foreign:literal)+])?
        $(less { $($shared:literal: $($keyword_of_other:literal)+,)+ })?
        $(elsewhere { $($name:literal: $place:literal,)+ })?) => {
        impl $crate::Document for $type {
            const DEFINITIONS: &'static str = $keyword;
            $(const EVEN_EMPTY: bool = $crate::__document!(@even $empty);)?
            $(const FOREIGN: &'static [&'static str] = &[$($foreign),+];)?
            $(
                const LESS: &'static [(&'static str, &'static [&'static str])] =
                    &[$(($shared, &[$($keyword_of_other),+])),+];
            )?
            $(const ELSEWHERE: &'static [(&'static str, &'static str)] = &[$(($name, $place)),+];)?
            $(
                fn mention(generator: &mut $crate::__schemars::SchemaGenerator) {
                    $(generator.subschema_for::<$mentioned>();)+
                }
            )?
        }
    };
}

/// Declares that types stand for schemas which a document of another kind holds: what they mean there, the number of the
/// draft that they were translated into, and the types with the names of their definitions and where these stand in the
/// document; `_` for a type that another document gives back. Behind that as of
/// [`document!`]; `with` those that are no definitions.
#[macro_export]
macro_rules! held {
    (@rules plain) => { $crate::held::Rules::Plain };
    (@rules swagger) => { $crate::held::Rules::Swagger };
    (@rules openapi) => { $crate::held::Rules::OpenApi };
    (@rules kubernetes) => { $crate::held::Rules::Kubernetes };
    (@rules alone) => { $crate::held::Rules::Alone };
    (@mention $generator:ident _) => {};
    (@mention $generator:ident $type:ident) => { $generator.subschema_for::<$type>(); };
    (@own _ $fragment:literal) => {};
    (@own $type:ident $fragment:literal) => {
        impl $crate::held::Held for $type {
            fn schemas() -> ::std::collections::BTreeMap<::std::string::String, $crate::__schemars::Schema> {
                $crate::held::given_back::<__All>(&HOLDER)
            }
        }

        impl $type {
            #[doc = concat!(
                "The schema of this type as its document has it, in the dialect of that, at `", $fragment,
                "`. `isomorph_runtime::schemas_beside` gives all of them."
            )]
            pub fn schema_document() -> $crate::__schemars::Schema {
                $crate::held::schema_at::<Self>($fragment)
            }
        }
    };
    ($rules:ident $draft:literal in $keyword:literal {
            $($type:tt = $name:literal: $fragment:literal,)+
        }
        $(references { $($reference:literal: $own:literal,)+ })?
        $(with [$($mentioned:ident)+])?
        $(without [$($foreign:literal)+])?
        $(less { $($shared:literal: $($keyword_of_other:literal)+,)+ })?
        $(elsewhere { $($inner:literal: $place:literal,)+ })?) => {
        const _: () = {
            struct __All;

            impl $crate::__schemars::JsonSchema for __All {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    // No definition has it.
                    "\0".into()
                }

                fn json_schema(_: &mut $crate::__schemars::SchemaGenerator) -> $crate::__schemars::Schema {
                    $crate::__schemars::Schema::default()
                }
            }

            impl $crate::Document for __All {
                const DEFINITIONS: &'static str = $keyword;
                $(const FOREIGN: &'static [&'static str] = &[$($foreign),+];)?
                $(
                    const LESS: &'static [(&'static str, &'static [&'static str])] =
                        &[$(($shared, &[$($keyword_of_other),+])),+];
                )?
                $(const ELSEWHERE: &'static [(&'static str, &'static str)] = &[$(($inner, $place)),+];)?

                fn mention(generator: &mut $crate::__schemars::SchemaGenerator) {
                    $($crate::held!(@mention generator $type);)+
                    $($(generator.subschema_for::<$mentioned>();)+)?
                }
            }

            static HOLDER: $crate::held::Holder = $crate::held::Holder {
                rules: $crate::held!(@rules $rules),
                draft: $draft,
                held: &[$(($name, $fragment)),+],
                references: &[$($(($reference, $own)),+)?],
            };

            $($crate::held!(@own $type $fragment);)+
        };
    };
}

/// Declares the schema of a type by a copy of its source: `inline` where it is mentioned, or `named`. A type that stands for
/// several places says it `without` the keywords that not all of them have.
#[macro_export]
macro_rules! carried {
    ($type:ident $kind:ident $name:literal from $documents:ident $document:literal $pointer:literal
        $(without [$($left:literal)*])? $(mentions $($mentioned:ident)+)?) => {
        impl $crate::__schemars::JsonSchema for $type {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn inline_schema() -> bool {
                $crate::__is_inline!($kind)
            }

            fn json_schema(_generator: &mut $crate::__schemars::SchemaGenerator) -> $crate::__schemars::Schema {
                $($(_generator.subschema_for::<$mentioned>();)+)?
                $crate::embedded::carried(&$documents[$document], $pointer, &[$($($left),*)?])
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __is_inline {
    (inline) => {
        true
    };
    (named) => {
        false
    };
}
