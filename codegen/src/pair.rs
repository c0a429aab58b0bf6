//! typify's item and the schema, walked in step: every field and variant with the subschema it
//! stands for.

use std::collections::HashMap;

use syn::punctuated::Punctuated;
use syn::{Type, parse_quote};

use crate::clashing::field_idents;
use crate::held::held;
use crate::lower;
use crate::lower::{Lowered, REST, property_name, variant_name};
use crate::model::{Branch, Definition, DefinitionId, Form, Holds, Model, Object, Property, Rest, Union};
use crate::names::Names;
use crate::shape::{Item, Made, Shapes};

/// A definition and its Rust item.
#[derive(Debug)]
pub struct Pair<'m> {
    /// What the schema says.
    pub definition: &'m Definition,
    /// What the type is.
    pub shape: Shape<'m>,
    /// The variant that keeps what none of the others stands for, if there is one.
    pub unknown: Option<syn::Ident>,
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
    /// The variants that it is instead, each a string.
    pub units: Vec<Variant<'m>>,
    /// The property of an object of which it is the value.
    pub content: Option<&'m Property>,
    /// That object.
    pub around: Option<&'m Object>,
    /// What it has instead of that one value.
    pub fields: Option<VariantFields<'m>>,
}

/// The fields of a variant.
#[derive(Debug)]
pub struct VariantFields<'m> {
    /// The object.
    pub object: &'m Object,
    /// The fields.
    pub fields: Vec<Field<'m>>,
    /// The properties that are not declared, if they are kept.
    pub rest: Option<RestField>,
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
    /// The variant that has it, if it is of one.
    pub variant: Option<syn::Ident>,
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
pub fn pair(model: &Model) -> Vec<Pair<'_>> {
    let mut shapes = Shapes::default();
    model.in_order().map(|definition| pair_one(model, definition, &mut shapes)).collect()
}

fn pair_one<'m>(model: &'m Model, definition: &'m Definition, shapes: &mut Shapes) -> Pair<'m> {
    match shaped(model, definition, shapes) {
        Ok(shape) => {
            let unknown = definition.keeps_unknown.then(|| unknown(&shape));
            Pair { definition, shape, unknown, without_shape: None }
        }
        Err(why) => {
            let shape = Shape::Newtype(parse_quote!(serde_json::Value));
            Pair { definition, shape, unknown: None, without_shape: Some(why) }
        }
    }
}

/// A name for the variant of what none of the others stands for.
fn unknown(shape: &Shape) -> syn::Ident {
    let mut taken = Names::default();
    let mut take = |ident: &syn::Ident| drop(taken.take(&ident.to_string()));
    match shape {
        Shape::Names(variants) => variants.iter().for_each(|variant| take(&variant.ident)),
        Shape::Literals(variants) => variants.iter().for_each(|variant| take(&variant.ident)),
        Shape::Union { variants } => variants.iter().for_each(|variant| match variant.units.as_slice() {
            [] => take(&variant.ident),
            units => units.iter().for_each(|unit| take(&unit.ident)),
        }),
        Shape::Struct { .. } | Shape::Newtype(_) => {}
    }
    ident(&taken.take("Unknown"))
}

fn shaped<'m>(
    model: &'m Model,
    definition: &'m Definition,
    shapes: &mut Shapes,
) -> Result<Shape<'m>, String> {
    let lowered = lower::lower(definition);
    let item = shapes.shape(&lowered)?;
    let types = Types { model, definition, lowered: &lowered };
    match (&definition.form, item) {
        (Form::Object(object), Item::Struct(made)) => types.fields(object, made),
        // Of an object without properties typify makes a map.
        (Form::Object(object), Item::Newtype(_)) => types.fields(object, &[]),
        (Form::Names(names), Item::Enum(made)) => variants(definition, names, made),
        (Form::Literals(values), Item::Enum(made)) => literals(definition, values, made),
        (Form::Union(union), Item::Enum(made)) => {
            let made = made.clone();
            let held = held_by_variants(model, union, shapes)?;
            types.branches(union, &made, held)
        }
        (form, Item::Newtype(made)) => Ok(Shape::Newtype(types.checked(form, made)?)),
        _ => Err("typify made another kind of type".into()),
    }
}

/// What each variant holds instead of a value: typify makes it as it makes the fields of structs.
fn held_by_variants<'m>(
    model: &'m Model,
    union: &'m Union,
    shapes: &mut Shapes,
) -> Result<Vec<Held<'m>>, String> {
    let mut fields_of = |id: DefinitionId| {
        let definition = model.definition(id);
        let Form::Object(object) = &definition.form else { return Err("no object".to_owned()) };
        match shaped(model, definition, shapes)? {
            Shape::Struct { fields, rest } => Ok(VariantFields { object, fields, rest }),
            _ => Err("typify made another kind of variant".to_owned()),
        }
    };
    let mut of_branch = |branch: &Branch| {
        Ok(match branch.holds {
            Holds::Value => Held::Value,
            Holds::Fields(id) => Held::Fields(fields_of(id)?),
            Holds::Units(id) => match &model.definition(id).form {
                Form::Names(names) => Held::Units(names, &model.definition(id).variants),
                _ => return Err("no strings".to_owned()),
            },
            Holds::Content(id, inner) => {
                let mut around = fields_of(id)?;
                let content = around.fields.pop().ok_or("no property")?;
                Held::Content(around.object, content, inner.map(&mut fields_of).transpose()?)
            }
        })
    };
    union.branches.iter().map(&mut of_branch).collect()
}

