//! Conditions on typed values, as code.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use serde_json::{Number, Value};

use isomorph_schema::Location;

use super::flow::flowed;
use super::layout::indented;
use super::words::ident;
use crate::annotate::Annotated;
use crate::model::{Check, Condition, Evaluated, Model};
use crate::pattern::{How, Linear, Run};

/// What the conditions of items name: patterns, each once, and conditions that others ask for.
pub struct Named<'m> {
    patterns: Vec<&'m Linear>,
    /// The places of the patterns by their sources.
    places: HashMap<&'m str, usize>,
    conditions: BTreeMap<&'m Location, &'m Condition>,
    /// What checks hold parts against, each once, by how it is written.
    limits: BTreeMap<String, &'m Condition>,
}

impl<'m> Named<'m> {
    /// Of these items.
    pub fn of(model: &'m Model, items: &'m [Annotated]) -> Self {
        let checks = items.iter().flat_map(|item| model.checks(item.pair.definition));
        let in_checks = checks.filter_map(|check| match check {
            Check::Holds(condition, _) => Some(condition),
            _ => None,
        });
        let in_checks: Vec<_> = in_checks.collect();
        let own: Vec<_> =
            items.iter().filter_map(Annotated::condition).chain(in_checks.iter().copied()).collect();
        let mut conditions: BTreeMap<&Location, &Condition> = BTreeMap::new();
        let mut work: Vec<_> = own.iter().flat_map(|one| one.others()).collect();
        while let Some(location) = work.pop() {
            if let Some((location, condition)) = model.conditions.get_key_value(location)
                && conditions.insert(location, condition).is_none()
            {
                work.extend(condition.others());
            }
        }
        let (mut patterns, mut places) = (Vec::new(), HashMap::new());
        for pattern in own.into_iter().chain(conditions.values().copied()).flat_map(Condition::patterns) {
            places.entry(pattern.source.as_str()).or_insert_with(|| {
                patterns.push(pattern);
                patterns.len()
            });
        }
        let is_said = |one: &&Condition| !matches!(one, Condition::Pattern(_) | Condition::UniqueItems);
        let limits = in_checks.into_iter().filter(is_said).map(|one| (key(one), one)).collect();
        Self { patterns, places, conditions, limits }
    }

