//! Parts of a syntax tree, which `syn` makes of tokens only.

use proc_macro2::{Span, TokenStream};
use syn::punctuated::Punctuated;
use syn::token::{Brace, Bracket, Colon, Comma, Enum, Eq, Paren, Pound, Pub, Semi, Struct};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, Field, FieldMutability, Fields, FieldsNamed, FieldsUnnamed,
    Generics, Ident, Item, ItemEnum, ItemStruct, Lit, LitStr, MacroDelimiter, Meta, MetaList, MetaNameValue,
    Path, Type, Variant, Visibility,
};

/// `#[name(arguments)]`
pub fn attribute(name: &str, arguments: TokenStream) -> Attribute {
    let delimiter = MacroDelimiter::Paren(Paren::default());
    of_meta(Meta::List(MetaList { path: path(name), delimiter, tokens: arguments }))
}

/// `#[name]`
pub fn word(name: &str) -> Attribute {
    of_meta(Meta::Path(path(name)))
}

/// `///` and the text.
pub fn doc(text: &str) -> Attribute {
    let lit = Lit::Str(LitStr::new(text, Span::call_site()));
    let value = Expr::Lit(ExprLit { attrs: Vec::new(), lit });
    of_meta(Meta::NameValue(MetaNameValue { path: path("doc"), eq_token: Eq::default(), value }))
}

fn of_meta(meta: Meta) -> Attribute {
    let style = AttrStyle::Outer;
    Attribute { pound_token: Pound::default(), style, bracket_token: Bracket::default(), meta }
}

fn path(name: &str) -> Path {
    Ident::new(name, Span::call_site()).into()
}

/// `pub name: ty`
pub fn field(attrs: Vec<Attribute>, name: Ident, ty: Type) -> Field {
    Field { ident: Some(name), colon_token: Some(Colon::default()), ..unnamed(attrs, public(), ty) }
}

fn unnamed(attrs: Vec<Attribute>, vis: Visibility, ty: Type) -> Field {
    Field { attrs, vis, mutability: FieldMutability::None, ident: None, colon_token: None, ty }
}

/// `pub`
pub fn public() -> Visibility {
    Visibility::Public(Pub::default())
}

/// `pub struct name { fields }`
pub fn structure(attrs: Vec<Attribute>, name: Ident, fields: impl Iterator<Item = Field>) -> Item {
    let fields = FieldsNamed { brace_token: Brace::default(), named: list(fields) };
    of_fields(attrs, name, Fields::Named(fields), None)
}

/// `pub struct name(pub ty);`, with what is told of the type.
pub fn newtype(
    attrs: Vec<Attribute>,
    name: Ident,
    (told, vis, ty): (Vec<Attribute>, Visibility, Type),
) -> Item {
    let fields = around(unnamed(told, vis, ty));
    of_fields(attrs, name, fields, Some(Semi::default()))
}

fn around(field: Field) -> Fields {
    let unnamed = std::iter::once(field).collect();
    Fields::Unnamed(FieldsUnnamed { paren_token: Paren::default(), unnamed })
}

fn of_fields(attrs: Vec<Attribute>, ident: Ident, fields: Fields, semi_token: Option<Semi>) -> Item {
    Item::Struct(ItemStruct {
        attrs,
        vis: public(),
        struct_token: Struct::default(),
        ident,
        generics: Generics::default(),
        fields,
        semi_token,
    })
}

/// `pub enum name { variants }`
pub fn enumeration(attrs: Vec<Attribute>, ident: Ident, variants: impl Iterator<Item = Variant>) -> Item {
    Item::Enum(ItemEnum {
        attrs,
        vis: public(),
        enum_token: Enum::default(),
        ident,
        generics: Generics::default(),
        brace_token: Brace::default(),
        variants: list(variants),
    })
}

/// `name`, or `name(ty)` with what is told of the type.
pub fn variant(attrs: Vec<Attribute>, ident: Ident, ty: Option<(Vec<Attribute>, Type)>) -> Variant {
    let fields = ty.map_or(Fields::Unit, |(told, ty)| around(unnamed(told, Visibility::Inherited, ty)));
    Variant { attrs, ident, fields, discriminant: None }
}

/// `name { fields }`
pub fn variant_with(attrs: Vec<Attribute>, ident: Ident, fields: impl Iterator<Item = Field>) -> Variant {
    let fields = fields.map(|field| Field { vis: Visibility::Inherited, ..field });
    let fields = Fields::Named(FieldsNamed { brace_token: Brace::default(), named: list(fields) });
    Variant { attrs, ident, fields, discriminant: None }
}

/// With a comma behind each.
fn list<T>(elements: impl Iterator<Item = T>) -> Punctuated<T, Comma> {
    let mut list = Punctuated::new();
    for element in elements {
        list.push_value(element);
        list.push_punct(Comma::default());
    }
    list
}
