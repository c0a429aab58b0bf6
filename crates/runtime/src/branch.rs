//! What the declarations of unions are made of: how a variant is read, what tells it from others, and how it is matched.
//!
//! A variant is an identifier, or `[A = "a", …]` for variants that are strings. Its *shape* is `{}` around one value,
//! `{(a b)}` around the elements of a tuple, both behind `as (Adapter)` where they
//! are read by one, `{()}` around nothing, and `{{ … }}` with fields.

use crate::condition::types;

/// One of the schemas of a union.
#[derive(Debug, Clone, Copy)]
pub struct Branch {
    /// The name of the variant.
    pub name: &'static str,
    /// The JSON types that its values can have: the sum of [`Branch::NULL`] and so on.
    pub types: u8,
    /// The values of the tag in this branch; `None` if it may be anything.
    pub tags: Option<&'static [&'static str]>,
    /// Whether an object without the tag is none of this branch's.
    pub tag_required: bool,
    /// Whether nothing but the tag says that an object is of this branch.
    pub(crate) only_by_tag: bool,
    /// The strings that it has, where it has no others.
    pub(crate) names: Option<&'static [&'static str]>,
    /// The property without which an object is none of this branch's.
    pub(crate) around: Option<&'static str>,
}

impl Branch {
    /// `null`
    pub const NULL: u8 = types::NULL;
    /// `true` and `false`
    pub const BOOLEAN: u8 = types::BOOLEAN;
    /// Numbers without a fraction.
    pub const INTEGER: u8 = types::INTEGER;
    /// Numbers with a fraction.
    pub const FRACTION: u8 = types::FRACTION;
    /// Strings.
    pub const STRING: u8 = types::STRING;
    /// Arrays.
    pub const ARRAY: u8 = types::ARRAY;
    /// Objects.
    pub const OBJECT: u8 = types::OBJECT;
    /// Numbers.
    pub const NUMBER: u8 = types::NUMBER;
    /// Values of every type.
    pub const ANY: u8 = types::ANY;
    /// No value.
    pub const NOTHING: u8 = 0;

    /// A branch for values of these types.
    pub const fn new(name: &'static str, types: u8) -> Self {
        Self { name, types, tags: None, tag_required: false, only_by_tag: false, names: None, around: None }
    }

    /// The branch, for objects whose tag, if they have one, is one of `tags`.
    #[must_use]
    pub const fn tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = Some(tags);
        self
    }

    /// [`always_tagged`](Self::always_tagged), in the word of the declarations.
    #[must_use]
    pub const fn required(self, tags: &'static [&'static str]) -> Self {
        self.always_tagged(tags)
    }

    /// [`tagged`](Self::tagged), in the word of the declarations.
    #[must_use]
    pub const fn optional(self, tags: &'static [&'static str]) -> Self {
        self.tagged(tags)
    }

    /// The branch, which does not look at the tag when it reads an object.
    #[must_use]
    pub const fn only_by_tag(mut self) -> Self {
        self.only_by_tag = true;
        self
    }

    /// The branch, of whose strings these are all.
    #[must_use]
    pub const fn named(mut self, names: &'static [&'static str]) -> Self {
        self.names = Some(names);
        self
    }

    /// The branch, whose objects have this property.
    #[must_use]
    pub const fn around(mut self, name: &'static str) -> Self {
        self.around = Some(name);
        self
    }

    /// The branch, for objects that have a tag, which is one of `tags`.
    #[must_use]
    pub const fn always_tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tag_required = true;
        self.tagged(tags)
    }
}

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