    /// The sources of those that need an engine.
    pub fn needing_engine(&self) -> Vec<&'m str> {
        let needing = self.patterns.iter().filter(|pattern| pattern.needs_engine());
        needing.map(|pattern| pattern.source.as_str()).collect()
    }

    /// The patterns and conditions, for others to name.
    ///
    /// # Errors
    ///
    /// If one of them is not Rust, which would be a mistake of the generator.
    pub fn text(&self) -> syn::Result<String> {
        let mut text = String::new();
        for pattern in &self.patterns {
            let (name, source) = (self.name(pattern), &pattern.source);
            let made = match &pattern.how {
                How::Runs(starts, runs, ends) => {
                    let runs = runs.iter().map(run);
                    quote!(v1::Pattern::runs(#source, #starts, &[#(#runs),*], #ends))
                }
                How::All(all) => {
                    let all = all.iter().map(|(matches, pattern)| {
                        let name = self.name(pattern);
                        quote!((#matches, &#name))
                    });
                    quote!(v1::Pattern::all(#source, &[#(#all),*]))
                }
                How::Expression(expression) => quote!(v1::Pattern::expression(#source, #expression)),
            };
            let item = syn::parse2(quote!(static #name: v1::Pattern = #made;))?;
            let item = prettyplease::unparse(&item);
            let lines: Vec<_> = item.lines().map(ToOwned::to_owned).collect();
            let _ = writeln!(text, "{}", flowed(&lines, 0).join("\n"));
        }
        let conditions = self.conditions.iter().map(|(location, one)| (self.named(location), *one));
        let limits = self.limits.values().map(|one| (self.limit(one), *one));
        let all = conditions.chain(limits).map(|(name, condition)| {
            Ok(format!("{name} = {};\n", lines(&self.tokens(condition))?.join("\n")))
        });
        if !self.patterns.is_empty() {
            text.push('\n');
        }
        let all = all.collect::<syn::Result<String>>()?;
        if !all.is_empty() {
            let _ = writeln!(text, "v1::conditions! {{\n{}}}\n", indented(&all, 4));
        }
        Ok(text)
    }

    /// The name of a pattern.
    pub fn name(&self, pattern: &Linear) -> syn::Ident {
        format_ident!("PATTERN_{}", self.places.get(pattern.source.as_str()).copied().unwrap_or_default())
    }

    fn named(&self, location: &Location) -> syn::Ident {
        let index = self.conditions.keys().position(|known| *known == location).unwrap_or_default();
        format_ident!("CONDITION_{}", index + 1)
    }

    /// The name of what a part is held against.
    pub fn limit(&self, condition: &Condition) -> syn::Ident {
        let index = self.limits.range(..key(condition)).count();
        format_ident!("LIMIT_{}", index + 1)
    }

    /// `holds { … }`, in a line or in several, if the item is held against a condition.
    ///
    /// # Errors
    ///
    /// If it is not Rust, which would be a mistake of the generator.
    pub fn holds(&self, item: &Annotated) -> syn::Result<Option<String>> {
        let Some(condition) = item.condition() else { return Ok(None) };
        Ok(Some(match lines(&self.tokens(condition))?.as_slice() {
            [one] => format!("holds {{ {one} }}"),
            all => format!("holds {{\n{}}}", indented(&all.join("\n"), 4)),
        }))
    }

    fn tokens(&self, condition: &Condition) -> TokenStream {
        let all = |conditions: &[Condition]| {
            let each = conditions.iter().map(|one| self.tokens(one));
            quote!(&[#(#each),*])
        };
        let by_name = |conditions: &[(String, Condition)]| {
            let each = conditions.iter().map(|(name, one)| {
                let one = self.tokens(one);
                quote!((#name, #one))
            });
            quote!(&[#(#each),*])
        };
        match condition {
            Condition::Never => quote!(Never),
            Condition::Type(types, is_as_written) => {
                let name = ident(if *is_as_written { "TypeAsWritten" } else { "Type" });
                let types = types.names().into_iter().map(ident);
                quote!(#name(#(#types)|*))
            }
            Condition::Enum(values) => {
                let values = values.iter().map(scalar);
                quote!(Enum(&[#(#values),*]))
            }
            Condition::Bound(keyword, limit) => call(keyword, &quantity(limit)),
            Condition::MultipleOf(divisor) => call("multipleOf", &quantity(divisor)),
            Condition::Count(keyword, limit) => call(keyword, &count(*limit)),
            Condition::Pattern(pattern) => {
                let name = self.name(pattern);
                quote!(Pattern(&#name))
            }
            Condition::UniqueItems => quote!(UniqueItems),
            Condition::Items(first, others) => {
                let (first, others) = (all(first), self.tokens(others));
                quote!(Items(#first, &#others))
            }
            Condition::Contains(one, least, most) => {
                let (one, least) = (self.tokens(one), count(*least));
                let most = most.map_or_else(|| quote!(usize::MAX), count);
                quote!(Contains(&#one, #least, #most))
            }
            Condition::Required(names) => quote!(Required(&[#(#names),*])),
            Condition::Properties(declared, matching, others) => {
                let matching = matching.iter().map(|(pattern, one)| {
                    let (name, one) = (self.name(pattern), self.tokens(one));
                    quote!((&#name, #one))
                });
                let (declared, others) = (by_name(declared), self.tokens(others));
                quote!(Properties(#declared, &[#(#matching),*], &#others))
            }
            Condition::PropertyNames(one) => {
                let one = self.tokens(one);
                quote!(PropertyNames(&#one))
            }
            Condition::Dependent(conditions) => {
                let conditions = by_name(conditions);
                quote!(Dependent(#conditions))
            }
            Condition::AllOf(conditions) if conditions.is_empty() => quote!(ALWAYS),
            Condition::AllOf(conditions) => {
                let conditions = all(conditions);
                quote!(AllOf(#conditions))
            }
            Condition::AnyOf(conditions) => {
                let conditions = all(conditions);
                quote!(AnyOf(#conditions))
            }
            Condition::OneOf(conditions) => {
                let conditions = all(conditions);
                quote!(OneOf(#conditions))
            }
            Condition::Not(one) => {
                let one = self.tokens(one);
                quote!(Not(&#one))
            }
            Condition::Unevaluated(evaluated, others) => {
                let evaluated = evaluated.iter().map(|Evaluated { when, names, patterns }| {
                    let (when, patterns) = (self.tokens(when), patterns.iter().map(|one| self.name(one)));
                    quote!(Evaluated(#when, &[#(#names),*], &[#(&#patterns),*]))
                });
                let others = self.tokens(others);
                quote!(Unevaluated(&[#(#evaluated),*], &#others))
            }
            Condition::Same(location) => match self.conditions.get(location) {
                Some(condition) if condition.parts().is_empty() && condition.others().is_empty() => {
                    self.tokens(condition)
                }
                _ => {
                    let name = self.named(location);
                    quote!(Same(&#name))
                }
            },
            Condition::If(three) => {
                let three = all(three.as_slice());
                quote!(If(#three))
            }
        }
    }
}

/// What tells a condition from others.
fn key(condition: &Condition) -> String {
    format!("{condition:?}")
}

/// How far the conditions are indented.
const INDENT: usize = 8;

/// An expression, as people write it.
fn lines(expression: &TokenStream) -> syn::Result<Vec<String>> {
    let text = prettyplease::unparse(&syn::parse2(quote!(fn holds() { #expression }))?);
    // Without the function around it.
    let lines: Vec<_> = text.lines().collect();
    let inner = lines.get(1..lines.len() - 1).unwrap_or_default();
    let inner: Vec<_> =
        inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect();
    Ok(flowed(&inner, INDENT))
}

/// `MinLength(1)`, by the keyword.
fn call(keyword: &str, argument: &TokenStream) -> TokenStream {
    let (first, rest) = keyword.split_at(1);
    let name = format_ident!("{}{rest}", first.to_uppercase());
    quote!(#name(#argument))
}

fn count(limit: u64) -> TokenStream {
    // No array, object or string has more than a pointer can count.
    let limit = Literal::u64_unsuffixed(limit.min(u32::MAX.into()));
    quote!(#limit)
}

fn run(run: &Run) -> TokenStream {
    let ranges = run.ranges.iter().map(|(first, last)| quote!((#first, #last)));
    let least = Literal::u32_unsuffixed(run.least);
    let most =
        run.most.map_or_else(|| quote!(usize::MAX), |most| Literal::u32_unsuffixed(most).into_token_stream());
    quote!(v1::Run(&[#(#ranges),*], #least, #most))
}

fn scalar(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(Scalar::Boolean(#value)),
        Value::Number(number) => {
            let number = quantity(number);
            quote!(Scalar::Number(#number))
        }
        Value::String(text) => quote!(Scalar::Text(#text)),
        _ => quote!(Scalar::Null),
    }
}

fn quantity(number: &Number) -> TokenStream {
    let negative = |is: bool| is.then(|| quote!(-));
    if let Some(whole) = number.as_i128() {
        let (sign, magnitude) = (negative(whole < 0), Literal::u128_unsuffixed(whole.unsigned_abs()));
        return quote!(Whole(#sign #magnitude));
    }
    let double = number.as_f64().unwrap_or_default();
    let (sign, magnitude) = (negative(double.is_sign_negative()), Literal::f64_unsuffixed(double.abs()));
    quote!(Double(#sign #magnitude))
}
