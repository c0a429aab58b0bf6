//! Ways of writing that the derive does not have: see `isomorph_runtime::spelling`.

use isomorph_runtime::spelling;
use schemars::Schema;
use serde_json::Value;

/// A way of writing that the derive does not have.
#[derive(Debug, Clone, PartialEq)]
pub enum Spelling {
    /// One that needs to be told nothing.
    Simple(Simple),
    /// The source's order of `required`, which also says which nullable properties must be there.
    Required(Vec<String>),
    /// serde's tag of a struct: the property, its value, and whether it must be there.
    Tag(String, String, bool),
    /// The values of a map belong to the names that match a pattern.
    PatternProperties(String),
    /// The values of a map are said once more, of the names that match a pattern.
    AlsoPatterned(String),
    /// The schemas of an `allOf` that an object is put together of.
    Parts(Vec<OnePart>),
    /// A reference that values of a property select.
    Selected(String, Vec<String>),
    /// A property that is required and not declared.
    Undeclared(String),
    /// The schema of an `allOf` that says all, by its number, and how many there are.
    OneOfAll([usize; 2]),
    /// A keyword of whose schemas there is one, which says all.
    AloneIn(&'static str),
    /// A keyword that says that a tuple has no more elements.
    ClosedTuple(&'static str),
    /// Another way to the same schema.
    Refer(String, String),
    /// The same, by a dynamic reference of this keyword: what it says, and what the derive writes.
    ReferBy(&'static str, String, Vec<String>),
    /// The order of an array, by the numbers that the elements have.
    InOrder(&'static str, Vec<usize>),
    /// The values of an enum in the schemas of a union, by how many each lists.
    ListedIn(&'static str, Vec<usize>),
    /// Values of an enum that its type rules out.
    RuledOut(Vec<Value>),
    /// The properties of all branches of a union that are said beside it.
    Beside(Vec<String>),
    /// The type of a property that tells the branches of a union apart, said beside it.
    TagBeside(String),
    /// The values of such a property, listed beside the union.
    ListedBeside(String),
    /// The schema of a type, to which others refer where it stands.
    StandsHere(Standing),
    /// Types that only what an entry says refers to.
    Mentions(Vec<String>),
    /// Types of whose values an enum lists none.
    AlsoTyped(Vec<String>),
    /// A lower bound other than that of the type.
    Above(String, Value),
    /// An upper bound other than that of the type.
    Below(String, Value),
    /// A keyword for a bound of the type, which the source does not say.
    Unbounded(&'static str),
    /// The source's way of writing a default.
    DefaultAs(Value),
    /// A description that documentation says in other lines.
    Described(String),
}

/// A schema of an `allOf`, and the properties of an object that are of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OnePart {
    /// If it stands elsewhere: its type, the reference to it, and the digest of what is said of these properties.
    pub refers: Option<(String, String, u64)>,
    /// The properties that it declares.
    pub declares: Vec<String>,
    /// The properties that it requires.
    pub requires: Vec<String>,
}

/// A schema that stands where it is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its type.
    pub ident: String,
    /// How the derive refers to it.
    pub reference: String,
    /// What it says.
    pub says: Value,
}

impl Standing {
    fn apply(&self, schema: &mut Schema) {
        let Some(says) = self.says.as_object() else { return };
        if schema.get("$ref").is_some_and(|found| *found == self.reference) {
            let keywords = schema.ensure_object();
            keywords.remove("$ref");
            for (keyword, value) in says {
                keywords.entry(keyword).or_insert_with(|| value.clone());
            }
        }
    }
}

/// What a spelling is told.
pub enum Arguments<'a> {
    /// Texts.
    Texts(Vec<&'a str>),
    /// Numbers, behind a text if there is one.
    Numbers(Option<&'a str>, &'a [usize]),
    /// A text and a value.
    Bound(&'a str, &'a Value),
    /// Values.
    Values(&'a [Value]),
    /// The parts of an object.
    Parts(&'a [OnePart]),
    /// Types.
    Types(&'a [String]),
    /// A type, and a text.
    Type(&'a str, &'a str),
}

macro_rules! simple {
    ($($name:ident = $function:ident,)+) => {
        /// A way of writing that needs to be told nothing, called after its function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Simple { $($name),+ }

        impl Simple {
            fn apply(self, schema: &mut Schema) {
                match self { $(Self::$name => spelling::$function(schema)),+ }
            }

            fn word(self) -> &'static str {
                match self { $(Self::$name => stringify!($function)),+ }
            }
        }
    };
}

simple! {
    AllOf = all_of,
    AllTyped = all_typed,
    AnyOf = any_of,
    AnyOfNull = any_of_null_here,
    Bare = bare,
    Braces = braces,
    Conditional = conditional,
    ClosedElsewhere = closed_elsewhere,
    ClosedAtLast = closed_at_last,
    Fractions = fractions,
    Constant = constant,
    Enumerated = enumerated,
    EnumAsConstants = enum_as_constants,
    ItemList = item_list,
    Listed = listed,
    Literals = literals,
    Markdown = markdown,
    Merged = merged,
    NotNull = not_null,
    NullAmong = null_among,
    NullConstant = null_constant,
    Numeric = numeric,
    OneOf = one_of,
    OneOfNull = one_of_null,
    Only = only,
    OrOther = or_other,
    Plain = plain,
    PlainDescriptions = plain_descriptions,
    PlainKeepingNull = plain_keeping_null,
    Ranged = ranged,
    Pydantic = pydantic,
    Terse = terse,
    Titled = titled,
    TypeListed = type_listed,
    Typed = typed,
    UndefaultedNotNull = undefaulted_not_null,
    Undescribed = undescribed,
    Untyped = untyped,
    WithIntegers = with_integers,
}

impl From<Simple> for Spelling {
    fn from(simple: Simple) -> Self {
        Self::Simple(simple)
    }
}

impl Spelling {
    /// Applies the spelling, by the very function that the generated code names.
    pub fn apply(&self, schema: &mut Schema) {
        match self {
            Self::Simple(simple) => simple.apply(schema),
            Self::Required(names) => {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                spelling::required(&names)(schema);
            }
            Self::Tag(name, value, true) => spelling::tag(name, value)(schema),
            Self::Tag(name, value, false) => spelling::optional_tag(name, value)(schema),
            Self::PatternProperties(pattern) => spelling::pattern_properties(pattern)(schema),
            Self::AlsoPatterned(pattern) => spelling::also_patterned(pattern)(schema),
            Self::Parts(parts) => apply_parts(parts, schema),
            Self::Selected(tag, values) => {
                let values: Vec<_> = values.iter().map(String::as_str).collect();
                spelling::selected(tag, &values)(schema);
            }
            Self::Undeclared(name) => spelling::undeclared(name)(schema),
            Self::OneOfAll([index, count]) => spelling::one_of_all(*index, *count)(schema),
            Self::AloneIn(keyword) => spelling::alone_in(keyword)(schema),
            Self::ClosedTuple(keyword) => spelling::closed_tuple(keyword)(schema),
            Self::Refer(from, to) => spelling::refer(from, to)(schema),
            Self::ReferBy(keyword, to, from) => {
                let from: Vec<_> = from.iter().map(String::as_str).collect();
                spelling::refer_by(keyword, to, &from)(schema);
            }
            Self::Above(keyword, value) => spelling::above(keyword, value.clone())(schema),
            Self::Below(keyword, value) => spelling::below(keyword, value.clone())(schema),
            Self::Unbounded(keyword) => spelling::unbounded(keyword)(schema),
            Self::InOrder(keyword, order) => spelling::in_order(keyword, order)(schema),
            Self::ListedIn(keyword, sizes) => spelling::listed_in(keyword, sizes)(schema),
            Self::AlsoTyped(names) => {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                spelling::also_typed(&names)(schema);
            }
            Self::Beside(names) => {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                spelling::beside(&names)(schema);
            }
            Self::TagBeside(name) => spelling::tag_beside(name)(schema),
            Self::ListedBeside(name) => spelling::listed_beside(name)(schema),
            Self::StandsHere(standing) => standing.apply(schema),
            // No field knows them, and no generator asks here.
            Self::Mentions(_) => {}
            Self::RuledOut(values) => spelling::ruled_out(values.clone().into())(schema),
            Self::DefaultAs(value) => spelling::default_as(value.clone())(schema),
            Self::Described(text) => spelling::described(text)(schema),
        }
    }

    /// What the function is called.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Simple(simple) => simple.word(),
            Self::Required(_) => "required",
            Self::Tag(_, _, true) => "tag",
            Self::Tag(_, _, false) => "optional_tag",
            Self::PatternProperties(_) => "pattern_properties",
            Self::AlsoPatterned(_) => "also_patterned",
            Self::Parts(_) => "parts",
            Self::Selected(..) => "selected",
            Self::Undeclared(_) => "undeclared",
            Self::OneOfAll(_) => "one_of_all",
            Self::AloneIn(_) => "alone_in",
            Self::ClosedTuple(_) => "closed_tuple",
            Self::Refer(..) => "refer",
            Self::ReferBy(..) => "refer_by",
            Self::InOrder(..) => "in_order",
            Self::ListedIn(..) => "listed_in",
            Self::RuledOut(_) => "ruled_out",
            Self::AlsoTyped(_) => "also_typed",
            Self::Beside(_) => "beside",
            Self::TagBeside(_) => "tag_beside",
            Self::ListedBeside(_) => "listed_beside",
            Self::StandsHere(_) => "stands_here",
            Self::Mentions(_) => "mentions",
            Self::Above(..) => "above",
            Self::Below(..) => "below",
            Self::Unbounded(_) => "unbounded",
            Self::DefaultAs(_) => "default_as",
            Self::Described(_) => "described",
        }
    }

    /// What it is told, if anything.
    pub fn arguments(&self) -> Option<Arguments<'_>> {
        let texts = |texts: Vec<_>| Some(Arguments::Texts(texts));
        match self {
            Self::Simple(_) => None,
            Self::Tag(name, value, _) => texts(vec![name, value]),
            Self::Required(names) | Self::AlsoTyped(names) | Self::Beside(names) => {
                texts(names.iter().map(String::as_str).collect())
            }
            Self::PatternProperties(text)
            | Self::AlsoPatterned(text)
            | Self::Undeclared(text)
            | Self::TagBeside(text)
            | Self::ListedBeside(text)
            | Self::Described(text) => texts(vec![text]),
            Self::Selected(tag, values) => {
                texts(std::iter::once(tag).chain(values).map(String::as_str).collect())
            }
            Self::Parts(parts) => Some(Arguments::Parts(parts)),
            Self::StandsHere(standing) => Some(Arguments::Type(&standing.ident, &standing.reference)),
            Self::Mentions(types) => Some(Arguments::Types(types)),
            Self::AloneIn(keyword) | Self::ClosedTuple(keyword) | Self::Unbounded(keyword) => {
                texts(vec![keyword])
            }
            Self::Refer(from, to) => texts(vec![from, to]),
            Self::ReferBy(keyword, to, from) => {
                texts([*keyword, to.as_str()].into_iter().chain(from.iter().map(String::as_str)).collect())
            }
            Self::InOrder(keyword, numbers) | Self::ListedIn(keyword, numbers) => {
                Some(Arguments::Numbers(Some(keyword), numbers))
            }
            Self::OneOfAll(numbers) => Some(Arguments::Numbers(None, numbers)),
            Self::Above(keyword, bound) | Self::Below(keyword, bound) => {
                Some(Arguments::Bound(keyword, bound))
            }
            Self::RuledOut(values) => Some(Arguments::Values(values)),
            Self::DefaultAs(value) => Some(Arguments::Values(std::slice::from_ref(value))),
        }
    }
}

fn apply_parts(parts: &[OnePart], schema: &mut Schema) {
    let listed: Vec<_> = parts
        .iter()
        .map(|part| {
            [&part.declares, &part.requires].map(|names| names.iter().map(String::as_str).collect::<Vec<_>>())
        })
        .collect();
    let all = parts.iter().zip(&listed).map(|(part, [declares, requires])| {
        let refers = part.refers.as_ref().map(|(_, reference, digest)| spelling::Elsewhere {
            reference,
            digest: *digest,
            mention: |_| (),
        });
        spelling::OnePart { refers, declares, requires }
    });
    spelling::parts(&all.collect::<Vec<_>>())(schema);
}
