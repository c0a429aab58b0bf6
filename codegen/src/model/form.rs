//! What a schema says, as far as a Rust type can say it.

use isomorph_schema::{Location, Types};
use serde_json::{Number, Value};

use super::condition::Condition;
use super::constant::Constant;
use super::definition_id::DefinitionId;
use super::holder::{Holder, Key};
use super::width::Width;
use crate::foreign::StandIn;

/// A schema at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Subschema {
    /// Where it stands.
    pub location: Location,
    /// The type of its values.
    pub form: Form,
    /// What the type does not say, and is checked on the typed value.
    pub checks: Vec<Check>,
    /// What else binds its values, or may, and declares parts of them: the type is to keep those as well.
    pub also: Vec<Beside>,
    /// Whether no schema stands for its values: nothing forbids them, but nothing lets them in explicitly.
    pub is_unsaid: bool,
}

/// A schema beside another for the same values.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The schema.
    pub schema: Subschema,
    /// Whether every value has to be one of it. Otherwise it may bind some, and be narrower than what binds all.
    pub binds_all: bool,
}

impl Subschema {
    /// A schema of which the type says all.
    pub fn new(location: Location, form: Form) -> Self {
        Self { location, form, checks: Vec::new(), also: Vec::new(), is_unsaid: false }
    }

    /// What the schema there says nothing of.
    pub fn unsaid(location: Location) -> Self {
        Self { is_unsaid: true, ..Self::new(location, Form::Any) }
    }
}

/// The type of the values of a schema. It may be wider than the schema, but never narrower.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Any value.
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer(Width),
    /// A number.
    Number,
    /// A number that keeps how it is written.
    NumberAsWritten,
    /// A string.
    String,
    /// A value for which a type stands that is not ours.
    Foreign(StandIn),
    /// One of these strings.
    Names(Vec<String>),
    /// One of these values.
    Literals(Vec<Value>),
    /// An object of declared properties.
    Object(Object),
    /// An object of any properties.
    Map(Box<Subschema>, Key),
    /// An array.
    List(Box<Subschema>, Holder),
    /// An array of as many elements as there are schemas.
    Tuple(Vec<Subschema>),
    /// `null`, or a value of the other schema.
    Nullable(Box<Subschema>),
    /// A value of one of several schemas.
    Union(Union),
    /// A value of a definition.
    Reference(DefinitionId),
}

/// An object of declared properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The properties, in the order of the source.
    pub properties: Vec<Property>,
    /// What other properties may be.
    pub rest: Rest,
    /// Whether all others are extensions: called `x-…`.
    pub has_extensions: bool,
}

/// What the properties that are not declared may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// Anything; they are ignored.
    Ignored,
    /// They are forbidden.
    Forbidden,
    /// Values of this schema; they are kept.
    Kept(Box<Subschema>),
}

/// A declared property.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name in JSON.
    pub name: String,
    /// Its schema.
    pub schema: Subschema,
    /// Whether it must be there.
    pub required: bool,
    /// Its `default`, as the source says it.
    pub default: Option<Value>,
    /// What it reads as when it is absent; `None` if that is to be seen in the value, or it cannot be.
    pub when_absent: Option<Constant>,
    /// Whether it may be absent and may be `null`, and the two are not told apart.
    pub is_null_absent: bool,
    /// The name of its field, if settings say one.
    pub called: Option<String>,
    /// The string that it always is, if no field holds it.
    pub tag: Option<String>,
}

impl Object {
    /// The properties that fields hold.
    pub fn fields(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.tag.is_none())
    }

    /// The property that no field holds, and the string that it always is.
    pub fn tag(&self) -> Option<(&Property, &str)> {
        self.properties.iter().find_map(|property| Some((property, property.tag.as_deref()?)))
    }
}

/// A value of one of several schemas.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Whether a value of two of them is refused.
    pub exactly_one: bool,
    /// The property whose value tells the branches apart, if there is one.
    pub tag: Option<String>,
    /// The schemas.
    pub branches: Vec<Branch>,
    /// The branches by their index, in the order in which they are tried: of several that match, the first keeps all that
    /// the others do.
    pub order: Vec<usize>,
    /// What binds its values besides, or may, and declares parts of them.
    pub also: Vec<Beside>,
    /// How serde says which branch a value is of.
    pub representation: Representation,
}