/// What a variant holds, before it has a name.
#[expect(clippy::large_enum_variant, reason = "there are as many as variants of one enum, and not for long")]
enum Held<'m> {
    Value,
    Fields(VariantFields<'m>),
    Units(&'m [String], &'m [String]),
    Content(&'m Object, Field<'m>, Option<VariantFields<'m>>),
}

/// The variants of an enum that typify made: their names, and what they are around.
type MadeVariants = [(String, Vec<Made>)];

fn variants<'m>(
    definition: &'m Definition,
    names: &'m [String],
    made: &MadeVariants,
) -> Result<Shape<'m>, String> {
    let mut variants = Vec::new();
    for (index, (name, called)) in names.iter().zip(&definition.variants).enumerate() {
        has_variant(made, index)?;
        variants.push(Variant { name, ident: ident(called) });
    }
    Ok(Shape::Names(variants))
}

fn literals<'m>(
    definition: &'m Definition,
    values: &'m [serde_json::Value],
    made: &MadeVariants,
) -> Result<Shape<'m>, String> {
    let mut variants = Vec::new();
    for (index, (value, called)) in values.iter().zip(&definition.variants).enumerate() {
        has_variant(made, index)?;
        variants.push(Literal { value, ident: ident(called) });
    }
    Ok(Shape::Literals(variants))
}

fn has_variant(made: &MadeVariants, index: usize) -> Result<(), String> {
    let name = variant_name(index);
    let is_there = made.get(index).is_some_and(|(made, _)| *made == name);
    if is_there { Ok(()) } else { Err(format!("typify made no variant {name}")) }
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
    lowered: &'a Lowered,
}

