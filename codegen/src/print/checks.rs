//! Checks on typed values, as code.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use serde_json::Number;

use super::conditions::Named;
use crate::annotate::Annotated;
use crate::model::{Check, Condition, Definition, Form, Object, Property, Rest, Subschema};
use crate::pair::{Field, RestField, VariantFields};
use crate::presence::Presence;

/// The checks of a struct, on `value`.
pub fn of_object(named: &Named, object: &Object, fields: &[Field], rest: Option<&RestField>) -> TokenStream {
    of_fields(named, object, fields, rest, &Place::default(), &|ident| quote!(&value.#ident))
}

/// The checks of a variant, and the fields that they are on.
pub fn of_variant<'f>(
    named: &Named,
    variant: &'f VariantFields,
    content: Option<&Property>,
) -> (Vec<&'f syn::Ident>, TokenStream) {
    let VariantFields { object, fields, rest, .. } = variant;
    let rest_is_checked = matches!(&object.rest, Rest::Kept(part) if is_checked(part));
    let checked = fields.iter().filter(|field| is_checked(&field.property.schema)).map(|field| &field.ident);
    let checked = checked.chain(rest.iter().filter(|_| rest_is_checked).map(|rest| &rest.ident)).collect();
    let place = content.map(in_property).unwrap_or_default();
    (checked, of_fields(named, object, fields, rest.as_ref(), &place, &|ident| quote!(#ident)))
}

/// The checks of a variant that is the value of a property, on `value`.
pub fn of_content(named: &Named, property: &Property) -> TokenStream {
    if !is_checked(&property.schema) {
        return TokenStream::new();
    }
    placed(&of_part(named, &property.schema, &quote!(value), &in_property(property), 0))
}

fn in_property(property: &Property) -> Place {
    let name = &property.name;
    Place::default().inside(quote!(#name))
}

/// The checks of fields, to each of which `at` gives a reference.
fn of_fields(
    named: &Named,
    object: &Object,
    fields: &[Field],
    rest: Option<&RestField>,
    around: &Place,
    at: &dyn Fn(&syn::Ident) -> TokenStream,
) -> TokenStream {
    let mut all = TokenStream::new();
    for field in fields.iter().filter(|field| is_checked(&field.property.schema)) {
        let (name, field_at) = (&field.property.name, at(&field.ident));
        let place = around.inside(quote!(#name));
        let is_option = Presence::of(field.property).is_option();
        let schema = &field.property.schema;
        all.extend(match &schema.form {
            // One pattern for both: absent, and `null`.
            Form::Nullable(part) if is_option && schema.checks.is_empty() => of_some(
                &quote!(Some(Some(value))),
                &field_at,
                &of_part(named, part, &quote!(value), &place, 0),
            ),
            _ if is_option => {
                of_some(&quote!(Some(value)), &field_at, &of_part(named, schema, &quote!(value), &place, 0))
            }
            _ => Some(of_part(named, schema, &field_at, &place, 0)),
        });
    }
    if let (Rest::Kept(part), Some(rest)) = (&object.rest, rest) {
        all.extend(of_members(named, part, &at(&rest.ident), around, 0));
    }
    if all.is_empty() { all } else { placed(&all) }
}

/// Checks of a value that may not be there.
fn of_some(pattern: &TokenStream, value: &TokenStream, checks: &TokenStream) -> Option<TokenStream> {
    (!checks.is_empty()).then(|| quote!(if let #pattern = #value { #checks }))
}

/// What a reference leads to, for a look inside.
fn behind(reference: &TokenStream) -> TokenStream {
    let is_borrow = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '&');
    let all = reference.clone().into_iter();
    if all.clone().next().as_ref().is_some_and(is_borrow) { all.skip(1).collect() } else { all.collect() }
}

/// Whether there is anything to check in a value.
fn is_checked(schema: &Subschema) -> bool {
    !schema.checks.is_empty() || schema.form.parts().into_iter().any(is_checked)
}

/// Whether there is anything to check in the value of a newtype.
pub fn are_made_of(definition: &Definition) -> bool {
    !definition.checks.is_empty() || definition.form.parts().into_iter().any(is_checked)
}

/// Checks that say where they are made, with what they need for it.
fn placed(checks: &TokenStream) -> TokenStream {
    quote! {
        use v1::check::Within as _;
        #checks
    }
}

/// Whether one of the checks says where it is made.
fn say_where(checks: TokenStream) -> bool {
    checks.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "within",
        TokenTree::Group(group) => say_where(group.stream()),
        _ => false,
    })
}

fn of_value(named: &Named, schema: &Subschema) -> TokenStream {
    if !is_checked(schema) {
        return TokenStream::new();
    }
    let checks = of_part(named, schema, &quote!(value), &Place::default(), 0);
    if say_where(checks.clone()) { placed(&checks) } else { checks }
}

/// The checks of a newtype, on `value`.
pub fn of_newtype(named: &Named, item: &Annotated) -> TokenStream {
    let definition = item.pair.definition;
    let schema = Subschema {
        checks: definition.checks.clone(),
        ..Subschema::new(definition.location.clone(), definition.form.clone())
    };
    of_value(named, &schema)
}

/// The checks of a branch of a union, on `value`.
pub fn of_branch(named: &Named, schema: &Subschema) -> TokenStream {
    of_value(named, schema)
}

/// Where a check is made, from the outside in: what `.within(…)` is told, from the inside out.
#[derive(Clone, Default)]
struct Place(Vec<TokenStream>);

impl Place {
    fn inside(&self, segment: TokenStream) -> Self {
        Self(self.0.iter().cloned().chain([segment]).collect())
    }

    fn tokens(&self) -> TokenStream {
        let segments = self.0.iter().rev();
        quote!(#(.within(#segments))*)
    }
}

/// The checks of a part, on the reference `value`.
fn of_part(
    named: &Named,
    schema: &Subschema,
    value: &TokenStream,
    place: &Place,
    depth: usize,
) -> TokenStream {
    let within = place.tokens();
    let own = schema.checks.iter().filter_map(|check| one(named, check, &schema.form, value));
    let own: TokenStream = own.map(|check| quote!(#check #within?;)).collect();
    let parts = match &schema.form {
        Form::Nullable(part) => {
            of_some(&quote!(Some(value)), value, &of_part(named, part, &quote!(value), place, depth))
        }
        Form::List(part, _) => of_elements(named, part, value, place, depth),
        Form::Map(part, _) => of_members(named, part, value, place, depth),
        Form::Tuple(parts) => Some(
            parts
                .iter()
                .enumerate()
                .map(|(index, part)| {
                    let field = Literal::usize_unsuffixed(index);
                    let inside = behind(value);
                    of_part(named, part, &quote!(&#inside.#field), &place.inside(quote!(#field)), depth)
                })
                .collect(),
        ),
        _ => None,
    };
    quote!(#own #parts)
}

fn of_elements(
    named: &Named,
    part: &Subschema,
    value: &TokenStream,
    place: &Place,
    depth: usize,
) -> Option<TokenStream> {
    let index = quote::format_ident!("index{}", suffix(depth));
    let inner = of_part(named, part, &quote!(value), &place.inside(quote!(#index)), depth + 1);
    let inside = behind(value);
    (!inner.is_empty()).then(|| quote!(for (#index, value) in #inside.iter().enumerate() { #inner }))
}

fn of_members(
    named: &Named,
    part: &Subschema,
    value: &TokenStream,
    place: &Place,
    depth: usize,
) -> Option<TokenStream> {
    let name = quote::format_ident!("name{}", suffix(depth));
    let inner = of_part(named, part, &quote!(value), &place.inside(quote!(#name)), depth + 1);
    (!inner.is_empty()).then(|| quote!(for (#name, value) in #value { #inner }))
}

fn suffix(depth: usize) -> String {
    if depth == 0 { String::new() } else { (depth + 1).to_string() }
}

fn one(named: &Named, check: &Check, form: &Form, value: &TokenStream) -> Option<TokenStream> {
    let count = |limit: &u64| Literal::u64_unsuffixed(*limit);
    Some(match check {
        Check::Minimum(limit) => bound("minimum", limit, form, value)?,
        Check::Maximum(limit) => bound("maximum", limit, form, value)?,
        Check::ExclusiveMinimum(limit) => bound("exclusive_minimum", limit, form, value)?,
        Check::ExclusiveMaximum(limit) => bound("exclusive_maximum", limit, form, value)?,
        Check::MinLength(limit) => counted("min_length", &count(limit), value),
        Check::MaxLength(limit) => counted("max_length", &count(limit), value),
        Check::MinItems(limit) => counted("min_items", &count(limit), value),
        Check::MaxItems(limit) => counted("max_items", &count(limit), value),
        Check::MinProperties(limit) => counted("min_properties", &count(limit), value),
        Check::MaxProperties(limit) => counted("max_properties", &count(limit), value),
        // It is asked while the value is read.
        Check::WrittenAsIntegers => return None,
        Check::Holds(Condition::Pattern(pattern), _) if *form == Form::String => {
            let pattern = named.name(pattern);
            quote!(v1::check::pattern(#value, &#pattern))
        }
        Check::Holds(Condition::UniqueItems, _) if matches!(form, Form::List(_, _)) => {
            quote!(v1::check::unique_items(#value))
        }
        Check::Holds(Condition::Pattern(pattern), _) => {
            let pattern = named.name(pattern);
            quote!(v1::condition::Condition::Pattern(&#pattern).check(#value))
        }
        Check::Holds(Condition::UniqueItems, _) => {
            quote!(v1::condition::Condition::UniqueItems.check(#value))
        }
        Check::Holds(condition, _) => {
            let condition = named.limit(condition);
            quote!(#condition.check(#value))
        }
    })
}

fn counted(name: &str, limit: &Literal, value: &TokenStream) -> TokenStream {
    let name = quote::format_ident!("{name}");
    quote!(v1::check::#name(#value, #limit))
}

/// A bound in the type of the value; `None` if every value of the type is inside.
fn bound(name: &str, limit: &Number, form: &Form, value: &TokenStream) -> Option<TokenStream> {
    let is_lower = name.ends_with("minimum");
    let limit: TokenStream = match (form, limit.as_i128()) {
        // Every value of the type is inside; a bound beyond the other end was not made a check.
        (Form::Integer(width), Some(limit)) if is_lower && limit < width.least() => return None,
        (Form::Integer(width), Some(limit)) if !is_lower && limit > width.most() => return None,
        (Form::Integer(_), Some(limit)) => integer(limit),
        _ => {
            let limit = limit.as_f64()?;
            let magnitude = Literal::f64_unsuffixed(limit.abs());
            if limit.is_sign_negative() { quote!(-#magnitude) } else { quote!(#magnitude) }
        }
    };
    let name = quote::format_ident!("{name}");
    let value = match form {
        Form::NumberAsWritten => quote!(&v1::check::float(#value)),
        _ => value.clone(),
    };
    Some(quote!(v1::check::#name(#value, #limit)))
}

fn integer(limit: i128) -> TokenStream {
    if limit == i64::MIN.into() {
        return quote!(i64::MIN);
    }
    let magnitude = Literal::u128_unsuffixed(limit.unsigned_abs());
    if limit < 0 { quote!(-#magnitude) } else { quote!(#magnitude) }
}
