//! Values of Rust types that are known when the types are made.

use serde::Serialize;
use serde_json::{Map, Value};

use super::definition_id::DefinitionId;
use super::holder::Holder;

/// A value of a form, as a Rust expression can say it.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `null`, where another schema may stand.
    None,
    /// A value where `null` may stand.
    Some(Box<Constant>),
    /// `null`, where nothing else may stand.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number without a fraction.
    Integer(i64),
    /// A number without a fraction that may be too large for `i64`.
    Unsigned(u64),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// A string of a format that is mapped to a path.
    Path(String),
    /// A scalar, where any value may stand.
    Any(Value),
    /// One of the strings or values of an enum.
    Variant(DefinitionId, usize, Value),
    /// A value of a branch of a union.
    Branch(DefinitionId, usize, Box<Constant>),
    /// A value of a newtype.
    Wrapped(DefinitionId, Box<Constant>),
    /// An array.
    List(Vec<Constant>, Holder),
    /// An array of a fixed length.
    Tuple(Vec<Constant>),
    /// An object of any properties.
    Map(Vec<(String, Constant)>),
    /// An object.
    Object(ConstantObject),
    /// What a property of an object reads as when it is absent.
    WhenAbsent(Box<Constant>),
}

/// An object of declared properties.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstantObject {
    /// The definition.
    pub id: DefinitionId,
    /// The names and values of its properties, in their order; `None` if one is absent.
    pub properties: Vec<(String, Option<Constant>)>,
    /// Its other properties, where they are kept.
    pub rest: Vec<(String, Constant)>,
}

impl Constant {
    /// The value as JSON, as the type writes it.
    pub fn json(&self) -> Value {
        match self {
            Self::None | Self::Null => Value::Null,
            Self::Boolean(value) => (*value).into(),
            Self::Integer(value) => (*value).into(),
            Self::Unsigned(value) => (*value).into(),
            Self::Number(value) => of_number(*value),
            Self::String(text) | Self::Path(text) => text.clone().into(),
            Self::Any(value) | Self::Variant(.., value) => value.clone(),
            Self::Some(inner)
            | Self::Branch(.., inner)
            | Self::Wrapped(_, inner)
            | Self::WhenAbsent(inner) => inner.json(),
            Self::List(elements, _) | Self::Tuple(elements) => elements.iter().map(Self::json).collect(),
            Self::Map(members) => of_members(members).into(),
            Self::Object(object) => {
                let declared = object.properties.iter();
                let declared =
                    declared.filter_map(|(name, value)| Some((name.clone(), value.as_ref()?.json())));
                declared.chain(of_members(&object.rest)).collect::<Map<_, _>>().into()
            }
        }
    }

    /// The definitions whose fields and variants it names.
    pub fn definitions(&self) -> Vec<DefinitionId> {
        match self {
            Self::Variant(id, ..) => vec![*id],
            Self::Branch(id, _, inner) => inner.definitions().into_iter().chain([*id]).collect(),
            Self::Some(inner) | Self::Wrapped(_, inner) | Self::WhenAbsent(inner) => inner.definitions(),
            Self::List(elements, _) | Self::Tuple(elements) => {
                elements.iter().flat_map(Self::definitions).collect()
            }
            Self::Map(members) => members.iter().flat_map(|(_, value)| value.definitions()).collect(),
            Self::Object(object) => {
                let declared = object.properties.iter().filter_map(|(_, value)| value.as_ref());
                let all = declared.chain(object.rest.iter().map(|(_, value)| value));
                all.flat_map(Self::definitions).chain([object.id]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The values that it is made of, one level down.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Some(inner)
            | Self::Branch(.., inner)
            | Self::Wrapped(_, inner)
            | Self::WhenAbsent(inner) => vec![inner],
            Self::List(elements, _) | Self::Tuple(elements) => elements.iter().collect(),
            Self::Map(members) => members.iter().map(|(_, value)| value).collect(),
            Self::Object(object) => {
                let declared = object.properties.iter().filter_map(|(_, value)| value.as_ref());
                declared.chain(object.rest.iter().map(|(_, value)| value)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Some(inner)
            | Self::Branch(.., inner)
            | Self::Wrapped(_, inner)
            | Self::WhenAbsent(inner) => vec![inner],
            Self::List(elements, _) | Self::Tuple(elements) => elements.iter_mut().collect(),
            Self::Map(members) => members.iter_mut().map(|(_, value)| value).collect(),
            Self::Object(object) => {
                let declared = object.properties.iter_mut().filter_map(|(_, value)| value.as_mut());
                declared.chain(object.rest.iter_mut().map(|(_, value)| value)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How many values it is made of.
    pub fn size(&self) -> usize {
        let of_all =
            |members: &[(String, Self)]| members.iter().map(|(_, value)| value.size()).sum::<usize>();
        1 + match self {
            Self::Some(inner)
            | Self::Branch(.., inner)
            | Self::Wrapped(_, inner)
            | Self::WhenAbsent(inner) => inner.size(),
            Self::List(elements, _) | Self::Tuple(elements) => elements.iter().map(Self::size).sum(),
            Self::Map(members) => of_all(members),
            Self::Object(object) => {
                let declared = object.properties.iter().filter_map(|(_, value)| value.as_ref());
                declared.map(Self::size).sum::<usize>() + of_all(&object.rest)
            }
            _ => 0,
        }
    }

    /// Whether it is what Rust's own `Default` gives for its type, where `of_definition` is that of a definition.
    pub fn is_rusts_default(&self, of_definition: &dyn Fn(DefinitionId) -> bool) -> bool {
        match self {
            Self::None | Self::Null | Self::Boolean(false) | Self::Integer(0) | Self::Unsigned(0) => true,
            Self::Any(value) => value.is_null(),
            Self::Number(value) => value.to_bits() == 0,
            Self::String(text) | Self::Path(text) => text.is_empty(),
            Self::List(elements, _) => elements.is_empty(),
            Self::Map(members) => members.is_empty(),
            Self::Variant(id, ..) | Self::Branch(id, ..) | Self::Wrapped(id, _) => of_definition(*id),
            Self::Object(object) => object.is_empty() && of_definition(object.id),
            _ => false,
        }
    }
}

impl ConstantObject {
    /// Whether it says nothing but what is read where everything is absent.
    pub fn is_empty(&self) -> bool {
        let is_absent = |value: &Option<Constant>| matches!(value, None | Some(Constant::WhenAbsent(..)));
        self.rest.is_empty() && self.properties.iter().all(|(_, value)| is_absent(value))
    }
}

/// A number as types write it: without a fraction where it has none.
fn of_number(value: f64) -> Value {
    serde_json::to_value(Number(value)).unwrap_or(Value::Null)
}

#[derive(Serialize)]
struct Number(#[serde(serialize_with = "isomorph_runtime::write_numbers")] f64);

fn of_members(members: &[(String, Constant)]) -> Map<String, Value> {
    members.iter().map(|(name, value)| (name.clone(), value.json())).collect()
}
