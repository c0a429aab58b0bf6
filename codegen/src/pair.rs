//! typify's item and the schema, walked in step: every field and variant with the subschema it
//! stands for.

use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Fields, Item, Type, parse_quote};

use crate::lower::{Lowered, property_name, reference_name, variant_name};
use crate::model::{Definition, DefinitionId, Form, Model, Property};
use crate::names::{Names, field_ident, variant_ident};
use crate::{Settings, lower, shape};

/// A definition and its Rust item.
#[derive(Debug)]
pub struct Pair<'m> {
    /// What the schema says.
    pub definition: &'m Definition,
    /// What the type is.
    pub shape: Shape<'m>,
}

/// The shape of a Rust item.
#[derive(Debug)]
pub enum Shape<'m> {
    /// A struct with a field for each property.
    Struct(Vec<Field<'m>>),
    /// An enum with a variant for each name.
    Enum(Vec<Variant<'m>>),
    /// A struct around one value.
    Newtype(Type),
    /// A struct around any JSON value.
    Value {
        /// Why there is no better shape: keywords, or what typify said.
        because: Vec<String>,
    },
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
    model.in_order().map(|definition| pair_one(model, definition, settings)).collect()
}

fn pair_one<'m>(model: &'m Model, definition: &'m Definition, settings: &Settings) -> Pair<'m> {
    let shape = match (&definition.form, lower::lower(definition)) {
        (Form::Opaque(opaque), _) => Shape::Value { because: opaque.keywords.clone() },
        (_, None) => Shape::Value { because: vec!["no shape".into()] },
        (_, Some(lowered)) => shaped(model, definition, &lowered, settings)
            .unwrap_or_else(|why| Shape::Value { because: vec![why] }),
    };
    Pair { definition, shape }
}

fn shaped<'m>(
    model: &'m Model,
    definition: &'m Definition,
    lowered: &Lowered,
    settings: &Settings,
) -> Result<Shape<'m>, String> {
    let formats: Vec<_> = lowered.formats.iter().map(|format| settings.format_type(format)).collect();
    let item = shape::shape(lowered, &formats)?;
    let types = Types { model, definition, references: &lowered.references };
    match (&definition.form, item) {
        (Form::Object(object), Item::Struct(item)) => types.fields(&object.properties, item.fields),
        (Form::Names(names), Item::Enum(item)) => variants(names, &item),
        (_, Item::Struct(item)) => types.newtype(item.fields),
        _ => Err("typify made another kind of type".into()),
    }
}

fn variants<'m>(names: &'m [String], item: &syn::ItemEnum) -> Result<Shape<'m>, String> {
    let mut taken = Names::default();
    let mut variants = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if !item.variants.iter().any(|variant| variant.ident == variant_name(index)) {
            return Err(format!("typify made no variant for {name:?}"));
        }
        variants.push(Variant { name, ident: ident(&taken.take(&variant_ident(name))) });
    }
    Ok(Shape::Enum(variants))
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
    fn fields<'m>(&self, properties: &'m [Property], made: Fields) -> Result<Shape<'m>, String> {
        let mut made: Vec<_> = made.into_iter().collect();
        let mut taken = Names::default();
        let mut fields = Vec::new();
        // typify sorts the properties; here they come in the order of the source again.
        for (index, property) in properties.iter().enumerate() {
            let name = property_name(index);
            let position = made.iter().position(|field| field.ident.as_ref().is_some_and(|i| *i == name));
            let position = position.ok_or_else(|| format!("typify made no field for {:?}", property.name))?;
            let value = self.readable(made.swap_remove(position).ty);
            fields.push(Field { property, ident: ident(&taken.take(&field_ident(&property.name))), value });
        }
        Ok(Shape::Struct(fields))
    }

    fn newtype<'m>(&self, made: Fields) -> Result<Shape<'m>, String> {
        let mut made = made.into_iter();
        match (made.next(), made.next()) {
            (Some(field), None) => Ok(Shape::Newtype(self.readable(field.ty))),
            _ => Err("typify made no newtype".into()),
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
}
