//! typify makes the Rust shape of one lowered definition. No other file imports typify.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Map, Value, json};
use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Type, TypePath, parse_quote, parse_str};
use typify::{TypeDetails, TypeEnumVariant, TypeId, TypeSpace, TypeSpaceSettings};

use crate::lower::{AS_WRITTEN, ITEM, Lowered, foreign_index, foreign_name, reference_index, reference_name};

/// What typify made of a definition. Its fields and variants have the neutral names of `lower`.
#[derive(Debug)]
pub enum Item {
    /// A struct with these fields.
    Struct(Vec<(String, Made)>),
    /// An enum with these variants, each around so many values.
    Enum(Vec<(String, Vec<Made>)>),
    /// A struct around one value.
    Newtype(Made),
}

/// A type, as typify made it.
#[derive(Debug, Clone)]
pub enum Made {
    /// The type at a path, as people write it.
    Path(Type),
    /// The type of the definition of this number.
    Reference(usize),
    /// The type of this number that is not ours.
    Foreign(usize),
    /// An `Option`.
    Option(Box<Made>),
    /// A `Vec`.
    List(Box<Made>),
    /// A map from strings.
    Map(Box<Made>),
    /// A tuple; without elements it stands for `null`.
    Tuple(Vec<Made>),
}

/// typify, and what it has made. Under neutral names many definitions are the same, and it is asked once.
#[derive(Default)]
pub struct Shapes {
    made: HashMap<String, Result<Item, String>>,
}

impl Shapes {
    /// What typify makes of `lowered`.
    ///
    /// # Errors
    ///
    /// What typify said, if it made no such item or panicked.
    pub fn shape(&mut self, lowered: &Lowered) -> Result<&Item, String> {
        let made = self.made.entry(lowered.schema.to_string()).or_insert_with(|| {
            // The last resort: nothing is known to panic on what `lower` makes.
            let made = catch_unwind(AssertUnwindSafe(|| run(lowered)));
            made.unwrap_or_else(|_| Err("typify panicked".to_owned()))
        });
        made.as_ref().map_err(Clone::clone)
    }
}

fn run(lowered: &Lowered) -> Result<Item, String> {
    let mut settings = TypeSpaceSettings::default();
    let mut definitions = Map::new();
    definitions.insert(ITEM.into(), lowered.schema.clone());
    for name in (0..lowered.references.len()).map(reference_name) {
        settings.with_replacement(&name, &name, std::iter::empty());
        definitions.insert(name, true.into());
    }
    let as_written = json!({"type": "number", "format": AS_WRITTEN});
    let as_written = serde_json::from_value(as_written).map_err(|error| error.to_string())?;
    settings.with_conversion(as_written, "::serde_json::Number", std::iter::empty());
    for name in ["isize", "usize"] {
        let schema = json!({"type": "integer", "format": name});
        let schema = serde_json::from_value(schema).map_err(|error| error.to_string())?;
        settings.with_conversion(schema, name, std::iter::empty());
    }
    for name in (0..lowered.foreign.len()).map(foreign_name) {
        let schema = json!({"type": "string", "format": name});
        let schema = serde_json::from_value(schema).map_err(|error| error.to_string())?;
        settings.with_conversion(schema, &name, std::iter::empty());
    }
    let root = Map::from_iter([("definitions".to_owned(), Value::Object(definitions))]);
    let root = serde_json::from_value(root.into()).map_err(|error| error.to_string())?;
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(root).map_err(|error| error.to_string())?;
    Reader { space: &space, lowered }.item()
}

/// Reads what typify made from what it says of its types. The code that it writes of them says no more, and
/// takes longer to write and to parse than all the rest.
struct Reader<'a> {
    space: &'a TypeSpace,
    lowered: &'a Lowered,
}

impl Reader<'_> {
    fn item(&self) -> Result<Item, String> {
        for ty in self.space.iter_types() {
            let item = match ty.details() {
                TypeDetails::Struct(made) if ty.name() == ITEM => Item::Struct(
                    made.properties()
                        .map(|(name, id)| Ok((name.to_owned(), self.made(&id)?)))
                        .collect::<Result<_, String>>()?,
                ),
                TypeDetails::Enum(made) if ty.name() == ITEM => Item::Enum(
                    made.variants()
                        .map(|(name, values)| Ok((name.to_owned(), self.values(values)?)))
                        .collect::<Result<_, String>>()?,
                ),
                TypeDetails::Newtype(made) if ty.name() == ITEM => Item::Newtype(self.made(&made.inner())?),
                _ => continue,
            };
            return Ok(item);
        }
        Err("typify made no type".to_owned())
    }

    fn values(&self, variant: TypeEnumVariant) -> Result<Vec<Made>, String> {
        match variant {
            TypeEnumVariant::Simple => Ok(Vec::new()),
            TypeEnumVariant::Tuple(ids) => ids.iter().map(|id| self.made(id)).collect(),
            TypeEnumVariant::Struct(_) => Err("typify made another enum".to_owned()),
        }
    }

    fn made(&self, id: &TypeId) -> Result<Made, String> {
        let ty = self.space.get_type(id).map_err(|error| error.to_string())?;
        let inside = |id: &TypeId| self.made(id).map(Box::new);
        Ok(match ty.details() {
            TypeDetails::Builtin(path) => {
                let reference = reference_index(path).filter(|index| *index < self.lowered.references.len());
                let foreign = foreign_index(path).filter(|index| *index < self.lowered.foreign.len());
                match (reference, foreign) {
                    (Some(index), _) => Made::Reference(index),
                    (_, Some(index)) => Made::Foreign(index),
                    (None, None) => Made::Path(at_path(path)?),
                }
            }
            TypeDetails::String => Made::Path(parse_quote!(String)),
            TypeDetails::Unit => Made::Tuple(Vec::new()),
            TypeDetails::Option(inner) => match self.made(&inner)? {
                // `Option` of `Option` is the same set of values, and typify writes one of the two.
                option @ Made::Option(_) => option,
                value => Made::Option(Box::new(value)),
            },
            TypeDetails::Vec(element) => Made::List(inside(&element)?),
            TypeDetails::Map(_, value) => Made::Map(inside(&value)?),
            TypeDetails::Tuple(elements) => {
                Made::Tuple(elements.map(|element| self.made(&element)).collect::<Result<_, _>>()?)
            }
            _ => return Err(format!("typify made `{}`", ty.ident())),
        })
    }
}

/// The type at a path, as people write it.
fn at_path(path: &str) -> Result<Type, String> {
    let path: TypePath = parse_str(path).map_err(|error| error.to_string())?;
    let mut ty = Type::Path(path);
    Shortened.visit_type_mut(&mut ty);
    Ok(ty)
}

/// `::std::vec::Vec<T>` → `Vec<T>`; what is not in the prelude keeps its path.
struct Shortened;

impl VisitMut for Shortened {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        const PRELUDE: [&str; 4] = ["Box", "Option", "String", "Vec"];
        visit_path_mut(self, path);
        let from_std = path.segments.first().is_some_and(|first| first.ident == "std");
        let in_prelude =
            path.segments.last().is_some_and(|last| PRELUDE.iter().any(|name| last.ident == name));
        if from_std
            && in_prelude
            && let Some(last) = path.segments.pop()
        {
            path.segments = std::iter::once(last.into_value()).collect();
        }
        path.leading_colon = None;
    }
}
