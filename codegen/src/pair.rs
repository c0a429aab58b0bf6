//! typify's item and the schema, walked in step: every field and variant with the subschema it
//! stands for.

use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Fields, Item, Type, parse_quote};

use crate::lower::{REST, property_name, reference_name, variant_name};
use crate::model::{Branch, Definition, DefinitionId, Form, Model, Object, Property, Rest, Union};
use crate::names::{Names, field_ident, variant_ident};
use crate::shape::Shapes;
use crate::{Settings, lower};

/// A definition and its Rust item.
#[derive(Debug)]
pub struct Pair<'m> {
    /// What the schema says.
    pub definition: &'m Definition,
    /// What the type is.
    pub shape: Shape<'m>,
    /// Why it is only a newtype over any value: what typify said.
    pub without_shape: Option<String>,
}

/// The shape of a Rust item.
#[derive(Debug)]
pub enum Shape<'m> {
    /// A struct with a field for each property.
    Struct {
        /// The fields.
        fields: Vec<Field<'m>>,
        /// The properties that are not declared, if they are kept.
        rest: Option<RestField>,
    },
    /// An enum with a variant for each string.
    Names(Vec<Variant<'m>>),
    /// An enum with a variant for each value.
    Literals(Vec<Literal<'m>>),
    /// An enum with a variant for each branch.
    Union {
        /// The variants.
        variants: Vec<BranchVariant<'m>>,
        /// The name of one more, for a value of several branches.
        several: Option<syn::Ident>,
    },
    /// A struct around one value.
    Newtype(Type),
}

/// The field of the properties that are not declared.
#[derive(Debug)]
pub struct RestField {
    /// The name of the field.
    pub ident: syn::Ident,
    /// A map by name.
    pub ty: Type,
}

/// A variant and the value that it stands for.
#[derive(Debug)]
pub struct Literal<'m> {
    /// The value.
    pub value: &'m serde_json::Value,
    /// The name of the variant.
    pub ident: syn::Ident,
}

/// A variant and its branch.
#[derive(Debug)]
pub struct BranchVariant<'m> {
    /// What the schema says.
    pub branch: &'m Branch,
    /// The name of the variant.
    pub ident: syn::Ident,
    /// The type of its value.
    pub value: Type,
}

/// A field and its property.
#[derive(Debug)]
pub struct Field<'m> {
    /// What the schema says.
    pub property: &'m Property,
    /// The name of the field, raw if need be.
    pub ident: syn::Ident,
    /// The type of the property's value; the field's own may say besides that it can be absent.
    pub value: Type,
}

/// A variant and the string that it stands for.
#[derive(Debug)]
pub struct Variant<'m> {
    /// The string.
    pub name: &'m str,
    /// The name of the variant.
    pub ident: syn::Ident,
}

/// Gives every definition its shape.
pub fn pair<'m>(model: &'m Model, settings: &Settings) -> Vec<Pair<'m>> {
    let mut shapes = Shapes::default();
    model.in_order().map(|definition| pair_one(model, definition, settings, &mut shapes)).collect()
}

fn pair_one<'m>(
    model: &'m Model,
    definition: &'m Definition,
    settings: &Settings,
    shapes: &mut Shapes,
) -> Pair<'m> {
    match shaped(model, definition, settings, shapes) {
        Ok(shape) => Pair { definition, shape, without_shape: None },
        Err(why) => {
            let shape = Shape::Newtype(parse_quote!(serde_json::Value));
            Pair { definition, shape, without_shape: Some(why) }
        }
    }
}

fn shaped<'m>(
    model: &'m Model,
    definition: &'m Definition,
    settings: &Settings,
    shapes: &mut Shapes,
) -> Result<Shape<'m>, String> {
    let lowered = lower::lower(definition);
    let formats = lowered.formats.iter().map(|format| settings.format_type(format)).collect();
    let item = shapes.shape(&lowered, formats)?;
    let types = Types { model, definition, references: &lowered.references };
    match (&definition.form, item) {
        (Form::Object(object), Item::Struct(item)) => types.fields(object, item.fields),
        (Form::Names(names), Item::Enum(item)) => variants(names, &item),
        (Form::Literals(values), Item::Enum(item)) => literals(values, &item),
        (Form::Union(union), Item::Enum(item)) => types.branches(union, item),
        (_, Item::Struct(item)) => types.newtype(item.fields),
        _ => Err("typify made another kind of type".into()),
    }
}

fn variants<'m>(names: &'m [String], item: &syn::ItemEnum) -> Result<Shape<'m>, String> {
    let mut taken = Names::default();
    let mut variants = Vec::new();
    for (index, name) in names.iter().enumerate() {
        has_variant(item, index)?;
        variants.push(Variant { name, ident: ident(&taken.take(&variant_ident(name))) });
    }
    Ok(Shape::Names(variants))
}

