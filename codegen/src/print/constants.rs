//! Defaults, as code: a function for each property, and `Default` for types.

use std::collections::HashMap;

use heck::ToSnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::annotate::Annotated;
use crate::model::{Constant, ConstantObject, Definition, DefinitionId, Form, Holder, Model};
use crate::pair::{Field, Pair, Shape};
use crate::presence::Presence;
use crate::settings::StringType;

/// The function that gives the default of a property, if Rust's `Default` does not.
pub fn function(model: &Model, field: &Field, constant: &Constant) -> Option<syn::Ident> {
    let plain =
        |ident: &syn::Ident| ident.to_string().trim_start_matches("r#").trim_start_matches('_').to_owned();
    let of = field.variant.as_ref().map(|variant| plain(variant).to_snake_case() + "_").unwrap_or_default();
    let name = plain(&field.ident);
    (!is_rusts_default(model, constant)).then(|| format_ident!("default_{of}{name}"))
}

fn is_rusts_default(model: &Model, constant: &Constant) -> bool {
    constant.is_rusts_default(&|id| model.definition(id).default.as_ref() == Some(constant))
        || matches!(constant, Constant::Object(object) if object.is_empty() && model.definition(object.id).default.is_some())
}

/// What constants of each definition are made of.
pub struct Constants<'a> {
    model: &'a Model,
    items: HashMap<DefinitionId, &'a Annotated<'a>>,
}

impl<'a> Constants<'a> {
    /// Of all items.
    pub fn of(model: &'a Model, items: &[&'a Annotated<'a>]) -> Self {
        Self { model, items: items.iter().map(|item| (item.pair.definition.id, *item)).collect() }
    }

    fn pair(&self, id: DefinitionId) -> Option<&'a Pair<'a>> {
        self.items.get(&id).map(|item| &item.pair)
    }

    /// As [`function`].
    pub fn function(&self, field: &Field, constant: &Constant) -> Option<syn::Ident> {
        function(self.model, field, constant)
    }

    /// Whether `Default` is derived.
    pub fn is_derived(&self, definition: &Definition) -> bool {
        match (&definition.default, &definition.form) {
            (Some(Constant::Variant(..)), _) => true,
            (Some(Constant::Wrapped(id, inner)), _) => {
                let is_typed = self.pair(*id).is_some_and(|pair| pair.without_shape.is_none());
                is_typed && is_rusts_default(self.model, inner)
            }
            (Some(_), Form::Object(object)) => object.properties.iter().all(|property| {
                let constant = property.when_absent.as_ref();
                constant.is_none_or(|constant| is_rusts_default(self.model, constant))
            }),
            _ => false,
        }
    }