/// How serde says which variant a value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Representation {
    /// It does not.
    Untagged,
    /// By the value of a property of the object; the branches are objects that only this union mentions.
    Tagged,
    /// By the value of a property of the object; what the variant holds is the value of its other property.
    Adjacent,
    /// By its form: a string for a variant without a value, else an object of one property, which is called as the variant.
    External,
    /// Some variants are strings; others are not said.
    Beside,
}

/// What the variant of a branch holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A value of its schema.
    Value,
    /// The fields of this object, which its schema is.
    Fields(DefinitionId),
    /// Nothing: there is a variant for each string of this enum.
    Units(DefinitionId),
    /// The value of the one property of this object; or its fields, where that is another object.
    Content(DefinitionId, Option<DefinitionId>),
}

/// One of the schemas of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The wanted name of the variant.
    pub name: String,
    /// The schema.
    pub schema: Subschema,
    /// The types that its values may have.
    pub types: Types,
    /// The values of the union's tag in this branch; `None` if it may be anything.
    pub tags: Option<Vec<String>>,
    /// Whether an object without the tag is none of this branch's.
    pub tag_required: bool,
    /// What its variant holds.
    pub holds: Holds,
}

/// An assertion on a typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// `minimum`
    Minimum(Number),
    /// `maximum`
    Maximum(Number),
    /// `exclusiveMinimum`
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`
    ExclusiveMaximum(Number),
    /// `minLength`, in characters
    MinLength(u64),
    /// `maxLength`, in characters
    MaxLength(u64),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `type`, where a listed number is an integer only if it is written as one, as in draft 4
    WrittenAsIntegers,
    /// What these keywords ask
    Holds(Condition, Vec<String>),
}

impl Check {
    /// The keywords.
    pub fn keywords(&self) -> Vec<&str> {
        let one = match self {
            Self::Holds(_, keywords) => return keywords.iter().map(String::as_str).collect(),
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::WrittenAsIntegers => "type",
        };
        vec![one]
    }
}

impl Form {
    /// The checks on the schemas that this one is made of, at any depth.
    pub fn checks(&self) -> Vec<&Check> {
        let parts = self.parts().into_iter();
        parts.flat_map(|part| part.checks.iter().chain(part.form.checks())).collect()
    }

    /// The schemas that this one is made of, one level down; not those of tags.
    pub fn parts(&self) -> Vec<&Subschema> {
        match self {
            Self::Object(object) => {
                let rest = match &object.rest {
                    Rest::Kept(part) => Some(part.as_ref()),
                    _ => None,
                };
                object.fields().map(|property| &property.schema).chain(rest).collect()
            }
            Self::Map(part, _) | Self::List(part, _) | Self::Nullable(part) => vec![part],
            Self::Tuple(parts) => parts.iter().collect(),
            Self::Union(union) => union.branches.iter().map(|branch| &branch.schema).collect(),
            _ => Vec::new(),
        }
    }

    /// The schemas that this one is made of, one level down, as [`parts`](Self::parts) has them.
    pub fn parts_mut(&mut self) -> Vec<&mut Subschema> {
        match self {
            Self::Object(object) => {
                let rest = match &mut object.rest {
                    Rest::Kept(part) => Some(part.as_mut()),
                    _ => None,
                };
                let fields = object.properties.iter_mut().filter(|property| property.tag.is_none());
                fields.map(|property| &mut property.schema).chain(rest).collect()
            }
            Self::Map(part, _) | Self::List(part, _) | Self::Nullable(part) => vec![part],
            Self::Tuple(parts) => parts.iter_mut().collect(),
            Self::Union(union) => union.branches.iter_mut().map(|branch| &mut branch.schema).collect(),
            _ => Vec::new(),
        }
    }

    /// The definitions that this schema mentions, at any depth, in order.
    pub fn references(&self) -> Vec<DefinitionId> {
        match self {
            Self::Reference(id) => vec![*id],
            _ => self.parts().into_iter().flat_map(|part| part.form.references()).collect(),
        }
    }

    /// How many types lie inside each other.
    pub fn depth(&self) -> usize {
        1 + self.parts().into_iter().map(|part| part.form.depth()).max().unwrap_or(0)
    }

    /// Whether a Rust item of its own has to stand for it.
    pub fn needs_item(&self) -> bool {
        matches!(self, Self::Names(_) | Self::Literals(_) | Self::Object(_) | Self::Union(_))
    }
}