fn literals<'m>(values: &'m [serde_json::Value], item: &syn::ItemEnum) -> Result<Shape<'m>, String> {
    let mut taken = Names::default();
    let mut variants = Vec::new();
    for (index, value) in values.iter().enumerate() {
        has_variant(item, index)?;
        variants.push(Literal { value, ident: ident(&taken.take(&literal_ident(value))) });
    }
    Ok(Shape::Literals(variants))
}

fn has_variant(item: &syn::ItemEnum, index: usize) -> Result<(), String> {
    let name = variant_name(index);
    let is_there = item.variants.get(index).is_some_and(|variant| variant.ident == name);
    if is_there { Ok(()) } else { Err(format!("typify made no variant {name}")) }
}

/// The name of a variant that stands for a value: `1` → `N1`, `-1` → `Minus1`, `null` → `Null`.
fn literal_ident(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => variant_ident(text),
        serde_json::Value::Number(number) => {
            let text = number.to_string();
            let digits = text.trim_start_matches('-').replace(['.', '+', '-'], "_");
            format!("{}{digits}", if text.starts_with('-') { "Minus" } else { "N" })
        }
        serde_json::Value::Array(_) => "Array".into(),
        serde_json::Value::Object(_) => "Object".into(),
        other => variant_ident(&other.to_string()),
    }
}

/// An identifier; `text` may be raw.
fn ident(text: &str) -> syn::Ident {
    match text.strip_prefix("r#") {
        Some(raw) => syn::Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => syn::Ident::new(text, proc_macro2::Span::call_site()),
    }
}

/// Turns typify's types into the ones that people read.
struct Types<'a> {
    model: &'a Model,
    definition: &'a Definition,
    references: &'a [DefinitionId],
}

impl Types<'_> {
    fn fields<'m>(&self, object: &'m Object, made: Fields) -> Result<Shape<'m>, String> {
        let mut made: Vec<Option<syn::Field>> = made.into_iter().map(Some).collect();
        let mut take = |name: &str| {
            let is_meant = |field: &&mut Option<syn::Field>| {
                field.as_ref().is_some_and(|field| field.ident.as_ref().is_some_and(|ident| ident == name))
            };
            made.iter_mut().find(is_meant).and_then(Option::take).map(|field| field.ty)
        };
        let mut taken = Names::default();
        let mut fields = Vec::new();
        // typify sorts the properties; here they come in the order of the source again.
        for (index, property) in object.properties.iter().enumerate() {
            let ty = take(&property_name(index));
            let ty = ty.ok_or_else(|| format!("typify made no field for {:?}", property.name))?;
            let ident = ident(&taken.take(&field_ident(&property.name)));
            fields.push(Field { property, ident, value: self.checked(&property.schema.form, ty)? });
        }
        let rest = match object.rest {
            Rest::Kept(_) => {
                let ty = self.readable(take(REST).ok_or("typify made no field for other properties")?);
                Some(RestField { ident: ident(&taken.take("rest")), ty })
            }
            _ => None,
        };
        Ok(Shape::Struct { fields, rest })
    }

    fn branches<'m>(&self, union: &'m Union, item: syn::ItemEnum) -> Result<Shape<'m>, String> {
        let mut taken = Names::default();
        let mut variants = Vec::new();
        let mut made = item.variants.into_iter();
        for branch in &union.branches {
            let value = match made.next().map(|variant| variant.fields) {
                Some(Fields::Unnamed(fields)) => variant_type(&branch.schema.form, fields),
                // typify makes a unit variant for `null`.
                Some(Fields::Unit) => Some(parse_quote!(())),
                _ => None,
            };
            let value = self.checked(&branch.schema.form, value.ok_or("typify made another enum")?)?;
            variants.push(BranchVariant {
                branch,
                ident: ident(&taken.take(&variant_ident(&branch.name))),
                value,
            });
        }
        let several = union.several.then(|| ident(&taken.take("Several")));
        Ok(Shape::Union { variants, several })
    }

    fn newtype<'m>(&self, made: Fields) -> Result<Shape<'m>, String> {
        let mut made = made.into_iter();
        match (made.next(), made.next()) {
            (Some(field), None) => Ok(Shape::Newtype(self.checked(&self.definition.form, field.ty)?)),
            _ => Err("typify made no newtype".into()),
        }
    }

    /// The type as people read it, if it is the one that the schema says.
    fn checked(&self, form: &Form, ty: Type) -> Result<Type, String> {
        let ty = self.readable(ty);
        if self.agrees(form, &ty) {
            Ok(ty)
        } else {
            Err(format!("typify made `{}`", quote::ToTokens::to_token_stream(&ty)))
        }
    }

    /// Whether a type is the one that a schema says.
    fn agrees(&self, form: &Form, ty: &Type) -> bool {
        if let Type::Tuple(tuple) = ty {
            return match form {
                Form::Null => tuple.elems.is_empty(),
                Form::Tuple(parts) => {
                    let elements = tuple.elems.iter();
                    parts.len() == elements.len()
                        && parts.iter().zip(elements).all(|(p, t)| self.agrees(&p.form, t))
                }
                _ => false,
            };
        }
        let Some((name, arguments)) = named(ty) else { return false };
        match form {
            Form::Any => name == "Value",
            Form::Boolean => name == "bool",
            Form::Integer => name == "i64",
            Form::Unsigned => name == "u64",
            Form::Number => name == "f64",
            Form::String => name == "String",
            Form::Format(_) => true,
            Form::Map(part) => {
                name == "BTreeMap" && matches!(arguments.as_slice(), [_, v] if self.agrees(&part.form, v))
            }
            Form::List(part) => {
                name == "Vec" && matches!(arguments.as_slice(), [v] if self.agrees(&part.form, v))
            }
            // `Option` of `Option` is the same set of values, and typify makes one of the two.
            Form::Nullable(part) if matches!(part.form, Form::Nullable(_)) => self.agrees(&part.form, ty),
            Form::Nullable(part) => {
                name == "Option" && matches!(arguments.as_slice(), [v] if self.agrees(&part.form, v))
            }
            Form::Reference(id) if name == "Box" => {
                matches!(arguments.as_slice(), [inner] if self.agrees(&Form::Reference(*id), inner))
            }
            Form::Reference(id) => name == self.model.definition(*id).ident,
            _ => false,
        }
    }

    fn readable(&self, mut ty: Type) -> Type {
        Readable { types: self, in_container: false }.visit_type_mut(&mut ty);
        ty
    }

    /// The name of the definition that `R0` stands for, and whether it must be boxed.
    fn reference(&self, name: &syn::Ident) -> Option<(syn::Ident, bool)> {
        let index = (0..self.references.len()).find(|index| *name == reference_name(*index))?;
        let id = self.references[index];
        let boxed = self.definition.boxed.contains(&id);
        Some((ident(&self.model.definition(id).ident), boxed))
    }
}