    /// The functions that give the defaults of an item's properties, and its own `Default` where none is derived.
    pub fn of_item(&self, item: &Annotated) -> TokenStream {
        let definition = item.pair.definition;
        let name = super::words::ident(&definition.ident);
        let functions: Vec<_> = match &item.pair.shape {
            Shape::Struct { fields, .. } => {
                fields.iter().filter_map(|field| self.of_field(definition, field)).collect()
            }
            Shape::Union { variants } => {
                let fields = variants.iter().filter_map(|made| made.fields.as_ref());
                fields
                    .flat_map(|made| &made.fields)
                    .filter_map(|field| self.of_field(definition, field))
                    .collect()
            }
            _ => Vec::new(),
        };
        let allowance = self.allowance(item);
        let functions = (!functions.is_empty()).then(|| quote!(#allowance impl #name { #(#functions)* }));
        let by_hand = definition.default.as_ref().filter(|_| !self.is_derived(definition));
        let default = by_hand.map(|constant| {
            let value = match constant {
                Constant::Object(object) => self.literal(&quote!(Self), object),
                other => self.expression(definition, other, false),
            };
            quote!(#allowance impl Default for #name { fn default() -> Self { #value } })
        });
        quote!(#functions #default)
    }

    /// What code with the defaults of an item needs, if one of them has deprecated fields or variants.
    fn allowance(&self, item: &Annotated) -> Option<syn::Attribute> {
        let own = match &item.pair.shape {
            Shape::Struct { fields, .. } => {
                fields.iter().filter_map(|field| field.property.when_absent.as_ref())
            }
            _ => return super::words::allowance(item),
        };
        let mentioned = own.flat_map(Constant::definitions).filter_map(|id| self.items.get(&id)).copied();
        mentioned.chain([item]).find_map(super::words::allowance)
    }

    fn of_field(&self, owner: &Definition, field: &Field) -> Option<TokenStream> {
        let Presence::Defaulted(constant) = Presence::of(field.property) else { return None };
        let function = self.function(field, constant)?;
        let (ty, value) = (&field.value, self.expression(owner, constant, false));
        Some(quote!(pub(crate) fn #function() -> #ty { #value }))
    }

    /// A constant in a value of `owner`, which boxes what contains it in turn unless an array or a map does.
    fn expression(&self, owner: &Definition, constant: &Constant, in_container: bool) -> TokenStream {
        let inner = |constant: &Constant| self.expression(owner, constant, in_container);
        let contained = |constant: &Constant| self.expression(owner, constant, true);
        match constant {
            Constant::None => quote!(None),
            Constant::Null => quote!(()),
            Constant::Some(value) => {
                let value = inner(value);
                quote!(Some(#value))
            }
            Constant::Boolean(value) => quote!(#value),
            Constant::Integer(value) => integer(*value),
            Constant::Unsigned(value) => grouped(*value),
            Constant::Number(value) => float(*value),
            Constant::String(text) if self.model.string_type != StringType::String => quote!(#text.into()),
            Constant::String(text) if text.is_empty() => quote!(String::new()),
            Constant::String(text) => quote!(#text.to_owned()),
            Constant::Path(text) => quote!(#text.into()),
            Constant::Any(value) => any(value),
            Constant::List(elements, holder) => {
                let elements = elements.iter().map(contained);
                match holder {
                    Holder::List if elements.len() == 0 => quote!(Vec::new()),
                    Holder::List => quote!(Vec::from([#(#elements),*])),
                    Holder::Set => quote!([#(#elements),*].into()),
                    Holder::Array(_) => quote!([#(#elements),*]),
                }
            }
            Constant::Tuple(elements) => {
                let elements = elements.iter().map(inner);
                quote!((#(#elements,)*))
            }
            Constant::Map(members) => self.map(owner, members),
            Constant::Variant(id, ..)
            | Constant::Branch(id, ..)
            | Constant::Wrapped(id, _)
            | Constant::Object(ConstantObject { id, .. }) => {
                let value = self.of_definition(*id, constant);
                if owner.boxed.contains(id) && !in_container { quote!(Box::new(#value)) } else { value }
            }
            Constant::WhenAbsent(value) => inner(value),
        }
    }

    fn map(&self, owner: &Definition, members: &[(String, Constant)]) -> TokenStream {
        let members = members.iter().map(|(name, value)| {
            let value = self.expression(owner, value, true);
            quote!((#name.to_owned(), #value))
        });
        let map = self.map_path();
        if members.len() == 0 { quote!(#map::new()) } else { quote!(#map::from([#(#members),*])) }
    }

    /// The path of maps.
    fn map_path(&self) -> TokenStream {
        let parts = self.model.map_type.path().split("::").map(|part| format_ident!("{part}"));
        quote!(#(#parts)::*)
    }

    fn fields(&self, id: DefinitionId) -> Option<&'a [Field<'a>]> {
        match &self.pair(id)?.shape {
            Shape::Struct { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// A value of a type of ours.
    fn of_definition(&self, id: DefinitionId, constant: &Constant) -> TokenStream {
        let definition = self.model.definition(id);
        let name = super::words::ident(&definition.ident);
        let variant = |index: usize| match self.pair(id).map(|pair| &pair.shape) {
            Some(Shape::Names(variants)) => variants.get(index).map(|variant| &variant.ident),
            Some(Shape::Literals(variants)) => variants.get(index).map(|variant| &variant.ident),
            Some(Shape::Union { variants, .. }) => variants.get(index).map(|variant| &variant.ident),
            _ => None,
        };
        let without_shape = || {
            let text = constant.json().to_string();
            quote!(#name(serde_json::from_str(#text).unwrap_or_default()))
        };
        match constant {
            Constant::Variant(_, index, _) => {
                variant(*index).map_or_else(without_shape, |variant| quote!(#name::#variant))
            }
            Constant::Branch(_, index, value) => {
                let value = self.expression(definition, value, false);
                variant(*index).map_or_else(without_shape, |variant| quote!(#name::#variant(#value)))
            }
            Constant::Wrapped(_, value) if self.pair(id).is_some_and(|pair| pair.without_shape.is_none()) => {
                let value = self.expression(definition, value, false);
                quote!(#name(#value))
            }
            Constant::Object(object) if object.is_empty() && definition.default.is_some() => {
                quote!(#name::default())
            }
            Constant::Object(object) if self.fields(id).is_some() || object.properties.is_empty() => {
                self.literal(&quote!(#name), object)
            }
            _ => without_shape(),
        }
    }

    /// `name { a: 1, … }`
    fn literal(&self, name: &TokenStream, object: &ConstantObject) -> TokenStream {
        let definition = self.model.definition(object.id);
        let made = self.fields(object.id).unwrap_or_default();
        let fields = object.properties.iter().filter_map(|(property, value)| {
            // A tag has none.
            let field = made.iter().find(|field| field.property.name == *property)?;
            let ident = &field.ident;
            let value = match value {
                None => quote!(None),
                Some(Constant::WhenAbsent(value)) if self.function(field, value).is_some() => {
                    let function = self.function(field, value);
                    quote!(#name::#function())
                }
                Some(value) => {
                    let expression = self.expression(definition, value, false);
                    if Presence::of(field.property).is_option() {
                        quote!(Some(#expression))
                    } else {
                        expression
                    }
                }
            };
            Some(quote!(#ident: #value))
        });
        let rest = match self.pair(object.id).map(|pair| &pair.shape) {
            Some(Shape::Struct { rest: Some(rest), .. }) => {
                let (ident, members) = (&rest.ident, self.map(definition, &object.rest));
                let map = self.map_path();
                let value = if object.rest.is_empty() { quote!(#map::new()) } else { members };
                Some(quote!(#ident: #value))
            }
            _ => None,
        };
        let fields = fields.chain(rest);
        quote!(#name { #(#fields),* })
    }
}

fn any(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(serde_json::Value::Bool(#value)),
        Value::String(text) => quote!(serde_json::Value::from(#text)),
        Value::Number(number) => {
            let number = match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => quote!(#number),
                (None, Some(number)) => quote!(#number),
                (None, None) => float(number.as_f64().unwrap_or_default()),
            };
            quote!(serde_json::Value::from(#number))
        }
        _ => quote!(serde_json::Value::Null),
    }
}

fn integer(value: i64) -> TokenStream {
    if value == i64::MIN {
        return quote!(i64::MIN);
    }
    let magnitude = grouped(value.unsigned_abs());
    if value < 0 { quote!(-#magnitude) } else { magnitude }
}

fn float(value: f64) -> TokenStream {
    let magnitude = Literal::f64_unsuffixed(value.abs());
    if value.is_sign_negative() { quote!(-#magnitude) } else { quote!(#magnitude) }
}

/// A number with `_` between thousands, if it is long.
fn grouped(value: u64) -> TokenStream {
    let digits = value.to_string();
    if digits.len() <= 5 {
        let literal = Literal::u64_unsuffixed(value);
        return quote!(#literal);
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text.parse().unwrap_or_else(|_| {
        let literal = Literal::u64_unsuffixed(value);
        quote!(#literal)
    })
}
