//! Ways of writing that the derive does not have: see `isomorph_runtime::spelling`.

use isomorph_runtime::spelling;
use proc_macro2::TokenStream;
use quote::quote;
use schemars::Schema;
use serde_json::Value;

use super::json_text::json_text;

/// A way of writing that the derive does not have.
#[derive(Debug, Clone, PartialEq)]
pub enum Spelling {
    /// As people write.
    Plain,
    /// As pydantic writes.
    Pydantic,
    /// The source's order of `required`, which also says which nullable properties must be there.
    Required(Vec<String>),
    /// A spelling of the subschema at a JSON Pointer.
    At(String, Box<Spelling>),
    /// A way of writing that needs to be told nothing.
    Simple(Simple),
    /// The values of a map belong to the names that match a pattern.
    PatternProperties(String),
    /// A property that is required and not declared.
    Undeclared(String),
    /// A keyword that says that a tuple has no more elements.
    ClosedTuple(&'static str),
    /// Another way to the same schema.
    Refer(String, String),
    /// The order of an array.
    InOrder(&'static str, Value),
    /// Values of an enum that its type rules out.
    RuledOut(Value),
    /// A lower bound other than zero.
    Above(String, Value),
    /// A keyword that the shape does not say.
    Extended(String, Value),
    /// The source's way of writing a default.
    DefaultAs(Value),
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

            fn tokens(self) -> TokenStream {
                match self { $(Self::$name => quote!(spelling::$function)),+ }
            }
        }
    };
}

simple! {
    AllOf = all_of,
    AnyOfNull = any_of_null_here,
    Bare = bare,
    Braces = braces,
    Constant = constant,
    Enumerated = enumerated,
    ItemList = item_list,
    Literals = literals,
    Merged = merged,
    NotNull = not_null,
    NullAmong = null_among,
    OneOf = one_of,
    OneOfNull = one_of_null,
    OrOther = or_other,
    PlainDescriptions = plain_descriptions,
    PlainKeepingNull = plain_keeping_null,
    Ranged = ranged,
    Terse = terse,
    Typed = typed,
    UndefaultedNotNull = undefaulted_not_null,
    Untyped = untyped,
}

impl Spelling {
    /// Applies the spelling, by the very function that the generated code names.
    pub fn apply(&self, schema: &mut Schema) {
        match self {
            Self::Plain => spelling::plain(schema),
            Self::Pydantic => spelling::pydantic(schema),
            Self::Required(names) => spelling::required(&text(names))(schema),
            Self::At(place, inner) => spelling::at(place, |schema: &mut Schema| inner.apply(schema))(schema),
            Self::Simple(simple) => simple.apply(schema),
            Self::PatternProperties(pattern) => spelling::pattern_properties(pattern)(schema),
            Self::Undeclared(name) => spelling::undeclared(name)(schema),
            Self::ClosedTuple(keyword) => spelling::closed_tuple(keyword)(schema),
            Self::Refer(from, to) => spelling::refer(from, to)(schema),
            Self::InOrder(keyword, order) => spelling::in_order(keyword, &order.to_string())(schema),
            Self::RuledOut(values) => spelling::ruled_out(&values.to_string())(schema),
            Self::Above(keyword, value) => spelling::above(keyword, &value.to_string())(schema),
            Self::Extended(keyword, value) => spelling::extended(keyword, &value.to_string())(schema),
            Self::DefaultAs(value) => spelling::default_as(&value.to_string())(schema),
        }
    }

    /// The function, or what makes it.
    pub fn tokens(&self) -> TokenStream {
        match self {
            Self::Plain => quote!(spelling::plain),
            Self::Pydantic => quote!(spelling::pydantic),
            Self::Required(names) => {
                let names = json_text(&names.as_slice().into());
                quote!(spelling::required(#names))
            }
            Self::At(place, inner) => {
                let inner = inner.tokens();
                quote!(spelling::at(#place, #inner))
            }
            Self::Simple(simple) => simple.tokens(),
            Self::PatternProperties(pattern) => quote!(spelling::pattern_properties(#pattern)),
            Self::Undeclared(name) => quote!(spelling::undeclared(#name)),
            Self::ClosedTuple(keyword) => quote!(spelling::closed_tuple(#keyword)),
            Self::Refer(from, to) => quote!(spelling::refer(#from, #to)),
            Self::InOrder(keyword, order) => {
                let order = json_text(order);
                quote!(spelling::in_order(#keyword, #order))
            }
            Self::RuledOut(values) => {
                let text = json_text(values);
                quote!(spelling::ruled_out(#text))
            }
            Self::Above(keyword, value) => {
                let text = json_text(value);
                quote!(spelling::above(#keyword, #text))
            }
            Self::Extended(keyword, value) => {
                let text = json_text(value);
                quote!(spelling::extended(#keyword, #text))
            }
            Self::DefaultAs(value) => {
                let text = json_text(value);
                quote!(spelling::default_as(#text))
            }
        }
    }
}

/// Names as the text of a JSON array: schemars takes no array in an attribute.
fn text(names: &[String]) -> String {
    Value::from(names).to_string()
}