impl Types<'_> {
    fn fields<'m>(&self, object: &'m Object, made: &[(String, Made)]) -> Result<Shape<'m>, String> {
        let made: HashMap<&str, &Made> = made.iter().map(|(name, made)| (name.as_str(), made)).collect();
        let mut taken = Names::default();
        for called in object.properties.iter().filter_map(|property| property.called.as_ref()) {
            taken.take(called.trim_start_matches("r#"));
        }
        let named = object.properties.iter().filter(|one| one.tag.is_none() && one.called.is_none());
        let named: Vec<_> = named.map(|property| property.name.as_str()).collect();
        let mut idents = field_idents(&named, &mut taken).into_iter();
        let mut fields = Vec::new();
        // typify sorts the properties; here they come in the order of the source again.
        for (index, property) in
            object.properties.iter().enumerate().filter(|(_, property)| property.tag.is_none())
        {
            let ty = made.get(property_name(index).as_str());
            let ty = ty.ok_or_else(|| format!("typify made no field for {:?}", property.name))?;
            let called = property.called.clone().or_else(|| idents.next());
            let ident = ident(&called.ok_or("a field has no name")?);
            let value = self.checked(&property.schema.form, ty)?;
            fields.push(Field { property, ident, value, variant: None });
        }
        let rest = match object.rest {
            Rest::Kept(_) => {
                let made = made.get(REST).ok_or("typify made no field for other properties")?;
                let name = if object.has_extensions { "extensions" } else { "rest" };
                Some(RestField { ident: ident(&taken.take(name)), ty: self.readable(made, false) })
            }
            _ => None,
        };
        Ok(Shape::Struct { fields, rest })
    }

    fn branches<'m>(
        &self,
        union: &'m Union,
        made: &MadeVariants,
        held: Vec<Held<'m>>,
    ) -> Result<Shape<'m>, String> {
        let mut taken = Names::default();
        let mut variants = Vec::new();
        for ((index, branch), held) in union.branches.iter().enumerate().zip(held) {
            let mut free = |name: &str| ident(&taken.take(name));
            let mut around = None;
            let (value, units, content, mut fields) = match held {
                Held::Value => {
                    let values = made.get(index).map(|(_, values)| values.as_slice());
                    let value = values.and_then(|values| variant_type(&branch.schema.form, values));
                    let value =
                        self.checked(&branch.schema.form, &value.ok_or("typify made another enum")?)?;
                    (value, Vec::new(), None, None)
                }
                Held::Fields(fields) => (parse_quote!(()), Vec::new(), None, Some(fields)),
                Held::Units(names, called) => {
                    let units = names.iter().zip(called);
                    let units = units.map(|(name, called)| Variant { name, ident: free(called) });
                    (parse_quote!(()), units.collect(), None, None)
                }
                Held::Content(object, content, fields) => {
                    around = Some(object);
                    (content.value, Vec::new(), Some(content.property), fields)
                }
            };
            let ident = units.first().map_or_else(|| free(&branch.name), |first| first.ident.clone());
            for field in fields.iter_mut().flat_map(|fields| &mut fields.fields) {
                field.variant = Some(ident.clone());
            }
            variants.push(BranchVariant { branch, ident, value, units, content, around, fields });
        }
        Ok(Shape::Union { variants })
    }

    /// The type as people read it, if it is the one that the schema says.
    fn checked(&self, form: &Form, made: &Made) -> Result<Type, String> {
        let ty = held(form, &self.readable(made, false));
        if self.agrees(form, made) {
            Ok(ty)
        } else {
            Err(format!("typify made `{}`", quote::ToTokens::to_token_stream(&ty)))
        }
    }

    /// Whether a type is the one that a schema says.
    fn agrees(&self, form: &Form, made: &Made) -> bool {
        let is = |name: &str| matches!(made, Made::Path(Type::Path(ty)) if is_called(&ty.path, name));
        match (form, made) {
            (Form::Any, _) => is("Value"),
            (Form::Boolean, _) => is("bool"),
            (Form::Integer(width), _) => is(width.name()),
            (Form::Number, _) => is("f64"),
            (Form::NumberAsWritten, _) => is("Number"),
            (Form::String, _) => is("String"),
            (Form::Foreign(stand_in), Made::Foreign(index)) => {
                self.lowered.foreign.get(*index) == Some(stand_in)
            }
            (Form::Null, Made::Tuple(elements)) => elements.is_empty(),
            (Form::Tuple(parts), Made::Tuple(elements)) => {
                let mut both = parts.iter().zip(elements);
                parts.len() == elements.len() && both.all(|(part, made)| self.agrees(&part.form, made))
            }
            (Form::Map(part, _), Made::Map(made)) | (Form::List(part, _), Made::List(made)) => {
                self.agrees(&part.form, made)
            }
            // `Option` of `Option` is the same set of values, and typify makes one of the two.
            (Form::Nullable(part), _) if matches!(part.form, Form::Nullable(_)) => {
                self.agrees(&part.form, made)
            }
            (Form::Nullable(part), Made::Option(made)) => self.agrees(&part.form, made),
            (Form::Reference(id), Made::Reference(index)) => self.lowered.references.get(*index) == Some(id),
            _ => false,
        }
    }

    /// The type as people read it. What is in an array or a map needs no box.
    fn readable(&self, made: &Made, in_container: bool) -> Type {
        match made {
            Made::Path(Type::Path(ty)) if is_called(&ty.path, "String") => {
                syn::parse_str(self.model.string_type.path()).unwrap_or_else(|_| Type::Path(ty.clone()))
            }
            Made::Path(ty) => ty.clone(),
            Made::Foreign(index) => self.lowered.foreign[*index].foreign.ty(),
            Made::Reference(index) => {
                let id = self.lowered.references[*index];
                let ty = generic(&[&self.model.definition(id).ident], []);
                let is_boxed = !in_container && self.definition.boxed.contains(&id);
                if is_boxed { generic(&["Box"], [ty]) } else { ty }
            }
            Made::Option(value) => generic(&["Option"], [self.readable(value, in_container)]),
            Made::List(element) => generic(&["Vec"], [self.readable(element, true)]),
            Made::Map(value) => {
                let types = [generic(&["String"], []), self.readable(value, true)];
                let path: Vec<_> = self.model.map_type.path().split("::").collect();
                generic(&path, types)
            }
            Made::Tuple(elements) => {
                let elements = elements.iter().map(|element| self.readable(element, in_container));
                parse_quote!((#(#elements,)*))
            }
        }
    }
}

/// The type of a variant. typify spreads a tuple over the variant's own fields, and makes a variant without
/// any for `null`.
fn variant_type(form: &Form, values: &[Made]) -> Option<Made> {
    match (form, values) {
        (_, []) => Some(Made::Tuple(Vec::new())),
        (Form::Tuple(_), [tuple @ Made::Tuple(_)]) => Some(tuple.clone()),
        (Form::Tuple(_), elements) => Some(Made::Tuple(elements.to_vec())),
        (_, [value]) => Some(value.clone()),
        _ => None,
    }
}

/// Whether this is the last name of a path.
fn is_called(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// The type at a path, of these types.
pub fn generic<const N: usize>(path: &[&str], types: [Type; N]) -> Type {
    let segments = path.iter().map(|name| syn::PathSegment::from(ident(name)));
    let mut path = syn::Path { leading_colon: None, segments: segments.collect() };
    let args: Punctuated<_, _> = types.into_iter().map(syn::GenericArgument::Type).collect();
    if let Some(last) = path.segments.last_mut().filter(|_| !args.is_empty()) {
        last.arguments = syn::PathArguments::AngleBracketed(syn::AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: syn::token::Lt::default(),
            args,
            gt_token: syn::token::Gt::default(),
        });
    }
    Type::Path(syn::TypePath { qself: None, path })
}
