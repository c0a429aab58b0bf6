//! What the declarations of unions are made of: how a variant is read, what tells it from others, and how it is matched.
//!
//! A variant is an identifier, or `[A = "a", …]` for variants that are strings. Its *shape* is `{}` around one value,
//! `{(a b)}` around the elements of a tuple, both behind `as (Adapter)` where they
//! are read by one, `{()}` around nothing, and `{{ … }}` with fields.

/// Reads `$input` as a variant. With `in closed "name"` or `in open "name"` it is the value of the one property of an
/// object, beside a tag where there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_branch {
    ($type:ident $input:ident $variant:tt
        { in $others:ident $name:literal } { $(tag required $tag:literal = $value:literal)? } $shape:tt) => {{
        struct __Content($type);

        #[allow(deprecated)]
        impl $crate::Read for __Content {
            fn read<__Input: $crate::Input>(content: __Input) -> ::core::result::Result<Self, __Input::Error> {
                $crate::__read_branch!($type content $variant {} {} $shape).map(Self)
            }
        }

        const AROUND: $crate::Around = $crate::Around::$others($name)$(.beside($tag, $value))?;
        $crate::read_around::<__Content, _>($input, &AROUND).map(|__Content(value)| value)
    }};
    ($type:ident $input:ident [$($variant:ident = $name:literal),+] {} {} {}) => {
        $crate::read_unit($input, &[$($name),+], |name| match name {
            $($name => ::core::option::Option::Some($type::$variant),)+
            _ => ::core::option::Option::None,
        })
    };
    ($type:ident $input:ident $variant:ident {} $tag:tt {$(as $adapter:tt)?}) => {
        $crate::__read_as!($input $(as $adapter)?).map($type::$variant)
    };
    ($type:ident $input:ident $variant:ident {} {} {()}) => {
        $crate::Read::read($input).map(|()| $type::$variant)
    };
    ($type:ident $input:ident $variant:ident {} {} {$(as $adapter:tt)? ($($part:ident)+)}) => {
        $crate::__read_as!($input $(as $adapter)?).map(|($($part,)+)| $type::$variant($($part),+))
    };
    ($type:ident $input:ident $variant:ident {} {$($tag:tt)*} {{ $($fields:tt)* }}) => {{
        struct __Fields;

        $crate::__members!(__Fields gives $type by $type::$variant { { $($tag)* } $($fields)* });
        $crate::read_object::<__Fields, _>($input)
    }};
}

/// What tells a variant from others.
#[doc(hidden)]
#[macro_export]
macro_rules! __branch {
    ([$variant:ident = $name:literal $(, $others:ident = $names:literal)*] $types:expr, {} {} {}) => {
        $crate::Branch::new(
            ::core::concat!(::core::stringify!($variant) $(, " | ", ::core::stringify!($others))*),
            $types
        )
        .named(&[$name $(, $names)*])
    };
    ($variant:ident $types:expr, {} {} $shape:tt) => {
        $crate::Branch::new(::core::stringify!($variant), $types)
    };
    ($variant:ident $types:expr, { in $others:ident $name:literal } {} $shape:tt) => {
        $crate::Branch::new(::core::stringify!($variant), $types).around($name)
    };
    ($variant:ident $types:expr, {} { tag $presence:ident $tag:literal = $value:literal } {}) => {
        $crate::Branch::new(::core::stringify!($variant), $types).$presence(&[$value]).only_by_tag()
    };
    ($variant:ident $types:expr, $around:tt { tag $presence:ident $tag:literal = $value:literal } $shape:tt) => {
        $crate::Branch::new(::core::stringify!($variant), $types).$presence(&[$value])
    };
}

/// Checks a value if it is of a variant, and there is something to check.
#[doc(hidden)]
#[macro_export]
macro_rules! __check_branch {
    ($this:ident $type:ident $variant:tt $shape:tt) => {};
    ($this:ident $type:ident $variant:ident {{ $($fields:tt)* }} |$($part:ident),+| $check:block) => {
        #[allow(irrefutable_let_patterns)]
        if let $type::$variant { $($part,)+ .. } = $this $check
    };
    ($this:ident $type:ident $variant:ident $shape:tt |$($part:ident),+| $check:block) => {
        #[allow(irrefutable_let_patterns)]
        if let $type::$variant($($part),+) = $this $check
    };
}