struct Readable<'a> {
    types: &'a Types<'a>,
    /// Whether an array or a map lies around the type: what is in there needs no box.
    in_container: bool,
}

impl VisitMut for Readable<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = ty
            && let Some(name) = path.path.get_ident()
            && let Some((name, boxed)) = self.types.reference(name)
        {
            *ty = if boxed && !self.in_container { parse_quote!(Box<#name>) } else { parse_quote!(#name) };
            return;
        }
        syn::visit_mut::visit_type_mut(self, ty);
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let outer = self.in_container;
        self.in_container |=
            path.segments.last().is_some_and(|last| last.ident == "Vec" || last.ident == "BTreeMap");
        visit_path_mut(self, path);
        self.in_container = outer;
        shorten(path);
    }
}

/// The type of a variant. typify spreads a tuple over the variant's own fields.
fn variant_type(form: &Form, fields: syn::FieldsUnnamed) -> Option<Type> {
    let types: Vec<_> = fields.unnamed.into_iter().map(|field| field.ty).collect();
    match (form, types.as_slice()) {
        (Form::Tuple(_), [Type::Tuple(_)]) => types.into_iter().next(),
        (Form::Tuple(_), _) => Some(parse_quote!((#(#types,)*))),
        (_, [_]) => types.into_iter().next(),
        _ => None,
    }
}

/// The last name of a type's path, and its arguments.
fn named(ty: &Type) -> Option<(String, Vec<&Type>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let arguments = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    };
    let types = arguments.into_iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some((last.ident.to_string(), types.collect()))
}

/// `::std::vec::Vec<T>` → `Vec<T>`; what is not in the prelude keeps its path.
fn shorten(path: &mut syn::Path) {
    const PRELUDE: [&str; 4] = ["Box", "Option", "String", "Vec"];
    let from_std = path.segments.first().is_some_and(|first| first.ident == "std");
    let in_prelude = path.segments.last().is_some_and(|last| PRELUDE.iter().any(|name| last.ident == name));
    if from_std
        && in_prelude
        && let Some(last) = path.segments.pop()
    {
        path.segments = std::iter::once(last.into_value()).collect();
    }
    path.leading_colon = None;
    // typify has a map of its own for values of any type.
    if path.segments.iter().map(|segment| segment.ident.to_string()).eq(["serde_json", "Map"]) {
        *path = parse_quote!(std::collections::BTreeMap<String, serde_json::Value>);
    }
}
