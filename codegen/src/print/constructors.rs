//! Builders of structs: what is not said of a value is filled in, and what is made is held against its schema.

use isomorph_runtime::spelling::is_hidden;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type, parse_quote};

use super::constants::Constants;
use super::words::{allowance, ident};
use crate::annotate::Annotated;
use crate::names::Names;
use crate::pair::{Field, RestField, Shape};
use crate::presence::Presence;

/// What builders are called.
pub struct Builders(Names);

impl Builders {
    /// Beside these items.
    pub fn beside(items: &[Annotated]) -> Self {
        let mut names = Names::default();
        for item in items {
            names.take(&item.pair.definition.ident);
        }
        Self(names)
    }

    /// The builder of an item; nothing for one that is no struct of properties.
    pub fn of_item(&mut self, item: &Annotated, defaults: &Constants) -> TokenStream {
        let Shape::Struct { fields, rest } = &item.pair.shape else { return quote!() };
        let name = ident(&item.pair.definition.ident);
        let builder = ident(&self.0.take(&format!("{name}Builder")));
        let slots = slots(fields, rest.as_ref());
        let declared = slots.iter().map(|Slot { field, ty, .. }| quote!(#field: #ty));
        let setters = slots.iter().map(Slot::setter);
        let build = build(&name, fields, rest.as_ref(), defaults);
        let allowance = allowance(item);
        let of = format!(" What makes a [`{name}`], property by property.");
        let begins = format!(" Makes a `{name}`, property by property.");
        quote! {
            #allowance
            impl #name {
                #[doc = #begins]
                pub fn builder() -> #builder {
                    <#builder as Default>::default()
                }
            }

            #[doc = #of]
            #[derive(Debug, Clone, Default)]
            pub struct #builder { #(#declared),* }

            #allowance
            impl #builder {
                #(#setters)*
                #build
            }
        }
    }
}

/// What a builder keeps of a property.
struct Slot<'a> {
    field: &'a Ident,
    setter: Ident,
    property: Option<&'a str>,
    /// What is kept, and what is given for it.
    ty: Type,
    given: Type,
}

fn slots<'a>(fields: &'a [Field], rest: Option<&'a RestField>) -> Vec<Slot<'a>> {
    let mut slots: Vec<_> = fields
        .iter()
        .map(|Field { property, ident, value, .. }| Slot {
            field: ident,
            setter: ident.clone(),
            property: Some(&property.name),
            ty: parse_quote!(Option<#value>),
            given: value.clone(),
        })
        .collect();
    slots.extend(rest.map(|rest| Slot {
        field: &rest.ident,
        setter: rest.ident.clone(),
        property: None,
        ty: rest.ty.clone(),
        given: rest.ty.clone(),
    }));
    if let Some(index) = slots.iter().position(|slot| slot.field == BUILD) {
        slots[index].setter = free_for_build(&slots);
    }
    slots
}

/// What makes the value, whose name no property's can be.
const BUILD: &str = "build";

/// What is called for a property of the name of what makes the value.
fn free_for_build(slots: &[Slot]) -> Ident {
    let mut name = format!("set_{BUILD}");
    while slots.iter().any(|slot| *slot.field == name) {
        name.push('_');
    }
    format_ident!("{name}")
}

impl Slot<'_> {
    fn setter(&self) -> TokenStream {
        let Self { field, setter, property, given, .. } = self;
        let mut docs = property.map_or_else(
            || " Sets all other properties.".to_owned(),
            |name| format!(" Sets `{}`.", name.replace(|c| c == '`' || is_hidden(c), " ")),
        );
        if setter != *field {
            docs = format!("{docs} It is `{setter}`, since `{BUILD}` makes the value.");
        }
        let lint = lint_of(setter).map(|lint| quote!(#[allow(#lint)]));
        // What begins with an underscore is for what is not used, to readers and to linters.
        let value =
            if field.to_string().starts_with('_') { format_ident!("value") } else { (*field).clone() };
        let texts: [syn::Type; 3] =
            [parse_quote!(String), parse_quote!(Box<str>), parse_quote!(std::sync::Arc<str>)];
        let (ty, set) = if texts.contains(given) {
            (parse_quote!(impl Into<#given>), quote!(#value.into()))
        } else {
            (given.clone(), quote!(#value))
        };
        let set = if property.is_some() { quote!(Some(#set)) } else { set };
        quote! {
            #[doc = #docs]
            #[must_use]
            #lint
            pub fn #setter(mut self, #value: #ty) -> Self {
                self.#field = #set;
                self
            }
        }
    }
}

/// The lint that takes a function of this name for something else: a conversion, or an operator.
fn lint_of(setter: &Ident) -> Option<TokenStream> {
    const CONVERSIONS: [&str; 5] = ["as_", "from_", "into_", "is_", "to_"];
    const OPERATORS: [&str; 10] =
        ["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];
    let name = setter.to_string();
    if CONVERSIONS.iter().any(|prefix| name.starts_with(prefix)) {
        return Some(quote!(clippy::wrong_self_convention));
    }
    OPERATORS.contains(&name.as_str()).then(|| quote!(clippy::should_implement_trait))
}

fn build(name: &Ident, fields: &[Field], rest: Option<&RestField>, defaults: &Constants) -> TokenStream {
    let values = fields.iter().map(|field| {
        let ident = &field.ident;
        match Presence::of(field.property) {
            Presence::Required => {
                let missing = format!("missing field `{}`", field.property.name);
                quote!(#ident: self.#ident.ok_or_else(|| isomorph_runtime::Refusal::new(#missing))?)
            }
            Presence::Optional => quote!(#ident: self.#ident),
            Presence::Null => quote!(#ident: self.#ident.flatten()),
            Presence::Defaulted(constant) => {
                let function = defaults.function(field, constant);
                let function = function.map(|function| quote!(unwrap_or_else(#name::#function)));
                let function = function.unwrap_or_else(|| quote!(unwrap_or_default()));
                quote!(#ident: self.#ident.#function)
            }
        }
    });
    let rest = rest.map(|RestField { ident, .. }| quote!(#ident: self.#ident));
    let values = values.chain(rest);
    let docs = format!(" The `{name}`, with the defaults of what was not set.");
    quote! {
        #[doc = #docs]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " If something is missing, or the schema refuses the value."]
        pub fn build(self) -> Result<#name, isomorph_runtime::Refusal> {
            let built = #name { #(#values),* };
            built.validate()?;
            Ok(built)
        }
    }
}
