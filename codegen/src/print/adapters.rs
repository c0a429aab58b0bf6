//! How types that are not ours are read and written where a type of ours has them: by which adapters of the runtime.

use std::collections::HashSet;

use heck::ToUpperCamelCase;
use syn::{Attribute, GenericArgument, PathArguments, Type, parse_quote};

use super::tree::attribute;
use crate::annotate::Annotated;
use crate::foreign::{Foreign, StandIn};
use crate::known::BySchemars;
use crate::model::{Form, Model};
use crate::names::Names;
use crate::settings::Schemars;
use crate::via::Via;

/// The adapters that are made of modules, and what all are called.
pub struct Adapters {
    /// In the order in which they are declared.
    made: Vec<(Foreign, String)>,
    /// The path of maps.
    map_path: &'static str,
    /// How a map is called beside the types.
    map: &'static str,
}

/// Where an adapter is named.
#[derive(Clone, Copy)]
enum Named {
    /// Where it is said how types are read.
    Reading,
    /// Beside the types.
    Writing,
}

impl Adapters {
    /// Of all items.
    pub fn of(model: &Model, items: &[Annotated]) -> Self {
        let mut all = Vec::new();
        for item in items {
            stand_ins(model, &item.pair.definition.form, &mut all);
        }
        let mut taken = Names::default();
        let mut made = HashSet::new();
        let mut in_order = Vec::new();
        for stand_in in all {
            let Via::With(module) = stand_in.foreign.via() else { continue };
            if made.insert((stand_in.foreign.path(), module)) {
                let name = taken.take(&name_of(module));
                in_order.push((stand_in.foreign.clone(), name));
            }
        }
        let map_path = model.map_type.path();
        let short = map_path.rsplit("::").next().unwrap_or(map_path);
        let is_map = |item: &Annotated| item.pair.definition.ident == short;
        let map = if items.iter().any(is_map) { map_path } else { short };
        Self { made: in_order, map_path, map }
    }

    /// The declarations of those that are made of modules.
    pub fn declared(&self) -> String {
        if self.made.is_empty() {
            return String::new();
        }
        let lines = self.made.iter().filter_map(|(foreign, name)| match foreign.via() {
            Via::With(module) => Some(format!(
                "    isomorph_runtime::v1::adapter! {{ {name}: {} = {module} }}\n",
                foreign.path()
            )),
            _ => None,
        });
        format!("pub(super) mod with {{\n{}}}\n\n", lines.collect::<String>())
    }

    /// Whether there are any that are made of modules.
    pub fn are_made(&self) -> bool {
        !self.made.is_empty()
    }

    /// ` as (Adapter)`, if a value of this form is read by one; `is_exact` of numbers.
    pub fn reading(&self, form: &Form, is_exact: bool) -> String {
        let leaf = |form: &Form| match form {
            Form::Foreign(stand_in) => self.one(stand_in, Named::Reading),
            Form::Number => is_exact.then(|| "v1::via::Exact".to_owned()),
            _ => None,
        };
        let adapter = of_form(form, ("v1::via::Same", self.map_path), &leaf);
        adapter.map(|adapter| format!(" as ({adapter})")).unwrap_or_default()
    }

    /// What serde is told of a value of this form, if it is written by an adapter.
    pub fn writing(&self, form: &Form, is_option: bool) -> Option<String> {
        let leaf = |form: &Form| {
            let Form::Foreign(stand_in) = form else { return None };
            let writes = match stand_in.foreign.known() {
                Some(known) => known.serializes,
                None => matches!(stand_in.foreign.via(), Via::Read | Via::Serde),
            };
            if writes { None } else { self.one(stand_in, Named::Writing) }
        };
        let adapter = of_form(form, ("via::Same", self.map), &leaf)?;
        let adapter = if is_option { format!("Option<{adapter}>") } else { adapter };
        Some(format!("via::As::<{adapter}>::serialize"))
    }

