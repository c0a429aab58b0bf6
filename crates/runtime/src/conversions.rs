//! What else a generated type can be made of, and made into, by the declaration of how it is read. Every way
//! into a type leads through [`Read`](crate::Read), or through the type's own checks.
//!
//! Here and in the declarations functions that are not generic are `#[inline]`, so that a crate of types compiles those that are used.

/// `FromStr` and `TryFrom<&str>` for a type whose values are strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __from_text {
    ($type:ident) => {
        impl ::core::str::FromStr for $type {
            type Err = $crate::Refusal;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::Refusal> {
                $crate::from_text(text)
            }
        }

        impl ::core::convert::TryFrom<&str> for $type {
            type Error = $crate::Refusal;

            #[inline]
            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::Refusal> {
                $crate::from_text(text)
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// From a newtype to the value in it and back; the way back is checked where not every value will do.
#[doc(hidden)]
#[macro_export]
macro_rules! __around {
    ($type:ident ($inner:ty) free) => {
        impl ::core::convert::From<$inner> for $type {
            #[inline]
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
        impl ::core::ops::Deref for $type {
            type Target = $inner;

            #[inline]
            fn deref(&self) -> &$inner {
                &self.0
            }
        }
        $crate::__around!(@out $type ($inner));
    };
    ($type:ident ($inner:ty) checked) => {
        impl ::core::convert::TryFrom<$inner> for $type {
            type Error = $crate::Refusal;

            #[inline]
            fn try_from(value: $inner) -> ::core::result::Result<Self, $crate::Refusal> {
                let value = Self(value);
                $crate::ReadNewtype::check(&value)?;
                ::core::result::Result::Ok(value)
            }
        }
        $crate::__around!(@closed $type ($inner));
    };
    ($type:ident ($inner:ty) guarded) => {
        impl ::core::convert::TryFrom<$inner> for $type {
            type Error = $crate::Refusal;

            #[inline]
            fn try_from(value: $inner) -> ::core::result::Result<Self, $crate::Refusal> {
                let written = $crate::__serde_json::to_value(Self(value));
                let written = written.map_err($crate::Refusal::new)?;
                $crate::Read::read($crate::Buffered::<false>(&written))
            }
        }
        $crate::__around!(@closed $type ($inner));
    };
    // From any value there is a way already.
    ($type:ident ($inner:ty) any) => {
        $crate::__around!(@closed $type ($inner));
    };
    (@closed $type:ident ($inner:ty)) => {
        impl $type {
            /// Makes it of a value.
            ///
            /// # Errors
            ///
            /// If the schema refuses the value.
            #[inline]
            pub fn new(value: $inner) -> ::core::result::Result<Self, $crate::Refusal> {
                ::core::convert::TryFrom::try_from(value)
            }

            /// The value in it.
            #[inline]
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }
        $crate::__around!(@out $type ($inner));
    };
    (@out $type:ident ($inner:ty)) => {
        impl ::core::convert::From<$type> for $inner {
            #[inline]
            fn from(value: $type) -> Self {
                value.0
            }
        }
    };
}

/// `TryFrom<serde_json::Value>`.
#[cfg(feature = "value")]
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from_value {
    ($type:ident) => {
        impl ::core::convert::TryFrom<$crate::__serde_json::Value> for $type {
            type Error = $crate::Refusal;

            #[inline]
            fn try_from(value: $crate::__serde_json::Value) -> ::core::result::Result<Self, $crate::Refusal> {
                $crate::Read::read($crate::Buffered::<false>(&value))
            }
        }
    };
}

/// Without values there is nothing to make a type of.
#[cfg(not(feature = "value"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from_value {
    ($type:ident) => {};
}

/// Declares that an enum is made from what its variants are around: `Variant: Inner`, or `Variant in Box: Inner` where
/// it is boxed.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Id {
///     Number(i64),
///     Text(Box<String>),
/// }
///
/// isomorph_runtime::from! { Id { Number: i64, Text in Box: String, } }
///
/// assert_eq!(Id::from(3), Id::Number(3));
/// assert_eq!(Id::from("a".to_owned()), Id::Text(Box::new("a".into())));
/// ```
#[macro_export]
macro_rules! from {
    ($type:ident { $($variant:ident $(in $box:ident)?: $inner:ty,)* }) => {$(
        #[allow(deprecated)]
        impl ::core::convert::From<$inner> for $type {
            #[inline]
            fn from(value: $inner) -> Self {
                $crate::from!(@ $type $variant value $(in $box)?)
            }
        }
    )*};
    (@ $type:ident $variant:ident $value:ident) => {
        $type::$variant($value)
    };
    (@ $type:ident $variant:ident $value:ident in Box) => {
        $type::$variant(::std::boxed::Box::new($value))
    };
}
