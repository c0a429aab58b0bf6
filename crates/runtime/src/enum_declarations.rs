//! What the generator writes to have an enum read that stands for listed values. Of what may end a declaration tells
//! `declarations`.

/// Declares which string each variant of an enum stands for, and makes conversions from and to strings.
///
/// ```
/// #[derive(Debug, Clone, Copy, PartialEq)]
/// enum Color {
///     Red,
///     DarkBlue,
/// }
///
/// isomorph_runtime::names! { Color { Red = "red", DarkBlue = "dark-blue" } }
///
/// assert_eq!(serde_json::from_str::<Color>("\"dark-blue\"").unwrap(), Color::DarkBlue);
/// assert_eq!("red".parse(), Ok(Color::Red));
/// assert_eq!(Color::DarkBlue.to_string(), "dark-blue");
/// ```
///
/// With `or Unknown` behind the type, a variant of that name keeps any other string.
///
/// ```
/// #[derive(Debug, Clone, PartialEq)]
/// enum Color {
///     Red,
///     Unknown(String),
/// }
///
/// isomorph_runtime::names! { Color or Unknown { Red = "red" } }
///
/// assert_eq!(serde_json::from_str::<Color>("\"red\"").unwrap(), Color::Red);
/// assert_eq!("blue".parse(), Ok(Color::Unknown("blue".into())));
/// assert_eq!(Color::Unknown("blue".into()).as_str(), "blue");
/// assert!(serde_json::from_str::<Color>("1").is_err());
/// ```
#[macro_export]
macro_rules! names {
    ($type:ident $(or $unknown:ident)? { $($variant:ident = $name:literal),* $(,)? } $($guard:tt)*) => {
        #[allow(deprecated)]
        impl $crate::ReadName for $type {
            const NAMES: &'static [&'static str] = &[$($name),*];

            #[inline]
            fn from_name(name: &str) -> ::core::option::Option<Self> {
                match name {
                    $($name => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }

            $(
                #[inline]
                fn unknown(name: &str) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(Self::$unknown(::core::convert::From::from(name)))
                }
            )?
        }

        $crate::__as_str!($type $($unknown)? { $($variant = $name),* });
        $crate::__from_text!($type);
        $crate::__read!(read_name $type $($guard)*);
    };
}

/// The string of a variant, which is one that lives for ever unless others are kept.
#[doc(hidden)]
#[macro_export]
macro_rules! __as_str {
    ($type:ident { $($variant:ident = $name:literal),* }) => {
        #[allow(deprecated)]
        impl $type {
            /// The string that the variant stands for.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }
        }
    };
    ($type:ident $unknown:ident { $($variant:ident = $name:literal),* }) => {
        #[allow(deprecated)]
        impl $type {
            /// The string that the variant stands for, or that it keeps.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::$unknown(name) => name,
                }
            }
        }
    };
}

/// Declares which JSON value each variant of an enum stands for, by its text. With `or Unknown` behind the type, a variant
/// of that name keeps any other value; with `of integers` a number has to be written as one, as draft 4 has it.
#[cfg(feature = "value")]
#[macro_export]
macro_rules! literals {
    ($type:ident $(or $unknown:ident)? $(of $numbers:ident)? { $($variant:ident = $text:literal),* $(,)? }
        $($guard:tt)*) => {
        impl $crate::ReadLiteral for $type {
            $(const OF_INTEGERS: bool = $crate::__read!(@are_integers $numbers);)?
            const TEXTS: &'static [&'static str] = &[$($text),*];
            const VARIANTS: &'static [Self] = &[$(Self::$variant),*];

            #[inline]
            fn values() -> &'static [$crate::__serde_json::Value] {
                static VALUES: ::std::sync::OnceLock<::std::vec::Vec<$crate::__serde_json::Value>> =
                    ::std::sync::OnceLock::new();
                VALUES.get_or_init(|| $crate::values_of(Self::TEXTS))
            }

            $(
                #[inline]
                fn unknown(value: &$crate::__serde_json::Value) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(Self::$unknown(::core::clone::Clone::clone(value)))
                }

                #[inline]
                fn as_unknown(&self) -> ::core::option::Option<&$crate::__serde_json::Value> {
                    match self {
                        Self::$unknown(value) => ::core::option::Option::Some(value),
                        _ => ::core::option::Option::None,
                    }
                }
            )?
        }
        impl $crate::__serde::Serialize for $type {
            fn serialize<__Serializer: $crate::__serde::Serializer>(
                &self,
                serializer: __Serializer,
            ) -> ::core::result::Result<__Serializer::Ok, __Serializer::Error> {
                $crate::write_literal(self, serializer)
            }
        }
        $crate::__read!(read_literal $type $($guard)*);
    };
}
