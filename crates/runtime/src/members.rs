//! What the declarations of structs and of variants with fields have in common: members of an object become fields.

/// Implements [`ReadObject`](crate::ReadObject) for `$reader`, which gives `$type` by the constructor `$make`.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    ($reader:ident gives $type:ident by $($make:ident)::+ {
        { $(tag $tag_presence:ident $tag:literal = $tag_value:literal)? }
        $($index:literal $field:ident: $presence:ident $(($default:ident))? $name:literal $(as ($adapter:ty))?,)*
        $(* $map:ident: $how:ident $pattern:literal,)*
        $(.. $($rest:ident $(as ($rest_adapter:ty))?)?)?
    } $(check |$value:ident| $check:block)?) => {
        #[allow(deprecated)]
        impl $crate::ReadObject for $reader {
            type Output = $type;

            const PROPERTIES: &'static [&'static str] = &[$($name,)* $($tag)?];

            #[inline]
            fn property(name: &str) -> usize {
                match name {
                    $($name => $index,)*
                    $($tag => Self::PROPERTIES.len() - 1,)?
                    _ => Self::PROPERTIES.len(),
                }
            }

            #[allow(unused_mut, unused_variables)]
            fn read_object<__Members: $crate::Members>(
                object: &mut $crate::Object<__Members>,
            ) -> ::core::result::Result<$type, __Members::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $map = ::core::default::Default::default();)*
                $($(let mut $rest = ::core::default::Default::default();)?)?
                let mut tag = ::core::option::Option::None::<()>;
                let mut name = ::std::string::String::new();
                while let ::core::option::Option::Some(property) = $crate::__next!(
                    object name { $($map)* } { $(.. $($rest)?)? }
                )? {
                    match property {
                        $($index => $crate::__value!(object $name $field $(as ($adapter))?),)*
                        $(index if index + 1 == Self::PROPERTIES.len() => {
                            object.constant($tag, $tag_value, &mut tag)
                        })?
                        _ => $crate::__other!(
                            object name { $($map $how $pattern)* } { $(.. $($rest $(as ($rest_adapter))?)?)? }
                        ),
                    }?;
                }
                $($crate::__present!($tag_presence $type object $tag tag);)?
                ::core::result::Result::Ok($($make)::+ {
                    $($field: $crate::__present!($presence $(($default))? $type object $name $field),)*
                    $($map,)*
                    $($($rest)?)?
                })
            }

            $(#[inline]
            fn check($value: &$type) -> $crate::check::Checked {
                $check
                ::core::result::Result::Ok(())
            })?
        }
    };
}

/// The next member, by what becomes of those that are not declared.
#[doc(hidden)]
#[macro_export]
macro_rules! __next {
    ($object:ident $name:ident {} {}) => {
        $object.next_declared::<Self>()
    };
    ($object:ident $name:ident {} { .. }) => {
        $object.next_property::<Self>()
    };
    ($object:ident $name:ident $maps:tt $rest:tt) => {
        $object.next_or_other::<Self>(&mut $name)
    };
}

/// Reads the value of a field, by way of an adapter if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($object:ident $name:literal $field:ident) => {
        $object.value($name, &mut $field)
    };
    ($object:ident $name:literal $field:ident as ($adapter:ty)) => {
        $object.value_as::<$adapter, _>($name, &mut $field)
    };
}

/// Reads a value, by way of an adapter if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_as {
    ($input:ident) => {
        $crate::Read::read($input)
    };
    ($input:ident as ($adapter:ty)) => {
        <$adapter as $crate::v1::via::ReadAs<_>>::read_as($input)
    };
}

/// What becomes of a member that is not declared: the first map takes it whose pattern its name is of, else `rest`.
#[doc(hidden)]
#[macro_export]
macro_rules! __other {
    ($object:ident $name:ident {} { $(..)? }) => {
        $object.skip()
    };
    ($object:ident $name:ident {} { .. $rest:ident }) => {
        $object.other(::core::mem::take(&mut $name), &mut $rest)
    };
    ($object:ident $name:ident {} { .. $rest:ident as ($adapter:ty) }) => {
        $object.other_as::<$adapter, _>(::core::mem::take(&mut $name), &mut $rest)
    };
    ($object:ident $name:ident { $($map:ident $how:ident $pattern:literal)+ } $rest:tt) => {{
        $(if $crate::__is_of!($how $pattern, &$name) {
            $object.other(::core::mem::take(&mut $name), &mut $map)
        } else)+ {
            $crate::__rest!($object $name $rest)
        }
    }};
}

/// What becomes of a member that no map takes.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest {
    ($object:ident $name:ident {}) => {
        ::core::result::Result::Err($object.unknown(&$name, Self::PROPERTIES))
    };
    ($object:ident $name:ident $rest:tt) => {
        $crate::__other!($object $name {} $rest)
    };
}

/// Whether a name is one of a map's.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_of {
    (starting $prefix:literal, $name:expr) => {
        $name.starts_with($prefix)
    };
    (matching $pattern:literal, $name:expr) => {{
        static PATTERN: $crate::guard::Pattern = $crate::guard::Pattern::new($pattern);
        PATTERN.is_match($name)
    }};
}

/// The value of a field, if what was read may be missing.
#[doc(hidden)]
#[macro_export]
macro_rules! __present {
    (required $type:ident $object:ident $name:literal $field:ident) => {
        match $field {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => return ::core::result::Result::Err($object.missing($name)),
        }
    };
    (optional $type:ident $object:ident $name:literal $field:ident) => {
        $field
    };
    (null $type:ident $object:ident $name:literal $field:ident) => {
        $field.flatten()
    };
    (default $type:ident $object:ident $name:literal $field:ident) => {
        $field.unwrap_or_default()
    };
    (default ($default:ident) $type:ident $object:ident $name:literal $field:ident) => {
        $field.unwrap_or_else($type::$default)
    };
}