    /// What schemars is told of a value of this form and type, where it is not to see what is not ours.
    pub fn said(&self, form: &Form, ty: &Type, is_option: bool, schemars: Schemars) -> Option<Attribute> {
        let plain = plain(form, ty)?;
        let plain = if is_option { parse_quote!(Option<#plain>) } else { plain };
        let text = quote::quote!(#plain).to_string();
        let text = text.replace(" < ", "<").replace(" > ", ">").replace(" >", ">").replace(" :: ", "::");
        let text = text
            .replace(self.map_path, self.map)
            .replace(" , ", ", ")
            .replace(" ,", ",")
            .replace(", )", ")")
            .replace(",)", ")");
        match schemars {
            Schemars::Always => Some(attribute("schemars", quote::quote!(with = #text))),
            Schemars::Feature => {
                Some(attribute("cfg_attr", quote::quote!(feature = "schemars", schemars(with = #text))))
            }
            Schemars::Never => None,
        }
    }

    fn one(&self, stand_in: &StandIn, named: Named) -> Option<String> {
        let of_runtime = |name: &str| match named {
            Named::Reading => format!("v1::via::{name}"),
            Named::Writing => format!("via::{name}"),
        };
        Some(match stand_in.foreign.via() {
            Via::Read => return None,
            Via::Str => of_runtime("Str"),
            Via::Serde => of_runtime("Serde"),
            Via::Base64 => of_runtime("Base64"),
            Via::Rfc3339 => of_runtime("Rfc3339"),
            Via::With(_) => {
                let (_, name) = self.made.iter().find(|(foreign, _)| *foreign == stand_in.foreign)?;
                match named {
                    Named::Reading => format!("with::{name}"),
                    Named::Writing => format!("read::with::{name}"),
                }
            }
        })
    }
}

/// Whether types are written by adapters, in which case they name the module of those.
pub fn are_written_by(items: &[Annotated], model: &Model, adapters: &Adapters) -> bool {
    let mut all = Vec::new();
    for item in items {
        stand_ins(model, &item.pair.definition.form, &mut all);
    }
    all.into_iter().any(|stand_in| adapters.writing(&Form::Foreign(stand_in.clone()), false).is_some())
}

/// The type with ours in the place of those that are not, of which schemars says something else; `None` if there are none.
fn plain(form: &Form, ty: &Type) -> Option<Type> {
    match form {
        Form::Foreign(stand_in) if stand_in.said() == BySchemars::Otherwise => {
            syn::parse_str(stand_in.plainly()).ok()
        }
        Form::Nullable(part) if matches!(part.form, Form::Nullable(_)) => plain(&part.form, ty),
        Form::Nullable(part) | Form::List(part, _) | Form::Map(part, _) => {
            let mut ty = ty.clone();
            let Type::Path(path) = &mut ty else { return None };
            let PathArguments::AngleBracketed(arguments) = &mut path.path.segments.last_mut()?.arguments
            else {
                return None;
            };
            let Some(GenericArgument::Type(inner)) = arguments.args.last_mut() else { return None };
            *inner = plain(&part.form, inner)?;
            Some(ty)
        }
        Form::Tuple(parts) => {
            let Type::Tuple(tuple) = ty else { return None };
            let both = parts.iter().zip(&tuple.elems);
            let plain: Vec<_> = both.clone().map(|(part, ty)| plain(&part.form, ty)).collect();
            plain.iter().any(Option::is_some).then(|| {
                let elements = plain.into_iter().zip(&tuple.elems);
                let elements = elements.map(|(plain, ty)| plain.unwrap_or_else(|| ty.clone()));
                parse_quote!((#(#elements,)*))
            })
        }
        _ => None,
    }
}

/// An adapter for values of a form; `None` if none is needed.
fn of_form(form: &Form, (same, map): (&str, &str), leaf: &dyn Fn(&Form) -> Option<String>) -> Option<String> {
    let inner = |form: &Form| of_form(form, (same, map), leaf);
    match form {
        Form::Foreign(_) | Form::Number => leaf(form),
        Form::Nullable(part) if matches!(part.form, Form::Nullable(_)) => inner(&part.form),
        Form::Nullable(part) => inner(&part.form).map(|part| format!("Option<{part}>")),
        Form::List(part, _) => inner(&part.form).map(|part| format!("Vec<{part}>")),
        Form::Map(part, key) => inner(&part.form).map(|part| format!("{map}<{}, {part}>", key.name())),
        Form::Tuple(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| inner(&part.form)).collect();
            parts.iter().any(Option::is_some).then(|| {
                let parts = parts.into_iter().map(|part| part.unwrap_or_else(|| same.to_owned()));
                let parts: Vec<_> = parts.collect();
                let comma = if parts.len() == 1 { "," } else { "" };
                format!("({}{comma})", parts.join(", "))
            })
        }
        _ => None,
    }
}

/// What stands in a form for values, in what is part of its variants too.
pub fn stand_ins<'m>(model: &'m Model, form: &'m Form, all: &mut Vec<&'m StandIn>) {
    match form {
        Form::Foreign(stand_in) => all.push(stand_in),
        Form::Reference(id) if model.is_part(*id) => stand_ins(model, &model.definition(*id).form, all),
        _ => form.parts().into_iter().for_each(|part| stand_ins(model, &part.form, all)),
    }
}

/// `crate::shop::cents` → `ShopCents`
fn name_of(module: &str) -> String {
    module.trim_start_matches("crate::").to_upper_camel_case()
}
